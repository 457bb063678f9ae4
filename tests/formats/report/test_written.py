"""A report says the same on paper, on the screen and in the spreadsheet, and does nothing but say it."""

import io
import re
from datetime import UTC, datetime

import openpyxl
import pikepdf
import pypdfium2
import pytest

from vaughn.formats.report import (
    Column,
    Fact,
    Figure,
    Paragraph,
    Report,
    Row,
    Section,
    Sheet,
    Table,
    Tone,
    written_as_html,
    written_as_pdf,
    written_as_xlsx,
)

EVIL = '=HYPERLINK("http://x","y") #import "/etc/passwd" <script>alert(1)</script> \\\\#eval("1")'


def _report(text: str = "A-0001", rows: int = 3) -> Report:
    table = Table(
        (Column("Place", 2, is_code=True), Column("Times", 0, is_number=True)),
        tuple(Row((f"{text} {place}", 1234 + place), Tone.ERROR) for place in range(rows)),
        caption="Some rows",
        note="And a note",
        limit=10,
    )
    return Report(
        title="Production deficiency report",
        kicker="Doe v. Agency",
        subtitle="ICE: first",
        banner="Order withdrawn",
        facts=(Fact("Agency", text), Fact("Released", "17 January 2011")),
        figures=(Figure("1,234", "documents"), Figure("3", "errors", Tone.ERROR)),
        summary=(Paragraph("What was found."), Paragraph("Look here", Tone.WARNING), table),
        sections=(Section("Findings", (table,), (Section("5 Numbers", (Paragraph(text),)),)),),
        sheets=(Sheet("Findings", table),),
        footer="page foot",
        made_at=datetime(2011, 1, 20, 14, 3, tzinfo=UTC),
    )


def _pdf_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", " ".join(pages))


@pytest.mark.parametrize("words", ["1,234", "Orderwithdrawn", "Somerows", "Andanote", "1,236", "5Numbers", "pagefoot"])
def test_the_words_stand_in_pdf_and_html(words):
    """What is sent to the agency and what is read on the screen are one report."""
    html = re.sub(r"<[^>]+>", "", written_as_html(_report()))
    assert words in _pdf_text(written_as_pdf(_report()))
    assert words in re.sub(r"\s+", "", html)


def test_the_pdf_is_tagged_and_holds_its_fonts():
    """A clinic has blind students, and a court's machine has none of our fonts."""
    with pikepdf.open(io.BytesIO(written_as_pdf(_report()))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/Title"] == "Production deficiency report"
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def test_the_same_report_gives_the_same_bytes():
    """A report that is made again has to be recognisable as the same."""
    assert written_as_pdf(_report()) == written_as_pdf(_report())
    assert written_as_html(_report()) == written_as_html(_report())


def test_what_a_load_file_says_is_never_run():
    """File names come from strangers: no formula, no script, no typesetting code."""
    report = _report(EVIL)
    html = written_as_html(report)
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert "http" not in re.sub(r"&quot;http://x&quot;|http-equiv", "", html)
    assert "root:" not in _pdf_text(written_as_pdf(report))
    assert "#eval" in _pdf_text(written_as_pdf(report))
    book = openpyxl.load_workbook(io.BytesIO(written_as_xlsx(report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert EVIL + " 0" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_control_characters_do_not_break_a_form():
    """A path may hold any byte that a disk allows."""
    report = _report("A\x00B\x07\u202e\ud7ff\U0001f600")
    assert "[U+1F600]" in _pdf_text(written_as_pdf(report))
    assert openpyxl.load_workbook(io.BytesIO(written_as_xlsx(report)))
    assert "A" in written_as_html(report)


@pytest.mark.parametrize("text", ["中文", "عربى", "שלום", "ไทย", "Ελλάδα Россия Łódź", "a\u0301"])
def test_names_in_any_script_reach_the_page(text):
    """A custodian's folder may be named in any language."""
    found = _pdf_text(written_as_pdf(_report(text)))
    assert all(letter in found or f"[U+{ord(letter):04X}]" in found for letter in text.replace(" ", ""))


def test_paper_cuts_a_long_table_and_says_so():
    """Thousands of rows on paper help nobody; none may vanish unsaid."""
    report = _report(rows=25)
    assert "15morerowsstandinthespreadsheet." in _pdf_text(written_as_pdf(report))
    book = openpyxl.load_workbook(io.BytesIO(written_as_xlsx(report)))
    assert book["Findings"].max_row == 26
    assert book["Findings"]["B2"].value == 1234


def test_a_report_without_findings_is_written():
    """The best production has an empty table."""
    empty = _report(rows=0)
    assert written_as_pdf(empty)
    assert written_as_xlsx(empty)
    assert written_as_html(empty)
