"""CSV and TSV as a sheet: encoding and separator recognised, read in a stream whatever its size.

RFC 4180 and what programs make of it: separators are commas, semicolons, tabs or bars, values may stand in quotes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.office.gathered import Gathered
from vaughn.formats.office.plain import Letters, decoded_text, suffix_of
from vaughn.formats.office.sheet_text import Cell, Row, SheetNotes, row_line
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind, FoundValue, RecordFacts

SAMPLE_BYTES = 256 * 1024
SAMPLE_LINES = 60
SEPARATORS = "\t,;|"
MAX_VALUE_LETTERS = 8 << 20
MAX_LETTERS = 150_000_000


class CsvSheet:
    """The rows of a text file with separators."""

    def __init__(self, path: Path, *, letters: Letters, separator: str) -> None:
        self.name, self.state = "", "visible"
        self.notes = SheetNotes()
        self.letters, self.separator = letters, separator
        self._path = path

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have cells."""
        with self._path.open(encoding=self.letters.encoding, errors="replace", newline="") as file:
            reading = csv.reader(file, delimiter=self.separator)
            number = 0
            while True:
                number += 1
                try:
                    values = _next_values(reading)
                except csv.Error:
                    continue  # a value longer than any; the next row is read
                if values is None:
                    return
                cells = [Cell(column, value) for column, value in enumerate(values, start=1) if value]
                if number == 1 and cells:
                    cells[0].text = cells[0].text.removeprefix("\ufeff")
                if cells:
                    yield Row(number, cells)


def _next_values(reading: Iterator[list[str]]) -> list[str] | None:
    """Return the values of the next row; the limit is one for all readers of the process, and others have their own."""
    before = csv.field_size_limit(MAX_VALUE_LETTERS)
    try:
        return next(reading, None)
    finally:
        csv.field_size_limit(before)


def open_csv(path: Path, *, name: str) -> CsvSheet:
    """Return the file at *path* as a sheet.

    Raises:
        FileRefused: If it is empty or no text.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if not sample.strip(b"\0 \t\r\n"):
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    letters = decoded_text(sample)
    if letters is None:
        raise unreadable("The file is not text.")
    return CsvSheet(path, letters=letters, separator=separator_of(letters.text, suffix=suffix_of(name)))


def separator_of(text: str, *, suffix: str = "") -> str:
    """Return what separates the values of *text*, the beginning of a file: what every line has equally often."""
    lines = [line for line in io.StringIO(text[:SAMPLE_BYTES], newline=None) if line.strip()][:SAMPLE_LINES]
    if len(lines) > 1 and not text.endswith(("\n", "\r")):
        lines.pop()  # may be cut off
    best, separator = 0.0, "\t" if suffix in {".tsv", ".tab"} else ","
    for candidate in SEPARATORS:
        counts = [len(values) - 1 for values in csv.reader(lines, delimiter=candidate)]
        usual = max(set(counts), key=counts.count) if counts else 0
        share = counts.count(usual) / len(counts) if usual else 0.0
        if share > best:
            best, separator = share, candidate
    return separator


def read_csv(request: ReadingRequest) -> Reading:
    """Return the table of *request*, a row a line, its values parted by tabs.

    Raises:
        FileRefused: If it is empty or no text.
    """
    gathered = Gathered(request)
    sheet = open_csv(request.path, name=request.name)
    if sheet.letters.guessed:
        gathered.told.guessed = sheet.letters.encoding
    lines: list[str] = []
    left = MAX_LETTERS
    for row in sheet.rows():
        lines.append(row_line(row.cells))
        left -= len(lines[-1]) + 1
        if left < 0:
            gathered.told.part_left_out("The table is longer than can be kept; its last rows were left out.")
            break
    gathered.texts.append("\n".join(lines))
    found = (FoundValue("Encoding", sheet.letters.encoding), FoundValue("Separator", repr(sheet.separator)))
    return gathered.reading(RecordFacts(DocumentKind.SPREADSHEET, found=found))
