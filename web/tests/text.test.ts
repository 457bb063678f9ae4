import { describe, expect, it } from "vitest";
import { queryString } from "../src/api";
import { pieces, slicer } from "../src/lib/codepoints";
import { filtersOf, hasFilters, toggled } from "../src/lib/listquery";

describe("spans of code points", () => {
  it("count characters beyond the basic plane as one", () => {
    expect(slicer("a𝛼b")(1, 2)).toBe("𝛼");
    expect(slicer("plain")(1, 3)).toBe("la");
  });

  it("cut a text into hits and the rest without losing a character", () => {
    const text = "𝛼 opt out, and opt out";
    const cut = pieces(text, [[2, 9], [15, 22]]);
    expect(cut.map((piece) => piece.text).join("")).toBe(text);
    expect(cut.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(["opt out", "opt out"]);
  });

  it("join hits that overlap or come unsorted", () => {
    expect(pieces("abcdef", [[2, 5], [1, 3]])).toEqual([
      { text: "a", hit: false },
      { text: "bc", hit: true },
      { text: "de", hit: true },
      { text: "f", hit: false },
    ]);
  });
});

describe("filters in the address", () => {
  it("come back as they went in", () => {
    const query = { kind: ["e-mail", "paper"], date_from: "2010-01-01", sort: "date" };
    expect(filtersOf(new URLSearchParams(queryString(query)))).toEqual(query);
  });

  it("leave out what is no filter", () => {
    expect(filtersOf(new URLSearchParams("?page=3&evil=1"))).toEqual({});
    expect(hasFilters({ sort: "date" })).toBe(false);
  });

  it("add a value and take it out again", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });
});
