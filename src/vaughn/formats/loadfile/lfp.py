"""IPRO page lists: ``IM,key,boundary,offset,@volume;folder;file;type[,rotation]``.

``OF`` names a native, ``IT`` a text file. The boundary is D (document), C (child document), or a larger one
(folder, box, source), which begins a document too. The offset is 0 for a file of one page and counts from 1
inside a larger file. The type code is not used: writers disagree on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, RowBatch, TextRows
from vaughn.formats.loadfile.dialect import Dialect
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.page_rows import ROWS_PER_BATCH, checked_pages
from vaughn.formats.loadfile.plain_lines import PlainLine, plain_lines

_IMAGE = re.compile(r"IM,(?P<key>[^,]+),(?P<boundary>[^,]?),(?P<offset>\d*),(?P<file>@?.*)", re.IGNORECASE)
_LINK = re.compile(r"(?P<command>OF|IT),(?P<key>[^,]+),(?P<file>@.*)", re.IGNORECASE)
_FILE = re.compile(r"@?(?P<volume>[^;]*);(?P<folder>[^;]*);(?P<name>[^;]*?)(?:;[^;]*|,\d*)?$")
_COMMAND = re.compile(r"[A-Z]{2},[^,]+,", re.IGNORECASE)
BREAKS = frozenset("DCFBS")
CHILD = "C"
COLUMNS = ("Begin Bates", "End Bates", "Parent ID", "Native Path", "Text Path")
MOST = 0.8


def is_lfp(lines: Sequence[str]) -> bool:
    """Tell whether *lines* are rows of an LFP: most are commands, and one is an image with a file."""
    rows = [line for line in lines if not line.startswith("##")]
    commands = sum(_COMMAND.match(line) is not None for line in rows)
    images = sum(_IMAGE.match(line) is not None and _FILE.search(line) is not None for line in rows)
    return images > 0 and commands >= MOST * len(rows)


@dataclass(slots=True)
class LfpDocument:
    """A document as far as its lines were read."""

    begin: str
    line: int
    end: str = ""
    parent: str = ""
    native: str = ""
    text: str = ""

    def row(self) -> tuple[str, ...]:
        """Return the values in the order of COLUMNS."""
        return (self.begin, self.end or self.begin, self.parent, self.native, self.text)


class LfpFile(LoadFile):
    """An IPRO page list; its documents are given if it names natives, texts or children."""

    def __init__(self, path: Path, name: str, *, dialect: Dialect) -> None:
        super().__init__(name, file_format="lfp", kind=LoadFileKind.PAGES, dialect=dialect)
        self._path = path
        self._lines_dialect = dialect
        if any(_says_more_than_pages(line.text) for line in plain_lines(path, dialect, FindingLog(name))):
            self.kind = LoadFileKind.BOTH
            self.columns = COLUMNS

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        return checked_pages(self._images(log), log)

    def _images(self, log: FindingLog) -> Iterator[PageRow]:
        for line in plain_lines(self._path, self._lines_dialect, log):
            match = _IMAGE.match(line.text)
            if match is not None:
                yield _page(match, line, log)
            elif _LINK.match(line.text) is None and not line.text.startswith("##"):
                log.add("LF024", "The line is no image, native or text line; it is kept as received.", line=line.number)

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        if self.kind is not LoadFileKind.BOTH:
            return
        documents: list[LfpDocument] = []
        for document in self._documents(log):
            documents.append(document)
            if len(documents) == ROWS_PER_BATCH:
                yield _batch(documents)
                documents = []
        if documents:
            yield _batch(documents)

    def _documents(self, log: FindingLog) -> Iterator[LfpDocument]:
        current: LfpDocument | None = None
        parent = ""
        for line in plain_lines(self._path, self._lines_dialect, FindingLog(self.name)):
            image, link = _IMAGE.match(line.text), _LINK.match(line.text)
            if image is None and link is None:
                continue
            key = (image or link)["key"].strip()  # type: ignore[index]
            boundary = image["boundary"].upper() if image is not None else ""
            begins = boundary in BREAKS and boundary != "" if image is not None else not _is_of(key, current)
            if current is None or (begins and current.begin != key):
                if current is not None:
                    yield current
                current = LfpDocument(key, line.number)
            if boundary == CHILD:
                current.parent = parent
            elif boundary in BREAKS and boundary:
                parent = key
            if image is not None:
                current.end = key
            elif link is not None:
                _add_link(current, link, line, log)
        if current is not None:
            yield current


def _is_of(key: str, document: LfpDocument | None) -> bool:
    """Tell whether a native or text of *key* belongs to *document*: its first or latest page bears the key."""
    return document is not None and key in {document.begin, document.end}


def _says_more_than_pages(text: str) -> bool:
    if _LINK.match(text) is not None:
        return True
    match = _IMAGE.match(text)
    return match is not None and match["boundary"].upper() == CHILD


def _page(match: re.Match[str], line: PlainLine, log: FindingLog) -> PageRow:
    file = _FILE.match(match["file"])
    if file is None:
        log.add("PL007", "The row names no volume, folder and file.", line=line.number)
    boundary = match["boundary"].strip().upper()
    return PageRow(
        key=match["key"].strip(),
        volume=file["volume"].strip() if file is not None else "",
        path=_joined(file) if file is not None else "",
        is_break=boundary != "" and boundary in BREAKS,
        page_in_file=max(1, int(match["offset"][:9] or 0)),
        declared=-1,
        line=line.number,
        start=line.start,
    )


def _joined(file: re.Match[str]) -> str:
    folder, name = file["folder"].strip().rstrip("\\/"), file["name"].strip()
    return f"{folder}\\{name}" if folder else name


def _add_link(document: LfpDocument, link: re.Match[str], line: PlainLine, log: FindingLog) -> None:
    file = _FILE.match(link["file"])
    if file is None:
        log.add("PL007", "The row names no volume, folder and file.", line=line.number)
    elif link["command"].upper() == "OF":
        document.native = _joined(file)
    elif not document.text:
        document.text = _joined(file)
    else:
        log.add("LF024", "The line names the text of a single page; it is kept as received.", line=line.number)


def _batch(documents: list[LfpDocument]) -> TextRows:
    rows = [document.row() for document in documents]
    return TextRows([document.line for document in documents], rows, width=len(COLUMNS))
