"""Tables of entries that somebody kept in a spreadsheet: columns are known, asked for, or given."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from tests.formats.docket.test_reading import read
from vaughn.formats.docket import ColumnUse, DocketFact, DocketKind, EntryField, docket_columns, read_docket
from vaughn.model import InputError

SHEET = "No.,Date Filed,Docket Text,Filed By,Ref.\n1,4/27/2010,COMPLAINT,NDLON,x\n41,2011-02-07,OPINION,,\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "pipe"])
def test_known_columns_are_read_and_others_are_kept(tmp_path, delimiter):
    """What the program does not know may be what the person needs."""
    found = read(tmp_path, SHEET.replace(",", delimiter))
    first, second = found.entries
    assert found.kind is DocketKind.TABLE
    assert (first.number, first.date_filed, first.description, first.line) == ("1", date(2010, 4, 27), "COMPLAINT", 2)
    assert first.facts == (DocketFact("Filed by", "NDLON"), DocketFact("Ref.", "x"))
    assert (second.date_filed, second.facts) == (date(2011, 2, 7), ())
    assert [(one.code, one.place.field) for one in found.findings] == [("DK006", "Ref.")]


def test_a_workbook_is_read_like_a_text(tmp_path):
    """Remarks stand above the header, days are days of the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in (["Our docket"], [], ["ECF No.", "Date", "Description"], [41, date(2011, 2, 7), "=1+1 OPINION"]):
        sheet.append(cells)
    sheet["C4"].data_type = "s"
    book.save(tmp_path / "docket.xlsx")
    (entry,) = read_docket(tmp_path / "docket.xlsx", name="docket.xlsx").entries
    assert (entry.number, entry.date_filed, entry.description, entry.line) == (
        "41",
        date(2011, 2, 7),
        "=1+1 OPINION",
        4,
    )


def test_the_person_is_asked_about_columns_that_stay_unclear(tmp_path):
    """Two columns cannot both be the number; a name that is not known says nothing."""
    path = tmp_path / "x.csv"
    path.write_text("No.,Entry No.,Date,Docket Text,Ref.\n1,7,4/27/2010,COMPLAINT,x\n", encoding="utf-8")
    assert docket_columns(path, name="x.csv") == (
        ColumnUse("No.", EntryField.NUMBER),
        ColumnUse("Entry No.", None, is_unclear=True),
        ColumnUse("Date", EntryField.DATE_FILED),
        ColumnUse("Docket Text", EntryField.DESCRIPTION),
        ColumnUse("Ref.", None, is_unclear=True),
    )


def test_a_given_map_wins(tmp_path):
    """What the person says is not asked again."""
    path = tmp_path / "x.csv"
    path.write_text("A,B,C\n41,2/7/2011,OPINION\n", encoding="utf-8")
    columns = {"a": EntryField.NUMBER, "B": EntryField.DATE_FILED, "C": EntryField.DESCRIPTION}
    found = read_docket(path, name="x.csv", columns=columns)
    assert [(entry.number, entry.date_filed, entry.description) for entry in found.entries] == [
        ("41", date(2011, 2, 7), "OPINION")
    ]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [(("1", "2"), EntryField.NUMBER), (("1:10-cv-03488", "1:10-cv-03488"), EntryField.CASE_NUMBER)],
    ids=["entry", "case"],
)
def test_a_name_that_may_mean_two_things_is_decided_by_its_values(tmp_path, values, field):
    """A "Docket No." is the number of the entry on one desk and of the case on the next."""
    path = tmp_path / "x.csv"
    rows = "".join(f"{value},4/27/2010,ORDER\n" for value in values)
    path.write_text(f"Docket No.,Date,Description\n{rows}", encoding="utf-8")
    assert docket_columns(path, name="x.csv")[0] == ColumnUse("Docket No.", field)


def test_a_table_without_a_description_is_asked_about(tmp_path):
    """The headers are named, so that the person can say which is which."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, "A,B\n1,2\n")
    assert "A, B" in caught.value.hint


def test_rows_that_are_odd_are_said_and_kept(tmp_path):
    """Too many cells, an impossible day, an open quotation mark."""
    found = read(tmp_path, 'No.,Date Filed,Docket Text\n1,2/30/2011,A,more\n,,\n2,2/28/2011,"B\n3,3/1/2011,C\n')
    assert [one.code for one in found.findings] == ["DK003", "DK001", "DK002"]
    assert [entry.number for entry in found.entries] == ["1", "2"]
    assert found.entries[0].facts == (DocketFact("Column 4", "more"),)


def test_a_table_with_pieces_of_html_is_a_table(tmp_path):
    """People copy docket texts out of the browser."""
    found = read(tmp_path, 'No.,Date,Docket Text\n1,4/27/2010,"<b>COMPLAINT</b> <a href=x>1</a>"\n')
    assert [entry.description for entry in found.entries] == ["<b>COMPLAINT</b> <a href=x>1</a>"]


def test_a_cell_without_end_costs_its_row_alone(tmp_path):
    """Python's csv module stops at 131,072 letters."""
    found = read(tmp_path, f"No.,Date Filed,Docket Text\n1,4/27/2010,{'x' * 200_000}\n2,4/28/2010,ORDER\n")
    assert ([entry.number for entry in found.entries], [one.code for one in found.findings]) == (["2"], ["DK001"])


def test_the_case_is_taken_from_its_columns(tmp_path):
    """A table of several cases is said to be one."""
    text = (
        "Case Number,Case Name,Court,No.,Date,Description\n1:10-cv-03488-SAS,A et al v. B,nysd,1,4/27/2010,C\n"
        "1:11-cv-1,D,nysd,1,1/1/2011,E\n"
    )
    found = read(tmp_path, text)
    assert (found.docket_number, found.case_name, found.court_id) == ("1:10-cv-03488", "A v. B", "nysd")
    assert [one.code for one in found.findings] == ["DK007", "DK007"]
