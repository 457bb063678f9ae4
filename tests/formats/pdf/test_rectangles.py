from __future__ import annotations

from tests.formats.made_pdf import write_pdf
from vaughn.formats.pages import read_pages
from vaughn.formats.pdf.rectangles import AT_ONCE


def _page(path):
    return next(iter(read_pages(path, "application/pdf")))


def _words(page):
    return [page.text[word.span.start : word.span.end] for word in page.words]


def test_more_words_than_are_asked_for_together_all_have_boxes(tmp_path):
    """Tables of telephone bills have a thousand words a page."""
    rows = AT_ONCE // 4 + 3
    lines = " ".join(f"({row}a {row}b {row}c {row}d) Tj T*" for row in range(rows))
    page = _page(write_pdf(tmp_path / "a.pdf", f"BT /F 4 Tf 4.5 TL 72 760 Td {lines} ET"))
    assert _words(page) == [f"{row}{letter}" for row in range(rows) for letter in "abcd"]
    tops = [word.box.y0 for word in page.words]
    assert all(abs(tops[4 * row] - tops[0] - 4.5 * row) < 0.5 for row in range(rows))


def test_a_word_in_several_pieces_has_one_box_around_them(tmp_path):
    """Justified text is set letter by letter."""
    content = "BT /F 12 Tf 72 700 Td (De) Tj /F 14 Tf (part) Tj /F 12 Tf (ment) Tj ET BT /F 12 Tf 72 600 Td (end) Tj ET"
    page = _page(write_pdf(tmp_path / "a.pdf", content))
    whole = _page(write_pdf(tmp_path / "b.pdf", "BT /F 12 Tf 72 700 Td (Department) Tj ET"))
    assert _words(page) == ["Department", "end"]
    assert page.words[0].box.x1 > whole.words[0].box.x1
    assert page.words[0].box.y0 < whole.words[0].box.y0
