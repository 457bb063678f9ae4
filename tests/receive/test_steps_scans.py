"""Numbers printed on pictures of pages are read by OCR in small doses, and what was not read is said."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.receive.volumes import RELEASED_ON, dat, new_case, opt, write_tree
from vaughn.formats.pages import ocr_available, pack_words, unpack_text
from vaughn.model import PageText, TextSource
from vaughn.receive import Ocr, check_production, read_scans, receive
from vaughn.store import CaseFile, FindingQuery
from vaughn.store.schema import OCR_CACHE

needs_ocr = pytest.mark.skipif(not ocr_available(), reason="OCR is not installed")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with new_case(tmp_path / "case") as opened:
        yield opened


def picture(foot: str) -> bytes:
    """Return a page as a TIFF of 100 dots an inch with *foot* at its lower right."""
    page = Image.new("L", (850, 1100), 255)
    pen = ImageDraw.Draw(page)
    pen.text((100, 400), "The body of the page", fill=0, font=ImageFont.load_default(size=24))
    pen.text((600, 1040), foot, fill=0, font=ImageFont.load_default(size=22))
    out = BytesIO()
    page.convert("1").save(out, "TIFF", compression="group4", dpi=(100, 100))
    return out.getvalue()


def scanned(case: CaseFile, root: Path, feet: list[str]) -> None:
    """Receive one document whose pages are pictures with these words at their feet, and a text file."""
    labels = [f"ABC{n:06d}" for n in range(1, len(feet) + 1)]
    files: dict[str, bytes | str] = {
        "L.dat": dat(("BEGBATES", "ENDBATES", "TEXTPATH"), [(labels[0], labels[-1], r"TEXT\ABC000001.txt")]),
        "L.opt": opt([(label, rf"IMG\{label}.tif", label == labels[0], None) for label in labels]),
        "TEXT/ABC000001.txt": "\f".join(["Words of the page"] * len(feet)),
    }
    files |= {f"IMG/{label}.tif": picture(foot) for label, foot in zip(labels, feet, strict=True)}
    receive(case, write_tree(root / "in", files), agency="X", released_on=RELEASED_ON, ocr=Ocr.NEVER)


def codes(case: CaseFile) -> list[tuple[str, int]]:
    return [(one.code, one.count) for one in check_production(case, 1).findings if one.code in ("BN010", "BN011")]


def test_pages_nobody_looked_at_are_no_finding(case: CaseFile, tmp_path: Path) -> None:
    """That no number was read must not sound as if there were none."""
    scanned(case, tmp_path, ["ABC000001", "ABC000002"])
    assert codes(case) == []
    assert "Check 15 was not run: the pages were not read for printed numbers" in [
        str(one) for one in check_production(case, 1).not_run
    ]


@needs_ocr
def test_margins_are_read_ends_first_and_only_once(case: CaseFile, tmp_path: Path) -> None:
    """First and last page tell most; the budget may be spent before the rest."""
    scanned(case, tmp_path, ["ABC000001", "ABC000002", "no number", "ABC000009"])
    assert read_scans(case, 1, most=0).left == 4
    told = read_scans(case, 1, most=2)
    assert (told.pages, told.left) == (2, 2)
    assert [page.stamped for page in case.pages(1)] == ["ABC000001", None, None, "ABC000009"]
    partly = [str(one) for one in check_production(case, 1).not_run if one.number == 15]
    assert partly == ["Check 15 looked at 2 of 4 pages; the others are pictures that OCR has not read"]
    assert codes(case) == [("BN010", 1)]
    assert (read_scans(case, 1).pages, read_scans(case, 1).pages) == (2, 0)
    assert codes(case) == [("BN010", 1), ("BN011", 1)]
    assert [page.stamped for page in case.pages(1)] == ["ABC000001", "ABC000002", None, "ABC000009"]
    assert all(case.packed_words(page.id) is not None for page in case.pages(1))
    assert 15 not in {one.number for one in check_production(case, 1).not_run}


@needs_ocr
def test_a_page_that_ocr_cannot_read_is_a_finding_and_waits_no_more(case: CaseFile, tmp_path: Path) -> None:
    """A page that is passed over in silence is taken for one without a number."""
    scanned(case, tmp_path, ["ABC000001", "ABC000002"])
    broken = next(file for file in case.source_files(1) if file.path.endswith("ABC000002.tif"))
    stored = case.blobs.path(broken.blob.sha256)
    stored.chmod(0o600)
    stored.write_bytes(b"no picture")
    assert (read_scans(case, 1).pages, read_scans(case, 1).pages) == (2, 0)
    told = [one.finding for one in case.findings(FindingQuery(limit=None)).rows if one.finding.code == "FL006"]
    assert [(one.place.bates, one.place.path) for one in told] == [("ABC000002", "IMG/ABC000002.tif")]


def captioned(body: str) -> bytes:
    """Return a PDF page that is a picture of *body* with a court's caption in text above it."""
    page = Image.new("L", (850, 1100), 255)
    ImageDraw.Draw(page).text((100, 400), body, fill=0, font=ImageFont.load_default(size=26))
    out = BytesIO()
    page.save(out, "PDF", resolution=100)
    pdf = pikepdf.open(BytesIO(out.getvalue()))
    fonts = pikepdf.Dictionary(F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                                     BaseFont=pikepdf.Name.Helvetica))  # fmt: skip
    pdf.pages[0].Resources.Font = pdf.make_indirect(fonts)
    pdf.pages[0].contents_add(b"BT /F1 9 Tf 200 775 Td (Case 1:10-cv-03488 Document 97) Tj ET")
    made = BytesIO()
    pdf.save(made)
    return made.getvalue()


@needs_ocr
def test_a_scan_with_a_caption_is_read_and_its_own_layer_kept(case: CaseFile, tmp_path: Path) -> None:
    """A court's stamp is text enough for a search that finds nothing else on the page."""
    body = "Nobody could search the words of this scanned page"
    receive(case, write_tree(tmp_path / "in", {"one.pdf": captioned(body)}), agency="X", released_on=RELEASED_ON,
            ocr=Ocr.NEVER)  # fmt: skip
    (page,) = case.pages(1)
    assert page.text_source is TextSource.DOUBTFUL
    assert read_scans(case, 1).pages == 1
    (page,) = case.pages(1)
    assert page.text_source is TextSource.OCR
    assert "scanned page" in unpack_text(case.packed_words(page.id))
    other = case.other_words(page.id)
    assert unpack_text(other.packed).split() == ["Case", "1:10-cv-03488", "Document", "97"]
    assert read_scans(case, 1).pages == 0


@needs_ocr
def test_a_picture_that_was_read_is_not_read_again(case: CaseFile, tmp_path: Path) -> None:
    """The same page comes in every release; reading it costs two seconds each time."""
    same = picture("ABC000001")
    receive(case, write_tree(tmp_path / "in", {"a.tif": same, "b/c.tif": same}), agency="X", released_on=RELEASED_ON,
            ocr=Ocr.NEVER)  # fmt: skip
    assert read_scans(case, 1, most=1).left == 1
    first = next(page for document in (1, 2) for page in case.pages(document) if page.text_source is TextSource.OCR)
    with case.writing("test.marked") as change:
        cached = pack_words(PageText("as it was read before", ()))
        change.update(OCR_CACHE, ("packed",), [(1, cached)])
    assert (read_scans(case, 1).pages, read_scans(case, 1).pages) == (1, 0)
    other = next(page for document in (1, 2) for page in case.pages(document) if page.id != first.id)
    assert unpack_text(case.packed_words(other.id)) == "as it was read before"
