// Made-up data for the mock server: the same on every start, computed when asked for, none of it real.

export const DOCUMENTS = 1_000_000;
export const LARGE = 7; // the document with 7,934 pages
const LARGE_PAGES = 7934;

const KINDS = ["e-mail", "attachment", "spreadsheet", "paper", "text document", "presentation", "image", "unknown"];
const PEOPLE = ["Custodian A", "Custodian B", "Custodian C", "Field Office North", "Policy Division", "Records Unit"];
const SUBJECTS = ["Weekly report to headquarters", "RE: Draft guidance for field offices", "FW: Opt-out question from the county", "Meeting notes", "Talking points, revised", "Statistics by district", "Outreach plan", "Memorandum of agreement, unsigned copy"];
const PRODUCTIONS = [
  { id: 1, name: "ICE Prod 1", agency: "ICE" },
  { id: 2, name: "ICE Prod 2", agency: "ICE" },
  { id: 3, name: "FBI interim release", agency: "FBI" },
];
export const CODES = [
  { code: "BN003", severity: "error", title: "Numbers are missing inside a volume", cure: "Ask for the pages, or for a statement that they were withheld." },
  { code: "FL001", severity: "error", title: "File is missing", cure: "Ask for the file." },
  { code: "LF009", severity: "error", title: "Row has too few fields", cure: "Ask for the row again; the missing fields are taken as unknown." },
  { code: "PL002", severity: "error", title: "Declared page count differs from the page rows", cure: "Ask which is right." },
  { code: "TX001", severity: "warning", title: "Document has no text file", cure: "Ask for the text, or read the pages with OCR." },
  { code: "DT002", severity: "warning", title: "Date can be read in two ways", cure: "Ask which order day and month have." },
  { code: "LF008", severity: "note", title: "Column name is not known", cure: "Nothing; the column is kept as received." },
  { code: "FL008", severity: "note", title: "Path begins with a volume name that is no folder", cure: "Nothing." },
];

const pick = (list, n) => list[((n % list.length) + list.length) % list.length];
const mixed = (n) => Math.imul(n ^ 0x9e3779b9, 2654435761) >>> 0;
const padded = (n) => String(n).padStart(7, "0");

export const pageCount = (id) => (id === LARGE ? LARGE_PAGES : 1 + (mixed(id) % 9));
export const firstPage = (id) => id * 10_000 + 1;
export const bates = (pageId) => `ICE ${padded(pageId - 10_000)}`;

export function documentRow(id) {
  const h = mixed(id);
  const production = pick(PRODUCTIONS, h >>> 5);
  const isChild = id % 5 === 3;
  const kind = isChild ? "attachment" : pick(KINDS, h >>> 9);
  return {
    id, production_id: production.id, production: production.name, agency: production.agency,
    control: bates(firstPage(id)), begin: bates(firstPage(id)), end: bates(firstPage(id) + pageCount(id) - 1),
    page_count: pageCount(id), first_page_id: firstPage(id), kind, language: h % 9 === 0 ? "und" : "en", custodian: h % 7 === 0 ? null : pick(PEOPLE, h >>> 3),
    title: h % 11 === 0 ? null : pick(SUBJECTS, h >>> 7), sender: kind === "e-mail" ? pick(PEOPLE, h >>> 11) : null,
    recipients: kind === "e-mail" ? `${pick(PEOPLE, h >>> 13)}; ${pick(PEOPLE, h >>> 15)}` : null,
    date: h % 9 === 0 ? null : `20${String(8 + (h % 4)).padStart(2, "0")}-${String(1 + (h % 12)).padStart(2, "0")}-${String(1 + (h % 28)).padStart(2, "0")}${h % 3 ? "T14:03:00Z" : ""}`,
    file_name: kind === "paper" ? null : `scan_${id}.${kind === "spreadsheet" ? "xlsx" : "msg"}`, parent_id: isChild ? id - 1 : null,
    family_id: isChild ? id - 1 : id, family_size: id % 5 === 2 || isChild ? 2 : 1,
    findings: { error: h % 13 === 0 ? 1 : 0, warning: h % 6 === 0 ? 2 : 0, note: h % 4 === 0 ? 1 : 0 },
    has_native: kind === "spreadsheet", has_text: true,
  };
}

export function family(id) {
  const row = documentRow(id);
  const ids = id % 5 === 2 ? [id, id + 1] : id % 5 === 3 ? [id - 1, id] : [id];
  void row;
  return ids.map(documentRow).map(({ id: one, control, kind, title, page_count }) => ({ id: one, control, kind, title, page_count }));
}

const WORDS = "the agency shall produce all records that describe how a county may opt out of the program and which office decided it before the field directors were told in writing by headquarters on that day with copies sent to counsel".split(" ");

/** Size of a page in points; some lie on their side. */
export const pageSize = (pageId) => (pageId % 23 === 0 ? { width: 792, height: 612 } : { width: 612, height: 792 });

export function pageWords(pageId) {
  const { width, height } = pageSize(pageId);
  const words = [];
  let text = "";
  let n = mixed(pageId);
  const add = (word, x, y, size) => {
    const start = Array.from(text).length;
    const w = word.length * size * 0.52;
    words.push([start, start + Array.from(word).length, x, y, x + w, y + size * 1.15]);
    text += word;
    return x + w + size * 0.28;
  };
  const heading = pick(SUBJECTS, n >>> 4).split(" ");
  let x = 72;
  heading.forEach((word, index) => {
    x = add(word, x, 70, 15);
    text += index < heading.length - 1 ? " " : "\n";
  });
  for (let y = 108; y < height - 90; y += 16.5) {
    x = 72;
    while (x < width - 120) {
      n = mixed(n + 1);
      const word = n % 41 === 0 ? "señal" : n % 83 === 0 ? "𝛼beta" : pick(WORDS, n >>> 6);
      x = add(word, x, y, 10.5);
      text += x < width - 120 ? " " : "\n";
    }
  }
  for (const part of bates(pageId).split(" ")) {
    x = add(part, x > width - 150 || x < width - 160 ? (part === "ICE" ? width - 150 : x) : x, height - 46, 10);
    text += " ";
  }
  return { text: text.trim(), words, width_pt: width, height_pt: height };
}

export function pageImage(pageId) {
  const { text, words, width_pt: w, height_pt: h } = pageWords(pageId);
  const characters = Array.from(text);
  const drawn = words
    .map(([start, end, x0, y0, x1, y1]) => {
      const word = characters.slice(start, end).join("").replaceAll("&", "&amp;");
      const size = (y1 - y0) / 1.15;
      return `<text x="${x0}" y="${y0 + size * 0.92}" font-size="${size}" textLength="${x1 - x0}" lengthAdjust="spacingAndGlyphs">${word}</text>`;
    })
    .join("");
  const box = pageId % 3 === 0 ? `<rect x="72" y="240" width="260" height="60" fill="#fff" stroke="#333"/><text x="300" y="296" font-size="6">(b)(5)</text>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}"><rect width="${w}" height="${h}" fill="#fff"/><g font-family="serif" fill="#1a1a1a">${drawn}</g>${box}</svg>`;
}

export function hitsOn(pageId, q) {
  const wanted = q.toLowerCase().replaceAll('"', "").split(/\s+/).filter(Boolean);
  const { text, words } = pageWords(pageId);
  const characters = Array.from(text);
  const found = words.filter(([start, end]) => wanted.includes(characters.slice(start, end).join("").toLowerCase()));
  return { spans: found.map(([start, end]) => [start, end]), boxes: found.map((word) => word.slice(2)) };
}

export function findingRow(index) {
  const kind = pick(CODES, mixed(index) >>> 4);
  const documentId = 1 + (mixed(index + 77) % 5000);
  return {
    id: index + 1, production_id: documentRow(documentId).production_id, ...kind,
    message: `${kind.title}: ${bates(firstPage(documentId))} in VOL001.DAT.`, count: index % 17 === 0 ? 12 : 1, path: "VOL001/DATA/VOL001.DAT",
    line: 12 + index, bates: bates(firstPage(documentId)), field: index % 5 === 0 ? "DATESENT" : null,
    document_id: documentId, page_id: index % 4 === 0 ? null : firstPage(documentId),
  };
}

export const productionRows = () =>
  PRODUCTIONS.map((one, index) => ({
    ...one, released_on: ["2011-01-17", "2011-02-25", "2012-06-01"][index], received_at: "2026-11-20T10:00:00Z", state: index === 2 ? "reading" : "loaded",
    replaces: index === 1 ? "ICE Prod 1" : null, order: index === 0 ? "ndlon-2011-02-07" : null, documents: [612_331, 301_208, 86_461][index],
    pages: [2_004_410, 802_004, 301_996][index], findings: [{ error: 41, warning: 318, note: 12 }, { error: 0, warning: 0, note: 0 }, { error: 3, warning: 0, note: 8 }][index],
    ledger_balances: [true, false, null][index],
  }));

export const productionDetail = (id) => ({
  ...productionRows().find((one) => one.id === id),
  ledger: [
    { subject: "rows of VOL001.DAT", expected: 612_340, parts: [{ name: "documents", count: 612_331 }, { name: "refused", count: 2 }, { name: "duplicate", count: 7 }], balances: true },
    { subject: "pages of VOL001.OPT", expected: 2_004_412, parts: [{ name: "images", count: 2_004_400 }, { name: "missing", count: id === 2 ? 10 : 12 }], balances: id !== 2 },
  ],
  load_files: [
    { id: 1, path: "VOL001/DATA/VOL001.DAT", format: "dat", columns: [{ name: "BEGBATES", field: "beg_bates" }, { name: "ENDBATES", field: "end_bates" }, { name: "DATESENT", field: "sent_date" }, { name: "FOO", field: null }], rows: 612_340, dialect: { encoding: "utf-16-le", bom: true, separator: "\u0014", qualifier: "þ", newline_mark: "®", line_end: "\r\n", has_header: true } },
    { id: 2, path: "VOL001/DATA/VOL001.OPT", format: "opt", columns: [], rows: 2_004_412, dialect: null },
  ],
  divisions: id === 1 ? [{ document_id: LARGE, control: "Combined.pdf", pages: LARGE_PAGES, state: "applied", cuts: Array.from({ length: 40 }, (_, n) => ({ page: 1 + n * 198, evidence: n % 2 ? "number begins anew" : "separator sheet", document_id: 100 + n, control: bates(firstPage(100 + n)) })) }] : [],
  volumes: ["VOL001", "VOL002"],
});
