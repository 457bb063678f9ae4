from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.formats.made_pdf import write_pdf
from vaughn.formats.pages import FileRefused, Refusal, page_count, read_pages, render_page
from vaughn.formats.pdf.pages import REOPEN_AFTER_PAGES
from vaughn.model import TextSource

PDF = "application/pdf"
CORPUS = Path(__file__).parents[2] / "corpus" / "pdf"
LOCKED = {"bug1782186.pdf", "encrypted.pdf", "poppler-395-0-fuzzed.pdf"}


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_a_locked_file_asks_for_its_password(name):
    """The paralegal needs to know that a password is missing, not that a file is bad."""
    with pytest.raises(FileRefused) as refused:
        page_count(CORPUS / name, PDF)
    assert refused.value.refusal is Refusal.LOCKED


def _pages_or_code(path):
    try:
        return list(read_pages(path, PDF))
    except FileRefused as refused:
        return refused.code


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.pdf")), ids=lambda path: path.name)
def test_every_hostile_file_is_read_or_refused(path):
    """Each of these has hung or crashed some reader."""
    pages = _pages_or_code(path)
    if isinstance(pages, str):
        assert pages in {"FL006", "FL007", "FL012"}
        return
    assert len(pages) == page_count(path, PDF)
    for page in pages:
        if page.source is not TextSource.FAILED:
            assert render_page(path, PDF, page.number, width_px=300).startswith(b"\xff\xd8")


def test_an_empty_file_is_told_from_a_broken_one(tmp_path):
    """Empty files are asked for again; broken ones may be repaired."""
    empty, broken = tmp_path / "e.pdf", tmp_path / "b.pdf"
    empty.write_bytes(b"")
    broken.write_bytes(b"%PDF-1.4 and nothing of use")
    for path, code in ((empty, "FL007"), (broken, "FL006")):
        with pytest.raises(FileRefused) as refused:
            page_count(path, PDF)
        assert refused.value.code == code


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
def test_a_cut_off_file_is_read_or_refused(tmp_path, share):
    """Disks fill up in the middle of a copy."""
    whole = write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (text) Tj ET", pages=30).read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    pages = _pages_or_code(cut)
    assert pages == "FL006" or 1 <= len(pages) <= 30


def test_a_file_that_opens_with_an_empty_password_is_read(tmp_path):
    """Agencies forbid copying that way; reading stays free."""
    path = tmp_path / "owner.pdf"
    with pikepdf.open(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (text) Tj ET")) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert [page.text for page in read_pages(path, PDF)] == ["text"]


def test_one_broken_page_does_not_take_the_others(tmp_path):
    """Never drop a page silently: it is there, and failed."""
    path = write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (text) Tj ET", pages=3)
    path.write_bytes(path.read_bytes().replace(b"6 0 obj\n<< /Type /Page ", b"6 0 obj\n(( /Type /Page "))
    sources = [page.source for page in read_pages(path, PDF)]
    assert sources.count(TextSource.EMBEDDED) == 2
    assert len(sources) in {2, 3}


def test_pages_beyond_the_end_are_refused(tmp_path):
    """Load files name pages that a file does not have."""
    path = write_pdf(tmp_path / "a.pdf", "")
    assert [page.number for page in read_pages(path, PDF, first=1, last=9)] == [1]
    with pytest.raises(FileRefused, match="1 pages"):
        render_page(path, PDF, 2, width_px=100)


def test_a_long_file_is_read_to_its_end(tmp_path):
    """It is opened anew on the way, so that memory stays flat."""
    path = write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 72 700 Td (text) Tj ET", pages=REOPEN_AFTER_PAGES * 2 + 5)
    pages = list(read_pages(path, PDF))
    assert [page.number for page in pages] == list(range(1, REOPEN_AFTER_PAGES * 2 + 6))
    assert {page.text for page in pages} == {"text"}
