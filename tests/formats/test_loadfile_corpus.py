"""A real Justice Department volume and its variants give the documents and pages that are known of them."""

from pathlib import Path

import pytest

from vaughn.formats.loadfile import LoadFile, recognise

CORPUS = Path(__file__).parents[1] / "corpus" / "loadfiles"
FIRST, LAST = ("EFTA00008529", "EFTA00008584"), ("EFTA00008998", "EFTA00009015")
WHOLE = [
    "VOL00006.DAT", "delims-caret-pipe.dat", "delims-csv.csv", "enc-cp1252.dat", "enc-utf16be-bom.dat",
    "enc-utf16le-bom.dat", "enc-utf8-bom.dat", "eol-lf.dat", "eol-none-at-end.dat", "fields-8.dat",
]  # fmt: skip
FAULTS = [
    ("bad-duplicate-header.dat", "LF007", 1, 13),
    ("bad-extra-column-line8.dat", "LF010", 8, 13),
    ("bad-invalid-bytes-line4.dat", "LF002", 4, 13),
    ("bad-missing-column-line8.dat", "LF009", 8, 13),
    ("bad-raw-newline-in-field-line7.dat", "LF012", 7, 13),
    ("bad-unclosed-quote-line5.dat", "LF011", 5, 13),
    ("empty.dat", "LF001", 1, 0),
    ("header-only.dat", "LF022", 1, 0),
]
# Faults that only the receiving checks can see: nothing may be said, and nothing lost, by reading.
SILENT = ["bad-duplicate-begin-line6.dat", "bad-end-before-begin-line8.dat", "bad-overlap-line8.dat", "warn-dates.dat"]
NOTES = {"LF003", "LF020"}


def opened(name: str) -> LoadFile:
    load_file = recognise(CORPUS / name, name=name)
    assert load_file is not None
    return load_file


def rows_of(load_file: LoadFile) -> list[tuple[str, ...]]:
    return [row for batch in load_file.documents() for row in batch.rows()]


@pytest.mark.parametrize("name", WHOLE)
def test_the_volume_reads_the_same_however_it_is_written(name: str) -> None:
    """13 documents, from EFTA00008529 to EFTA00009015."""
    load_file = opened(name)
    rows = rows_of(load_file)
    assert (len(rows), rows[0][:2], rows[-1][:2]) == (13, FIRST, LAST)
    assert {finding.code for finding in load_file.findings} <= NOTES


@pytest.mark.parametrize(("name", "code", "line", "documents"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_seeded_fault_is_named_with_its_line(name: str, code: str, line: int, documents: int) -> None:
    """And no other fault is."""
    load_file = opened(name)
    assert len(rows_of(load_file)) == documents
    found = [(finding.code, finding.place.line) for finding in load_file.findings if finding.code not in NOTES]
    assert found == [(code, line)]


@pytest.mark.parametrize("name", SILENT)
def test_faults_between_rows_are_left_to_the_checks(name: str) -> None:
    """Every row arrives as it stands, wrong numbers and all."""
    load_file = opened(name)
    assert len(rows_of(load_file)) == 13
    assert {finding.code for finding in load_file.findings} <= NOTES


def test_the_page_list_names_every_page_of_every_pdf() -> None:
    """487 rows, 13 documents; each row names the PDF, so the page inside it is counted."""
    load_file = opened("VOL00006.OPT")
    (pages,) = load_file.pages()
    assert (len(pages), int(pages.breaks.sum()), int(pages.declared[pages.breaks].sum())) == (487, 13, 487)
    assert pages.keys[55:58] == ["EFTA00008584", "EFTA00008585", "EFTA00008586"]
    assert pages.paths[55:57] == ["IMAGES\\0001\\EFTA00008529.pdf", "IMAGES\\0001\\EFTA00008585.pdf"]
    assert pages.page_in_file[54:58].tolist() == [55, 56, 1, 2]
    assert load_file.findings == []


@pytest.mark.parametrize("name", ["first3.lfp", "first3.dii"])
def test_other_page_lists_name_the_same_pages(name: str) -> None:
    """102 single pages of three documents."""
    load_file = opened(name)
    (pages,) = load_file.pages()
    assert (len(pages), int(pages.breaks.sum())) == (102, 3)
    assert (pages.keys[0], pages.keys[-1]) == ("EFTA00008529", "EFTA00008630")
    assert load_file.findings == []
