import { describe, expect, it } from "vitest";
import en from "../src/i18n/en.json";
import es from "../src/i18n/es.json";

const english: Record<string, string> = en;
const spanish: Record<string, string> = es;
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

const sources = import.meta.glob<string>("../src/**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });

describe("the catalogue", () => {
  it("has every key in both languages", () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  });

  it("fills the same names in both languages", () => {
    for (const [key, text] of Object.entries(english)) expect(names(spanish[key] ?? ""), key).toEqual(names(text));
  });

  it("leaves no text empty", () => {
    for (const catalogue of [english, spanish]) for (const [key, text] of Object.entries(catalogue)) expect(text.trim(), key).not.toBe("");
  });

  it("has a plural for every singular", () => {
    const stems = (form: string) => Object.keys(english).filter((key) => key.endsWith(form)).map((key) => key.slice(0, -form.length));
    expect(stems("_one").sort()).toEqual(stems("_other").sort());
  });

  it("holds no key that no screen uses", () => {
    const code = Object.values(sources).join("\n");
    const madeAtRunTime = [...code.matchAll(/`([a-z]+\.)\$\{/g)].map((found) => found[1] as string);
    const unused = Object.keys(english)
      .map((key) => key.replace(/_(one|other)$/, ""))
      .filter((key) => !code.includes(`"${key}"`) && !madeAtRunTime.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });

  it("uses the legal words of the house in Spanish", () => {
    expect(spanish["bates.number"]).toBe("Número Bates");
    expect(spanish["load.title"]).toContain("entrega");
    expect(spanish["load.replacesHint"]).toContain("tachaduras");
  });
});
