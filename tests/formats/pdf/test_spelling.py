from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pdf.spelling import any_spelling, plain_spelling

_LINE_ENDS = st.sampled_from(["\r\n", "\n", " ", "\t", "\u00a0"])
_LETTERS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe"))


@given(st.lists(st.tuples(_LETTERS, _LINE_ENDS), min_size=1, max_size=12))
def test_plain_texts_are_read_the_short_way_as_the_long_way(pieces):
    """The short way is taken for speed alone."""
    units = np.frombuffer("".join(map("".join, pieces)).encode("utf-16-le"), dtype="<u2")
    short, long = plain_spelling(units), any_spelling(None, units, len(units))
    assert short is not None
    assert short.text == long.text
    for name in ("starts", "ends", "first", "last"):
        assert getattr(short, name).tolist() == getattr(long, name).tolist()


@pytest.mark.parametrize(
    "odd", ["a\rb", "a\x01b", "a\ufffeb", "a\x0bb", "\U0001f600"], ids=["return", "control", "hyphen", "tab", "pair"]
)
def test_what_has_to_be_changed_is_read_the_long_way(odd):
    """The short way changes line ends and nothing else."""
    assert plain_spelling(np.frombuffer(odd.encode("utf-16-le"), dtype="<u2")) is None
