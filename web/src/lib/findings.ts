// Words for finding codes: the program's catalogue says them in English, `codes.es.json` in Spanish.
import codes from "../i18n/codes.es.json";
import { language } from "./i18n.svelte";

const spanish: Record<string, { title: string; cure: string }> = codes;

export function codeText(code: string, part: "title" | "cure", english: string): string {
  return language.locale === "en" ? english : (spanish[code]?.[part] ?? english);
}
