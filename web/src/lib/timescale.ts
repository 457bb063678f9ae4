// Where days lie on a drawing, where marks must be stacked, and which days are written at the scale.
import { dayNumber, dayOf } from "./daynumbers";

export interface Scale {
  first: number;
  last: number;
  width: number;
}
export function place(scale: Scale, day: number): number {
  return ((day - scale.first) / Math.max(1, scale.last - scale.first)) * scale.width;
}

/** A level for each place, so that no two marks of one level are nearer than *apart*; *at* must not fall. */
export function levels(at: readonly number[], apart: number, most: number): number[] {
  const ends: number[] = [];
  return at.map((x) => {
    let level = ends.findIndex((end) => x - end >= apart);
    if (level < 0) level = ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    ends[level] = x;
    return level;
  });
}

/** A track for each bar, so that none lies over another; bars must come by their beginning. */
export function tracks(bars: readonly { left: number; right: number }[]): number[] {
  const ends: number[] = [];
  return bars.map((bar) => {
    let track = ends.findIndex((end) => end < bar.left);
    if (track < 0) track = ends.length;
    ends[track] = bar.right;
    return track;
  });
}

const STEPS_MONTHS = [1, 3, 6, 12, 24, 60, 120, 240];
const DAYS_A_MONTH = 30.44;

/** Beginnings of years, or of months where there is room, at least *apart* from each other. */
export function ticks(scale: Scale, apart: number): { day: number; label: string }[] {
  const perMonth = (scale.width / Math.max(1, scale.last - scale.first)) * DAYS_A_MONTH;
  const step = STEPS_MONTHS.find((months) => months * perMonth >= apart) ?? 240;
  const from = dayOf(scale.first);
  let month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  month += (step - (month % step)) % step;
  const found = [];
  for (; found.length < 500; month += step) {
    const label = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
    const day = dayNumber(`${label}-01`);
    if (day > scale.last) break;
    if (day >= scale.first) found.push({ day, label: label.endsWith("-01") ? label.slice(0, 4) : label });
  }
  return found;
}
