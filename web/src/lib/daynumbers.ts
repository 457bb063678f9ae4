// Days as `2010-02-03`, and as numbers to measure with. Noon UTC, so that no time zone moves one.
const MS_A_DAY = 86_400_000;

export function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
/** Days from the epoch. */
export function dayNumber(day: string): number {
  return Math.round(noon(day).getTime() / MS_A_DAY - 0.5);
}
export function dayOf(number: number): string {
  return new Date((number + 0.5) * MS_A_DAY).toISOString().slice(0, 10);
}
/** 0 is Monday. */
export function weekdayNumber(day: string): number {
  return (noon(day).getUTCDay() + 6) % 7;
}
