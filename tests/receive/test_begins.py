"""A document is found by its begin number exactly as it is written, however the numbers are kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.bates_column import SpelledNumbers, read_column
from vaughn.receive.begins import Begins

NUMBERS = st.one_of(
    st.builds("ABC{:04d}".format, st.integers(0, 300)),
    st.builds("ABC{:05d}".format, st.integers(0, 50)),
    st.builds("ABC{:04d}_R".format, st.integers(0, 50)),
    st.sampled_from(["", "no number", "XYZ 1", "ABC"]),
)


def kept(texts: list[str]) -> Begins:
    numbers = SpelledNumbers(texts)
    return Begins.of(numbers.column, numbers)


@given(st.lists(NUMBERS, max_size=200), st.lists(NUMBERS, max_size=60))
def test_a_number_is_found_where_it_first_stands(texts: list[str], wanted: list[str]) -> None:
    """As a dictionary of the texts would find it; an empty number is none."""
    first = {text: row for row, text in reversed(list(enumerate(texts))) if text}
    found = kept(texts).find(read_column(wanted), wanted)
    assert found.tolist() == [first.get(text, -1) for text in wanted]


def test_numbers_of_one_form_in_any_order_are_found() -> None:
    """So many of one form are kept as a sorted column."""
    texts = [f"A{number:05d}" for number in range(1000, 0, -1)]
    assert kept(texts).find(read_column(["A00001", "A01000", "A0001", "B00001"]), []).tolist() == [999, 0, -1, -1]


def test_an_earlier_list_wins_over_a_later_one() -> None:
    """The first document with a number has it."""
    earlier, later = (kept([f"A{number:04d}" for number in range(start, start + 100)]) for start in (0, 50))
    both = earlier.joined(later)
    assert both.find(read_column(["A0060", "A0120"]), ["A0060", "A0120"]).tolist() == [60, 70]
