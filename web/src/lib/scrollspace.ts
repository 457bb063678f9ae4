// Scrolling through more pixels than a browser allows an element to have.
//
// Firefox stops at 17.9 million pixels, Chromium at 33.5 million; a million rows need more. The element gets at most
// MAX_HEIGHT_PX; small movements scroll one to one, large ones (the scroll bar dragged) in proportion.

export const MAX_HEIGHT_PX = 12_000_000;

export class ScrollSpace {
  /** Virtual position = physical position + offset. */
  private offset = 0;
  private physical = 0;

  constructor(
    private total = 0,
    private viewport = 0,
    private readonly cap = MAX_HEIGHT_PX,
  ) {}

  /** Height to give the scrolled element. */
  get height(): number {
    return Math.min(this.total, this.cap);
  }
  /** Where the top of the window stands in the whole list. */
  get top(): number {
    return clamp(this.physical + this.offset, 0, this.maxTop);
  }
  /** Subtract from a virtual position to place something inside the element. */
  get shift(): number {
    return this.offset;
  }
  private get maxTop(): number {
    return Math.max(0, this.total - this.viewport);
  }
  private get maxPhysical(): number {
    return Math.max(0, this.height - this.viewport);
  }
  private get ratio(): number {
    return this.maxPhysical === 0 ? 1 : this.maxTop / this.maxPhysical;
  }

  /** Take new sizes; returns the physical position that keeps what is seen where it is. */
  resize(total: number, viewport: number): number {
    const top = this.top;
    this.total = total;
    this.viewport = viewport;
    return this.moveTo(top);
  }

  /** The element was scrolled to *physical*. Returns the position to correct it to, or null if it may stay. */
  scrolled(physical: number): number | null {
    const step = physical - this.physical;
    this.physical = physical;
    if (this.ratio === 1) {
      this.offset = 0;
      return null;
    }
    if (Math.abs(step) > this.viewport * 2) {
      this.offset = physical * this.ratio - physical;
      return null;
    }
    if (physical <= 0 && this.top < this.ratio * 2) this.offset = 0;
    const atEdge = physical <= 0 || physical >= this.maxPhysical;
    const wanted = clamp(physical + this.offset, 0, this.maxTop);
    const tooFar = physical + this.offset !== wanted;
    return atEdge || tooFar ? this.corrected(wanted) : null;
  }

  /** Go to a virtual position; returns the physical position to set. */
  moveTo(top: number): number {
    const wanted = clamp(top, 0, this.maxTop);
    this.physical = this.ratio === 1 ? wanted : wanted / this.ratio;
    this.offset = wanted - this.physical;
    return this.physical;
  }

  private corrected(wanted: number): number | null {
    const before = this.physical;
    const after = this.moveTo(wanted);
    return Math.abs(after - before) < 1 ? null : after;
  }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
