// Calls about requests, docket, orders and time; the words they use are those of `api.ts`.
import { get, post, postForFile, queryString, type Confidence, type Query, type Rank } from "./api";

export interface Named {
  reference: string;
  title: string;
}
export interface TextFinding {
  code: string;
  severity: "error" | "warning" | "note";
  message: string;
  line: number | null;
  count: number;
}
export type Standing = "overdue" | "due today" | "due" | "suspended" | "no due date known" | "met late" | "met";
export interface DueRow {
  key: string;
  title: string;
  who: string;
  standing: Standing;
  due: string | null;
  met_on: string | null;
  days: number | null;
  working_days: number | null;
  confirmed: boolean;
  why: string;
}
export interface DueTable {
  on: string;
  notice: string;
  rows: DueRow[];
}
export type DayKind = "trigger day" | "counted" | "weekend" | "holiday" | "tolled" | "rolled forward";
export interface DayRow {
  day: string;
  what: DayKind;
  name: string;
  count: number | null;
  by: string | null;
}
export interface DueDate {
  rule: string;
  title: string;
  bound: string;
  starts: string;
  trigger: string;
  first_received: string | null;
  due: string | null;
  in_words: string;
  confirmed: boolean;
  count: string;
  number: number | null;
  agency: string | null;
  extend_days: number;
  tolls: { rule: string; first: string; last: string | null }[];
  opens: string | null;
  opens_on: string | null;
  in_force: string;
  citations: { rule: string; citation: string; confirmed: boolean; note: string }[];
  notes: string[];
  lines: { days: string; what: DayKind; count: string; why: string }[];
  days: DayRow[];
  what_if: { condition: string; due_before: string | null; due_after: string | null; sentence: string } | null;
  notice: string;
}
export interface RuleRow {
  rule: string;
  agency: string | null;
  title: string;
  kind: string;
  bound: string;
  starts: string;
  count: string;
  number: number | null;
  in_force: string;
  citation: string;
  confirmed: boolean;
  note: string;
}
export interface ClockRow {
  key: string;
  rule: string;
  title: string;
  who: string;
  due: string | null;
  met_on: string | null;
  confirmed: boolean;
  note: string;
  fault: string;
  computed: DueDate | null;
}
export interface RequestRow {
  reference: string;
  title: string;
  agency: string | null;
  state: string | null;
  moves: string[];
  clocks: ClockRow[];
}
export interface CoverageCell {
  releases: string[];
  listed: string[];
  documents: string[];
}
export interface Coverage {
  agencies: string[];
  rows: { reference: string; number: string | null; title: string; depth: number; cells: CoverageCell[] }[];
  empty: number;
  unmatched: string[];
  faults: string[];
}
export interface EntryRow {
  reference: string;
  docket: string | null;
  number: number | null;
  filed: string | null;
  type: string | null;
  title: string;
  text: string | null;
  by: Named[];
  attachments: string[];
}
export interface Chain {
  root: string;
  is_decided: boolean;
  steps: { entry: string; depth: number; responds_to: string[]; decides: string[] }[];
  relief: { reference: string; title: string; asked_until: string | null; granted_on: string | null; days_more: number | null }[];
  outcomes: { reference: string; of: Named | null; party: Named | null; result: string | null; order: Named | null; decided_on: string | null }[];
  leads_to: string[];
  decided_by: Named[];
}
export interface StateSpan {
  state: string;
  first: string;
  last: string | null;
  is_binding: boolean;
  change: Named | null;
  by: Named | null;
}
export interface OrderRow {
  reference: string;
  key: string;
  title: string;
  type: string | null;
  entered: string | null;
  now: StateSpan | null;
  spans: StateSpan[];
}
export interface Obligation {
  reference: string;
  title: string;
  what: string | null;
  who: Named[];
  state: "open" | "met" | "late" | "missed" | "stayed" | "lifted";
  named: string | null;
  due: string | null;
  met_on: string | null;
  met_by: Named[];
  why: string[];
  confirmed: boolean;
  counted: DueDate | null;
}
export interface OrderDetail extends OrderRow {
  on: string;
  obligations: Obligation[];
  findings: TextFinding[];
}
export interface Docket {
  on: string;
  dockets: { reference: string; title: string; court: string | null; number: string | null; entries: number }[];
  entries: EntryRow[];
  chains: Chain[];
  orders: OrderRow[];
  findings: TextFinding[];
}
export interface DocketTaken {
  docket: string;
  title: string;
  new: number;
  known: number;
  changed: number;
  unreadable: number;
  parties: number;
  statements: number;
  others: number;
  findings: TextFinding[];
}
export interface SourceName {
  title: string;
  citation: string;
  url: string | null;
}
export interface Contradiction {
  key: string;
  rule: string;
  weight: "contradiction" | "note";
  about: Named;
  field: string | null;
  field_title: string | null;
  text: string;
  says: { statement_id: number; value: string; shown: string; source: SourceName; confidence: Confidence; rank: Rank; note: string | null }[];
  is_settled: boolean;
  can_choose: boolean;
}
export interface TimelineEvent {
  lane: string;
  on: string | null;
  first: string | null;
  last: string | null;
  title: string;
  what: string;
  references: string[];
  parties: string[];
  ecf: string[];
  confidence: Confidence;
  sources: SourceName[];
  other_dates: { on: string; source: SourceName; remark: string | null }[];
  holiday: string | null;
  notes: string[];
}
export interface TimelineSpan {
  lane: string;
  kind: "stay" | "appeal" | "pause" | "clock";
  first: string;
  last: string | null;
  title: string;
  references: string[];
  parties: string[];
  confidence: Confidence;
  sources: SourceName[];
}
export interface Timeline {
  lanes: string[];
  parties: (Named & { also: string[] })[];
  events: TimelineEvent[];
  spans: TimelineSpan[];
  undated: TimelineEvent[];
}
export interface NewsRow {
  sequence: number;
  at: string;
  verb: string;
  about: Named | null;
  production: string | null;
  counts: Record<string, number>;
}
export interface PublishPreview {
  problem: string | null;
  hint: string | null;
  title: string;
  documents: number;
  pages: number;
  productions: { name: string; documents: number; shown: number }[];
  parts: Record<string, number>;
  left_out: number;
  withdrawn: number;
  names_to_hide: string[];
  dead: { file: string; line: number; cited: string }[];
}
export interface StateChange {
  state: string;
  since: string;
  until?: string | undefined;
  by?: string | undefined;
  note?: string | undefined;
}

export const suitApi = {
  due: () => get<DueTable>("/api/suit/due"),
  news: (limit = 10) => get<NewsRow[]>(`/api/suit/news${queryString({ limit })}`),
  contradictions: () => get<Contradiction[]>("/api/suit/contradictions"),

  requests: () => get<RequestRow[]>("/api/requests"),
  moveRequest: (key: string, state: string) => post<RequestRow[]>(`/api/requests/${encodeURIComponent(key)}/state`, { state }),
  letters: () => get<string[]>("/api/requests/letters"),
  letter: (key: string, form: { kind: string; format: string; on?: string | undefined }) => postForFile(`/api/requests/${encodeURIComponent(key)}/letters`, form),
  coverage: () => get<Coverage>("/api/suit/coverage"),

  clockRules: () => get<RuleRow[]>("/api/clock/rules"),
  clock: (query: Query, signal?: AbortSignal) => get<DueDate>(`/api/clock${queryString(query)}`, signal),
  clockFileUrl: (query: Query, format: string) => `/api/clock/file${queryString({ ...query, format })}`,

  docket: () => get<Docket>("/api/suit/docket"),
  takeDocket: (form: { path?: string; upload_id?: string; number?: string | undefined; court?: string | undefined }) => post<DocketTaken>("/api/suit/docket", form),
  orders: () => get<OrderRow[]>("/api/suit/orders"),
  order: (key: string, supposed: { state?: string; since?: string; until?: string } = {}) => get<OrderDetail>(`/api/suit/orders/${encodeURIComponent(key)}${queryString(supposed)}`),
  changeOrder: (key: string, change: StateChange) => post<OrderDetail>(`/api/suit/orders/${encodeURIComponent(key)}/changes`, change),

  publishPreview: (release: readonly string[]) => get<PublishPreview>(`/api/suit/publish${queryString({ release })}`),
  publish: (form: { out: string; release: string[] }) => post<{ job_id: number }>("/api/suit/publish", form),

  timeline: () => get<Timeline>("/api/suit/timeline"),
  timelineFileUrl: (query: Query, format: string) => `/api/suit/timeline/file${queryString({ ...query, format })}`,
};

/** What `suitApi.clock` is asked to get a due date again that was computed before. */
export function questionOf(due: DueDate): Query {
  return {
    rule: due.rule,
    from: due.trigger,
    toll: due.tolls.map((toll) => `${toll.rule}:${toll.first}..${toll.last ?? ""}`),
    extend_days: due.extend_days || null,
    agency: due.agency,
    number: numberAsked(due),
    first_received: due.first_received,
  };
}

/** A number is only asked of rules that have none of their own. */
function numberAsked(due: DueDate): number | null {
  return due.rule === "FRCP-6" ? due.number : null;
}
