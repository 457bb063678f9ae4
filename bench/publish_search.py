"""How soon the search of a site shows its first hit, opened from disk in real Chromium.

    python bench/publish_search.py [--documents 10000] [--pages-each 5] [--site FOLDER] [--rounds 5] [--json FILE]

Site: `bench/publish_text.py`, 50,000 pages. Each query is asked in a window of its own, whose cache is empty: from the
key press to the first hit on the screen, the parts of the index that it needs read from disk included. "Again" is the
same query a second time in the same window.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from vaughn.publish import publish

sys.path.insert(0, str(Path(__file__).parent))
from publish_text import made_site, write_texts

# What people look for: a rare word, usual words, words of every page, phrases, a beginning, a number, nothing.
QUERIES = {
    "a rare word": "affiliates",
    "a usual word": "enforcement",
    "two words of half the pages": "department information",
    "the commonest words": "the of and",
    "a phrase": '"freedom of information"',
    "a phrase of the commonest words": '"of the"',
    "a beginning": "immigr",
    "a Bates number": "ICE 0031415",
    "a word that is nowhere": "qqqzebra",
}
# Milliseconds from the key press to the first hit (or to the word that there is none).
MEASURE = """async (query) => {
  const [input, hits, count] = ["q", "hits", "count"].map((id) => document.getElementById(id));
  hits.replaceChildren(); count.textContent = "";
  input.value = query;
  const began = performance.now();
  const shown = new Promise((resolve) => {
    const look = () => {
      if (!hits.children.length && !/No page/.test(count.textContent)) return;
      watch.disconnect();
      resolve(performance.now());
    };
    const watch = new MutationObserver(look);
    watch.observe(document.getElementById("results"), { childList: true, subtree: true, characterData: true });
  });
  input.form.requestSubmit();
  const first = await shown;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { ms: first - began, painted: performance.now() - began, found: count.textContent };
}"""
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--pages-each", type=int, default=5)
    parser.add_argument("--site", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = options.site or _made(Path(folder), options)
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            rows = [_asked(browser, root, name, options.rounds) for name in QUERIES]
            browser.close()
    result = {
        "queries": rows,
        "data": {"pages": options.documents * options.pages_each, "rounds": options.rounds, "opened_from": "file://"},
    }
    for row in rows:
        print(
            "  ".join(
                f"{key}: {value:,.0f}" if isinstance(value, float) else f"{key}: {value}" for key, value in row.items()
            )
        )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _made(folder: Path, options: argparse.Namespace) -> Path:
    write_texts(folder / "texts", options.documents, options.pages_each)
    publish(made_site(folder / "texts", options.documents, options.pages_each), folder / "out", folder / "state")
    return folder / "out"


def _asked(browser: Browser, root: Path, name: str, rounds: int) -> dict:  # type: ignore[type-arg]
    first, again, found = [], [], ""
    for _ in range(rounds):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{(root / 'case' / 'search.html').as_uri()}")
        page.wait_for_load_state("load")
        one = page.evaluate(MEASURE, QUERIES[name])
        first.append(one["ms"])
        again.append(page.evaluate(MEASURE, QUERIES[name])["ms"])
        found = one["found"]
        context.close()
    return {
        "query": name,
        "asked": QUERIES[name],
        "answer": found,
        "first_hit_ms": statistics.median(first),
        "slowest_ms": max(first),
        "again_ms": statistics.median(again),
    }


if __name__ == "__main__":
    main()
