from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaughn.fulltext.spans import (
    Spans,
    any_within,
    apart,
    beside,
    documents_near,
    following,
    hulls,
    in_a_row,
    merged,
    near_left,
    near_ranges,
    near_right,
    sought,
    union,
)
from vaughn.fulltext.spans import together as all_of

PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=25)
FAR = 1 << 50


def spans_of(places: list[tuple[int, int]]) -> Spans:
    starts = np.array([start for start, _ in places], np.int64)
    return merged(starts, starts + np.array([length for _, length in places], np.int64)).spans


def pairs_of(spans: Spans) -> list[tuple[int, int]]:
    return list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True))


def is_near(a: tuple[int, int], b: tuple[int, int], distance: int) -> bool:
    return a[1] <= b[0] <= a[1] + distance - 1


@settings(deadline=None)
@given(PLACES)
def test_merging_sorts_and_keeps_each_once(places):
    """And says where each went, in small numbers and in numbers too large for one key."""
    expected = sorted({(start, start + length) for start, length in places})
    for far in (0, FAR):
        starts = np.array([start * max(far, 1) for start, _ in places], np.int64)
        ends = starts + np.array([length for _, length in places], np.int64)
        found = merged(starts, ends)
        assert pairs_of(found.spans) == [
            (start * max(far, 1), start * max(far, 1) + e - start) for start, e in expected
        ]
        assert found.spans.starts[found.which].tolist() == starts.tolist()
        assert found.spans.ends[found.which].tolist() == ends.tolist()


def test_spans_too_far_apart_for_one_key_are_merged_all_the_same():
    """A start and a length of 40 bits each do not fit one number."""
    starts = np.array([1 << 40, 0, 1 << 40], np.int64)
    ends = np.array([1 << 41, 1 << 40, 1 << 41], np.int64)
    found = merged(starts, ends)
    assert pairs_of(found.spans) == [(0, 1 << 40), (1 << 40, 1 << 41)]
    assert found.which.tolist() == [1, 0, 1]


@settings(deadline=None)
@given(PLACES, PLACES)
def test_a_union_numbers_the_spans_of_its_parts_in_order(one, other):
    """So that what takes part can be handed back to the part it came from."""
    parts = [spans_of(one), spans_of(other)]
    together = union(parts)
    assert pairs_of(together.spans) == sorted({*pairs_of(parts[0]), *pairs_of(parts[1])})
    assert pairs_of(all_of(parts)) == pairs_of(together.spans)
    narrow = [Spans(np.unique(part.starts), width=2) for part in parts]
    assert pairs_of(all_of(narrow)) == pairs_of(union(narrow).spans)
    listed = pairs_of(parts[0]) + pairs_of(parts[1])
    assert [pairs_of(together.spans)[which] for which in together.which] == listed


@settings(deadline=None)
@given(st.lists(st.integers(0, 30)), st.lists(st.integers(-5, 40)), st.integers(0, 9))
def test_a_value_lies_within_reach_or_not(values, lows, reach):
    """A place itself is within reach, and so is the last one."""
    found = any_within(np.array(sorted(values), np.int64), np.array(lows, np.int64), reach)
    assert found.tolist() == [any(low <= value <= low + reach for value in values) for low in lows]


@pytest.mark.parametrize("reach", [0, 1, 2, 3, 7, 100])
def test_many_close_together_are_read_off_a_table_with_the_same_answer(reach):
    """A million places are not searched for one by one; the edges of the table's stretches must not show."""
    random = np.random.default_rng(reach)
    values = np.sort(random.integers(0, 1_200_000, 60_000))
    lows = np.sort(random.integers(-200, 1_200_300, 80_000))
    after = values[np.minimum(values.searchsorted(lows), len(values) - 1)]
    assert (any_within(values, lows, reach) == ((after >= lows) & (after <= lows + reach))).all()


@settings(deadline=None)
@given(PLACES, PLACES, st.integers(0, 8), st.booleans())
def test_nearness_is_what_all_pairs_say(one, other, distance, is_ordered):
    """Who has a partner, which pairs there are and how far they reach."""
    lefts, rights = spans_of(one), spans_of(other)
    near = [
        (a, b)
        for a, b in product(pairs_of(lefts), pairs_of(rights))
        if is_near(a, b, distance) or (not is_ordered and is_near(b, a, distance))
    ]
    sides = {"distance": distance, "is_ordered": is_ordered}
    mask = near_left(lefts, starts=rights.starts, ends=rights.sorted_ends(), **sides)
    assert pairs_of(lefts.where(mask)) == sorted({a for a, _ in near})
    mask = near_right(rights, starts=lefts.starts, ends=lefts.sorted_ends(), **sides)
    assert pairs_of(rights.where(mask)) == sorted({b for _, b in near})
    ranges = near_ranges(lefts, rights, **sides)
    pairs = ranges.pairs()
    assert len(ranges) == len(pairs.left)
    listed = {(pairs_of(lefts)[a], pairs_of(rights)[b]) for a, b in zip(pairs.left, pairs.right, strict=True)}
    assert listed == set(near)
    reached = hulls(lefts, rights, pairs).spans
    assert pairs_of(reached) == sorted({(min(a[0], b[0]), max(a[1], b[1])) for a, b in near})


@settings(deadline=None)
@given(PLACES, PLACES, st.integers(0, 8))
def test_what_is_apart_has_nothing_near_and_nothing_over_it(one, other, distance):
    """The opposite of near, and of overlapping."""
    lefts, rights = spans_of(one), spans_of(other)
    expected = [
        a
        for a in pairs_of(lefts)
        if not any(
            is_near(a, b, distance) or is_near(b, a, distance) or not (a[1] <= b[0] or b[1] <= a[0])
            for b in pairs_of(rights)
        )
    ]
    assert pairs_of(lefts.where(apart(lefts, rights, distance=distance))) == expected


@settings(deadline=None)
@given(PLACES, PLACES)
def test_what_follows_begins_where_the_other_ends(one, other):
    """Whichever side is looked up in the other."""
    lefts, rights = spans_of(one), spans_of(other)
    pairs = following(lefts, rights)
    listed = {(pairs_of(lefts)[a], pairs_of(rights)[b]) for a, b in zip(pairs.left, pairs.right, strict=True)}
    assert len(listed) == len(pairs.left)
    assert listed == {(a, b) for a, b in product(pairs_of(lefts), pairs_of(rights)) if a[1] == b[0]}


@settings(deadline=None)
@given(PLACES, PLACES, PLACES)
def test_a_row_is_the_same_whichever_part_leads(one, two, three):
    """The rarest leads; that is for speed and must not show."""
    parts = [spans_of(one), spans_of(two), spans_of(three)]
    expected = {
        (a[0], c[1]) for a, b, c in product(*(pairs_of(part) for part in parts)) if a[1] == b[0] and b[1] == c[0]
    }
    assert pairs_of(in_a_row(parts)) == sorted(expected)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abx"), max_size=8), min_size=1, max_size=8),
    st.integers(0, 9),
    st.booleans(),
    st.sampled_from([(1, 1), (1, 2), (2, 1), (0, 1)]),
)
def test_what_is_near_stays_within_its_document(documents, distance, is_ordered, widths):
    """After each document one place is empty; whatever the distance, no pair reaches over it."""
    borders = np.concatenate(([0], np.cumsum([len(words) + 1 for words in documents])))
    places: dict[str, list[tuple[int, int]]] = {"a": [], "b": []}
    for start, words in zip(borders.tolist(), documents, strict=False):
        for place, word in enumerate(words):
            if word in places and place + widths["ab".index(word)] <= len(words):
                places[word].append((start + place, start + place + widths["ab".index(word)]))
    lefts, rights = (
        Spans(np.array([start for start, _ in places[word]], np.int64), width=width)
        for word, width in zip("ab", widths, strict=True)
    )
    document = {
        place: number for number, start in enumerate(borders[:-1]) for place in range(start, borders[number + 1])
    }
    near = [
        (a, b)
        for a, b in product(places["a"], places["b"])
        if document[a[0]] == document[b[0]]
        and (is_near(a, b, distance) or (not is_ordered and is_near(b, a, distance)))
    ]
    found = documents_near(lefts, rights, distance, is_ordered, borders=borders)
    assert sorted(set(found.tolist())) == sorted({document[a[0]] for a, _ in near})


@pytest.mark.parametrize("is_ordered", [False, True], ids=["either order", "in order"])
def test_frequent_words_near_each_other_are_found_in_the_same_documents(is_ordered):
    """Where both are frequent a table takes the place of the search; short documents are all border."""
    random = np.random.default_rng(3)
    borders = np.concatenate(([0], np.cumsum(random.integers(1, 40, 3_000))))
    words = random.integers(0, 6, borders[-1])
    words[borders[1:] - 1] = 9  # the empty place
    one, other = (np.flatnonzero(words == number) for number in (1, 2))
    documents = np.searchsorted(borders, np.arange(borders[-1]), "right") - 1
    for distance in (1, 2, 5, 60):
        ranges = near_ranges(Spans(one, width=1), Spans(other, width=1), distance=distance, is_ordered=is_ordered)
        pairs = ranges.pairs()
        first, second = documents[one[pairs.left]], documents[other[pairs.right]]
        expected = np.unique(first[first == second])
        found = documents_near(Spans(one, width=1), Spans(other, width=1), distance, is_ordered, borders=borders)
        assert np.unique(found).tolist() == expected.tolist()


@settings(deadline=None)
@given(PLACES, PLACES, st.integers(0, 8))
def test_what_is_beside_is_never_missed(many, few, distance):
    """More may be returned, in order and each once; nothing near or overlapping may be left out."""
    all_of, some = spans_of(many), spans_of(few)
    found = pairs_of(beside(all_of, some, distance))
    assert found == sorted(set(found))
    for a, b in product(pairs_of(all_of), pairs_of(some)):
        if is_near(a, b, distance) or is_near(b, a, distance) or (a[0] < b[1] and b[0] < a[1]):
            assert a in found


@pytest.mark.parametrize("side", ["left", "right"])
def test_many_keys_in_order_are_found_where_one_by_one_they_are(side):
    """Run after run; keys that stand more than once and keys outside must not show where a run ends."""
    random = np.random.default_rng(1)
    values = np.sort(random.integers(0, 90_000, 100_000))
    keys = np.sort(random.integers(-100, 90_100, 5_000))
    assert (sought(values, keys, side) == np.searchsorted(values, keys, side)).all()
    assert (sought(values, keys[::-1], side) == np.searchsorted(values, keys[::-1], side)).all()
