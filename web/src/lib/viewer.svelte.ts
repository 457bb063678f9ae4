// The state of the viewer: which document, which page, how large, which hits.
import { api, type DocumentDetail, type DocumentHits, type PageHits, type PageRow, type PageWords, type Query } from "../api";
import { records, type RecordDetail } from "../recordapi";
import { Recent } from "./lru";
import { PageLayout, type PageFit } from "./pagelayout";
import { clamp } from "./scrollspace";

const PAGE_WINDOW = 200;
const WINDOWS_KEPT = 12;
const STEPS = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2, 2.5, 3, 4];

const FIT = "vaughn.fit";

/** How large pages were last looked at: a number is pixels per point. */
function fitOf(stored: string | null): PageFit["mode"] {
  return stored === "page" ? "page" : Number(stored) ? "scale" : "width";
}

export class Viewer {
  detail = $state.raw<DocumentDetail | null>(null);
  /** Where it came from and how else it can be looked at. */
  record = $state.raw<RecordDetail | null>(null);
  hits = $state.raw<DocumentHits | null>(null);
  page = $state(1);
  /** The hit looked at: its page and its place on that page, from 0. */
  hit = $state.raw<{ page: number; index: number } | null>(null);
  mode = $state<PageFit["mode"]>(fitOf(localStorage.getItem(FIT)));
  scale = $state(Number(localStorage.getItem(FIT)) || 1.3);
  rotation = $state<0 | 90 | 180 | 270>(0);
  continuous = $state(localStorage.getItem("vaughn.continuous") !== "no");
  /** Counts up when page sizes became known. */
  learned = $state(0);
  /** Counts up when other words took the place of a page's. */
  renewed = $state(0);
  /** A page to bring into sight; a new object each time. */
  goal = $state.raw<{ page: number; hit: boolean } | null>(null);
  /** Whether the last move was scrolling, not a jump. */
  scrolling = false;
  layout = new PageLayout(0);

  private readonly windows = new Recent<number, PageRow[]>(WINDOWS_KEPT);
  private readonly asked = new Set<number>();
  private readonly wordsKept = new Recent<number, PageWords>(40);
  private readonly hitsKept = new Recent<number, PageHits>(80);
  private readonly seen = $state({ rows: 0 });

  constructor(
    readonly id: number,
    readonly q: string,
    list: Query,
    startPage: number | null,
  ) {
    void this.load(list, startPage);
  }

  error = $state.raw<unknown>(null);

  private async load(list: Query, startPage: number | null): Promise<void> {
    try {
      const detail = await api.document(this.id, list);
      this.layout = new PageLayout(detail.page_count);
      this.page = clamp(startPage ?? 1, 1, Math.max(1, detail.page_count));
      this.detail = detail;
      this.goal = { page: this.page, hit: false };
      records.record(this.id).then(
        (found) => (this.record = found),
        () => undefined, // the pages can be looked at without it; the panel asks again
      );
      if (this.q) await this.findHits(startPage);
    } catch (error) {
      this.error = error;
    }
  }

  /** A page that was asked for stays in sight; without one, the first hit is shown. */
  private async findHits(startPage: number | null): Promise<void> {
    const hits = await api.documentHits(this.id, this.q);
    hits.pages.sort((a, b) => a.number - b.number);
    this.hits = hits;
    const first = startPage === null ? hits.pages[0] : hits.pages.find((page) => page.number === startPage);
    if (first) this.showHit(first.number, 0);
  }

  get count(): number {
    return this.detail?.page_count ?? 0;
  }

  /** Page ids are contiguous in a document, so the id of a page needs no question to the server. */
  pageId(number: number): number | null {
    const first = this.detail?.first_page_id;
    return this.row(number)?.id ?? (first ? first + number - 1 : null);
  }

  row(number: number): PageRow | undefined {
    void this.seen.rows;
    return this.windows.get(Math.floor((number - 1) / PAGE_WINDOW))?.[(number - 1) % PAGE_WINDOW];
  }

  label(number: number): string | null {
    return this.row(number)?.label ?? null;
  }

  /** Fetch sizes and labels of the pages around those in sight. */
  async look(first: number, last: number): Promise<void> {
    for (let window = Math.floor((first - 1) / PAGE_WINDOW); window <= Math.floor((last - 1) / PAGE_WINDOW); window += 1) {
      if (window < 0 || this.asked.has(window) || this.windows.get(window)) continue;
      this.asked.add(window);
      try {
        const from = window * PAGE_WINDOW + 1;
        const rows = await api.pages(this.id, from, Math.min(from + PAGE_WINDOW - 1, this.count));
        let news = false;
        for (const row of rows) news = this.layout.learn(row.number, row.width_pt, row.height_pt) || news;
        this.windows.set(window, rows);
        this.seen.rows += 1;
        if (news) this.learned += 1;
      } catch {
        // Without sizes and labels the pages are still shown; the connection banner says what is wrong.
      } finally {
        this.asked.delete(window);
      }
    }
  }

  /** Use the words a page's file brought (`own`), or those OCR read, from now on. */
  async choose(page: number, pageId: number, version: "own" | "ocr"): Promise<void> {
    await api.chooseVersion(pageId, version);
    this.wordsKept.delete(pageId);
    this.hitsKept.delete(pageId);
    this.windows.delete(Math.floor((page - 1) / PAGE_WINDOW));
    await this.look(page, page);
    if (this.q) this.hits = await api.documentHits(this.id, this.q);
    this.renewed += 1;
  }

  async words(pageId: number, signal: AbortSignal): Promise<PageWords> {
    const kept = this.wordsKept.get(pageId);
    if (kept) return kept;
    const words = await api.words(pageId, signal);
    this.wordsKept.set(pageId, words);
    return words;
  }

  async pageHits(pageId: number, signal: AbortSignal): Promise<PageHits> {
    const kept = this.hitsKept.get(pageId);
    if (kept) return kept;
    const hits = await api.hits(pageId, this.q, signal);
    this.hitsKept.set(pageId, hits);
    return hits;
  }

  go(page: number): void {
    this.page = clamp(Math.round(page), 1, Math.max(1, this.count));
    this.goal = { page: this.page, hit: false };
  }

  showHit(page: number, index: number): void {
    this.hit = { page, index };
    this.page = page;
    this.goal = { page, hit: true };
  }

  /** Next (1) or previous (-1) hit, around the end of the document. */
  stepHit(direction: 1 | -1): void {
    const pages = this.hits?.pages ?? [];
    if (pages.length === 0) return;
    const here = pages.find((page) => page.number === this.hit?.page && page.number === this.page);
    if (here && this.hit) {
      const index = this.hit.index + direction;
      if (index >= 0 && index < here.hits) return this.showHit(here.number, index);
    }
    const first = direction === 1 ? pages[0] : pages.at(-1);
    const next = (direction === 1 ? pages.find((page) => page.number > this.page) : pages.findLast((page) => page.number < this.page)) ?? first;
    if (next) this.showHit(next.number, direction === 1 ? 0 : next.hits - 1);
  }

  /** Which hit of all is looked at, from 1. */
  get hitOrdinal(): number {
    if (!this.hits || !this.hit) return 0;
    let before = 0;
    for (const page of this.hits.pages) {
      if (page.number === this.hit.page) return before + this.hit.index + 1;
      before += page.hits;
    }
    return 0;
  }

  zoom(direction: 1 | -1, now: number): void {
    const next = direction === 1 ? STEPS.find((step) => step > now * 1.02) : STEPS.findLast((step) => step < now * 0.98);
    this.mode = "scale";
    this.scale = next ?? now;
    localStorage.setItem(FIT, String(this.scale));
  }

  fit(mode: "width" | "page"): void {
    this.mode = mode;
    localStorage.setItem(FIT, mode);
  }

  rotate(): void {
    this.rotation = ((this.rotation + 90) % 360) as 0 | 90 | 180 | 270;
  }

  setContinuous(on: boolean): void {
    this.continuous = on;
    localStorage.setItem("vaughn.continuous", on ? "yes" : "no");
    this.goal = { page: this.page, hit: false };
  }
}
