"""A column of numbers reads as each number alone does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import read_bates
from vaughn.receive.bates_column import BatesColumn, SpelledNumbers, read_column

LABELS = st.one_of(
    st.builds("ABC{:07d}".format, st.integers(0, 9_999_999)),
    st.builds("ICE 2010FOIA2674.{:07d}".format, st.integers(0, 9_999_999)),
    st.builds("ABC{:04d}_R".format, st.integers(0, 9999)),
    st.text(max_size=14),
)


@given(st.lists(LABELS, max_size=60))
def test_a_column_reads_as_its_numbers_do_alone(texts: list[str]) -> None:
    """NumPy reads what has the commonest form; the result must not depend on that."""
    column = read_column(texts)
    assert [column.at(place) for place in range(len(texts))] == [read_bates(text) for text in texts]


@given(st.lists(st.lists(LABELS, max_size=20), max_size=4))
def test_numbers_are_spelled_as_they_were_written(pieces: list[list[str]]) -> None:
    """Documents are called by them; only blanks around a number are left out."""
    numbers, plain = SpelledNumbers(), [text.strip() for piece in pieces for text in piece]
    for piece in pieces:
        numbers.extend(piece)
    assert (len(numbers), list(numbers), numbers[1:7:2]) == (len(plain), plain, plain[1:7:2])
    hashes = numbers.hashes().tolist()
    assert len(set(zip(hashes, plain, strict=True))) == len(set(plain)), "equal numbers have equal hashes"


@given(st.lists(LABELS, max_size=30), st.lists(LABELS, max_size=30))
def test_two_columns_joined_read_as_one(first: list[str], second: list[str]) -> None:
    """Each column counts its prefixes by itself."""
    joined = BatesColumn.joined([read_column(first), read_column(second)])
    assert [joined.at(place) for place in range(len(joined))] == [read_bates(text) for text in first + second]
