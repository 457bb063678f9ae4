// Transparent words over a page image: they can be selected, and copying gives the page's own text.
//
// Every word is one absolutely placed span. What the browser would copy from those depends on the browser, so a copy
// is answered from the page text itself: from the first selected character to the last, spaces and line ends included.
import type { PageWords } from "../api";
import { slicer } from "./codepoints";

interface LayerData {
  words: PageWords;
  slice: (start: number, end?: number) => string;
}
const layers = new WeakMap<Element, LayerData>();
const FONT_PX = 20;
const widths = new Map<string, number>();
const WIDTHS_KEPT = 20_000;
let pen: CanvasRenderingContext2D | null = null;

function naturalWidth(word: string): number {
  const known = widths.get(word);
  if (known !== undefined) return known;
  if (!pen) {
    pen = document.createElement("canvas").getContext("2d");
    if (pen) pen.font = `${FONT_PX}px sans-serif`;
  }
  const width = pen?.measureText(word).width ?? word.length * FONT_PX * 0.5;
  if (widths.size > WIDTHS_KEPT) widths.clear();
  widths.set(word, width);
  return width;
}

/** Fill *layer*, which measures the page in points, with the words of the page. */
export function fillTextLayer(layer: HTMLElement, words: PageWords): void {
  const slice = slicer(words.text);
  const all = document.createDocumentFragment();
  for (const [index, [start, end, x0, y0, x1, y1]] of words.words.entries()) {
    const text = slice(start, end);
    const span = document.createElement("span");
    // The space keeps words apart for screen readers and find-in-page; a copy does not use it.
    span.textContent = `${text} `;
    span.dataset.word = String(index);
    const height = Math.max(y1 - y0, 1);
    const size = height * 0.86;
    const natural = (naturalWidth(text) * size) / FONT_PX;
    const style = span.style;
    style.left = `${x0}px`;
    style.top = `${y0}px`;
    style.height = `${height}px`;
    style.lineHeight = `${height}px`;
    style.fontSize = `${size}px`;
    if (natural > 0) style.transform = `scaleX(${(x1 - x0) / natural})`;
    all.append(span);
  }
  layer.replaceChildren(all);
  layers.set(layer, { words, slice });
}

interface Edge {
  layer: Element;
  word: number;
  character: number;
}

function edgeAt(node: Node, offset: number, side: "start" | "end"): Edge | null {
  const element = node instanceof Element ? node : node.parentElement;
  const span = element?.closest<HTMLElement>("[data-word]");
  const layer = element?.closest("[data-text-layer]");
  if (!layer || !layers.has(layer)) return null;
  if (span) {
    const inText = node.nodeType === Node.TEXT_NODE ? Array.from((node.textContent ?? "").slice(0, offset)).length : offset > 0 ? Infinity : 0;
    return { layer, word: Number(span.dataset.word), character: inText };
  }
  const count = layer.childElementCount;
  return { layer, word: side === "start" ? Math.min(offset, count - 1) : Math.max(offset - 1, 0), character: side === "start" ? 0 : Infinity };
}

/** The text of the pages under *root* that the selection covers, or null if it lies elsewhere. */
export function selectedText(root: Element, selection: Selection | null): string | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const covered = [...root.querySelectorAll("[data-text-layer]")].filter((layer) => layers.has(layer) && range.intersectsNode(layer));
  if (covered.length === 0) return null;
  covered.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const first = edgeAt(range.startContainer, range.startOffset, "start");
  const last = edgeAt(range.endContainer, range.endOffset, "end");
  return covered
    .map((layer) => {
      const { words, slice } = layers.get(layer) as LayerData;
      const from = first?.layer === layer ? offsetOf(words, first) : 0;
      const to = last?.layer === layer ? offsetOf(words, last) : undefined;
      return slice(from, to).trim();
    })
    .filter((text) => text !== "")
    .join("\n\n");
}

function offsetOf(words: PageWords, edge: Edge): number {
  const word = words.words[edge.word];
  if (!word) return 0;
  return Math.min(word[0] + edge.character, word[1]);
}
