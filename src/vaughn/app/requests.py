"""The coverage of a request as a table for people: what the terminal, the screens and a spreadsheet share."""

from __future__ import annotations

from pathlib import Path

from vaughn.formats.lists import csv_pieces, write_xlsx
from vaughn.model import InputError, UsageError
from vaughn.request import Coverage, CoverageCell

Row = tuple[str, ...]


def coverage_rows(found: Coverage) -> tuple[tuple[str, ...], list[Row]]:
    """Return the columns and rows of the matrix; an empty cell is an empty text."""
    rows = [
        (
            row.item.number or "",
            f"{'  ' * row.item.depth}{row.item.title}",
            *(cell_in_words(cell) for cell in row.cells),
        )
        for row in found.rows
    ]
    return ("number", "item", *found.agencies), rows


def cell_in_words(cell: CoverageCell) -> str:
    """Return ``2 releases, 3 listed, 10 documents``; empty for nothing."""
    parts = (
        (len(cell.releases), "release", "releases"),
        (len(cell.listed), "listed document", "listed documents"),
        (len(cell.documents), "document", "documents"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count)


def write_table(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    """Write a table as CSV or XLSX, by the ending of its name.

    Raises:
        UsageError: If it ends otherwise.
        InputError: If the file exists.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"{path.name} is no kind of table.", hint="End it with .xlsx or .csv.")
    if path.exists():
        raise InputError(f"{path} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    part = path.with_name(f"{path.name}.part")
    if path.suffix.lower() == ".csv":
        part.write_bytes(b"".join(csv_pieces(columns, rows)))
    else:
        write_xlsx(part, columns, rows)
    part.replace(path)
