import { describe, expect, it } from "vitest";
import { dayNumber, dayOf, weekdayNumber } from "../src/lib/daynumbers";
import { levels, place, ticks, tracks } from "../src/lib/timescale";

describe("days", () => {
  it("come back from their number, over leap days and changes of the clock", () => {
    for (const day of ["1999-12-31", "2000-02-29", "2010-03-14", "2011-11-06", "2026-11-22"]) expect(dayOf(dayNumber(day))).toBe(day);
    expect(dayNumber("2000-03-01") - dayNumber("2000-02-28")).toBe(2);
  });

  it("know their weekday, Monday first", () => {
    expect([weekdayNumber("2010-02-15"), weekdayNumber("2010-02-21")]).toEqual([0, 6]);
  });
});

describe("a drawing of time", () => {
  const scale = { first: dayNumber("2010-01-01"), last: dayNumber("2012-01-01"), width: 730 };

  it("has its first day at the left and its last at the right", () => {
    expect([place(scale, scale.first), place(scale, scale.last)]).toEqual([0, 730]);
  });

  it("stacks marks that would touch, and no others", () => {
    expect(levels([0, 5, 9, 30], 11, 9)).toEqual([0, 1, 2, 0]);
  });

  it("never stacks higher than it is told", () => {
    expect(Math.max(...levels(Array.from({ length: 50 }, () => 0), 11, 9))).toBe(8);
  });

  it("lays bars that run at once side by side", () => {
    expect(tracks([{ left: 0, right: 10 }, { left: 5, right: 20 }, { left: 12, right: 14 }])).toEqual([0, 1, 0]);
  });

  it("writes years, or months where there is room", () => {
    expect(ticks(scale, 300).map((tick) => tick.label)).toEqual(["2010", "2011", "2012"]);
    expect(ticks({ ...scale, width: 7300 }, 52)[1]?.label).toBe("2010-02");
  });
});
