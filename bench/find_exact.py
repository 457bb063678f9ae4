"""Whether a query finds exactly what it means: against brute force, and against Lucene's intervals.

    python bench/find_exact.py [--questions 10000] [--lucene 2400] [--seed 5] [--json FILE]

Texts: ``$VAUGHN_SHARED/tar`` (Reuters, released e-mail, abstracts), some documents drawn anew for every hundred
questions. Questions: `tests/fulltext/random_queries.py`. Brute force: `tests/fulltext/brute.py`, all pairs of places in
each document. Documents and every marked place are compared.

Lucene gets the words cut by us. Questions with one level of nearness mean the same to both. In nested ones Lucene
counts only the shortest intervals: its answers are compared with that reading, written out in `find_minimal.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

import find_minimal
import polars
from lucene_peer import Lucene

from tests.fulltext import brute
from tests.fulltext.brute import Document, Text, text_of
from tests.fulltext.memory_segment import MemorySegment
from tests.fulltext.random_queries import Kinds, RandomQueries
from vaughn.fulltext.evaluate import Evaluation
from vaughn.fulltext.language.tree import And, InField, Near, Node, Not, NotNear, Or, Phrase
from vaughn.fulltext.matching import Bounds

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
COLLECTIONS = ("reuters21578", "foia_clinton_a", "clef2017_dev", "sr_virus")
DOCUMENTS_AT_ONCE, QUESTIONS_AT_ONCE = 25, 100
LONGEST_CHARACTERS = 4_000  # brute force takes the square of it
# The second way to the documents, for queries without a rare part.
LAID_OUT = Bounds(rare=0)
LUCENE_DOCUMENTS, LUCENE_CHARACTERS = 600, 2_500


class KnownFits:
    """What `brute.fits` says, asked once for each leaf and word."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[Node, dict[str, bool]] = {}
        self._leaf: Node | None = None
        self._words: dict[str, bool] = {}

    def __call__(self, leaf: Node, term: str) -> bool:
        """Tell whether *leaf* stands for the word *term*."""
        if leaf is not self._leaf:
            self._leaf, self._words = leaf, self._known.setdefault(leaf, {})
        if term not in self._words:
            self._words[term] = brute.fits(leaf, term)
        return self._words[term]


fits = KnownFits()


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    questions: int = 0
    answered: int = 0
    documents: int = 0
    places: int = 0
    documents_differ: int = 0
    places_differ: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class LuceneOutcome:
    """What came of it beside Lucene."""

    questions: int = 0
    answered: int = 0
    same: int = 0
    differ_by_reading: int = 0
    unexplained: int = 0
    ours_differ_from_brute_force: int = 0


def main() -> None:
    """Ask, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--lucene", type=int, default=2_400)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    random = Random(arguments.seed)
    texts = [text for name in COLLECTIONS for text in polars.read_parquet(SHARED / "tar" / f"{name}.parquet")["text"]]
    began = time.process_time()
    against_brute = compared_with_brute_force(texts, random, arguments.questions)
    print(told(against_brute), f"{time.process_time() - began:.0f} s of processor time", flush=True)
    result = {"seed": arguments.seed, "collections": COLLECTIONS, "brute_force": as_json(against_brute)}
    if arguments.lucene:
        version, flat, nested = compared_with_lucene(texts, random, arguments.lucene)
        result |= {"lucene": version, "lucene_one_level": as_json(flat), "lucene_nested": as_json(nested)}
        print(version)
        print("one level of nearness:", lucene_told(flat))
        print("nested:", lucene_told(nested))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def compared_with_brute_force(texts: list[str], random: Random, count: int) -> Outcome:
    """Ask *count* questions, each of some documents."""
    outcome = Outcome()
    while outcome.questions < count:
        documents = drawn(texts, random)
        segment = MemorySegment(documents)
        questions = RandomQueries(documents, random)
        for _ in range(min(QUESTIONS_AT_ONCE, count - outcome.questions)):
            compare(questions.question(), documents, segment, outcome)
    return outcome


def compare(query: Node, documents: list[Document], segment: MemorySegment, outcome: Outcome) -> None:
    """Ask one question of us and of brute force."""
    evaluation = Evaluation(query, segment)
    numbers = evaluation.documents()
    laid_out = Evaluation(query, segment, bounds=LAID_OUT).documents()
    places = {
        (int(document), hits.field, int(start), int(end))
        for hits in evaluation.hits(numbers)
        for document, start, end in zip(hits.documents, hits.starts, hits.ends, strict=True)
    }
    found = [number for number, document in enumerate(documents) if brute.holds(query, document, fits)]
    marked = {(number, *place) for number in found for place in brute.hits(query, documents[number], fits)}
    outcome.questions += 1
    outcome.answered += bool(found)
    outcome.documents += len(found)
    outcome.places += len(marked)
    outcome.documents_differ += numbers.tolist() != found or laid_out.tolist() != found
    outcome.places_differ += places != marked
    outcome.kinds.update(kinds_in(query))
    if numbers.tolist() != found or laid_out.tolist() != found or places != marked:
        print("DIFFERS", query)


def drawn(texts: list[str], random: Random) -> list[Document]:
    """Return some documents, with the first line as their subject."""
    chosen = [text[:LONGEST_CHARACTERS] for text in random.sample(texts, DOCUMENTS_AT_ONCE)]
    return [Document(text_of(text), {"subject": text_of(text[:60])}) for text in chosen]


def compared_with_lucene(texts: list[str], random: Random, count: int) -> tuple[str, LuceneOutcome, LuceneOutcome]:
    """Ask Lucene, ourselves and brute force; half of the questions with nearness inside nearness."""
    chosen = [text for text in random.sample(texts, 4 * LUCENE_DOCUMENTS) if 200 < len(text) < LUCENE_CHARACTERS]
    documents = [Document(printed(text_of(text))) for text in chosen[:LUCENE_DOCUMENTS]]
    segment = MemorySegment(documents)
    outcomes = (LuceneOutcome(), LuceneOutcome())
    with Lucene([[term for term, _, _ in document.text.words] for document in documents]) as lucene:
        for nested, outcome in zip((False, True), outcomes, strict=True):
            kinds = Kinds(edges=False, fields=False, numbers=False, nested_near=nested)
            questions = RandomQueries(documents, random, kinds=kinds)
            while outcome.questions < count // 2:
                query = questions.question()
                if has_nested_near(query) == nested:
                    compare_with_lucene(query, lucene, documents, outcome, segment=segment)
        return lucene.version, *outcomes


def compare_with_lucene(
    query: Node, lucene: Lucene, documents: list[Document], outcome: LuceneOutcome, *, segment: MemorySegment
) -> None:
    """Ask one question of all."""
    theirs = lucene.intervals(query)
    ours = Evaluation(query, segment).documents().tolist()
    by_pairs = [number for number, document in enumerate(documents) if brute.holds(query, document, fits)]
    outcome.questions += 1
    outcome.answered += bool(theirs)
    outcome.ours_differ_from_brute_force += ours != by_pairs
    if theirs == ours:
        outcome.same += 1
        return
    shortest = [number for number, document in enumerate(documents) if find_minimal.holds(query, document, fits)]
    if theirs == shortest:
        outcome.differ_by_reading += 1
    else:
        outcome.unexplained += 1
        print("UNEXPLAINED", query, sorted({*theirs} ^ {*shortest}), sorted({*theirs} ^ {*ours}))


def printed(text: Text) -> Text:
    """Return *text* without joined words: Lucene is fed one word a place."""
    return Text(tuple(word for word in text.words if word[2] == 1), text.length)


def has_nested_near(query: Node, *, inside: bool = False) -> bool:
    """Tell whether a nearness stands inside another, or inside a phrase."""
    match query:
        case And() | Or():
            return any(has_nested_near(part, inside=inside) for part in query.parts)
        case Phrase():
            return any(has_nested_near(part, inside=True) for part in query.parts)
        case Near() | NotNear():
            return inside or any(has_nested_near(part, inside=True) for part in (query.left, query.right))
        case Not() | InField():
            return has_nested_near(query.part, inside=inside)
        case _:
            return False


def kinds_in(query: Node) -> set[str]:
    """Return the names of all kinds of parts in *query*."""
    match query:
        case And() | Or() | Phrase():
            parts: tuple[Node, ...] = query.parts
        case Near() | NotNear():
            parts = (query.left, query.right)
        case Not() | InField():
            parts = (query.part,)
        case _:
            parts = ()
    name = "nested nearness" if has_nested_near(query) else type(query).__name__
    return {name, type(query).__name__}.union(*(kinds_in(part) for part in parts))


def as_json(outcome: Outcome | LuceneOutcome) -> dict[str, object]:
    """Return the fields by name."""
    return {name: getattr(outcome, name) for name in type(outcome).__dataclass_fields__}


def told(outcome: Outcome) -> str:
    """Return the outcome in a line."""
    kinds = ", ".join(f"{name} {count:,}" for name, count in outcome.kinds.most_common())
    return (
        f"{outcome.questions:,} questions, {outcome.answered:,} with an answer, {outcome.documents:,} documents and "
        f"{outcome.places:,} places found by brute force\n"
        f"documents differ: {outcome.documents_differ}; places differ: {outcome.places_differ}\n({kinds})"
    )


def lucene_told(outcome: LuceneOutcome) -> str:
    """Return the outcome in a line."""
    return (
        f"{outcome.questions:,} questions, {outcome.answered:,} with an answer: {outcome.same:,} the same as Lucene, "
        f"{outcome.differ_by_reading} differ because Lucene counts the shortest intervals only, "
        f"{outcome.unexplained} unexplained; ours differ from brute force: {outcome.ours_differ_from_brute_force}"
    )


if __name__ == "__main__":
    main()
