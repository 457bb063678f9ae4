// Rows of a long list, fetched by blocks as they come into sight; far blocks are forgotten.

const BLOCK = 100;
const KEPT_BLOCKS = 30;

export class WindowedRows<Row> {
  total = $state<number | null>(null);
  error = $state.raw<unknown>(null);
  private blocks = $state.raw<ReadonlyMap<number, Row[]>>(new Map());
  private wanted = new Map<number, AbortController>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly fetchRows: (offset: number, limit: number, signal: AbortSignal) => Promise<{ total: number; rows: Row[] }>) {
    void this.fetchBlock(0);
  }

  row(index: number): Row | undefined {
    return this.blocks.get(Math.floor(index / BLOCK))?.[index % BLOCK];
  }

  /** Say which rows are in sight; their blocks are fetched a moment later, others are no longer waited for. */
  look(first: number, last: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetchRange(first, last), 40);
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const controller of this.wanted.values()) controller.abort();
    this.wanted.clear();
  }

  private fetchRange(first: number, last: number): void {
    const from = Math.floor(first / BLOCK);
    const to = Math.floor(Math.max(first, last) / BLOCK);
    for (const [block, controller] of this.wanted) {
      if (block < from - 1 || block > to + 1) {
        controller.abort();
        this.wanted.delete(block);
      }
    }
    for (let block = from; block <= to; block += 1) {
      if (!this.blocks.has(block) && !this.wanted.has(block)) void this.fetchBlock(block);
    }
  }

  private async fetchBlock(block: number): Promise<void> {
    const controller = new AbortController();
    this.wanted.set(block, controller);
    try {
      const { total, rows } = await this.fetchRows(block * BLOCK, BLOCK, controller.signal);
      if (controller.signal.aborted) return;
      const blocks = new Map(this.blocks);
      blocks.set(block, rows);
      while (blocks.size > KEPT_BLOCKS) blocks.delete(furthest(blocks.keys(), block));
      this.blocks = blocks;
      this.total = total;
      this.error = null;
    } catch (error) {
      if (!controller.signal.aborted) this.error = error;
    } finally {
      if (this.wanted.get(block) === controller) this.wanted.delete(block);
    }
  }
}

function furthest(blocks: Iterable<number>, from: number): number {
  let result = from;
  for (const block of blocks) if (Math.abs(block - from) > Math.abs(result - from)) result = block;
  return result;
}
