// Words of the ledger, which the program writes in English: names of files stay, the rest is in the catalogue.
import { t, tOr } from "./i18n.svelte";

export function subjectText(subject: string): string {
  const rows = /^(page )?rows of (.+)$/.exec(subject);
  if (rows) return t(rows[1] ? "subject.pageRows" : "subject.rows", { name: rows[2] as string });
  return tOr(`subject.${subject}`, subject);
}
