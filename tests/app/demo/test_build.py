"""The demo must be the release it says it is, and hold nothing private."""

import csv
import hashlib
import re
import time
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

import vaughn.app.demo
from vaughn.app.demo import build_demo

HOME = Path(vaughn.app.demo.__file__).parent


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    started = time.process_time()
    productions = build_demo(folder)
    return folder, productions, time.process_time() - started


def rows(path, encoding):
    """Read a DAT of ours the plain way, independently of the program's own reader."""
    lines = path.read_bytes().decode(encoding).split("\r\n")[:-1]
    header, *found = ([value.strip("þ") for value in line.split("\x14")] for line in lines)
    return [dict(zip(header, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def first(demo):
    return rows(demo[0] / "STATE-SCB001" / "DATA" / "STATE-SCB001.dat", "utf-8-sig")


@pytest.fixture(scope="module")
def later(demo):
    return rows(demo[0] / "F-2014-20439" / "F-2014-20439.dat", "cp1252")


def letters(text):
    """Leave out blanks, and hyphens: PDFium joins words that were parted at the end of a line."""
    return re.sub(r"[\s\x02\ufffe-]", "", text)


def codes(found):
    return Counter(code for row in found for code in row["EXEMPTIONS"].split("; ") if code)


def test_the_first_volume_has_the_known_totals(first):
    """The corpus README counted them on the same text by other means."""
    assert len(first) == 296
    assert sum(int(row["PGCOUNT"]) for row in first) == 848
    assert Counter(row["RELEASE TYPE"] for row in first) == {"PART": 173, "FULL": 123}
    assert codes(first) == {
        "B6": 153, "B5": 47, "B3": 7, "B7(A)": 2, "B1": 1, "B7(C)": 1, "B7(D)": 1, "B7(E)": 1, "1.4(D)": 1,
    }  # fmt: skip


def test_the_later_volume_has_the_known_totals(later):
    """A production numbered by document has one number a document."""
    assert (len(later), sum(int(row["PGCOUNT"]) for row in later)) == (110, 318)
    assert Counter(row["RELEASE TYPE"] for row in later) == {"PART": 70, "FULL": 40}
    assert codes(later) == {"B6": 63, "B5": 18, "B3": 5, "B7(A)": 1, "B7(C)": 1}
    assert all(row["BEGDOC"] == row["ENDDOC"] for row in later)


def test_a_message_released_twice_lost_its_exemption(first, later):
    """The pair that a person compared side by side: withheld in May, released in full later."""
    assert [row["EXEMPTIONS"] for row in first if row["DOCID"] == "C05739798"] == ["B5"]
    assert [(row["RELEASE TYPE"], row["EXEMPTIONS"]) for row in later if row["BEGDOC"] == "C05795775"] == [("FULL", "")]


def test_page_numbers_run_without_gap_and_stand_on_their_pages(demo, first):
    """The page list, the ranges and the stamps are one numbering."""
    listed = list(csv.reader((demo[0] / "STATE-SCB001/DATA/STATE-SCB001.opt").read_text("ascii").splitlines()))
    assert [row[0] for row in listed] == [f"STATE-SCB{number:07d}" for number in range(45000, 45848)]
    assert [row[0] for row in listed if row[3] == "Y"] == [row["BEGBATES"] for row in first]
    misread = 0
    for row in first:
        text = (demo[0] / "STATE-SCB001" / row["TEXTLINK"].replace("\\", "/").lstrip("/")).read_text("utf-8")
        begin = int(row["BEGBATES"][-7:])
        for offset, page in enumerate(text.split("\f")):
            stamp = re.search(r"STATE-([S5])CB ?(\d{5} ?\d\d)\b", page)
            assert stamp is not None
            assert int(stamp[2].replace(" ", "")) == begin + offset
            misread += stamp[1] == "5"
    assert misread == 179


def test_every_page_of_a_pdf_shows_the_text_of_its_page(demo, first):
    """The pages are typewritten from the text, so both must say the same words."""
    for row in first[::37]:
        volume = demo[0] / "STATE-SCB001"
        pages = (volume / row["TEXTLINK"].replace("\\", "/").lstrip("/")).read_text("utf-8").split("\f")
        pdf = pypdfium2.PdfDocument(volume / row["PDFLINK"].replace("\\", "/").lstrip("/"))
        shown = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
        pdf.close()
        assert [letters(page) for page in shown] == [letters(page) for page in pages]


def test_no_private_address_is_left(demo):
    """What the demo shows goes to every user of the program."""
    private = re.compile(
        r"clinton\w*mail|gmail|yahoo|hotmail|\(\d{3}\) ?\d{3}-\d{4}|(?<![\d-])\d{3}[-.]\d{3}[-.]\d{4}\b", re.I
    )
    texts = [path.read_text("utf-8") for path in demo[0].rglob("*.txt")]
    assert len(texts) == 406
    assert [found[0] for text in texts for found in private.finditer(text)] == []
    assert sum(text.count("[address left out of the demo]") for text in texts) == 400
    assert sum("[press article left out of the demo" in text for text in texts) == 87


def test_building_takes_a_moment_only(demo):
    """`make demo` must reach the first search within a minute."""
    assert demo[2] < 15


def test_the_third_production_is_two_pdfs_without_a_load_file(demo):
    """A small request, answered by scan and again by native file."""
    assert [path.suffix for path in demo[1][2].path.iterdir()] == [".pdf", ".pdf"]


def test_every_shipped_record_has_its_row(demo):
    """A file without source, terms and hash in the README must not ship."""
    readme = (HOME / "README.md").read_text("utf-8")
    shipped = [path for path in HOME.rglob("*") if path.is_file() and path.suffix in {".xz", ".pdf"}]
    assert len(shipped) == 3
    for path in shipped:
        assert path.relative_to(HOME).as_posix() in readme
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme
