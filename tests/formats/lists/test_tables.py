"""Lists reach spreadsheets whole, and compute nothing there."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.lists import csv_pieces, harmless, write_xlsx

# XML knows no other control characters, and line ends are normalised by it.
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_begins_like_a_formula_is_text(start):
    """`=HYPERLINK(...)` in a subject line must not run on a lawyer's machine."""
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "plain", "a=b", "2011-01-17", " =1", "'quoted"])
def test_everything_else_stays_as_it_is(text):
    """The list is data for others."""
    assert harmless(text) == text


@given(st.lists(st.tuples(PRINTABLE, st.none() | st.integers(-(2**31), 2**31)), max_size=8))
def test_csv_gives_every_value_back(rows):
    """Quotes, commas, line breaks and letters of all scripts survive."""
    whole = b"".join(csv_pieces(("text", "number"), rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(whole, newline="")))
    assert read[0] == ["text", "number"]
    assert read[1:] == [[harmless(text), "" if number is None else str(number)] for text, number in rows]


def test_csv_comes_in_pieces():
    """A million rows are never held at once."""
    rows = ((f"row {number}",) for number in range(1200))
    pieces = list(csv_pieces(("name",), rows))
    assert len(pieces) == 3
    assert b"".join(pieces).count(b"\r\n") == 1201


def test_xlsx_keeps_texts_as_texts_and_numbers_as_numbers(tmp_path):
    """Bates numbers with leading zeros, dates as received, formulas: all texts."""
    path = tmp_path / "list.xlsx"
    rows = [("000123", 5), ("=1+1", -3), ("https://example.org", None), ("x" * 40_000, 0)]
    assert write_xlsx(path, ("control", "pages"), rows) == 0
    sheet = openpyxl.load_workbook(path).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[:4] == [["control", "pages"], ["000123", 5], ["=1+1", -3], ["https://example.org", None]]
    assert len(values[4][0]) == 32_767
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].quotePrefix
    assert sheet["A4"].hyperlink is None
