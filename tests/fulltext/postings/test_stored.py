"""Queries asked of the index on disk mean what they mean by definition: documents, places and pages."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fulltext import brute
from tests.fulltext.brute import Document, text_of
from tests.fulltext.postings.made import entry
from tests.fulltext.random_queries import RandomQueries
from vaughn.fulltext.evaluate import Evaluation
from vaughn.fulltext.postings import PostingIndex, Snapshot, StoredSegment

_WORDS = [
    "a",
    "b",
    "c",
    "d",
    "the",
    "the",
    "the",
    "of",
    "of",
    "depor-\ntation",
    "order",
    "ordered",
    "2010",
    "17",
    "año",
]


def made_text(random: Random, length: int) -> str:
    return " ".join(random.choices(_WORDS, k=length))


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> tuple[Snapshot, dict[int, Document]]:
    """Three segments of documents with two pages and a subject; some removed, some replaced; and what is left."""
    random, folder, documents = Random(8), tmp_path_factory.mktemp("case"), {}
    index = PostingIndex(folder)
    for numbers in (range(25), range(20, 45), range(45, 60)):
        with index.writer() as writer:
            for number in numbers:
                pages = [made_text(random, random.randint(0, 30)) for _ in range(2)]
                subject = made_text(random, random.randint(0, 5))
                writer.add(entry(number, *pages, subject=subject))
                documents[number] = Document(text_of(" \n".join(pages)), {"subject": text_of(subject)})
    with index.writer() as writer:
        for number in (3, 30, 50):
            writer.remove([number])
            del documents[number]
    return index.snapshot(), documents


@given(st.integers(0, 1 << 30))
@settings(max_examples=80, deadline=None)
def test_random_questions_to_the_index_find_what_brute_force_finds(case, seed):
    """What is written, merged and mapped must not change what a question finds."""
    snapshot, documents = case
    query = RandomQueries(list(documents.values()), Random(seed)).question()
    expected = {number: brute.hits(query, document) for number, document in documents.items()}
    found: dict[int, set[tuple[str | None, int, int]]] = {}
    for segment in snapshot.segments:
        evaluation = Evaluation(query, segment)
        numbers = evaluation.documents()
        found |= {int(segment.document_ids[number]): set() for number in numbers}
        for hits in evaluation.hits(numbers):
            for number, start, end in zip(hits.documents, hits.starts, hits.ends, strict=True):
                found[int(segment.document_ids[number])].add((hits.field, int(start), int(end)))
    assert sorted(found) == sorted(number for number, document in documents.items() if brute.holds(query, document))
    assert found == {number: expected[number] for number in found}


def page_of(segment: StoredSegment, place: int) -> int:
    return int(segment.page_ids[np.searchsorted(segment.page_starts, place, "right") - 1])


def test_a_place_leads_to_its_page(tmp_path):
    """A hit is shown on the page image where it stands, past pages without a word."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "one two", "", "three", ""))
        writer.add(entry(2, "", "four"))
    (segment,) = index.snapshot().segments
    assert [page_of(segment, place) for place in (0, 1, 2, 4)] == [101, 101, 103, 202]
    assert segment.text.starts.tolist() == [0, 4, 6]
    assert segment.page_firsts.tolist() == [0, 4, 6]
    assert segment.field("subject") is None
