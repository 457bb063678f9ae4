"""Packed places of words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.publish.postings import NO_POSTINGS, Postings, merged, packed, packed_terms, unpacked

PLACES = st.dictionaries(
    st.integers(0, 2**31 - 1), st.sets(st.integers(0, 2**31 - 1), min_size=1, max_size=5), max_size=12
)


def postings(places):
    """Return postings from a dict of entry -> positions."""
    entries = sorted(places)
    return Postings(
        np.array(entries, dtype=np.int64),
        np.array([len(places[entry]) for entry in entries], dtype=np.int64),
        np.array([at for entry in entries for at in sorted(places[entry])], dtype=np.int64),
    )


def places(value):
    """Return the dict again."""
    cuts = np.cumsum(value.counts)[:-1] if len(value.counts) else []
    return {
        int(entry): set(part.tolist())
        for entry, part in zip(value.entries, np.split(value.positions, cuts), strict=False)
    }


@given(PLACES)
def test_unpacking_gives_back_what_was_packed(known):
    """A lost position is a page nobody finds."""
    assert places(unpacked(packed(postings(known)))) == known


@given(st.dictionaries(st.integers(1, 20), PLACES.filter(bool), min_size=1, max_size=6))
def test_many_words_at_once_are_packed_like_one_by_one(known):
    """The quick way and the plain way must agree, or mending would change the index."""
    rows = sorted((term, entry, at) for term, found in known.items() for entry, ats in found.items() for at in ats)
    columns = np.array(rows, dtype=np.int64).T
    terms, data = packed_terms(*columns)
    assert terms.tolist() == sorted(known)
    assert data == [packed(postings(known[term])) for term in sorted(known)]


@given(PLACES, PLACES, st.sets(st.integers(0, 50)))
def test_merging_is_taking_out_and_putting_in(old, new, gone):
    """A changed document is taken out of every word it held."""
    gone |= set(new)
    after = merged(postings(old), without=np.array(sorted(gone), dtype=np.int64), new=postings(new))
    assert places(after) == {entry: at for entry, at in old.items() if entry not in gone} | new


def test_nothing_packed_is_nothing():
    """A word may lose its last page."""
    assert places(unpacked(b"")) == {} == places(NO_POSTINGS)
