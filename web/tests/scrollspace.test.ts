import { describe, expect, it } from "vitest";
import { ScrollSpace } from "../src/lib/scrollspace";

describe("a list that fits into one element", () => {
  it("scrolls one to one", () => {
    const space = new ScrollSpace();
    space.resize(5000, 500);
    expect(space.scrolled(1234)).toBeNull();
    expect([space.top, space.shift, space.height]).toEqual([1234, 0, 5000]);
  });
});

describe("a list taller than an element may be", () => {
  const made = () => {
    const space = new ScrollSpace(0, 0, 10_000);
    space.resize(1_000_000, 500);
    return space;
  };

  it("never asks for a taller element", () => {
    expect(made().height).toBe(10_000);
  });

  it("reaches the very end when the scroll bar is dragged there", () => {
    const space = made();
    space.scrolled(9500);
    expect(space.top).toBe(999_500);
  });

  it("moves one to one by the wheel, wherever it stands", () => {
    const space = made();
    space.moveTo(400_000);
    const before = space.top;
    const physical = space.moveTo(400_000);
    space.scrolled(physical + 100);
    expect(space.top).toBeCloseTo(before + 100, 6);
  });

  it("goes on by the wheel beyond the edge of the element", () => {
    const space = made();
    let physical = space.moveTo(300_000);
    for (let step = 0; step < 5000; step += 1) {
      const next = Math.min(physical + 100, 9500);
      physical = space.scrolled(next) ?? next;
    }
    expect(space.top).toBeGreaterThan(790_000);
  });

  it("comes back to the first row by the wheel", () => {
    const space = made();
    let physical = space.moveTo(50_000);
    for (let step = 0; step < 5000 && space.top > 0; step += 1) {
      const next = Math.max(physical - 100, 0);
      physical = space.scrolled(next) ?? next;
    }
    expect(space.top).toBe(0);
  });

  it("keeps its place when the window changes size", () => {
    const space = made();
    space.moveTo(123_456);
    space.resize(1_000_000, 800);
    expect(space.top).toBeCloseTo(123_456, 6);
  });
});
