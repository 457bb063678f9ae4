// Days in words, in the language of the screen.
import { noon } from "./daynumbers";
import { language } from "./i18n.svelte";

export { dayNumber, dayOf, weekdayNumber } from "./daynumbers";

const locales = { en: "en-US", es: "es-US" } as const;

/** `Thu`, in the language of the screen; empty for a month or a year. */
export function weekday(day: string | null): string {
  if (day?.length !== 10) return "";
  return new Intl.DateTimeFormat(locales[language.locale], { weekday: "short", timeZone: "UTC" }).format(noon(day));
}
/** `February 2010`. */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat(locales[language.locale], { month: "long", year: "numeric", timeZone: "UTC" }).format(noon(`${month}-01`));
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
