// Words for finding codes: the server says them in English; the catalogue may know them in the chosen language.
import { language, tOr } from "./i18n.svelte";

export function codeText(code: string, part: "title" | "cure", english: string): string {
  return language.locale === "en" ? english : tOr(`code.${code}.${part}`, english);
}
