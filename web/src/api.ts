// The one place that speaks HTTP with the server: its types, its addresses, its errors.

export type Severity = "error" | "warning" | "note";
export type SeverityCounts = Record<Severity, number>;

export interface CaseInfo {
  path: string;
  caption: string;
  court: string | null;
  docket_number: string | null;
  productions: number;
  documents: number;
  pages: number;
  findings: SeverityCounts;
  index: { pages: number; behind: number };
}
export interface Session {
  version: string;
  case: CaseInfo | null;
  recent_cases: { path: string; caption: string; opened_at: string | null }[];
  home: string;
  ocr: boolean;
}
export interface OrderProfile {
  name: string;
  title: string;
  banner: string | null;
}
export interface FolderListing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string }[];
  files: { name: string; path: string; size_bytes: number }[];
  /** Whether there are more entries than are listed. */
  cut?: boolean;
}
export interface ProductionRow {
  id: number;
  name: string;
  agency: string;
  released_on: string | null;
  received_at: string | null;
  state: string;
  replaces: string | null;
  order: string | null;
  documents: number;
  pages: number;
  findings: SeverityCounts;
  ledger_balances: boolean | null;
}
export interface LedgerLine {
  subject: string;
  expected: number;
  parts: { name: string; count: number }[];
  balances: boolean;
}
export interface LoadFileFacts {
  id: number;
  path: string;
  format: string;
  columns: (string | { name: string; field: string | null })[];
  rows: number | null;
  dialect: Record<string, unknown> | null;
}
export interface Cut {
  page: number;
  evidence: string;
  document_id: number;
  control: string;
}
export interface Division {
  document_id: number;
  control: string;
  pages: number;
  state: "applied" | "undone";
  cuts: Cut[];
}
export interface ProductionDetail extends ProductionRow {
  ledger: LedgerLine[];
  load_files: LoadFileFacts[];
  divisions: Division[];
  volumes: (string | { name: string })[];
}
export interface Job {
  id: number;
  kind: string;
  production_id: number | null;
  state: "waiting" | "running" | "done" | "failed";
  step: string | null;
  done: number;
  total: number | null;
  started_at: string | null;
  ended_at: string | null;
  message: string | null;
}
export interface FindingRow {
  id: number;
  production_id: number;
  code: string;
  severity: Severity;
  title: string;
  cure: string;
  message: string;
  count: number;
  path: string | null;
  line: number | null;
  bates: string | null;
  field: string | null;
  document_id: number | null;
  page_id: number | null;
}
export interface FindingList {
  total: number;
  rows: FindingRow[];
  codes: { code: string; title: string; severity: Severity; count: number }[];
}
export interface DocumentRow {
  id: number;
  production_id: number;
  production: string;
  agency: string;
  control: string;
  begin: string | null;
  end: string | null;
  page_count: number;
  first_page_id: number | null;
  kind: string;
  custodian: string | null;
  language: string | null;
  title: string | null;
  sender: string | null;
  recipients: string | null;
  /** With the names of people whom the alias table knows; null if it knows none of them. */
  sender_people: string | null;
  recipients_people: string | null;
  date: string | null;
  file_name: string | null;
  parent_id: number | null;
  family_id: number | null;
  family_size: number | null;
  findings: SeverityCounts;
  has_native: boolean;
  has_text: boolean;
}
export interface FamilyMember {
  id: number;
  control: string;
  kind: string;
  title: string | null;
  page_count: number;
  parent_id: number | null;
  file_name: string | null;
}
export interface DocumentDetail extends DocumentRow {
  family: FamilyMember[];
  native: { name: string; size_bytes: number; media_type: string } | null;
  text_file: boolean;
  state: string;
  neighbours: { previous: number | null; next: number | null };
}
export interface FacetValue {
  value: string;
  label: string;
  count: number;
}
export type FacetName = "production" | "agency" | "kind" | "custodian" | "person" | "language" | "finding";
export type Facets = Record<FacetName, FacetValue[]>;
export interface PageRow {
  id: number;
  number: number;
  label: string | null;
  width_pt: number | null;
  height_pt: number | null;
  text_source: string;
  stamped: string | null;
  /** ISO 639-1, `und` where the words do not tell it. */
  language: string | null;
  missing?: boolean;
}
export interface PageDetail extends PageRow {
  document_id: number;
}
export type WordBox = [start: number, end: number, x0: number, y0: number, x1: number, y1: number];
export interface PageWords {
  text: string;
  words: WordBox[];
  width_pt: number | null;
  height_pt: number | null;
}
export interface WordVersion {
  version: "own" | "ocr";
  engine: string | null;
  words: number;
  confidence: number | null;
}
export interface PageVersions {
  shown: WordVersion | null;
  other: WordVersion | null;
  why: string | null;
  chosen_by: string | null;
}
export interface PageHits {
  spans: [number, number][];
  boxes: [number, number, number, number][];
}
export interface Metadata {
  received: { column: string; value: string }[];
  normalised: { field: string; value: string; column: string | null }[];
  source: { path: string; line: number } | null;
  links: { role: string; path: string; matched_by: string | null }[];
  files: { role: string; path: string; size_bytes: number | null; media_type: string | null; sha256: string | null }[];
}
export interface BatesMatch {
  production_id: number;
  production: string;
  document_id: number;
  /** Null where a document has the number and its page was not produced. */
  page_id: number | null;
  page_number: number | null;
  label: string;
}
export interface SearchPage {
  page_id: number;
  number: number;
  label: string | null;
  hits: number;
  snippet: { text: string; hit: boolean }[];
}
export interface SearchResult {
  total_documents: number;
  total_pages: number;
  /** Null where there are too many pages to count at once. */
  total_hits: number | null;
  behind: number;
  words: string[];
  rows: { document: DocumentRow; hits: number | null; pages: SearchPage[]; total_pages?: number }[];
}
export interface DocumentHits {
  total: number;
  pages: { page_id: number; number: number; hits: number }[];
}
export interface NewProduction {
  path?: string;
  upload_id?: string;
  agency: string;
  released_on: string;
  name?: string;
  replaces?: string;
  order?: string;
}

// -- requests and the lawsuit ----------------------------------------------------------------------------------------
export type Confidence = "confirmed" | "stated" | "computed" | "inferred" | "not confirmed";
export type Rank = "preferred" | "normal" | "withdrawn";
export interface EntityField {
  id: string;
  title: string;
  kind: "text" | "prose" | "date" | "number" | "money" | "choice" | "reference" | "yes or no" | "link" | "docket number";
  is_many: boolean;
  choices: string[];
  refers_to: string[];
}
export interface EntityKind {
  id: string;
  title: string;
  title_field: string;
  fields: EntityField[];
}
export interface Source {
  id: number;
  key: string;
  title: string;
  citation: string;
  kind: string;
  url: string | null;
}
export interface Statement {
  id: number;
  field: string;
  value: string;
  source_id: number;
  confidence: Confidence;
  rank: Rank;
  note: string | null;
  at: string;
}
export interface EntityRow {
  reference: string;
  kind: string;
  key: string;
  title: string;
  is_withdrawn: boolean;
  /** What counts comes first in each field; withdrawn ones last. */
  statements: Statement[];
  contradicted: string[];
}
export interface EntityDetail extends EntityRow {
  files: { id: number; name: string; size_bytes: number; media_type: string }[];
  named_by: string[];
}
export interface NewFacts {
  values: Record<string, string[]>;
  source?: { key: string; title: string; citation?: string; kind?: string; url?: string };
  confidence?: Confidence;
  note?: string;
}

/** What the server, or the way to it, refused. `status` 0 means that the server did not answer. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly hint: string | null,
    readonly kind: string,
  ) {
    super(message);
  }
  /** The one-time token is used up, or the program was started again. */
  get lostSession(): boolean {
    return this.status === 401 || (this.status === 403 && this.kind === "SessionError");
  }
  get offline(): boolean {
    return this.status === 0;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;

/** `?a=1&b=2` of what is set; lists are repeated; empty if nothing is set. */
export function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

type Watcher = (error: ApiError | null) => void;
let watcher: Watcher = () => undefined;
/** Tell *watch* after every call whether the server answered and still knows us. */
export function watchConnection(watch: Watcher): void {
  watcher = watch;
}

interface CallOptions {
  json?: unknown;
  signal?: AbortSignal | undefined;
}

async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await answer(method, path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function answer(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== "GET") headers["X-Vaughn"] = "1";
  const init: RequestInit = { method, headers, credentials: "same-origin", signal: options.signal ?? null };
  if (options.json !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.json);
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    const offline = new ApiError(0, "offline", null, "Offline");
    watcher(offline);
    throw offline;
  }
  if (!response.ok) {
    const error = await errorOf(response);
    watcher(error.lostSession ? error : null);
    throw error;
  }
  watcher(null);
  return response;
}

async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { error?: { message?: string; hint?: string | null; kind?: string } } | null;
  const error = body?.error;
  return new ApiError(response.status, error?.message ?? `${response.status} ${response.statusText}`, error?.hint ?? null, error?.kind ?? "");
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, { signal });
export const post = <T>(path: string, json?: unknown) => call<T>("POST", path, { json });
/** Post, and get a file back. */
export const postForFile = async (path: string, json: unknown): Promise<Blob> => (await answer("POST", path, { json })).blob();

export const api = {
  session: () => get<Session>("/api/session"),
  makeCase: (body: { path: string; caption: string; court?: string; docket_number?: string }) => post<CaseInfo>("/api/cases", body),
  openCase: (path: string) => post<CaseInfo>("/api/cases/open", { path }),
  case: () => get<CaseInfo>("/api/case"),
  changeCase: (body: { caption?: string; court?: string; docket_number?: string }) => call<CaseInfo>("PATCH", "/api/case", { json: body }),
  orders: () => get<OrderProfile[]>("/api/orders"),
  folders: (path?: string) => get<FolderListing>(`/api/folders${queryString({ path })}`),

  startUpload: () => post<{ upload_id: string }>("/api/uploads"),
  dropUpload: (id: string) => call<void>("DELETE", `/api/uploads/${id}`),

  receive: (body: NewProduction) => post<{ production_id: number | null; job_id: number }>("/api/productions", body),
  productions: () => get<ProductionRow[]>("/api/productions"),
  production: (id: number) => get<ProductionDetail>(`/api/productions/${id}`),
  resume: (id: number) => post<{ job_id: number }>(`/api/productions/${id}/resume`),
  check: (id: number, order: string | null) => post<{ job_id: number }>(`/api/productions/${id}/check`, order ? { order } : {}),
  reportUrl: (id: number, format: string) => `/api/productions/${id}/report?format=${format}`,
  division: (id: number, change: "undo" | "apply") => post<Division>(`/api/divisions/${id}/${change}`),
  divideAt: (id: number, starts: number[]) => post<Division>(`/api/divisions/${id}`, { starts }),

  jobs: () => get<Job[]>("/api/jobs"),
  jobStream: () => new EventSource("/api/jobs/stream"),
  cancelJob: (id: number) => post<unknown>(`/api/jobs/${id}/cancel`),
  verify: () => post<{ job_id: number }>("/api/verify"),

  findings: (query: Query, signal?: AbortSignal) => get<FindingList>(`/api/findings${queryString(query)}`, signal),
  findingsExportUrl: (query: Query, format: string) => `/api/findings/export${queryString({ ...query, format })}`,

  documents: (query: Query, signal?: AbortSignal) => get<{ total: number; rows: DocumentRow[] }>(`/api/documents${queryString(query)}`, signal),
  facets: (query: Query, signal?: AbortSignal) => get<Facets>(`/api/documents/facets${queryString(query)}`, signal),
  documentsExportUrl: (query: Query, format: string, columns: readonly string[]) =>
    `/api/documents/export${queryString({ ...query, format, columns: columns.join(",") })}`,
  document: (id: number, list: Query = {}) => get<DocumentDetail>(`/api/documents/${id}${queryString(list)}`),
  pages: (id: number, first: number, last: number) => get<PageRow[]>(`/api/documents/${id}/pages?first=${first}&last=${last}`),
  metadata: (id: number) => get<Metadata>(`/api/documents/${id}/metadata`),
  nativeUrl: (id: number) => `/api/documents/${id}/native`,
  text: (id: number) => get<{ text: string }>(`/api/documents/${id}/text`),
  documentHits: (id: number, q: string) => get<DocumentHits>(`/api/documents/${id}/hits${queryString({ q })}`),

  page: (id: number) => get<PageDetail>(`/api/pages/${id}`),
  imageUrl: (id: number, widthPx: number) => `/api/pages/${id}/image?width=${widthPx}`,
  image: async (id: number, widthPx: number, signal: AbortSignal) => (await answer("GET", `/api/pages/${id}/image?width=${widthPx}`, { signal })).blob(),
  words: (id: number, signal?: AbortSignal) => get<PageWords>(`/api/pages/${id}/words`, signal),
  otherWords: (id: number, signal?: AbortSignal) => get<PageWords>(`/api/pages/${id}/words?version=other`, signal),
  versions: (id: number, signal?: AbortSignal) => get<PageVersions>(`/api/pages/${id}/versions`, signal),
  chooseVersion: (id: number, version: "own" | "ocr") => post<PageVersions>(`/api/pages/${id}/versions`, { version }),
  hits: (id: number, q: string, signal?: AbortSignal) => get<PageHits>(`/api/pages/${id}/hits${queryString({ q })}`, signal),

  kinds: () => get<EntityKind[]>("/api/suit/kinds"),
  sources: () => get<Source[]>("/api/suit/sources"),
  entities: (kinds: readonly string[] = [], withdrawn = false) => get<EntityRow[]>(`/api/suit/entities${queryString({ kind: kinds, withdrawn })}`),
  entity: (reference: string) => get<EntityDetail>(`/api/suit/entities/${reference}`),
  citations: (reference: string) => get<{ field: string; kind: string; cited: string; address: string | null }[]>(`/api/suit/entities/${reference}/citations`),
  enterFacts: (reference: string, facts: NewFacts) => post<EntityDetail>(`/api/suit/entities/${reference}/statements`, facts),
  withdrawEntity: (reference: string, is_withdrawn: boolean) => post<EntityDetail>(`/api/suit/entities/${reference}/withdraw`, { is_withdrawn }),
  rankStatement: (id: number, rank: Rank) => post<Statement>(`/api/suit/statements/${id}/rank`, { rank }),

  bates: (number: string) => get<{ matches: BatesMatch[] }>(`/api/bates${queryString({ number })}`),
  search: (query: Query, signal?: AbortSignal) => get<SearchResult>(`/api/search${queryString(query)}`, signal),
};

/** Send one file of an upload; *progress* hears how many bytes have gone. `fetch` cannot tell, so this is the old way. */
export function sendFile(uploadId: string, path: string, file: File, hooks: { progress: (bytes: number) => void; signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/uploads/${uploadId}/files${queryString({ path })}`);
    request.setRequestHeader("X-Vaughn", "1");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => hooks.progress(event.loaded);
    request.onload = () => {
      if (request.status < 300) return resolve();
      const body = JSON.parse(request.responseText || "{}") as { error?: { message?: string; hint?: string | null; kind?: string } };
      reject(new ApiError(request.status, body.error?.message ?? `${request.status}`, body.error?.hint ?? null, body.error?.kind ?? ""));
    };
    request.onerror = () => reject(new ApiError(0, "offline", null, "Offline"));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    hooks.signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
