"""The stamped number is told from other numbers in the margins."""

from __future__ import annotations

import pytest

from vaughn.model import BatesNumber
from vaughn.receive.stamps import growing_prefixes, range_of_stamps, stamped_in_text, stamped_number, stamped_range


def test_a_stamp_with_the_load_files_prefix_is_taken_even_if_its_number_differs() -> None:
    """Just that difference is to be found."""
    assert stamped_number(["C05739545", "ABC0008"], "ABC0007", {}) == "ABC0008"
    assert stamped_number(["ABC0008", "ABC0007"], "ABC0007", {}) == "ABC0007"
    assert stamped_number(["C05739545"], "ABC0007", {}) is None


def test_without_a_load_file_the_number_that_counts_on_is_the_stamp() -> None:
    """A document number stays the same on all pages of its document."""
    pages = {n: ["C05739545", f"STATE-SCB{n:07d}"] for n in range(1, 5)}
    assert stamped_number(pages[3], None, growing_prefixes(pages)) == "STATE-SCB0000003"


def test_a_lone_page_has_no_sure_stamp() -> None:
    """Nothing counts on."""
    assert stamped_number(["ABC0001"], None, growing_prefixes({1: ["ABC0001"]})) is None


def test_a_number_at_the_end_of_a_footer_line_is_found() -> None:
    """Text layers put a whole footer into one line."""
    text = "Body\n" * 20 + "NO FOIA WAIVER. STATE-SCB0045001"
    assert stamped_in_text(text, "STATE-SCB0045001") == "STATE-SCB0045001"
    assert stamped_in_text(text, "STATE-SCB0045009") == "STATE-SCB0045001"
    assert stamped_in_text("see STATE-SCB0045001\n" + "Body\n" * 20, "ABC0001") is None


def test_a_range_must_be_as_long_as_its_pages() -> None:
    """A misread number must not make a document of a thousand pages."""
    found = stamped_range("ABC0001", "ABC0003", pages=3)
    assert found is not None
    assert str(found[1]) == "ABC0003"
    assert stamped_range("ABC0001", "ABC0903", pages=3) is None
    assert stamped_range("ABC0001", None, pages=1) is None


def test_a_series_on_the_smaller_part_of_the_pages_is_no_stamp() -> None:
    """A brief with a few stamped exhibits at its end is not itself stamped."""
    pages: dict[int, list[str]] = {n: [] for n in range(1, 8)} | {n: [f"AR{n:06d}"] for n in range(8, 12)}
    assert stamped_number(pages[9], None, growing_prefixes(pages)) is None


@pytest.mark.parametrize("word", ["PAGE ", "Page", "p.", "No. ", "Sheet-", "Frm ", "Vol. ", "EXHIBIT A-", "Smith "])
def test_ordinary_words_with_growing_numbers_are_no_stamp(word: str) -> None:
    """Every book counts its pages."""
    pages = {n: [f"{word}{n:04d}"] for n in range(1, 9)}
    assert stamped_number(pages[2], None, growing_prefixes(pages)) is None


def test_a_lone_page_is_stamped_with_the_number_of_its_files_name() -> None:
    """Two that say the same are no accident."""
    named = BatesNumber("abc-", 7, width=4)
    assert stamped_number(["ABC 0007"], None, {}, named=named) == "ABC 0007"
    assert stamped_number(["ABC 0008"], None, {}, named=named) is None


def ranged(*stamps: str | None, named: BatesNumber | None = None) -> str | None:
    """Return the range that stamps give, as text."""
    found = range_of_stamps(stamps, named=named)
    return f"{found[0]} {found[1]}" if found else None


def test_the_range_of_a_document_needs_most_of_its_pages() -> None:
    """First and last page alone may agree by chance."""
    assert ranged("A-01", "A-02", "A-03") == "A-01 A-03"
    assert ranged("A-01", None, None, None, "A-05") is None
    assert ranged("A-01", "A-02", None) is None
    assert ranged("A-01") is None
    assert ranged(None) is None


def test_the_number_in_a_name_counts_if_its_first_or_last_page_says_the_same() -> None:
    """No page beyond gets a number that nothing proves."""
    named = BatesNumber("abc", 7, width=4)
    assert ranged("ABC 0007", named=named) == "ABC 0007 ABC 0007"
    assert ranged("ABC 0007", None, None, named=named) == "ABC 0007 ABC 0007"
    assert ranged("ABC 0007", "ABC 0007", named=named) == "ABC 0007 ABC 0007"
    assert ranged("ABC 0007", None, "ABC 0009", named=named) == "ABC 0007 ABC 0009"
    assert ranged(None, None, "ABC 0009", named=named) == "ABC 0007 ABC 0009"
    assert ranged("ABC 0107", "ABC 0108", named=named) == "ABC 0107 ABC 0108"
    assert ranged(None, None, named=named) is None
