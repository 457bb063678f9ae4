"""A table of text is read as a sheet and leaves no trace on other readers of the process."""

from __future__ import annotations

import csv

from vaughn.formats.office.csv_sheet import open_csv


def test_long_values_are_read_and_the_limit_of_others_stays(tmp_path):
    """Python has one limit for all readers of a process: whoever read a docket after a sheet missed its bad cells."""
    path = tmp_path / "a.csv"
    path.write_text(f"No.,Text\n1,{'x' * 200_000}\n2,short\n")
    before = csv.field_size_limit()
    rows = open_csv(path, name="a.csv").rows()
    assert [cell.text for cell in next(rows).cells] == ["No.", "Text"]
    assert csv.field_size_limit() == before
    assert [len(row.cells[1].text) for row in rows] == [200_000, 5]
    assert csv.field_size_limit() == before
