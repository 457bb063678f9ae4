"""The stamped number is told from other numbers in the margins."""

from __future__ import annotations

from vaughn.receive.stamps import growing_prefixes, stamped_in_text, stamped_number, stamped_range


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
