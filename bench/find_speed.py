"""How fast a query is answered, beside Lucene, tantivy and SQLite's FTS5, on the same words in one run.

    python bench/find_speed.py [--documents 100000] [--queries 100] [--rounds 5] [--keep FOLDER] [--json FILE]

Corpus: `bench/find_corpus.py`, its words cut by us and handed to all. Queries are drawn from the texts: words of all
frequencies, words that stand together. Each is asked once a round, of one engine after the other, in turns (forwards,
backwards); its time is the processor time of the thread that answers, in the best round. We and Lucene find
all documents, not a first page: Lucene collects their numbers, we return a set of numbers or of bits; tantivy and FTS5
only count them. What is found is compared as well.

Lucene: term, boolean, phrase and wildcard queries, intervals for nearness; one segment, no cache, Java warmed by the
rounds before. FTS5 looks wildcards up in its vocabulary table and asks for the words found. An engine that has taken 20
seconds for a class is not asked the rest of it.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import find_corpus
import tantivy
from lucene_peer import Lucene

from vaughn.fulltext.evaluate import Evaluation
from vaughn.fulltext.language.tree import And, Near, Node, NotNear, Or, Pattern, Phrase, Word
from vaughn.fulltext.postings import DocumentEntry, IndexedPage, PostingIndex
from vaughn.fulltext.tokens import terms

# Queries are drawn from every so many-th document.
_SAMPLE = 4_000
# An engine that has taken so long for one class is not asked further.
_PATIENCE_MS = 20_000
_GLOB = {"*": "*", "?": "?", "=": "[0-9]"}
_REGEX = {"*": ".*", "?": ".", "=": "[0-9]"}


class Engine(Protocol):
    """What is measured."""

    name: str

    def timed(self, query: Node) -> tuple[float, int] | None:
        """Return milliseconds and how many documents were found, or `None` if it cannot be asked."""


class Ours:
    """Our index, written once and mapped."""

    name = "ours"

    def __init__(self, folder: Path, texts: Callable[[], list[str]]) -> None:
        """Open the index in *folder*, or build it."""
        index = PostingIndex(folder)
        if not index.snapshot().segments:
            with index.writer() as writer:
                for number, text in enumerate(texts(), start=1):
                    writer.add(DocumentEntry(number, (IndexedPage(number, text),)))
        self._segments = index.snapshot().segments

    def timed(self, query: Node) -> tuple[float, int] | None:
        """Return milliseconds and how many documents were found."""
        began = time.thread_time()
        found = [Evaluation(query, segment).found() for segment in self._segments]
        taken = time.thread_time() - began
        return taken * 1000, sum(len(documents) for documents in found)


class LuceneEngine:
    """Lucene in one Java machine."""

    name = "Lucene"

    def __init__(self, folder: Path, texts: Callable[[], list[str]]) -> None:
        """Open the index in *folder*, or build it."""
        self.lucene = Lucene((text.split(" ") for text in texts()), kept=folder)

    def timed(self, query: Node) -> tuple[float, int] | None:
        """Return milliseconds inside Java and how many documents were found."""
        return self.lucene.timed(query)


class Tantivy:
    """tantivy through its Python package."""

    name = "tantivy"

    def __init__(self, folder: Path, texts: Callable[[], list[str]]) -> None:
        """Open the index in *folder*, or build it."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="cut")
        schema = builder.build()
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(schema, path=str(folder))
        index.register_tokenizer("cut", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        if is_new:
            writer = index.writer(heap_size=200_000_000, num_threads=1)
            for text in texts():
                document = tantivy.Document()
                document.add_text("text", text)
                writer.add_document(document)
            writer.commit()
            writer.wait_merging_threads()
        index.reload()
        self._schema, self._searcher = schema, index.searcher()

    def timed(self, query: Node) -> tuple[float, int] | None:
        """Return milliseconds and how many documents there are."""
        asked = self._query(query)
        if asked is None:
            return None
        began = time.thread_time()
        count = self._searcher.search(asked, limit=1, count=True).count
        return (time.thread_time() - began) * 1000, count

    def _query(self, query: Node) -> tantivy.Query | None:
        match query:
            case Word():
                return tantivy.Query.term_query(self._schema, "text", query.term)
            case Phrase():
                return tantivy.Query.phrase_query(self._schema, "text", [part.term for part in query.parts])
            case And():
                parts = [(tantivy.Occur.Must, self._query(part)) for part in query.parts]
                return tantivy.Query.boolean_query(parts)
            case Pattern():
                pattern = "".join(_REGEX.get(letter, letter) for letter in query.pattern)
                return tantivy.Query.regex_query(self._schema, "text", pattern)
            case _:
                return None


class Fts5:
    """SQLite's full-text index."""

    name = "FTS5"

    def __init__(self, path: Path, texts: Callable[[], list[str]]) -> None:
        """Open the database *path*, or build it."""
        is_new = not path.exists()
        self._database = sqlite3.connect(path)
        if is_new:
            run = self._database.execute
            run("CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')")
            run("CREATE VIRTUAL TABLE words USING fts5vocab(texts, 'row')")
            self._database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts(), start=1))
            run("INSERT INTO texts(texts) VALUES ('optimize')")
            self._database.commit()

    def timed(self, query: Node) -> tuple[float, int] | None:
        """Return milliseconds and how many documents there are."""
        if isinstance(query, NotNear) or (isinstance(query, Near) and not _is_flat(query)):
            return None
        if isinstance(query, Near) and query.is_ordered:
            return None
        began = time.thread_time()
        match = self._words(query.pattern) if isinstance(query, Pattern) else _match(query)
        (count,) = self._database.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (match,)).fetchone()
        return (time.thread_time() - began) * 1000, count

    def _words(self, pattern: str) -> str:
        glob = "".join(_GLOB.get(letter, letter) for letter in pattern)
        found = self._database.execute("SELECT term FROM words WHERE term GLOB ?", (glob,))
        return " OR ".join(f'"{term}"' for (term,) in found) or '"nothing at all"'


def _match(query: Node) -> str:
    match query:
        case Word():
            return f'"{query.term}"'
        case Phrase():
            return '"' + " ".join(part.term for part in query.parts) + '"'
        case And():
            return " AND ".join(_match(part) for part in query.parts)
        case Near():
            # FTS5 counts the words between.
            return f"NEAR({_match(query.left)} {_match(query.right)}, {query.distance - 1})"
        case _:
            raise ValueError(query)


def _is_flat(query: Near) -> bool:
    return isinstance(query.left, Word) and isinstance(query.right, Word)


class Drawn:
    """Queries of each class, drawn from some of the texts."""

    def __init__(self, texts: list[str], random: Random) -> None:
        """Count the words."""
        self._random = random
        self._texts = [words for words in (text.split(" ") for text in texts) if len(words) > 60]
        counts: dict[str, int] = {}
        for words in self._texts:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        ranked = sorted(counts, key=lambda word: -counts[word])
        # As many frequent words as middling and rare ones.
        self._strata = [ranked[:60], ranked[60:1500], ranked[1500:]]

    def classes(self, count: int) -> dict[str, list[Node]]:
        """Return *count* queries of each class."""
        makers: dict[str, Callable[[], Node]] = {
            "term": self._term,
            "AND": lambda: And(tuple(Word(word) for word in self._together(self._random.choice((2, 2, 3)), 400))),
            "phrase": self._phrase,
            "w/N": lambda: self._near(is_ordered=False),
            "pre/N": lambda: self._near(is_ordered=True),
            "nested w/N": self._nested,
            "not w/N": self._not_near,
            "leading wildcard": lambda: Pattern("*" + self._long_word()[-self._random.choice((4, 5, 6)) :]),
            "inner wildcard": lambda: Pattern("*" + self._inside() + "*"),
            "wildcard within": self._within,
        }
        return {name: _different(maker, count) for name, maker in makers.items()}

    def _term(self) -> Node:
        return Word(self._random.choice(self._random.choice(self._strata)))

    def _together(self, count: int, within: int) -> list[str]:
        """Return words that stand within so many words of a text, in order; at least one of them not frequent."""
        while True:
            words = self._random.choice(self._texts)
            first = self._random.randrange(len(words) - count)
            window = words[first : first + within]
            places = sorted(self._random.sample(range(len(window)), min(count, len(window))))
            chosen = [window[place] for place in places]
            if len(set(chosen)) == count:
                return chosen

    def _phrase(self) -> Node:
        length = self._random.choice((2, 2, 3, 4))
        return Phrase(tuple(Word(word) for word in self._together(length, length)))

    def _near(self, *, is_ordered: bool) -> Near:
        distance = self._random.choice((3, 5, 10, 20))
        left, right = (Word(word) for word in self._together(2, distance + 1))
        return Near(left, right, distance, is_ordered=is_ordered)

    def _nested(self) -> Node:
        inner, outer = self._random.choice((2, 3, 5)), self._random.choice((5, 10, 20))
        one, two, three, four = (Word(word) for word in self._together(4, inner + outer))
        return self._random.choice(
            (
                Near(Near(one, two, inner), three, outer),
                Near(Or((one, four)), Near(two, three, inner), outer),
                Near(Near(one, two, inner), Near(three, four, inner), outer),
            )
        )

    def _not_near(self) -> Node:
        near = self._near(is_ordered=False)
        return NotNear(near.left, near.right, near.distance)

    def _long_word(self) -> str:
        while True:
            word = self._random.choice(self._random.choice(self._strata))
            if len(word) > 6 and word.isascii() and word.isalpha():
                return word

    def _inside(self) -> str:
        word = self._long_word()
        first = self._random.randrange(1, len(word) - 4)
        return word[first : first + self._random.choice((4, 5))]

    def _within(self) -> Node:
        word = self._long_word()
        return Pattern(word[: self._random.choice((2, 3))] + "*" + word[-self._random.choice((2, 3)) :])


def _different(maker: Callable[[], Node], count: int) -> list[Node]:
    found: dict[Node, None] = {}
    while len(found) < count:
        found[maker()] = None
    return list(found)


@dataclass(slots=True)
class Timing:
    """Best times of one class at one engine, in milliseconds."""

    best: list[float]
    counts: list[int]

    def percentile(self, share: int) -> float:
        """Return the time that *share* percent of the queries stay under."""
        return float(np.percentile(self.best, share))


def measured(queries: list[Node], engines: list[Engine], rounds: int) -> dict[str, Timing]:
    """Ask every engine every query *rounds* times, in turns; a slow engine only the first ones, and once."""
    timings: dict[str, Timing] = {}
    slow: set[str] = set()
    for number in range(rounds):
        for engine in engines if number % 2 else reversed(engines):
            if engine.name in slow:
                continue
            answers: list[tuple[float, int]] = []
            for query in queries:
                answer = engine.timed(query)
                if answer is None or sum(taken for taken, _ in answers) > _PATIENCE_MS:
                    slow.add(engine.name)
                    break
                answers.append(answer)
            if answers:
                timings[engine.name] = _better(timings.get(engine.name), answers)
    return timings


def _better(before: Timing | None, answers: list[tuple[float, int]]) -> Timing:
    taken = [milliseconds for milliseconds, _ in answers]
    best = taken if before is None else [min(pair) for pair in zip(before.best, taken, strict=True)]
    return Timing(best, [count for _, count in answers])


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="", help="classes, parted by commas")
    parser.add_argument("--build", action="store_true", help="only build what is kept")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="find-speed-") as scratch:
        run(arguments, Path(arguments.keep or scratch))


def run(arguments: argparse.Namespace, folder: Path) -> None:
    """Measure in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    cut = folder / f"words-{arguments.documents}"
    if not cut.exists():
        with cut.open("w", encoding="utf-8") as file:
            for text in find_corpus.documents(arguments.documents):
                file.write(" ".join(terms(text)) + "\n")

    def texts() -> list[str]:
        return cut.read_text(encoding="utf-8").splitlines()

    ours = Ours(folder / f"ours-{arguments.documents}", texts)
    tantivy_engine = Tantivy(folder / f"tantivy-{arguments.documents}", texts)
    fts5 = Fts5(folder / f"fts5-{arguments.documents}", texts)
    theirs = LuceneEngine(folder / f"lucene-{arguments.documents}", texts)
    step = max(1, arguments.documents // _SAMPLE)
    drawn = Drawn(texts()[::step], Random(11)).classes(arguments.queries)
    with theirs.lucene as lucene:
        print(lucene.version, f"{arguments.documents:,} documents, {cut.stat().st_size / 1e6:.0f} MB of words")
        rows = []
        for name, queries in drawn.items():
            if arguments.build or (arguments.only and name not in arguments.only.split(",")):
                continue
            timings = measured(queries, [ours, theirs, tantivy_engine, fts5], arguments.rounds)
            rows.append(row(name, timings))
            print(told(rows[-1]), flush=True)
    corpus = {"documents": arguments.documents, "megabytes": round(cut.stat().st_size / 1e6), "peer": lucene.version}
    result = {"corpus": corpus, "classes": [flat(figures) for figures in rows]}
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def row(name: str, timings: dict[str, Timing]) -> dict[str, object]:
    """Return the figures of one class."""
    ours, lucene = timings["ours"], timings["Lucene"]
    figures = {
        engine: {
            "queries": len(timing.best),
            "p50_ms": round(timing.percentile(50), 4),
            "p95_ms": round(timing.percentile(95), 4),
        }
        for engine, timing in timings.items()
    }
    differ = sum(one != other for one, other in zip(ours.counts, lucene.counts, strict=True))
    return {
        "class": name,
        "queries": len(ours.best),
        "documents_found_median": statistics.median(ours.counts),
        "counts_differ_from_lucene": differ,
        "engines": figures,
    }


def flat(figures: dict[str, object]) -> dict[str, object]:
    """Return the figures of one class as a row of a table: times of all, and theirs as a multiple of ours."""
    engines = figures["engines"]
    assert isinstance(engines, dict)
    cells: dict[str, object] = {"class": figures["class"], "found": figures["documents_found_median"]}
    for name in ("ours", "Lucene", "tantivy", "FTS5"):
        for share in ("p50", "p95"):
            times = engines.get(name)
            cells[f"{name} {share} ms"] = None if times is None else times[f"{share}_ms"]
            if name == "Lucene" and times is not None:
                cells[f"Lucene / ours {share}"] = round(times[f"{share}_ms"] / engines["ours"][f"{share}_ms"], 2)
    cells["counts that differ from Lucene"] = figures["counts_differ_from_lucene"]
    return cells


def told(figures: dict[str, object]) -> str:
    """Return one class in a line: p50 and p95, and ours as a share of theirs."""
    engines = figures["engines"]
    assert isinstance(engines, dict)
    ours = engines["ours"]
    parts = [f"{figures['class']:17}", f"found {figures['documents_found_median']:>8}"]
    for name, times in engines.items():
        shares = (times["p50_ms"] / ours["p50_ms"], times["p95_ms"] / ours["p95_ms"])
        ratio = "" if name == "ours" else f" (x{shares[0]:.2f}, x{shares[1]:.2f})"
        parts.append(f"{name} {times['p50_ms']:.3f} / {times['p95_ms']:.3f} ms{ratio}")
    return " | ".join(parts) + f" | counts differ {figures['counts_differ_from_lucene']}"


if __name__ == "__main__":
    main()
