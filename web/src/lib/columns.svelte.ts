// Columns of the document table, and which of them are wanted.
import type { DocumentRow } from "../api";
import type { Key } from "./i18n.svelte";

export interface Column {
  id: keyof DocumentRow;
  label: Key;
  /** Least width, and share of the room left over. */
  px: number;
  share: number;
  right?: boolean;
  /** What the server calls the order of this column; none if it has no order. */
  sort?: string;
}

export const COLUMNS: readonly Column[] = [
  { id: "control", label: "column.control", px: 150, share: 1, sort: "begin" },
  { id: "end", label: "column.end", px: 140, share: 1 },
  { id: "page_count", label: "column.page_count", px: 54, share: 0, right: true, sort: "page_count" },
  { id: "date", label: "column.date", px: 130, share: 0, sort: "date" },
  { id: "kind", label: "column.kind", px: 92, share: 0, sort: "kind" },
  { id: "title", label: "column.title", px: 180, share: 4, sort: "title" },
  { id: "sender", label: "column.sender", px: 110, share: 1.5, sort: "sender" },
  { id: "recipients", label: "column.recipients", px: 110, share: 1.5, sort: "recipients" },
  { id: "custodian", label: "column.custodian", px: 100, share: 1, sort: "custodian" },
  { id: "language", label: "column.language", px: 90, share: 0, sort: "language" },
  { id: "file_name", label: "column.file_name", px: 150, share: 1.5, sort: "file_name" },
  { id: "production", label: "column.production", px: 110, share: 1 },
  { id: "agency", label: "column.agency", px: 70, share: 0 },
  { id: "family_size", label: "column.family_size", px: 60, share: 0, right: true, sort: "family_size" },
  { id: "findings", label: "column.findings", px: 110, share: 0 },
];

const STORED = "vaughn.columns";
const USUAL = ["control", "page_count", "date", "kind", "title", "sender", "custodian", "findings"];

function stored(): string[] {
  const text = localStorage.getItem(STORED);
  const ids = text ? text.split(",").filter((id) => COLUMNS.some((column) => column.id === id)) : [];
  return ids.length > 0 ? ids : USUAL;
}

let chosen = $state<string[]>(stored());

export const columnChoice = {
  get ids(): string[] {
    return COLUMNS.map((column) => column.id as string).filter((id) => chosen.includes(id));
  },
  has(id: string): boolean {
    return chosen.includes(id);
  },
  toggle(id: string): void {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    if (next.length === 0) return;
    chosen = next;
    localStorage.setItem(STORED, next.join(","));
  },
};
