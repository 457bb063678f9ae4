"""Pages we write must be pages that another program reads."""

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.formats.pdf import COURIER_ADVANCE, TextPage, TextRun, pdf_bytes, write_pdf
from vaughn.model import InputError, PageSize

LETTER = PageSize(612.0, 792.0)


def page(*runs):
    return TextPage(LETTER, 10.0, tuple(TextRun(x, y, text) for x, y, text in runs))


def test_words_stand_where_they_were_put():
    """Bates stamps are found by their place on the page."""
    pdf = pypdfium2.PdfDocument(pdf_bytes([page((72, 700, "ICE 0004521"))]))
    text = pdf[0].get_textpage()
    left, bottom, right, top = text.get_charbox(0, loose=True)
    assert left == pytest.approx(72, abs=0.5)
    assert right - left == pytest.approx(COURIER_ADVANCE * 10, abs=0.5)
    assert bottom < 792 - 700 < top
    pdf.close()


def test_a_structure_checker_finds_nothing_wrong(tmp_path):
    """The cross-reference table is written by hand."""
    path = tmp_path / "three.pdf"
    write_pdf(path, [page((10, 20, "one")), page(), page((10, 20, "three"))])
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 3


def test_a_black_square_is_a_square_and_not_a_question_mark():
    """OCR writes one where it saw a black box."""
    pdf = pypdfium2.PdfDocument(pdf_bytes([page((72, 100, "a■b"))]))
    assert pdf[0].get_textpage().get_text_range() == "a■b"
    pdf.close()


def test_a_character_in_neither_font_is_refused():
    """A changed character would be a changed record."""
    with pytest.raises(InputError, match=r"U\+0416"):
        pdf_bytes([page((1, 2, "Ж"))])


def test_a_pdf_without_pages_is_refused(tmp_path):
    """No reader opens one."""
    with pytest.raises(InputError):
        write_pdf(tmp_path / "none.pdf", [])


@given(st.text(st.characters(codec="cp1252", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_text_of_the_font_comes_back(text):
    """Brackets, backslashes and accents must survive the string syntax of PDF."""
    pdf = pypdfium2.PdfDocument(pdf_bytes([page((20, 100, text))]))
    assert pdf[0].get_textpage().get_text_range() == text
    pdf.close()
