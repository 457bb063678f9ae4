"""Spreadsheets of all kinds: hidden things are marked and counted, values read as they are meant."""

# ruff: noqa: E501 -- markup reads better in one line

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.office.made import CORPUS, ODS, OLE, XLSX, S, pages, read, read_file, text, told, xlsx, zipped
from vaughn.formats.faults import FileRefused
from vaughn.formats.office import sheet_window
from vaughn.formats.office.sheet_values import Shape, column_name, column_number, number_text, shape_of
from vaughn.formats.readers import ReadingRequest

HIDDEN = (
    "<cols><col min='2' max='2' hidden='1'/></cols><sheetData>"
    "<row r='1'><c r='A1' t='inlineStr'><is><t>Name</t></is></c><c r='B1' t='inlineStr'><is><t>Salary</t></is></c></row>"
    "<row r='2' hidden='1'><c r='A2' t='inlineStr'><is><t>Ann</t></is></c><c r='B2'><v>5</v></c></row>"
    "<row r='4'><c r='C4'><f>SUM(B2:B3)</f><v>5</v></c></row></sheetData>"
)


def test_hidden_rows_columns_and_sheets_are_marked_and_counted(tmp_path):
    """What an agency hid in a produced sheet is the first thing to look at."""
    reading = read(
        xlsx(HIDDEN, "<sheetData/>", "<sheetData/>", states=("", "hidden", "veryHidden")), tmp_path, kind=XLSX
    )
    assert pages(reading) == [
        "[Sheet: S1]\n\n[Hidden columns: B]\n\nName\tSalary\n[hidden] Ann\t5\n\t\t5\n\n[Formulas]\nC4: =SUM(B2:B3)",
        "[Sheet: S2 (hidden)]",
        "[Sheet: S3 (very hidden)]",
    ]
    assert told(reading)["IN010"] == "Hidden: 1 row, 1 column, 2 sheets."


def test_days_are_days_by_their_format_and_their_calendar(tmp_path):
    """The same number is another day in a workbook that counts from 1904."""
    styles = f"<styleSheet {S}><numFmts><numFmt numFmtId='170' formatCode='[$-409]d\\-mmm\\-yy;@'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='10'/></cellXfs></styleSheet>"
    rows = "<sheetData><row r='1'><c s='1'><v>39000</v></c><c s='2'><v>39000.5</v></c><c s='3'><v>0.256</v></c><c><v>0.30000000000000004</v></c></row></sheetData>"
    reading = read(xlsx(rows, styles_xml=styles), tmp_path, kind=XLSX)
    assert pages(reading)[0].endswith("2006-10-10\t2006-10-10 12:00:00\t25.6%\t0.3")
    later = read(xlsx(rows, styles_xml=styles, book="<workbookPr date1904='1'/>"), tmp_path, kind=XLSX)
    assert "2010-10-11\t" in text(later)


@pytest.mark.parametrize(
    ("number", "code", "shape"),
    [
        (14, None, Shape.DATE), (22, None, Shape.MOMENT), (46, None, Shape.ELAPSED), (0, None, Shape.NUMBER),
        (164, "yyyy\\-mm\\-dd", Shape.DATE), (164, "[h]:mm", Shape.ELAPSED), (164, "hh:mm", Shape.TIME),
        (164, '#,##0.00 "days"', Shape.NUMBER), (164, "[Red]0.0", Shape.NUMBER), (164, "0.0%", Shape.PERCENT),
        (164, ";;;", Shape.UNSEEN), (164, "mmm", Shape.DATE), (164, "General", Shape.NUMBER), (164, '_("$"* #,##0_)', Shape.NUMBER),
    ],
)  # fmt: skip
def test_formats_say_how_a_number_is_meant(number, code, shape):
    """Letters in quotes or brackets are words, not parts of a date."""
    assert shape_of(number, code) is shape


@pytest.mark.parametrize(
    ("value", "shape", "said"),
    [(1, Shape.DATE, "1900-01-01"), (59, Shape.DATE, "1900-02-28"), (61, Shape.DATE, "1900-03-01"), (0.5, Shape.TIME, "12:00:00"),
     (1.5, Shape.ELAPSED, "36:00:00"), (-3, Shape.DATE, "-3"), (1e300, Shape.DATE, "1e+300"), (123456789012, Shape.NUMBER, "123456789012")],
)  # fmt: skip
def test_numbers_are_written_as_they_were_typed(value, shape, said):
    """Excel counts a 29th of February 1900 that never was."""
    assert number_text(float(value), shape) == said


@given(st.integers(1, 20000))
def test_names_of_columns_are_their_numbers(column):
    """A comment names its cell by letters."""
    assert column_number(column_name(column)) == column


def test_shared_words_cannot_swell_without_end(tmp_path):
    """A small file must not become a million pages."""
    strings = f"<sst {S}><si><t>{'x' * 30000}</t></si></sst>"
    rows = "<sheetData>" + "<row><c t='s'><v>0</v></c></row>" * 200 + "</sheetData>"
    reading = read(xlsx(rows, sharedStrings_xml=strings), tmp_path, kind=XLSX)
    assert sum(page.characters for page in reading.pages) < 2_200_000
    assert "IN014" in told(reading)


def test_a_cell_in_the_last_corner_takes_no_memory(tmp_path):
    """A grid of seventeen thousand million cells is never made."""
    rows = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>"
    assert pages(read(xlsx(rows), tmp_path, kind=XLSX)) == ["[Sheet: S1]\n\n1\n\t\t\t2"]


def test_entities_are_not_expanded(tmp_path):
    """The file holds a string of ten thousand million letters, in two hundred thousand."""
    reading = read_file(CORPUS / "poc-xmlbomb.xlsx", kind=XLSX)
    assert sum(page.characters for page in reading.pages) < 100
    assert "IN014" in told(reading)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("TwoSheetsOneHidden.xls", "", "[Sheet: Sheet1 (hidden)]\n\nSheet1A1\n[Sheet: Sheet2]\n\nSheet2A1"),
        ("xor-encryption-abc.xls", "abc", "[Sheet: Sheet1]\n\n1\n2\n3"),
        ("protected_passtika.xlsb", "tika", "[Sheet: Sheet1]\n\nYou can't see me"),
        ("1904DateWindowing.xls", "", "[Sheet: Sheet1]\n\n2000-01-01\t2000-01-01\n[Sheet: Sheet2]\n[Sheet: Sheet3]"),
    ],
)
def test_old_and_binary_workbooks_are_read(name, password, said):
    """Known answers of real files."""
    assert text(read_file(CORPUS / name, kind=OLE, passwords=(password,))) == said


def test_comments_of_an_old_workbook_name_cell_and_author():
    """The words of a comment lie far from its cell in the file."""
    reading = read_file(CORPUS / "SimpleWithComments.xls", kind=OLE)
    assert "B2, Yegor Kozlov: Yegor Kozlov: ¶ second cell" in pages(reading)[0]
    assert told(reading)["IN011"] == "There are 3 comments."


def _ods(rows: str, styles: str = "") -> bytes:
    names = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    names += ' xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    return zipped(
        {
            "mimetype": ODS,
            "content.xml": f"<o:document-content {names}>{styles}<o:body><o:spreadsheet>{rows}</o:spreadsheet></o:body></o:document-content>",
        }
    )


def test_an_ods_is_read_with_its_repetitions(tmp_path):
    """One cell stands for a thousand in the file."""
    rows = (
        "<t:table t:name='A' t:style-name='h'><t:table-column/><t:table-column t:visibility='collapse'/>"
        "<t:table-row t:number-rows-repeated='2'><t:table-cell o:value-type='float' o:value='7'><x:p>7,00</x:p></t:table-cell></t:table-row>"
        "<t:table-row t:number-rows-repeated='1000000'><t:table-cell t:number-columns-repeated='1024'/></t:table-row>"
        "<t:table-row t:visibility='filter'><t:table-cell t:formula='of:=[.A1]' o:value-type='date' o:date-value='2011-01-17'/>"
        "<t:table-cell><x:p>b</x:p></t:table-cell></t:table-row></t:table><t:table t:name='B'/>"
    )
    styles = (
        "<o:automatic-styles><s:style s:name='h'><s:table-properties t:display='false'/></s:style></o:automatic-styles>"
    )
    reading = read(_ods(rows, styles), tmp_path, kind=ODS)
    assert pages(reading) == [
        "[Sheet: A (hidden)]\n\n[Hidden columns: B]\n\n7\n7\n[hidden] 2011-01-17\tb\n\n[Formulas]\nA1000003: =[.A1]",
        "[Sheet: B]",
    ]
    assert told(reading)["IN010"] == "Hidden: 1 sheet, 1 row, 1 column."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Name;Day\nJosé;\"1.2.; 2011\"\n".encode("cp1252"), "Name\tDay\nJosé\t1.2.; 2011"),
        ("a\tb\n1\t2\n".encode("utf-16"), "a\tb\n1\t2"),
        (b"a,b\n\n,2\n", "a\tb\n\t2"),
        (b'a,"b\nc"\n1,2\n', "a\tb c\n1\t2"),
        (b"only words here\nand here\n", "only words here\nand here"),
    ],
)  # fmt: skip
def test_tables_in_text_are_read_whatever_parts_their_values(data, said, tmp_path):
    """No file says how it is written."""
    assert text(read(data, tmp_path, kind="text/csv", name="a.csv")).strip("\n") == said.strip("\n")


def test_a_window_shows_some_rows_as_they_stand(tmp_path):
    """A screen never loads a million rows."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(HIDDEN, "<sheetData/>", states=("", "hidden")))
    window = sheet_window(ReadingRequest(path, XLSX, "a.xlsx"), 1, first_row=2, rows=3)
    assert [(row.number, row.is_hidden, row.cells) for row in window.rows] == [
        (2, True, ("Ann", "5", "")), (3, False, ("", "", "")), (4, False, ("", "", "5")),
    ]  # fmt: skip
    assert window.rows[2].formulas == (None, None, "=SUM(B2:B3)")
    assert (window.hidden_columns, window.has_more) == ((2,), False)
    assert [(sheet.name, sheet.is_hidden) for sheet in window.sheets] == [("S1", False), ("S2", True)]
    assert sheet_window(ReadingRequest(path, XLSX, "a.xlsx"), 1, first_row=1, rows=1).has_more


@pytest.mark.parametrize("name", ["TwoSheetsOneHidden.xls", "protected_passtika.xlsb"])
def test_a_window_opens_every_kind_of_workbook(name):
    """The screen does not ask what program wrote the file."""
    window = sheet_window(ReadingRequest(CORPUS / name, OLE, name, ("tika",)), 1)
    assert len(window.rows) == 1


def test_a_window_on_a_sheet_that_is_not_there_is_refused(tmp_path):
    """Better than a window on another one."""
    path = tmp_path / "a.ods"
    path.write_bytes(
        _ods("<t:table t:name='A'><t:table-row><t:table-cell><x:p>b</x:p></t:table-cell></t:table-row></t:table>")
    )
    request = ReadingRequest(path, ODS, "a.ods")
    assert sheet_window(request, 1).rows[0].cells == ("b",)
    with pytest.raises(FileRefused):
        sheet_window(request, 2)


def _damaged(data: bytes, seed: int) -> bytes:
    draw, out = random.Random(seed), bytearray(data)
    for _ in range(draw.randrange(1, 30)):
        at = draw.randrange(len(out))
        out[at : at + draw.randrange(1, 4)] = draw.randbytes(draw.randrange(4))
    return bytes(out[: draw.randrange(len(out) // 2, len(out) + 1)])


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["TwoSheetsOneHidden.xls", "SimpleWithComments.xls", "xor-encryption-abc.xls"]),
    st.integers(0, 2**32),
)
def test_a_damaged_workbook_is_read_or_refused(tmp_path_factory, name, seed):
    """Nothing else is ever raised, whatever byte is wrong."""
    data = _damaged((CORPUS / name).read_bytes(), seed)
    with suppress(FileRefused):
        read(data, tmp_path_factory.getbasetemp(), kind=OLE, passwords=("abc",))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_sheet_of_any_package_is_read_or_refused(tmp_path_factory, seed):
    """The bytes of the parts are wrong, the zip is right."""
    draw = random.Random(seed)
    for kind, data in (
        (XLSX, xlsx(HIDDEN, sharedStrings_xml=f"<sst {S}><si><t>x</t></si></sst>")),
        (
            ODS,
            _ods("<t:table t:name='A'><t:table-row><t:table-cell><x:p>b</x:p></t:table-cell></t:table-row></t:table>"),
        ),
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            parts: dict[str, str | bytes] = {
                name: _damaged(held.read(name), draw.randrange(2**32)) if draw.random() < 0.4 else held.read(name)
                for name in held.namelist()
            }
        with suppress(FileRefused):
            read(zipped(parts), Path(tmp_path_factory.getbasetemp()), kind=kind)
