// The server counts code points, JavaScript counts UTF-16 units; they differ beyond the basic plane.

/** A slicer of *text* by code points; costs nothing for text without astral characters. */
export function slicer(text: string): (start: number, end?: number) => string {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const characters = Array.from(text);
  return (start, end) => characters.slice(start, end).join("");
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** Cut *text* at the given code-point spans (ascending or not, overlaps joined). */
export function pieces(text: string, spans: readonly (readonly [number, number])[]): Piece[] {
  const slice = slicer(text);
  const result: Piece[] = [];
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) result.push({ text: slice(at, from), hit: false });
    result.push({ text: slice(from, end), hit: true });
    at = end;
  }
  const rest = slice(at);
  if (rest) result.push({ text: rest, hit: false });
  return result;
}
