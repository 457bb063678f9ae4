// What the server tells of records that were taken in; see `record_models.py`, `taking_models.py`.
import { get, post, queryString, type LedgerLine, type Query, type Severity, type SeverityCounts } from "./api";

export interface Moment {
  at: string;
  local: string;
  offset_minutes: number | null;
}
export interface Address {
  name: string;
  address: string;
  /** Who that is by the alias table. */
  person: string | null;
}
export interface Facts {
  title: string | null;
  author: Address | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  sent: Moment | null;
  received: Moment | null;
  created: Moment | null;
  modified: Moment | null;
  message_id: string | null;
  in_reply_to: string | null;
  references: string[];
  conversation_index: string | null;
  conversation_topic: string | null;
  mail_folder: string | null;
  attachment_names: string[];
  language: string | null;
  application: string | null;
}
export interface Handover {
  production_id: number;
  production: string;
  from_whom: string;
  received_by: string;
  handed_on: string;
  custodian: string | null;
  device: string | null;
  medium: string | null;
  note: string | null;
  root: string;
  finished_at: string | null;
  digest_before: string | null;
  digest_after: string | null;
}
export interface Place {
  name: string;
  path: string;
  media_type: string;
  part: string | null;
  position: number;
  document_id: number | null;
}
export type View = "html" | "sheets" | "office";
export interface RecordDetail {
  facts: Facts | null;
  found: { name: string; value: string }[];
  handover: Handover | null;
  places: Place[];
  file: {
    name: string;
    path: string;
    size_bytes: number;
    media_type: string;
    sha256: string;
    sha1: string | null;
    md5: string | null;
    modified_at: string | null;
    created_at: string | null;
  } | null;
  custodian: string | null;
  language: string | null;
  views: View[];
}
export interface Copy {
  document_id: number;
  control: string;
  production_id: number;
  production: string;
  custodian: string | null;
  path: string | null;
  is_shown: boolean;
  basis: string;
}
export interface Near {
  document_id: number;
  control: string;
  title: string | null;
  date: string | null;
  similarity: number | null;
  is_pivot: boolean;
  basis: string;
  page_id: number | null;
}
export interface ThreadMessage {
  document_id: number;
  control: string;
  title: string | null;
  sender: string | null;
  date: string | null;
  depth: number;
  is_inclusive: boolean;
  basis: string;
  parent_id: number | null;
}
export interface Groups {
  copies: Copy[];
  copies_size: number;
  near: Near[];
  near_size: number;
  thread: ThreadMessage[];
  thread_size: number;
}
export interface ComparedPiece {
  kind: "same" | "changed" | "only first" | "only second";
  first: string;
  second: string;
}
export interface Comparison {
  first: string;
  second: string;
  same_words: number;
  first_words: number;
  second_words: number;
  cut: boolean;
  pieces: ComparedPiece[];
}
export interface Rendition {
  state: "impossible" | "no program" | "not asked" | "waiting" | "made" | "failed";
  pages: number | null;
  message: string | null;
  hint: string | null;
}
export interface SheetName {
  number: number;
  name: string;
  is_hidden: boolean;
}
export interface SheetWindow {
  sheets: SheetName[];
  sheet: number;
  first_row: number;
  rows: { number: number; is_hidden: boolean; cells: string[]; formulas: (string | null)[] }[];
  hidden_columns: number[];
  has_more: boolean;
}

export interface FileCounts {
  waiting: number;
  running: number;
  done: number;
  failed: number;
}
export interface TakingRow {
  handover: Handover;
  state: string;
  received_at: string;
  documents: number;
  pages: number;
  files: number;
  findings: SeverityCounts;
  balances: boolean | null;
  work: FileCounts;
}
export interface FateCount {
  name: string;
  title: string;
  fate: string;
  count: number;
}
export interface Container {
  file_id: number | null;
  name: string;
  media_type: string;
  depth: number;
  expected: number;
  is_claimed: boolean;
  fates: Record<string, number>;
  balances: boolean;
}
export interface TakingDetail extends TakingRow {
  exclude: string[];
  hash_lists: string[];
  ledger: LedgerLine[];
  containers: Container[];
  containers_total: number;
  by_type: FateCount[];
  by_reason: FateCount[];
}
export interface ExceptionRow {
  file_id: number | null;
  document_id: number | null;
  path: string;
  media_type: string;
  size_bytes: number | null;
  fate: string | null;
  severity: Severity;
  code: string;
  title: string;
  message: string;
  cure: string;
  attempts: number;
  can_retry: boolean;
  count: number;
}
export interface Reason {
  code: string;
  title: string;
  cure: string;
  severity: Severity;
  count: number;
  can_retry: boolean;
  needs_password: boolean;
}
export interface NewTaking {
  path?: string;
  upload_id?: string;
  name: string;
  from_whom: string;
  handed_on: string;
  custodian?: string;
  device?: string;
  note?: string;
  exclude: string[];
  hash_lists: string[];
  passwords: string[];
}
export interface Grouping {
  id: number;
  kind: string;
  scope: string;
  at: string;
  state: string;
  groups: number | null;
  documents: number | null;
}

interface JobBegun {
  job_id: number;
  production_id: number | null;
}

export const records = {
  record: (id: number) => get<RecordDetail>(`/api/documents/${id}/record`),
  groups: (id: number) => get<Groups>(`/api/documents/${id}/groups`),
  compare: (id: number, other: number) => get<Comparison>(`/api/documents/${id}/compare/${other}`),
  htmlUrl: (id: number) => `/api/documents/${id}/html`,
  sheet: (id: number, sheet: number, firstRow: number, rows: number, signal?: AbortSignal) =>
    get<SheetWindow>(`/api/documents/${id}/sheet${queryString({ sheet, first_row: firstRow, rows })}`, signal),
  rendition: (id: number) => get<Rendition>(`/api/documents/${id}/rendition`),
  askRendition: (id: number) => post<Rendition>(`/api/documents/${id}/rendition`),
  renditionUrl: (id: number, page: number, width: number) => `/api/documents/${id}/rendition/pages/${page}/image?width=${width}`,

  takings: () => get<TakingRow[]>("/api/takings"),
  takeIn: (body: NewTaking) => post<JobBegun>("/api/takings", body),
  taking: (id: number) => get<TakingDetail>(`/api/takings/${id}`),
  resume: (id: number, passwords: string[] = []) => post<JobBegun>(`/api/takings/${id}/resume`, { passwords }),
  retry: (id: number, reasons: string[], passwords: string[]) => post<JobBegun>(`/api/takings/${id}/retry`, { reasons, passwords }),
  exceptions: (id: number, query: Query, signal?: AbortSignal) =>
    get<{ total: number; rows: ExceptionRow[]; reasons: Reason[] }>(`/api/takings/${id}/exceptions${queryString(query)}`, signal),
  exceptionsUrl: (id: number) => `/api/takings/${id}/exceptions/export?format=xlsx`,
  ledgerUrl: (id: number) => `/api/takings/${id}/ledger/export?format=xlsx`,
  receiptUrl: (id: number) => `/api/takings/${id}/receipt`,

  groupings: () => get<Grouping[]>("/api/groupings"),
  findGroups: (scope: string) => post<JobBegun>("/api/groupings", { scope }),
  undoGroups: (kind: string) => post<Grouping[]>("/api/groupings/undo", { kind }),
};
