// Where each page of a document stands when all are laid out one below the other.

export interface PageFit {
  mode: "width" | "page" | "scale";
  /** Pixels per point in mode `scale`. */
  scale: number;
  rotation: 0 | 90 | 180 | 270;
  /** Room for a page, in CSS pixels. */
  width: number;
  height: number;
}

export const GAP_PX = 14;
const LETTER = { width: 612, height: 792 };

export class PageLayout {
  private readonly widths: Float32Array;
  private readonly heights: Float32Array;
  /** tops[n - 1] is the top of page n; the last entry is the height of all. */
  private readonly tops: Float64Array;
  private known = 0;
  private knownWidth = 0;
  private knownHeight = 0;

  constructor(readonly count: number) {
    this.widths = new Float32Array(count);
    this.heights = new Float32Array(count);
    this.tops = new Float64Array(count + 1);
  }

  /** Take the size of a page in points; true if it was not known. */
  learn(page: number, widthPt: number | null, heightPt: number | null): boolean {
    if (!widthPt || !heightPt || page < 1 || page > this.count || this.widths[page - 1] !== 0) return false;
    this.widths[page - 1] = widthPt;
    this.heights[page - 1] = heightPt;
    this.known += 1;
    this.knownWidth += widthPt;
    this.knownHeight += heightPt;
    return true;
  }

  /** Size of a page in points as displayed; the mean of the known ones if it is unknown. */
  size(page: number): { width: number; height: number } {
    const width = this.widths[page - 1];
    const height = this.heights[page - 1];
    if (width && height) return { width, height };
    if (this.known === 0) return LETTER;
    return { width: this.knownWidth / this.known, height: this.knownHeight / this.known };
  }

  /** Size on the screen, rotation of the view applied. */
  box(page: number, fit: PageFit): { width: number; height: number; scale: number } {
    const size = this.size(page);
    const turned = fit.rotation % 180 !== 0;
    const width = turned ? size.height : size.width;
    const height = turned ? size.width : size.height;
    const wide = fit.width / width;
    const scale = fit.mode === "scale" ? fit.scale : fit.mode === "width" ? wide : Math.min(wide, fit.height / height);
    const safe = Math.max(scale, 0.02);
    return { width: width * safe, height: height * safe, scale: safe };
  }

  arrange(fit: PageFit): void {
    let top = GAP_PX;
    for (let page = 1; page <= this.count; page += 1) {
      this.tops[page - 1] = top;
      top += this.box(page, fit).height + GAP_PX;
    }
    this.tops[this.count] = top;
  }

  top(page: number): number {
    return this.tops[Math.min(Math.max(page, 1), this.count) - 1] ?? 0;
  }
  get height(): number {
    return this.tops[this.count] ?? 0;
  }

  /** The page at height *y*: the last whose top is not below it. */
  at(y: number): number {
    let low = 1;
    let high = this.count;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
