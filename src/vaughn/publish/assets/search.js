// The search of a site of plain files. Nothing is fetched: parts of the index are scripts beside this page, so it
// also works when the folder is opened from disk. Packed places of words: see vaughn.publish.postings.
"use strict";
(() => {
  const box = document.getElementById("results");
  const input = document.getElementById("q");
  const hits = document.getElementById("hits");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const said = box.dataset;
  const root = said.root + "search/";
  const PER_BLOCK = 16, PER_PAGE = 10, MOST_COMPLETIONS = 40, LEAST_PREFIX = 2, BEFORE = 60, AROUND = 260;
  const shards = new Map(), large = new Map(), blocks = new Map();
  let entries = 0, running = 0, known = new Set();

  globalThis.V = {
    n: (value, names) => { entries = value; known = new Set(names.split(" ")); },
    i: (name, terms) => shards.set(name, terms),
    w: (term, data) => large.set(term, data),
    t: (block, rows) => blocks.set(block, rows),
  };

  const loading = new Map();
  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = root + path;
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        document.head.append(script);
      }));
    }
    return loading.get(path);
  }

  // -- words: the same folding as vaughn.fulltext.tokens, for every script people are likely to type ----------------
  const STROKES = { "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ß": "ss", "ς": "σ" };
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+/gu;
  const KEPT = /[\u3099\u309a\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc]|[^\p{M}\p{Cf}]/u;
  function fold(word) {
    let out = "";
    for (const letter of word.normalize("NFKD").toLowerCase().normalize("NFKD")) {
      if (!KEPT.test(letter)) continue;
      out += STROKES[letter] ?? (/\p{Nd}/u.test(letter) ? digit(letter) : letter);
    }
    return out;
  }
  function digit(letter) {
    if (letter <= "9") return letter;
    let zero = letter.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && letter.codePointAt(0) - zero < 9) zero -= 1;
    return String(letter.codePointAt(0) - zero);
  }
  function wordsOf(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      if (!UNSPACED.test(match[0])) {
        const term = fold(match[0]);
        if (term) found.push({ term, start: match.index, end: match.index + match[0].length });
        continue;
      }
      let at = match.index;
      for (const letter of match[0]) {
        const term = UNSPACED.test(letter) ? letter.normalize("NFKC") : fold(letter);
        if (term) found.push({ term, start: at, end: at + letter.length });
        at += letter.length;
      }
    }
    return found;
  }
  // A phrase in quotation marks, and words that hold together ("well-known", "a.b@c.org", Chinese), stand side by side.
  function clausesOf(query) {
    const clauses = [];
    const parts = query.matchAll(/["“”]([^"“”]*)(["“”]|$)|([^\s"“”]+)/gu);
    for (const part of parts) {
      const terms = wordsOf(part[1] ?? part[3]).map((word) => word.term);
      if (terms.length) clauses.push({ terms, isOpen: false });
    }
    const last = clauses.at(-1);
    if (last && !/["“”\s]$/u.test(query)) last.isOpen = true;
    return clauses;
  }

  // -- places -------------------------------------------------------------------------------------------------------
  const letters = (text) => [...text].map((one) => (/[a-z0-9]/.test(one) ? one : `u${one.codePointAt(0).toString(16)}-`)).join("");
  const shardOf = (term) => (/^\d{5,}$/.test(term) ? `n-${term.slice(-2)}` : letters([...term].slice(0, 2).join("")));
  async function shard(name) {
    if (known.has(name)) await load(`i/${name}.js`);
    return shards.get(name) ?? {};
  }
  async function places(term) {
    const found = (await shard(shardOf(term)))[term];
    if (found === undefined) return null;
    if (found !== 0) return unpack(found);
    await load(`w/${letters(term)}.js`);
    return large.has(term) ? unpack(large.get(term)) : null;
  }
  const unpackedBefore = new Map();
  function unpack(data) {
    const known = unpackedBefore.get(data);
    if (known) return known;
    const raw = atob(data);
    let at = 0;
    const next = () => {
      let value = 0, scale = 1, byte;
      do { byte = raw.charCodeAt(at++); value += (byte & 127) * scale; scale *= 128; } while (byte > 127);
      return value;
    };
    const size = next();
    const ids = new Int32Array(size), counts = new Int32Array(size), starts = new Int32Array(size + 1);
    for (let i = 0, id = 0; i < size; i++) ids[i] = id += next();
    for (let i = 0; i < size; i++) { counts[i] = next(); starts[i + 1] = starts[i] + counts[i]; }
    const result = { ids, counts, starts, rest: () => {
      const positions = new Int32Array(starts[size]);
      for (let i = 0, p = 0; i < size; i++) for (let k = 0, v = 0; k < counts[i]; k++) positions[p++] = v += next();
      result.rest = () => positions;
      return positions;
    } };
    if (size < 5000) unpackedBefore.set(data, result);
    return result;
  }
  async function completions(prefix) {
    if (prefix.length < LEAST_PREFIX || /^\d{5,}$/.test(prefix)) return [prefix];
    const terms = await shard(shardOf(prefix));
    const found = Object.keys(terms).filter((term) => term.startsWith(prefix) && term !== prefix);
    // Packed places of a common word are longer; those with a file of their own are the most common.
    const weight = (term) => (terms[term] === 0 ? Infinity : terms[term].length);
    found.sort((a, b) => weight(b) - weight(a));
    return [prefix, ...found.slice(0, MOST_COMPLETIONS)];
  }

  // -- finding: entry id -> how well it fits ------------------------------------------------------------------------
  const worth = (size, times) => Math.log(1 + entries / size) * (times / (times + 1.5));
  async function scoresOf(clause) {
    const last = clause.terms.at(-1);
    const ends = clause.isOpen ? await completions(last) : [last];
    const heads = await Promise.all(clause.terms.slice(0, -1).map(places));
    if (heads.some((one) => one === null)) return new Map();
    const tails = (await Promise.all(ends.map(places))).filter((one) => one !== null);
    const scores = new Map();
    for (const tail of tails) {
      const found = heads.length ? sideBySide([...heads, tail]) : alone(tail);
      for (const [id, score] of found) scores.set(id, Math.max(score, scores.get(id) ?? 0));
    }
    return scores;
  }
  function alone(found) {
    const scores = new Map();
    for (let i = 0; i < found.ids.length; i++) scores.set(found.ids[i], worth(found.ids.length, found.counts[i]));
    return scores;
  }
  function sideBySide(lists) {
    const scores = new Map();
    const at = lists.map(() => 0);
    const positions = lists.map((list) => list.rest());
    const rarest = lists.reduce((best, list, n) => (list.ids.length < lists[best].ids.length ? n : best), 0);
    const sets = lists.map(() => null);
    for (const id of lists[rarest].ids) {
      let everywhere = true;
      for (let n = 0; n < lists.length && everywhere; n++) {
        at[n] = atLeast(lists[n].ids, id, at[n]);
        everywhere = lists[n].ids[at[n]] === id;
      }
      if (!everywhere) continue;
      for (let n = 0; n < lists.length; n++) sets[n] = positions[n].subarray(lists[n].starts[at[n]], lists[n].starts[at[n] + 1]);
      let times = 0;
      for (const first of sets[0]) if (sets.every((set, n) => n === 0 || holds(set, first + n))) times += 1;
      if (times) scores.set(id, worth(lists[rarest].ids.length, times) * 1.5);
    }
    return scores;
  }
  function atLeast(ids, id, from) {
    let step = 1, low = from, high = from;
    while (high < ids.length && ids[high] < id) { low = high + 1; high += step; step *= 2; }
    high = Math.min(high, ids.length);
    while (low < high) { const middle = (low + high) >> 1; if (ids[middle] < id) low = middle + 1; else high = middle; }
    return low;
  }
  const holds = (sorted, value) => sorted[atLeast(sorted, value, 0)] === value;

  async function find(query) {
    const clauses = clausesOf(query);
    if (!clauses.length) return null;
    if (!entries && !(await load("n.js"))) return undefined;
    const all = await Promise.all(clauses.map(scoresOf));
    all.sort((a, b) => a.size - b.size);
    const found = [];
    for (const [id, score] of all[0]) {
      let sum = score;
      for (let n = 1; n < all.length && sum >= 0; n++) sum = all[n].has(id) ? sum + all[n].get(id) : -1;
      if (sum >= 0) found.push({ id, score: sum });
    }
    found.sort((a, b) => b.score - a.score || a.id - b.id);
    return { found, clauses };
  }

  // -- showing ------------------------------------------------------------------------------------------------------
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, said.thousands);
  const link = (name) => encodeURI(name);
  async function show(result, from) {
    const turn = running;
    const part = result.found.slice(from, from + PER_PAGE);
    const wanted = [...new Set(part.map((hit) => Math.floor(hit.id / PER_BLOCK)))];
    const arrived = Promise.all(wanted.map((block) => load(`t/${block}.js`)));
    for (const hit of part) {
      await load(`t/${Math.floor(hit.id / PER_BLOCK)}.js`);
      if (turn !== running) return;
      const row = blocks.get(Math.floor(hit.id / PER_BLOCK))?.[hit.id % PER_BLOCK];
      if (row) hits.append(itemOf(row, result.clauses));
    }
    await arrived;
    more.hidden = from + PER_PAGE >= result.found.length;
    more.onclick = async () => {
      const before = hits.children.length;
      await show(result, from + PER_PAGE);
      hits.children[before]?.querySelector("a")?.focus();
    };
  }
  function itemOf([bates, name, isDocument, title, text], clauses) {
    const item = document.createElement("li");
    const anchor = document.createElement("a");
    anchor.href = link(`${isDocument ? "d" : "p"}/${name}.html`);
    anchor.className = "number";
    anchor.textContent = bates;
    const about = document.createElement("span");
    about.textContent = ` ${title}${isDocument ? ` (${said.wholeDocument})` : ""}`;
    item.append(anchor, about, snippet(isDocument ? title : text, clauses));
    return item;
  }
  function snippet(text, clauses) {
    const paragraph = document.createElement("p");
    const spans = spansOf(text, clauses);
    const start = spans.length ? Math.max(0, text.lastIndexOf(" ", Math.max(0, spans[0][0] - BEFORE)) + 1) : 0;
    const end = Math.min(text.length, start + AROUND);
    let at = start;
    if (start > 0) paragraph.append("… ");
    for (const [from, to] of spans) {
      if (from < at || to > end) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      paragraph.append(text.slice(at, from), mark);
      at = to;
    }
    paragraph.append(text.slice(at, end), end < text.length ? " …" : "");
    return paragraph;
  }
  function spansOf(text, clauses) {
    const words = wordsOf(text);
    const spans = [];
    for (const { terms, isOpen } of clauses) {
      for (let n = 0; n + terms.length <= words.length; n++) {
        const fits = terms.every((term, k) => {
          const word = words[n + k].term;
          return word === term || (isOpen && k === terms.length - 1 && term.length >= LEAST_PREFIX && word.startsWith(term));
        });
        if (fits) spans.push([words[n].start, words[n + terms.length - 1].end]);
      }
    }
    return spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  }

  async function search() {
    const turn = ++running;
    const query = input.value;
    count.textContent = query.trim() ? said.working : "";
    const result = await find(query);
    if (turn !== running) return;
    hits.replaceChildren();
    more.hidden = true;
    if (result === undefined) { count.textContent = said.failed; return; }
    if (result === null) { count.textContent = ""; return; }
    count.textContent = result.found.length ? said.found.replace("{count}", number(result.found.length)) : said.none;
    await show(result, 0);
    box.dispatchEvent(new CustomEvent("shown"));
  }

  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
    try { history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`); } catch { /* not allowed from disk */ }
  });
  load("n.js");
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) search();
})();
