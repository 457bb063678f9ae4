"""Documents begin in a large file where the evidence for it is enough."""

from __future__ import annotations

from vaughn.receive.division import names_a_record, propose
from vaughn.receive.signs import PageSigns, SeenPage, page_signs

MAIL = "From: Ana Smith\nSent: Monday, April 26, 2010 9:00 AM\nTo: John Chen\nSubject: draft\n\nPlease see below."
GOES_ON = "and the rest of the sentence that began on the page before this one ends here."


def starts(*pages: PageSigns, bookmarks: dict[int, str] | None = None) -> list[int]:
    return [cut.page for cut in propose(pages, bookmarks=bookmarks).cuts]


def seen(*texts: str) -> list[PageSigns]:
    return [page_signs(SeenPage(number, text)) for number, text in enumerate(texts, start=1)]


def test_a_mail_head_at_the_top_begins_a_document() -> None:
    """Most FOIA piles are e-mail."""
    assert starts(*seen(MAIL, GOES_ON, MAIL, MAIL)) == [1, 3, 4]


def test_a_forwarded_message_inside_a_document_does_not() -> None:
    """Its head stands under a quotation mark."""
    assert starts(*seen(MAIL, f"-----Original Message-----\n{MAIL}")) == [1]


def test_a_page_count_that_begins_anew_begins_a_document() -> None:
    """Page 1 of 3 comes once."""
    assert starts(*seen("Page 1 of 2", "Page 2 of 2", "text\nPage 1 of 3", "Page 2 of 3", "Page 3 of 3")) == [1, 3]


def test_a_page_count_that_goes_on_outweighs_a_mail_head() -> None:
    """A thread runs over pages, and a page can begin with a quoted head."""
    assert starts(*seen(f"{MAIL}\nPage 1 of 2", f"{MAIL}\nPage 2 of 2")) == [1]


def test_a_printed_document_number_that_changes_begins_a_document() -> None:
    """State prints Doc No. on every page; OCR takes 0 for O."""
    pages = seen("Doc No. C05739545\ntext", "Doc No. C0573954S\ntext", "Doc No. C05739607\ntext")
    assert starts(*pages) == [1, 3]


def test_a_change_of_number_prefix_begins_a_document() -> None:
    """Two agencies' pages in one file."""
    assert starts(
        PageSigns(1, stamp="ICE 000001"), PageSigns(2, stamp="ICE 000002"), PageSigns(3, stamp="FBI 000001")
    ) == [1, 3]


def test_bookmarks_of_records_divide_and_bookmarks_of_chapters_do_not() -> None:
    """A report has an outline too."""
    pages = [PageSigns(number) for number in range(1, 5)]
    assert starts(*pages, bookmarks={1: "RE_ opt out.msg", 3: "budget.xlsx"}) == [1, 3]
    assert starts(*pages, bookmarks={1: "Introduction", 3: "Chapter 2"}) == [1]


def test_a_slip_sheet_begins_a_document() -> None:
    """It announces what follows."""
    assert starts(*seen(MAIL, GOES_ON, "EXHIBIT B", "The parties agree as follows.")) == [1, 3]


def test_a_short_file_is_never_divided_unasked() -> None:
    """A chain of letters in one scan may well be one record."""
    assert not propose(seen(MAIL, MAIL, MAIL)).good
    assert propose(seen(*[MAIL] * 40)).good


def test_a_book_is_not_divided() -> None:
    """No evidence, no cut."""
    proposal = propose(seen(*[f"Text of the page.\n{number}" for number in range(1, 60)]))
    assert len(proposal.cuts) == 1
    assert not proposal.good


def test_a_title_names_a_record_or_a_chapter() -> None:
    """File names, numbers and replies."""
    assert names_a_record("ICE-SC-0001234")
    assert names_a_record("FW: opt out")
    assert not names_a_record("1. Introduction")
    assert not names_a_record("Chapter 2010")


def test_no_words_of_a_page_are_kept() -> None:
    """What leaves this module goes into findings and events."""
    signs = page_signs(SeenPage(1, "From: Secret Person\nTo: Other\nSubject: hidden\nDoc No. C05739545"))
    assert "Secret" not in repr(signs)
    assert signs.identity == "C05739545"
