from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.formats.made_pdf import write_pdf
from vaughn.formats.content import PageScan, TextLayer
from vaughn.formats.pages import OcrReason, needs_ocr, page_scan_digest, read_packed, scan_digest
from vaughn.model import PageSize

PDF = "application/pdf"
PICTURE = "q {width} 0 0 {height} 0 {bottom} cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x80\x80\x80\x80 EI Q\n"
SCAN = PICTURE.format(width=612, height=792, bottom=0)
CAPTION = "BT /F 9 Tf 60 {y} Td (Case 1:10-cv-03488-SAS Document 26 Filed 01/29/2011 Page 1 of 7) Tj ET\n"
BODY = "The agency shall produce all responsive records in its custody by the end of the month named above. "
LINES = "BT /F 11 Tf {mode} Tr 14 TL 60 600 Td " + f"({BODY}) Tj T* " * 5 + "ET\n"
GARBLED = (
    "BT /F 11 Tf 3 Tr 14 TL 60 600 Td " + "(Tlie ag~ncv sh4ll pr0duce a]l rcsp6nsvie r3c_ords) Tj T* " * 5 + "ET\n"
)


@pytest.mark.parametrize(
    ("content", "layer", "reasons"),
    [
        (LINES.format(mode=0), TextLayer.BORN_DIGITAL, ()),
        (SCAN, TextLayer.NONE, (OcrReason.NO_TEXT,)),
        (SCAN + CAPTION.format(y=770), TextLayer.BORN_DIGITAL, (OcrReason.STAMP_ONLY,)),
        (SCAN + CAPTION.format(y=30), TextLayer.BORN_DIGITAL, (OcrReason.STAMP_ONLY,)),
        (SCAN + CAPTION.format(y=400), TextLayer.BORN_DIGITAL, (OcrReason.STAMP_ONLY,)),
        (PICTURE.format(width=90, height=20, bottom=640) + CAPTION.format(y=770), TextLayer.BORN_DIGITAL,
         (OcrReason.STAMP_ONLY,)),
        (PICTURE.format(width=300, height=300, bottom=100) + LINES.format(mode=0), TextLayer.BORN_DIGITAL, ()),
        (SCAN + LINES.format(mode=0), TextLayer.BORN_DIGITAL, ()),
        (SCAN + LINES.format(mode=3), TextLayer.OCR_LAYER_GOOD, ()),
        (LINES.format(mode=0) + SCAN, TextLayer.OCR_LAYER_GOOD, ()),
        (SCAN + LINES.format(mode=3) + CAPTION.format(y=770).replace("Td", "Td 0 Tr"), TextLayer.OCR_LAYER_GOOD, ()),
        (SCAN + GARBLED, TextLayer.OCR_LAYER_POOR, (OcrReason.POOR_LAYER,)),
        (CAPTION.format(y=770), TextLayer.BORN_DIGITAL, ()),
    ],
    ids=["text", "scan", "caption above", "caption below", "stamp across", "caption and clipping", "figure",
         "background", "hidden layer", "layer painted over", "layer and caption", "poor layer", "cover sheet"],
)  # fmt: skip
def test_a_page_is_queued_for_what_it_shows_and_says(tmp_path, content, layer, reasons):
    """A scan with no more than a court's stamp line has text, and still nobody can search it."""
    (page,) = read_packed(write_pdf(tmp_path / "a.pdf", content), PDF)
    assert (page.layer, needs_ocr(page).reasons) == (layer, reasons)


def test_letters_without_meaning_are_queued(tmp_path):
    """Subset fonts without a table of letters give private characters or none."""
    codes = "".join(f"\\{code:03o}" for code in range(1, 27))
    path = write_pdf(tmp_path / "a.pdf", f"BT /F 11 Tf 14 TL 60 600 Td ({codes}) Tj T* ({BODY[:40]}) Tj ET")
    (page,) = read_packed(path, PDF)
    assert needs_ocr(page).reasons == (OcrReason.UNREADABLE,)


def test_pages_with_a_text_file_are_left_alone(tmp_path):
    """Their text was produced apart."""
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    assert not any(needs_ocr(page).is_needed for page in read_packed(tmp_path / "a.txt", "text/plain"))


def test_the_same_page_in_another_file_has_the_same_digest(tmp_path):
    """What was read once is not read again."""
    one = write_pdf(tmp_path / "a.pdf", LINES.format(mode=0))
    other = write_pdf(tmp_path / "b.pdf", LINES.format(mode=0), pages=3)
    changed = write_pdf(tmp_path / "c.pdf", LINES.format(mode=0).replace("month", "March"))
    assert page_scan_digest(one, PDF, 1) == page_scan_digest(other, PDF, 3) != page_scan_digest(changed, PDF, 1)


def test_pixels_shown_at_another_size_are_another_page():
    """Boxes are in points: they would not fit."""
    grey = np.full((20, 10), 255, np.uint8)
    sizes = [PageSize(612.0, 792.0), PageSize(612.01, 792.0), PageSize(306.0, 396.0)]
    one, same, other = (scan_digest(PageScan(grey, size)) for size in sizes)
    assert one == same != other
    assert scan_digest(PageScan(grey.reshape(10, 20), sizes[0])) != one


@pytest.mark.skipif("VAUGHN_SHARED" not in os.environ, reason="needs the corpus of real filings")
@pytest.mark.parametrize(
    ("name", "waiting"),
    [("ca4_17", [1]), ("gov.uscourts.cand.203070.27.0", [1, 2]), ("image-pdf", [1, 2]), ("ocr_pdf_variation", [1]),
     ("ca8_", []), ("ca6_1-3", []), ("vector-pdf", [29, 30])],
)  # fmt: skip
def test_real_filings_are_queued_by_page(name, waiting):
    """Courts stamp their caption on scans."""
    pages = read_packed(Path(os.environ["VAUGHN_SHARED"]) / "corpus" / "pdf" / "court" / f"{name}.pdf", PDF)
    assert [page.number for page in pages if needs_ocr(page).is_needed] == waiting
