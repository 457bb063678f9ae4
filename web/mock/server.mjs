// A server of made-up data, to develop and look at the screens without the program: `npm run build && npm run mock`.
// It sends the same Content-Security-Policy as the real one. `--no-case` starts without an open case; `--port N`.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import * as data from "./data.mjs";

const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const PORT = process.argv.includes("--port") ? Number(option("--port")) : 8788;
const STATIC = fileURLToPath(new URL("../../src/vaughn/app/static/", import.meta.url));
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
const CASE = { path: "/home/student/cases/ndlon-v-ice", caption: "NDLON v. ICE", court: "S.D.N.Y.", docket_number: "1:10-cv-03488", productions: 3, documents: data.DOCUMENTS, pages: 3_108_410, findings: { error: 44, warning: 318, note: 20 }, index: { pages: 3_100_000, behind: 8410 } };

let openCase = process.argv.includes("--no-case") ? null : CASE;
let job = null;
const listeners = new Set();
const FINDINGS = 3240;

function fail(status, message, hint) {
  return { status, body: { error: { message, hint, kind: "InputError" } } };
}
const ok = (body) => ({ status: 200, body });

function tick() {
  const steps = ["copying", "linking", "reading", "checking"];
  if (!job || job.state !== "running") return;
  job.done += 7;
  if (job.done >= job.total) {
    const next = steps[steps.indexOf(job.step) + 1];
    if (next) Object.assign(job, { step: next, done: 0 });
    else Object.assign(job, { state: "done", done: job.total, ended_at: "2026-11-22T00:00:00Z" });
  }
  for (const listener of listeners) listener.write(`data: ${JSON.stringify(job)}\n\n`);
}
setInterval(tick, 300);

function startJob(kind, production) {
  job = { id: (job?.id ?? 0) + 1, kind, production_id: production, state: "running", step: "copying", done: 0, total: 100, started_at: "2026-11-22T00:00:00Z", ended_at: null, message: null };
  return { production_id: production, job_id: job.id };
}

function filtered(q) {
  const names = ["production", "agency", "kind", "custodian", "person", "language", "finding", "date_from", "date_to", "severity", "q"];
  return names.reduce((step, name) => (q.has(name) ? step * 3 : step), 1);
}
function documents(q) {
  const step = filtered(q);
  const total = q.get("q") === "none" ? 0 : Math.floor(data.DOCUMENTS / step);
  const offset = Number(q.get("offset") ?? 0);
  const limit = Number(q.get("limit") ?? 100);
  const at = (index) => (q.get("descending") ? data.DOCUMENTS - index * step : 1 + index * step);
  const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, n) => ({ ...data.documentRow(at(offset + n)), ...(q.has("kind") ? { kind: q.get("kind") } : {}) }));
  return ok({ total, rows });
}
const facet = (values) => values.map(([value, label, count]) => ({ value, label, count }));
const facets = () => ({
  production: facet([["1", "ICE Prod 1", 612331], ["2", "ICE Prod 2", 301208], ["3", "FBI interim release", 86461]]),
  agency: facet([["ICE", "ICE", 913539], ["FBI", "FBI", 86461]]),
  kind: facet([["e-mail", "e-mail", 402000], ["attachment", "attachment", 200100], ["paper", "paper", 180000], ["spreadsheet", "spreadsheet", 90000], ["unknown", "unknown", 3]]),
  person: facet([["jpalmer@ice.example", "Palmer, Jon <jpalmer@ice.example> +2", 3100]]),
  language: facet([["en", "en", 61000], ["es", "es", 800], ["und", "und", 4000]]),
  custodian: facet(Array.from({ length: 14 }, (_, n) => [`Custodian ${n}`, `Custodian ${String.fromCharCode(65 + n)}`, 9000 - n * 400])),
  finding: facet(data.CODES.map((one, n) => [one.code, one.title, 400 - n * 40])),
});

function findings(q) {
  const codes = q.getAll("code");
  const severities = q.getAll("severity");
  const document = q.get("document");
  const all = Array.from({ length: FINDINGS }, (_, n) => data.findingRow(n)).filter(
    (one) => (codes.length === 0 || codes.includes(one.code)) && (severities.length === 0 || severities.includes(one.severity)) && (!q.get("production") || String(one.production_id) === q.get("production")),
  );
  const rows = document ? all.slice(0, 3).map((one) => ({ ...one, document_id: Number(document), page_id: data.firstPage(Number(document)) })) : all;
  const offset = Number(q.get("offset") ?? 0);
  const counts = data.CODES.map(({ cure, ...one }) => ({ ...one, count: rows.filter((row) => row.code === one.code).length })).filter((one) => one.count > 0);
  return ok({ total: rows.length, rows: rows.slice(offset, offset + Number(q.get("limit") ?? 100)), codes: counts });
}

function documentDetail(id) {
  if (!(id >= 1 && id <= data.DOCUMENTS)) return fail(404, `There is no document ${id}.`, "Open it from the document list.");
  const row = data.documentRow(id);
  return ok({ ...row, family: data.family(id), native: row.has_native ? { name: row.file_name, size_bytes: 48_113, media_type: "application/vnd.ms-excel" } : null, text_file: true, state: "current", neighbours: { previous: id > 1 ? id - 1 : null, next: id + 1 } });
}
function pages(id, q) {
  const first = Number(q.get("first") ?? 1);
  const last = Math.min(Number(q.get("last") ?? 100), data.pageCount(id));
  return ok(Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => pageRow(data.firstPage(id) + first + n - 1)));
}
function pageRow(pageId) {
  const { width, height } = data.pageSize(pageId);
  return { id: pageId, number: pageId % 10_000, label: data.bates(pageId), width_pt: width, height_pt: height, text_source: "embedded", language: "en", stamped: pageId % 19 === 0 ? "ICE 0000001" : data.bates(pageId), missing: pageId % 101 === 0 };
}
function metadata(id) {
  const row = data.documentRow(id);
  const received = [["BEGBATES", row.begin], ["ENDBATES", row.end], ["DATESENT", "01/17/2011"], ["FROM", row.sender ?? ""], ["SUBJECT", row.title ?? ""], ["FOO", ""], ["TEXTPATH", `VOL001\\TEXT\\${row.begin}.txt`]];
  return ok({
    received: received.map(([column, value]) => ({ column, value })),
    normalised: [{ field: "beg_bates", value: row.begin, column: "BEGBATES" }, { field: "end_bates", value: row.end, column: "ENDBATES" }, { field: "sent_date", value: "2011-01-17", column: "DATESENT" }, { field: "subject", value: row.title ?? "", column: "SUBJECT" }, { field: "record_type", value: row.kind, column: null }],
    source: { path: "VOL001/DATA/VOL001.DAT", line: id + 1 }, links: [{ role: "text", path: `VOL001/TEXT/${row.begin}.txt`, matched_by: "path" }],
    files: [{ role: "text", path: `VOL001/TEXT/${row.begin}.txt`, size_bytes: 2044, media_type: "text/plain", sha256: "9f".repeat(32) }, { role: "image", path: `VOL001/IMAGES/001/${row.begin}.pdf`, size_bytes: 88_120, media_type: "application/pdf", sha256: "ab".repeat(32) }],
  });
}
function documentHits(id, q) {
  const found = [];
  const step = data.pageCount(id) > 100 ? 37 : 1;
  for (let n = 1; n <= data.pageCount(id); n += step) {
    const hits = data.hitsOn(data.firstPage(id) + n - 1, q).spans.length;
    if (hits > 0) found.push({ page_id: data.firstPage(id) + n - 1, number: n, hits });
  }
  return ok({ total: found.reduce((sum, page) => sum + page.hits, 0), pages: found });
}
function search(q) {
  const words = (q.get("q") ?? "").replaceAll('"', "").split(/\s+/).filter(Boolean);
  if (words.includes("zzz")) return ok({ total_documents: 0, total_pages: 0, total_hits: 0, behind: 0, words, rows: [] });
  if ((q.get("q") ?? "").includes("(")) return fail(400, "The query has an open parenthesis.", "Only words and \"phrases\" are understood so far.");
  const offset = Number(q.get("offset") ?? 0);
  const rows = Array.from({ length: 20 }, (_, n) => offset + n + 2).map((id) => ({
    document: data.documentRow(id), hits: 4,
    pages: [1, 2].filter((number) => number <= data.pageCount(id)).map((number) => ({ page_id: data.firstPage(id) + number - 1, number, label: data.bates(data.firstPage(id) + number - 1), hits: 2, snippet: [{ text: "… before the field directors were told in writing by ", hit: false }, { text: words[0] ?? "", hit: true }, { text: " on that day with copies sent to counsel …", hit: false }] })),
  }));
  return ok({ total_documents: 412, total_pages: 933, total_hits: 1804, behind: 8410, words, rows });
}
const folders = (path) => ok({ path, parent: path === "/" ? null : path.replace(/\/[^/]+$/, "") || "/", folders: ["productions", "letters", "cases"].map((name) => ({ name, path: `${path}/${name}` })), files: [{ name: "VOL001.zip", path: `${path}/VOL001.zip`, size_bytes: 81_334_001 }] });

/** One route a line: method, pattern, answer. */
const ROUTES = [
  ["GET", /^\/api\/session$/, () => ok({ version: "0.1.0 (mock)", case: openCase, recent_cases: [{ path: CASE.path, caption: CASE.caption, opened_at: "2026-11-21T18:20:00Z" }], home: "/home/student", ocr: false })],
  ["POST", /^\/api\/cases$/, (_, q, body) => (body.caption === "fail" ? fail(400, "The folder is not empty.", "Choose another name.") : ok((openCase = { ...CASE, caption: body.caption, path: body.path })))],
  ["POST", /^\/api\/cases\/open$/, (_, q, body) => (body.path === CASE.path ? ok((openCase = CASE)) : fail(400, `${body.path} is not a case.`, "Choose the folder that holds case.db."))],
  ["GET", /^\/api\/case$/, () => ok(openCase)],
  ["PATCH", /^\/api\/case$/, (_, q, body) => ok((openCase = { ...openCase, ...body }))],
  ["GET", /^\/api\/orders$/, () => ok([{ name: "pdf-foia", title: "PDF production under FOIA", banner: null }, { name: "ndlon-2011-02-07", title: "NDLON v. ICE, order of February 7, 2011", banner: "Withdrawn; no precedential value." }])],
  ["GET", /^\/api\/folders$/, (_, q) => folders(q.get("path") ?? "/home/student")],
  ["POST", /^\/api\/uploads$/, () => ok({ upload_id: "u1" })],
  ["PUT", /^\/api\/uploads\/u1\/files$/, (_, q, body) => ok({ path: q.get("path"), size_bytes: body.length })],
  ["DELETE", /^\/api\/uploads\/u1$/, () => ({ status: 204, body: null })],
  ["POST", /^\/api\/productions$/, () => ok(startJob("receive", 3))],
  ["GET", /^\/api\/productions$/, () => ok(data.productionRows())],
  ["GET", /^\/api\/productions\/(\d+)$/, ([id]) => ok(data.productionDetail(Number(id)))],
  ["POST", /^\/api\/productions\/(\d+)\/(?:check|resume)$/, ([id]) => ok(startJob("check", Number(id)))],
  ["POST", /^\/api\/divisions\/(\d+)/, () => ok(data.productionDetail(1).divisions[0])],
  ["GET", /^\/api\/jobs$/, () => ok(job ? [job] : [])],
  ["POST", /^\/api\/jobs\/\d+\/cancel$/, () => ok(Object.assign(job, { state: "failed", message: "Stopped." }))],
  ["POST", /^\/api\/verify$/, () => ok(startJob("verify", null))],
  ["GET", /^\/api\/findings$/, (_, q) => findings(q)],
  ["GET", /^\/api\/documents$/, (_, q) => documents(q)],
  ["GET", /^\/api\/documents\/facets$/, () => ok(facets())],
  ["GET", /^\/api\/documents\/(\d+)$/, ([id]) => documentDetail(Number(id))],
  ["GET", /^\/api\/documents\/(\d+)\/pages$/, ([id], q) => pages(Number(id), q)],
  ["GET", /^\/api\/documents\/(\d+)\/metadata$/, ([id]) => metadata(Number(id))],
  ["GET", /^\/api\/documents\/(\d+)\/hits$/, ([id], q) => documentHits(Number(id), q.get("q") ?? "")],
  ["GET", /^\/api\/pages\/(\d+)$/, ([id]) => ok({ ...pageRow(Number(id)), document_id: Math.floor(Number(id) / 10_000) })],
  ["GET", /^\/api\/pages\/(\d+)\/versions$/, () => ok({ shown: { version: "own", engine: null, words: 300, confidence: null }, other: null, why: null, chosen_by: null })],
  ["GET", /^\/api\/pages\/(\d+)\/words$/, ([id]) => ok(data.pageWords(Number(id)))],
  ["GET", /^\/api\/pages\/(\d+)\/hits$/, ([id], q) => ok(data.hitsOn(Number(id), q.get("q") ?? ""))],
  ["GET", /^\/api\/bates$/, (_, q) => ok(batesMatches(q.get("number") ?? ""))],
  ["GET", /^\/api\/search$/, (_, q) => search(q)],
  // The lawsuit of the made-up case is empty; `vaughn demo ndlon` makes a full one.
  ["GET", /^\/api\/suit\/due$/, () => ok({ on: "2026-01-01", notice: "", rows: [] })],
  ["GET", /^\/api\/(suit\/(contradictions|news|orders|kinds|sources|entities)|requests|requests\/letters|clock\/rules)$/, () => ok([])],
];
function batesMatches(text) {
  const pageId = Number(text.replace(/\D/g, "")) + 10_000;
  const match = { production_id: 1, production: "ICE Prod 1", document_id: Math.floor(pageId / 10_000), page_id: pageId, page_number: pageId % 10_000, label: data.bates(pageId) };
  if (pageId % 10_000 === 0) return { matches: [] };
  return { matches: text.endsWith("2") ? [match, { ...match, production_id: 2, production: "ICE Prod 2", page_id: pageId + 1 }] : [match] };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  return request.headers["content-type"] === "application/json" ? JSON.parse(bytes.toString() || "{}") : bytes;
}

async function sendStatic(path, response) {
  const isFile = path.startsWith("/assets/") || path === "/theme.js" || path === "/favicon.svg";
  const file = isFile ? normalize(join(STATIC, path)) : join(STATIC, "index.html");
  const bytes = await readFile(file).catch(() => null);
  response.writeHead(bytes ? 200 : 404, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff" });
  response.end(bytes ?? "");
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (!url.pathname.startsWith("/api/")) return sendStatic(url.pathname, response);
  if (url.pathname === "/api/jobs/stream") {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(": hello\n\n");
    listeners.add(response);
    return request.on("close", () => listeners.delete(response));
  }
  const image = /^\/api\/pages\/(\d+)\/image$/.exec(url.pathname);
  if (image) {
    const missing = Number(image[1]) % 101 === 0;
    response.writeHead(missing ? 404 : 200, { "Content-Type": "image/svg+xml", "Cache-Control": "private, max-age=60" });
    return response.end(missing ? "" : data.pageImage(Number(image[1])));
  }
  if (url.pathname.endsWith("/export") || url.pathname.endsWith("/report") || url.pathname.endsWith("/native")) {
    response.writeHead(200, { "Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="made-up.csv"' });
    return response.end("a,b\n1,2\n");
  }
  const body = request.method === "GET" ? null : await bodyOf(request);
  const route = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(url.pathname));
  const needsHeader = request.method !== "GET" && request.headers["x-vaughn"] !== "1";
  const answer = needsHeader ? fail(403, "The header X-Vaughn is missing.", null) : route ? route[2](route[1].exec(url.pathname).slice(1), url.searchParams, body) : fail(404, "There is no such address.", null);
  response.writeHead(answer.status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  return response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/`));
