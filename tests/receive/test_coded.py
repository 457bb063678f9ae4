"""Columns that repeat themselves read as the list that they were made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.coded import CodedFacts, CodedTexts, begun, codes_of, grown
from vaughn.receive.packed import PackedTexts, SparseFacts

PIECES = st.lists(st.lists(st.sampled_from(["", "a", "b", "é"]), max_size=6), max_size=4)


@given(PIECES, st.integers(-9, 9), st.integers(-9, 9))
def test_coded_texts_read_like_their_list(pieces: list[list[str]], start: int, stop: int) -> None:
    """Whoever reads a column does not see how it is kept."""
    coded, plain = CodedTexts(), [text for piece in pieces for text in piece]
    for piece in pieces:
        coded.extend(piece)
    assert (len(coded), list(coded), coded[start:stop]) == (len(plain), plain, plain[start:stop])
    assert [coded[place] for place in range(len(plain))] == plain
    assert coded.taken(np.arange(0, len(plain), 2)) == plain[::2]
    values, codes = codes_of(coded)
    assert [values[code] for code in codes.tolist()] == plain


def test_an_empty_text_is_an_unknown_fact() -> None:
    """It would be shown as a custodian."""
    facts = CodedFacts.of(CodedTexts(["Ana", "", "Ana", "Ben"]))
    assert (list(facts), facts[1], facts[1:3]) == (["Ana", None, "Ana", "Ben"], None, [None, "Ana"])


def test_a_column_that_stops_repeating_itself_is_kept_as_bytes() -> None:
    """A list sorted by day looks as if it had few moments."""
    first, later = ["monday"] * 10, [f"moment {number}" for number in range(60_000)]
    column = grown(begun(first, None), later, None)
    assert isinstance(column, PackedTexts)
    assert column[8:12] == ["monday", "monday", "moment 0", "moment 1"]


@given(st.lists(st.one_of(st.none(), st.just("x1")), max_size=12), st.integers(-13, 13), st.integers(-13, 13))
def test_few_texts_among_many_stand_in_their_rows(texts: list[str | None], start: int, stop: int) -> None:
    """A page's own number must not move to its neighbour."""
    rows = [row for row, text in enumerate(texts) if text is not None]
    sparse = SparseFacts(
        len(texts), np.array(rows, np.int64), PackedTexts([text for text in texts if text is not None])
    )
    assert (list(sparse), sparse[start:stop]) == (texts, texts[start:stop])
