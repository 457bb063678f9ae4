"""Texts kept as bytes read as the list that they were made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.packed import PackedFacts, PackedTexts, taken

# Between texts stands a NUL: texts that hold one, are empty or are half a surrogate pair must come back too.
TEXTS = st.lists(st.text(st.sampled_from("aé–\0\n\ud800"), max_size=4), max_size=9)


@given(st.lists(TEXTS, max_size=4), st.integers(-30, 30), st.integers(-30, 30), st.sampled_from([1, 2, 3]))
def test_packed_texts_read_like_their_list(pieces: list[list[str]], start: int, stop: int, step: int) -> None:
    """Whoever reads a column does not see how it is kept."""
    packed, plain = PackedTexts(), [text for piece in pieces for text in piece]
    for piece in pieces:
        packed.extend(piece)
    assert (len(packed), list(packed)) == (len(plain), plain)
    assert [packed[place] for place in range(len(plain))] == plain
    assert packed[start:stop:step] == plain[start:stop:step]
    rows = np.arange(0, len(plain), step)
    assert list(taken(packed, rows)) == [plain[row] for row in rows.tolist()]


def test_an_unknown_fact_stays_unknown() -> None:
    """An empty text would be shown as a title."""
    facts = PackedFacts(PackedTexts(["a", "", "b"]))
    assert (list(facts), facts[1], facts[1:]) == (["a", None, "b"], None, [None, "b"])
