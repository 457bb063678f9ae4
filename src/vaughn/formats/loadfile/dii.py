"""Summation DII: records of tokens, each begun by ``@T``; image file names stand on lines of their own.

``@C column value`` names a field; ``@D @I folder`` or ``@D @V volume:folder`` says where the images are;
``;`` begins a comment. Other tokens become columns of their own name: those we know under a usual name, the
rest as written (and told once). An image line may name a file of several pages: ``file.pdf 1-56``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, RowBatch, TextRows
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.evidence import looks_like_path
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.page_rows import ROWS_PER_BATCH, checked_pages
from vaughn.formats.loadfile.plain_lines import plain_lines
from vaughn.model import read_bates

_TAG = re.compile(r"@T\s+(?P<tag>.+?)(?:\s+(?P<count>\d{1,6}))?$", re.IGNORECASE)
_TOKEN = re.compile(r"@(?P<token>[A-Za-z]+)\s*(?P<value>.*)$", re.DOTALL)
_COLUMN = re.compile(r"(?:\"(?P<quoted>[^\"]+)\"|(?P<plain>\S+))\s*(?P<value>.*)$", re.DOTALL)
_FOLDER = re.compile(r"@(?:I|V\s*(?P<volume>[^:;\\/]*)[:;]?)\s*(?P<folder>.*)$", re.IGNORECASE)
_IMAGE = re.compile(r"(?P<name>.*?\.[A-Za-z0-9]{1,5})(?:[ ,{(]+(?P<first>\d{1,6})(?:\s*-\s*(?P<last>\d{1,6}))?[)}]?)?$")
# Tokens that speak for the file, not for a record.
_OF_FILE = frozenset({"FULLTEXT", "FULLTEXTDIR", "MULTILINE", "DATEFORMAT", "VERSION"})
_NAMES = {
    "BATESBEG": "Begin Bates", "BATESEND": "End Bates", "ATTACH": "Attachment IDs", "PARENTID": "Parent ID",
    "ATTACHRANGE": "Attach Range", "EDOC": "Native Path", "EATTACH": "Native Path", "O": "Text Path",
    "FROM": "From", "TO": "To", "CC": "CC", "BCC": "BCC", "SUBJECT": "Subject", "DATESENT": "Date Sent",
    "TIMESENT": "Time Sent", "DATERCVD": "Date Received", "TIMERCVD": "Time Received", "MSGID": "Message ID",
    "DATECREATED": "Date Created", "DATESAVED": "Date Saved", "FOLDERNAME": "Folder", "L": "File Name",
    "ATTACHMENTNAMES": "Attachment Names", "APPLICATION": "Application", "RELATED": "Related",
}  # fmt: skip
BEGIN, END = "Begin Bates", "End Bates"
MOST_PAGES = 100_000


def is_dii(lines: Sequence[str]) -> bool:
    """Tell whether *lines* begin a DII: a record begins, and images or fields follow."""
    if not lines[0].startswith((";", "@")):
        return False
    tags = sum(_TAG.match(line) is not None for line in lines)
    tokens = sum(line.startswith("@") for line in lines)
    images = sum(_IMAGE.match(line) is not None for line in lines)
    return tags > 0 and (tokens > tags or images > 0)


@dataclass(slots=True)
class DiiImage:
    """One image line: the file and the pages of it that are meant (`last` 0 if the line does not say)."""

    path: str
    volume: str
    first: int
    last: int
    line: int


@dataclass(slots=True)
class DiiRecord:
    """One record."""

    tag: str
    line: int
    start: int
    declared: int
    values: dict[str, str] = field(default_factory=dict)
    images: list[DiiImage] = field(default_factory=list)

    def pages(self) -> list[PageRow]:
        """Return the pages of the record's images, numbered by file name or on from its begin number."""
        rows: list[PageRow] = []
        for image in self.images:
            for page in range(image.first, min(self._last(image), image.first + MOST_PAGES) + 1):
                rows.append(
                    PageRow(
                        key=self._key(image, len(rows)),
                        volume=image.volume,
                        path=image.path,
                        is_break=not rows,
                        page_in_file=page,
                        declared=self.declared if not rows else -1,
                        line=image.line,
                    )
                )
        return rows

    def _last(self, image: DiiImage) -> int:
        if image.last == 0 and len(self.images) == 1 and self.declared > 0:
            return self.declared
        return max(image.first, image.last)

    def _key(self, image: DiiImage, place: int) -> str:
        stem = re.split(r"[\\/]", image.path)[-1].rsplit(".", 1)[0]
        if self._last(image) == image.first and read_bates(stem) is not None:
            return stem
        begin = read_bates(self.values.get(BEGIN) or self.tag)
        return str(begin.shifted(place)) if begin is not None else f"{self.tag}.{place + 1}"


class DiiFile(LoadFile):
    """A Summation DII."""

    def __init__(self, path: Path, name: str, *, dialect: Dialect) -> None:
        super().__init__(name, file_format="dii", kind=LoadFileKind.BOTH, dialect=dialect)
        self._path = path
        self._lines_dialect = dialect
        columns = dict.fromkeys((BEGIN, END))
        for record in self._records(FindingLog(name)):
            columns.update(dict.fromkeys(record.values))
        self.columns = tuple(columns)

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        lines: list[int] = []
        rows: list[tuple[str, ...]] = []
        for record in self._records(log):
            pages = record.pages()
            values = {BEGIN: record.tag, END: pages[-1].key if pages else ""} | record.values
            lines.append(record.line)
            rows.append(tuple(values.get(column, "") for column in self.columns))
            if len(rows) == ROWS_PER_BATCH:
                yield TextRows(lines, rows, width=len(self.columns))
                lines, rows = [], []
        if rows:
            yield TextRows(lines, rows, width=len(self.columns))

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        quiet = FindingLog(self.name)
        return checked_pages((page for record in self._records(quiet) for page in record.pages()), log)

    def _records(self, log: FindingLog) -> Iterator[DiiRecord]:
        record: DiiRecord | None = None
        folder = volume = ""
        told: set[str] = set()
        for line in plain_lines(self._path, self._lines_dialect, log):
            tag = _TAG.match(line.text)
            if tag is not None:
                if record is not None:
                    yield record
                record = DiiRecord(tag["tag"].strip(), line.number, line.start, int(tag["count"] or -1))
                continue
            token = _TOKEN.match(line.text)
            if line.text.startswith(";") or (token is not None and token["token"].upper() in _OF_FILE):
                continue
            if token is not None and token["token"].upper() == "D":
                place = _FOLDER.match(token["value"].strip())
                folder = place["folder"].strip() if place is not None else token["value"].strip()
                volume = (place["volume"] or "").strip() if place is not None else ""
            elif record is None:
                log.add("LF024", "The line stands before the first record; it is kept as received.", line=line.number)
            elif token is not None:
                _add_value(record, token, told, log=log, line=line.number)
            else:
                _add_image(record, line.text, folder, volume=volume, log=log, line=line.number)
        if record is not None:
            yield record


def _add_value(record: DiiRecord, token: re.Match[str], told: set[str], *, log: FindingLog, line: int) -> None:
    name, value = token["token"].upper(), token["value"].strip()
    if name == "C":
        column = _COLUMN.match(value)
        if column is None:
            log.add("LF024", "The line names no column; it is kept as received.", line=line)
            return
        name, value = column["quoted"] or column["plain"], column["value"].strip()
    elif name in _NAMES:
        name = _NAMES[name]
    elif name not in told:
        told.add(name)
        log.add("LF024", f"The token @{name} is not known; its values are kept in a column of that name.", line=line)
    before = record.values.get(name)
    record.values[name] = value if not before else f"{before};{value}"


def _add_image(record: DiiRecord, text: str, folder: str, *, volume: str, log: FindingLog, line: int) -> None:
    match = _IMAGE.match(text)
    if match is None or not looks_like_path(match["name"]):
        log.add("LF024", "The line is neither a token nor an image file; it is kept as received.", line=line)
        return
    base = folder.rstrip("\\/")
    path = f"{base}\\{match['name']}" if base else match["name"]
    first = int(match["first"] or 1)
    # One number after the name says how many pages the file has; two say which.
    span = (first, int(match["last"])) if match["last"] else (1, first if match["first"] else 0)
    record.images.append(DiiImage(path, volume, max(1, span[0]), span[1], line))
