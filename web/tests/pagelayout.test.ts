import { describe, expect, it } from "vitest";
import { GAP_PX, PageLayout, type PageFit } from "../src/lib/pagelayout";

const fit = (change: Partial<PageFit> = {}): PageFit => ({ mode: "scale", scale: 1, rotation: 0, width: 800, height: 600, ...change });

describe("pages below one another", () => {
  it("takes letter paper for pages of unknown size", () => {
    const layout = new PageLayout(3);
    layout.arrange(fit());
    expect(layout.top(2) - layout.top(1)).toBe(792 + GAP_PX);
  });

  it("takes the mean of the known sizes for the unknown ones", () => {
    const layout = new PageLayout(10);
    layout.learn(1, 600, 1000);
    layout.learn(2, 600, 800);
    expect(layout.size(9)).toEqual({ width: 600, height: 900 });
  });

  it("finds the page at every height", () => {
    const layout = new PageLayout(7934);
    layout.arrange(fit());
    for (const page of [1, 2, 4000, 7934]) {
      expect(layout.at(layout.top(page))).toBe(page);
      expect(layout.at(layout.top(page) + 500)).toBe(page);
    }
    expect(layout.at(-10)).toBe(1);
  });

  it("fits the width of every page, turned or not", () => {
    const layout = new PageLayout(1);
    layout.learn(1, 792, 612);
    expect(layout.box(1, fit({ mode: "width" })).width).toBe(800);
    expect(layout.box(1, fit({ mode: "width", rotation: 90 })).width).toBe(800);
  });

  it("shows a whole page in the window", () => {
    const layout = new PageLayout(1);
    const box = layout.box(1, fit({ mode: "page" }));
    expect(box.height).toBeLessThanOrEqual(600);
    expect(box.width).toBeLessThanOrEqual(800);
  });

  it("learns a size once", () => {
    const layout = new PageLayout(1);
    expect(layout.learn(1, 600, 800)).toBe(true);
    expect(layout.learn(1, 600, 800)).toBe(false);
    expect(layout.learn(1, null, 800)).toBe(false);
  });
});
