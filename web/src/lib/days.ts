// Days as `2010-02-03`: what the calendar says of them. Noon UTC, so that no time zone moves one.
import { language } from "./i18n.svelte";

const locales = { en: "en-US", es: "es-US" } as const;
const MS_A_DAY = 86_400_000;

function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}
/** `Thu`, in the language of the screen; empty for a month or a year. */
export function weekday(day: string | null): string {
  if (day?.length !== 10) return "";
  return new Intl.DateTimeFormat(locales[language.locale], { weekday: "short", timeZone: "UTC" }).format(noon(day));
}
/** 0 is Monday. */
export function weekdayNumber(day: string): number {
  return (noon(day).getUTCDay() + 6) % 7;
}
/** `February 2010`. */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat(locales[language.locale], { month: "long", year: "numeric", timeZone: "UTC" }).format(noon(`${month}-01`));
}
/** Days from the epoch, to measure with. */
export function dayNumber(day: string): number {
  return Math.round(noon(day).getTime() / MS_A_DAY - 0.5);
}
export function dayOf(number: number): string {
  return new Date((number + 0.5) * MS_A_DAY).toISOString().slice(0, 10);
}
/** Monday to Sunday, one or two letters each. */
export function weekdayLetters(): string[] {
  const format = new Intl.DateTimeFormat(locales[language.locale], { weekday: "short", timeZone: "UTC" });
  return [0, 1, 2, 3, 4, 5, 6].map((n) => format.format(noon(`2024-01-0${n + 1}`)).slice(0, 2));
}
export function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}
