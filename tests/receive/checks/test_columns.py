"""Columns that come together batch by batch say what reading them in one would say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vaughn.receive.checks.columns import CountBuilder, DateBuilder, NumberBuilder, TextBuilder, rows_of
from vaughn.receive.dates import read_dates
from vaughn.receive.facts import NONE, NumberBook

NUMBERS = st.sampled_from(["ABC 0001", "ABC 0002", "abc-7_R", "", " ", "none", "X.12", "ABC 0001"])


@given(st.lists(NUMBERS, max_size=40), st.integers(0, 40))
def test_numbers_put_in_two_pieces_are_those_of_one(texts: list[str], cut: int) -> None:
    """A load file comes in blocks that end anywhere."""
    book = NumberBook()
    builder = NumberBuilder(len(texts), book)
    for first, piece in ((0, texts[:cut]), (min(cut, len(texts)), texts[cut:])):
        builder.put(np.arange(first, first + len(piece)), piece)
    column, whole = builder.column(), book.column(texts)
    assert [book.text(column, row) for row in range(len(texts))] == [book.text(whole, row) for row in range(len(texts))]
    assert builder.odd == {row: text for row, text in enumerate(texts) if text.strip() and not whole.known[row]}


def test_a_row_that_is_filled_stays_as_it_is() -> None:
    """The document's own list counts before a second one."""
    rows = np.arange(2)
    texts, numbers = TextBuilder(2), NumberBuilder(2, NumberBook())
    dates, counts = DateBuilder(2, is_time=False), CountBuilder(2)
    for first, second in (("A1", ""), ("B2", "C3")):
        texts.put(rows, [first, second])
        numbers.put(rows, [first, second])
    dates.put(rows, ["04/27/2010", ""])
    dates.put(rows, ["04/28/2010", "2010-04-29"])
    counts.put(rows, ["3", ""], int)
    counts.put(rows, ["2", "99999999999"], int)
    assert [texts.column()[row] for row in (0, 1)] == ["A1", "C3"]
    assert numbers.column().number.tolist() == [1, 3]
    assert dates.fields.numbers["d"].tolist() == [-1, 29]
    assert dates.fields.numbers["second"].tolist() == [27, -1]
    assert counts.counts.tolist() == [3, NONE]


@given(st.lists(st.sampled_from(["04/27/2010", "27 Apr 2010 10:00 EST", "", "x", "2010-04-27"]), max_size=30))
def test_dates_read_in_pieces_have_the_forms_of_the_whole(texts: list[str]) -> None:
    """DT005 compares a value with the rest of its column."""
    builder = DateBuilder(len(texts), is_time=False)
    for row, text in enumerate(texts):
        builder.put(np.asarray([row]), [text])
    whole = read_dates(texts)
    own, others = builder.fields.form.tolist(), whole.form.tolist()
    assert len(set(zip(own, others, strict=True))) == len(set(own)) == len(set(others))


def test_ids_are_found_and_strangers_are_not() -> None:
    """A page may name a file that was not handed over."""
    assert rows_of(np.asarray([3, 5, 9]), [9, None, 4, 3, 10]).tolist() == [2, NONE, NONE, 0, NONE]
    assert rows_of(np.empty(0, np.int64), [1]).tolist() == [NONE]
