"""A column of numbers reads as each number alone does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.model import read_bates
from vaughn.receive.bates_column import read_column

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
