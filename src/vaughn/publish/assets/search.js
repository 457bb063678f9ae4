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
  let entries = 0, running = 0, known = new Set(), ownFile = new Set();

  globalThis.V = {
    n: (value, names, words) => {
      entries = value;
      known = new Set(names.split(" "));
      ownFile = new Set(words.split(" "));
    },
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
    const name = letters(term);
    if (ownFile.has(name)) {
      await load(`w/${name}.js`);
      return large.has(term) ? unpack(large.get(term)) : null;
    }
    const found = (await shard(shardOf(term)))[term];
    return found ? unpack(found) : null;
  }
  function unpack(data) {
    const raw = atob(data);
    let at = 0;
    const read = (size) => {
      const values = new Int32Array(size);
      for (let i = 0; i < size; i++) {
        let byte = raw.charCodeAt(at++), value = byte & 127;
        for (let scale = 128; byte > 127; scale *= 128) {
          byte = raw.charCodeAt(at++);
          value += (byte & 127) * scale;
        }
        values[i] = value;
      }
      return values;
    };
    const size = read(1)[0];
    const ids = read(size), counts = read(size), starts = new Int32Array(size + 1);
    for (let i = 1; i < size; i++) ids[i] += ids[i - 1];
    for (let i = 0; i < size; i++) starts[i + 1] = starts[i] + counts[i];
    let positions = null;
    const places = () => {
      if (positions === null) {
        positions = read(starts[size]);
        for (let i = 0; i < size; i++) for (let k = starts[i] + 1; k < starts[i + 1]; k++) positions[k] += positions[k - 1];
      }
      return positions;
    };
    return { ids, counts, starts, places };
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

  // -- finding: how well each entry fits, by its id -----------------------------------------------------------------
  const worth = (size, times) => Math.log(1 + entries / size) * (times / (times + 1.5));
  async function scoresOf(clause) {
    const scores = new Float32Array(entries);
    const last = clause.terms.at(-1);
    const heads = clause.terms.slice(0, -1).map(places);
    const ends = clause.isOpen ? await completions(last) : [last];
    const tails = await Promise.all(ends.map(places));
    const before = await Promise.all(heads);
    if (before.includes(null)) return scores;
    for (const tail of tails) {
      if (tail === null) continue;
      if (before.length) sideBySide([...before, tail], scores);
      else alone(tail, scores);
    }
    return scores;
  }
  function alone({ ids, counts }, scores) {
    for (let i = 0; i < ids.length; i++) {
      const score = worth(ids.length, counts[i]);
      if (score > scores[ids[i]]) scores[ids[i]] = score;
    }
  }
  function sideBySide(lists, scores) {
    const positions = lists.map((list) => list.places());
    const at = new Int32Array(lists.length);
    const rarest = lists.reduce((best, list, n) => (list.ids.length < lists[best].ids.length ? n : best), 0);
    const { ids } = lists[rarest];
    for (let i = 0; i < ids.length; i++) {
      let everywhere = true;
      for (let n = 0; n < lists.length && everywhere; n++) {
        at[n] = atLeast(lists[n].ids, ids[i], at[n], lists[n].ids.length);
        everywhere = lists[n].ids[at[n]] === ids[i];
      }
      if (!everywhere) continue;
      let times = 0;
      for (let k = lists[0].starts[at[0]]; k < lists[0].starts[at[0] + 1]; k++) {
        let follows = true;
        for (let n = 1; n < lists.length && follows; n++) {
          const end = lists[n].starts[at[n] + 1], wanted = positions[0][k] + n;
          const found = atLeast(positions[n], wanted, lists[n].starts[at[n]], end);
          follows = found < end && positions[n][found] === wanted;
        }
        if (follows) times += 1;
      }
      if (times) scores[ids[i]] = Math.max(scores[ids[i]], worth(ids.length, times) * 1.5);
    }
  }
  // The first place from `low` on, below `end`, whose value is not smaller.
  function atLeast(sorted, value, low, end) {
    let high = low;
    for (let step = 1; high < end && sorted[high] < value; step *= 2) {
      low = high + 1;
      high += step;
    }
    if (high > end) high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const IDS = 2 ** 24, FINE = 1000, BEST = 2 ** 18;
  async function find(query) {
    const clauses = clausesOf(query);
    if (!clauses.length) return null;
    if (!entries && !(await load("n.js"))) return undefined;
    const all = await Promise.all(clauses.map(scoresOf));
    // Score and id in one number, so that the browser's own sort of numbers puts the best first.
    const keys = new Float64Array(entries);
    let size = 0;
    for (let id = 0; id < entries; id++) {
      let sum = 0;
      for (let n = 0; n < all.length && sum >= 0; n++) sum = all[n][id] > 0 ? sum + all[n][id] : -1;
      if (sum > 0) keys[size++] = Math.round((BEST - sum) * FINE) * IDS + id;
    }
    return { found: keys.subarray(0, size).sort(), clauses };
  }

  // -- showing ------------------------------------------------------------------------------------------------------
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, said.thousands);
  const link = (name) => encodeURI(name);
  async function show(result, from) {
    const turn = running;
    const part = Array.from(result.found.subarray(from, from + PER_PAGE), (key) => key % IDS);
    for (const id of part) load(`t/${Math.floor(id / PER_BLOCK)}.js`);
    for (const id of part) {
      await load(`t/${Math.floor(id / PER_BLOCK)}.js`);
      if (turn !== running) return;
      const row = blocks.get(Math.floor(id / PER_BLOCK))?.[id % PER_BLOCK];
      if (row) hits.append(itemOf(row, result.clauses));
    }
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
