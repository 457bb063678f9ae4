// Words on the screen, from one catalogue in two languages.
import en from "../i18n/en.json";
import es from "../i18n/es.json";
// Kinds, fields and choices of the lawsuit, whose English the server sends.
import suitEs from "../i18n/suit.es.json";

export type Locale = "en" | "es";
export type Key = keyof typeof en;
/** `thing_one` and `thing_other` are asked for as `thing` with a number. */
type Stem<K> = K extends `${infer S}_other` ? S : never;
export type CountKey = Stem<Key>;

const catalogues: Record<Locale, Record<string, string>> = { en, es: { ...suitEs, ...es } };
const STORED = "vaughn.language";

function firstLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  if (stored === "en" || stored === "es") return stored;
  return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

const first = firstLocale();
let locale = $state<Locale>(first);

export const language = {
  get locale() {
    return locale;
  },
  choose(next: Locale) {
    locale = next;
    localStorage.setItem(STORED, next);
    document.documentElement.lang = next;
  },
};
document.documentElement.lang = first;

function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? count(value) : value;
  });
}

/** The text of *key* in the chosen language, its `{names}` filled in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return filled(catalogues[locale][key] ?? key, values);
}

/** The singular or plural of *stem* for *n*, which fills `{n}`. */
export function tn(stem: CountKey, n: number, values: Record<string, string | number> = {}): string {
  const form = n === 1 ? "one" : "other";
  return filled(catalogues[locale][`${stem}_${form}`] ?? stem, { ...values, n });
}

/** The text of a key made at run time (`kind.` + what the server says), or *otherwise*. */
export function tOr(key: string, otherwise: string): string {
  return catalogues[locale][key] ?? otherwise;
}

const numberFormats: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat("en-US"),
  es: new Intl.NumberFormat("es-US"),
};
export function count(n: number): string {
  return numberFormats[locale].format(n);
}

export function bytes(n: number | null): string {
  if (n === null) return "";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = n;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: size < 10 && unit > 0 ? 1 : 0 }).format(size)} ${units[unit]}`;
}

const languageNames: Record<Locale, Intl.DisplayNames> = {
  en: new Intl.DisplayNames(["en"], { type: "language" }),
  es: new Intl.DisplayNames(["es"], { type: "language" }),
};
/** The name of the language with this ISO code, in the language of the screen; empty if nothing is known. */
export function languageName(code: string | null | undefined): string {
  if (!code) return "";
  return code === "und" ? t("language.und") : (languageNames[locale].of(code) ?? code);
}

/** A day or a moment as received: days stay as they are (ISO), moments lose their seconds. */
export function when(iso: string | null): string {
  if (!iso) return "";
  return iso.length <= 10 ? iso : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
