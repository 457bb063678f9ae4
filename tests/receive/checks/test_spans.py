"""Ranges as arrays give what counting number by number gives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.receive.checks.making import Doc, Pg, facts, run
from vaughn.receive.checks.numbers import check_numbers, gaps, overlaps
from vaughn.receive.checks.spans import Spans, is_touched, minus, names_documents, runs
from vaughn.receive.facts import NumberColumn

RANGES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(0, 6)), max_size=12)


def _spans(ranges: list[tuple[int, int, int]]) -> Spans:
    table = np.asarray([(prefix, first, first + more) for prefix, first, more in ranges], np.int64).reshape(-1, 3)
    return Spans(table[:, 0], table[:, 1], table[:, 2])


def _numbers(spans: Spans) -> set[tuple[int, int]]:
    return {
        (int(prefix), number)
        for prefix, first, last in zip(spans.prefix, spans.first, spans.last, strict=True)
        for number in range(int(first), int(last) + 1)
    }


@settings(deadline=None)
@given(RANGES, RANGES)
def test_minus_leaves_exactly_the_numbers_of_the_left(left, right):
    """A number that is lost here is a page nobody asks for."""
    found = minus(_spans(left), _spans(right))
    assert _numbers(found) == _numbers(_spans(left)) - _numbers(_spans(right))
    pairs = list(zip(found.prefix.tolist(), found.first.tolist(), found.last.tolist(), strict=True))
    assert pairs == sorted(pairs)
    assert all(one[0] != two[0] or one[2] + 1 < two[1] for one, two in pairwise(pairs))


@settings(deadline=None)
@given(RANGES, RANGES)
def test_touched_ranges_share_a_number(left, right):
    """Both ends of a range belong to it."""
    others = _numbers(_spans(right))
    assert is_touched(_spans(left), _spans(right)).tolist() == [bool(_numbers(_spans([one])) & others) for one in left]


@settings(deadline=None)
@given(st.permutations([(1, 3), (4, 4), (7, 9), (9, 12), (20, 21)]))
def test_gaps_and_overlaps_do_not_depend_on_the_order_of_rows(ranges):
    """A load file is often sorted by something else."""
    made = facts(run("A-", *ranges))
    assert {one.place.bates for one in gaps(made)} == {"A-0005", "A-0013"}
    (clash,) = overlaps(made)
    assert "A-0009" in clash.message


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 5)), min_size=1, max_size=10))
def test_every_number_between_the_first_and_the_last_is_covered_or_told(ranges):
    """The findings and the documents together account for the whole series."""
    docs = run("A-", *((first, first + more) for first, more in ranges))
    found = gaps(facts(docs))
    covered = {number for first, more in ranges for number in range(first, first + more + 1)}
    missing = set(range(min(covered), max(covered) + 1)) - covered
    told = sum(int(one.message.split()[0].replace(",", "")) if one.message[0].isdigit() else 1 for one in found)
    assert told == len(missing)


def test_numbers_of_an_earlier_production_are_no_gap():
    """Agencies number through several productions."""
    docs = run("A-", (1, 3), (8, 9))
    (left,) = gaps(facts(docs, earlier=[("first", [("A-0004", "A-0005")], False)]))
    assert left.place.bates == "A-0006"
    assert gaps(facts(docs, earlier=[("first", [("A-0004", "A-0007")], False)])) == []


def test_a_suffix_makes_another_number():
    """Pages produced again are marked by a suffix and are no overlap."""
    assert overlaps(facts([Doc("A-0001", "A-0002"), Doc("A-0001_R", "A-0002_R")])) == []


def test_prefixes_are_counted_apart():
    """Each agency counts from one."""
    assert check_numbers(facts([*run("A-", (1, 3), (4, 5)), *run("B-", (900, 901))])) == []


def test_two_wrong_documents_do_not_make_numbers_name_documents():
    """A production is not excused because some end numbers repeat the begin number."""
    docs = run("A-", (1, 1), (2, 2), (7, 9), (10, 12), (13, 15))
    pages = [Pg(document, listed=False) for document, many in enumerate((3, 3, 3, 3, 3)) for _ in range(many)]
    assert not names_documents(facts(docs, pages)).any()
    assert names_documents(facts(docs[:2] + run("A-", (7, 7), (10, 12), (13, 15)), pages)).any()


def test_nothing_at_all_is_no_fault():
    """An empty production must not stop the report."""
    assert check_numbers(facts()) == []


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 30)), max_size=40))
def test_runs_hold_the_numbers_of_their_rows_and_no_other(rows):
    """A page list in order becomes a few ranges; one in no order keeps every number."""
    prefix, number = (np.asarray([row[place] for row in rows], np.int64) for place in (0, 1))
    ranges = runs(NumberColumn(prefix, number, number, prefix))
    held = {
        (int(p), n)
        for p, first, last in zip(ranges.prefix, ranges.first, ranges.last, strict=True)
        for n in range(int(first), int(last) + 1)
    }
    assert held == {(int(p), int(n)) for p, n in zip(prefix, number, strict=True)}
