"""EDRM XML 1.2: ``Root/Batch/Documents/Document`` with files, tags and locations; relationships beside them.

Read as a stream. Entities are not expanded, nothing outside the file is opened, and a tree is dropped as soon
as it was read. Attribute names vary between writers; upper and lower case and namespaces do not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow, PageRowBatch, RowBatch, TextRows
from vaughn.formats.loadfile.log import FindingLog
from vaughn.formats.loadfile.page_rows import ROWS_PER_BATCH, checked_pages

_FIRST_ELEMENT = re.compile(r"<(?:\w+:)?([A-Za-z]\w*)")
_INSIDE = re.compile(r"DataInterchangeType|<(?:\w+:)?Batch[\s>/]")
DOC_ID, PARENT, CUSTODIAN, SOURCE = "DOCID", "Parent ID", "Custodian", "Source Path"
NATIVE, TEXT = "Native Path", "Text Path"
FIRST_COLUMNS = (DOC_ID, PARENT, NATIVE, TEXT, CUSTODIAN, SOURCE)


def is_edrm(text: str) -> bool:
    """Tell whether *text*, the beginning of a file, is EDRM XML."""
    first = _FIRST_ELEMENT.search(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else None
    return first is not None and first[1] == "Root" and _INSIDE.search(text) is not None


@dataclass(slots=True)
class EdrmDocument:
    """One document: its values by column, and the paths of its page images."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)

    def add(self, column: str, value: str) -> None:
        """Keep *value*; several values of one column are joined with semicolons."""
        if column and value:
            before = self.values.get(column)
            self.values[column] = f"{before};{value}" if before else value


class EdrmFile(LoadFile):
    """An EDRM XML file. Its first reading finds the tags (columns) and the relationships."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(name, file_format="edrm", kind=LoadFileKind.DOCUMENTS)
        self._path = path
        self._parents: dict[str, str] = {}
        columns = dict.fromkeys(FIRST_COLUMNS)
        for document in self._documents(FindingLog(name)):
            columns.update(dict.fromkeys(document.values))
            if document.images:
                self.kind = LoadFileKind.BOTH
        self.columns = tuple(columns)

    def _document_rows(self, log: FindingLog) -> Iterator[RowBatch]:
        lines: list[int] = []
        rows: list[tuple[str, ...]] = []
        for document in self._documents(log):
            parent = self._parents.get(document.values.get(DOC_ID, ""), "")
            values = {PARENT: parent} | document.values
            lines.append(document.line)
            rows.append(tuple(values.get(column, "") for column in self.columns))
            if len(rows) == ROWS_PER_BATCH:
                yield TextRows(lines, rows, width=len(self.columns))
                lines, rows = [], []
        if rows:
            yield TextRows(lines, rows, width=len(self.columns))

    def _page_rows(self, log: FindingLog) -> Iterator[PageRowBatch]:
        return checked_pages(self._images(), log)

    def _images(self) -> Iterator[PageRow]:
        for document in self._documents(FindingLog(self.name)):
            for place, path in enumerate(document.images):
                stem = re.split(r"[\\/]", path)[-1].rsplit(".", 1)[0]
                yield PageRow(
                    key=stem, volume="", path=path, is_break=place == 0, page_in_file=1, declared=-1, line=document.line
                )

    def _documents(self, log: FindingLog) -> Iterator[EdrmDocument]:
        """Yield documents as they end; relationships are kept for `_document_rows`."""
        events = etree.iterparse(
            str(self._path), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        inside = 0
        try:
            for event, element in events:
                name = _local(element.tag)
                if name == "document":
                    inside += 1 if event == "start" else -1
                if event == "start":
                    continue
                if name == "document" and inside == 0:
                    yield _document(element)
                elif name == "relationship":
                    self._relate(element)
                if inside == 0:
                    _forget(element)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 1
            log.add("LF018", "The XML is broken or cut off here; the documents before it were read.", line=line)
        else:
            if events.root is not None and events.root.getroottree().docinfo.internalDTD is not None:
                log.add("LF024", "The XML declares a document type; its entities were not expanded.", line=1)

    def _relate(self, element: etree._Element) -> None:
        parent, child = _attribute(element, "parentdocid"), _attribute(element, "childdocid")
        if parent and child:
            self._parents[child] = parent


def _forget(element: etree._Element) -> None:
    """Free what was read, so that memory stays flat."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _local(tag: object) -> str:
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def _attribute(element: etree._Element, *names: str) -> str:
    """Return the first attribute whose name, in lower case, is one of *names*."""
    values = {_local(name): str(value) for name, value in element.attrib.items()}
    return next((values[name].strip() for name in names if values.get(name)), "")


def _document(element: etree._Element) -> EdrmDocument:
    document = EdrmDocument(element.sourceline or 1)
    document.add(DOC_ID, _attribute(element, "docid", "id"))
    for part in element.iter():
        name = _local(part.tag)
        if name == "tag":
            value = _attribute(part, "tagvalue") or _text_of(part)
            document.add(_attribute(part, "tagname").lstrip("#"), value)
        elif name == "file":
            _add_files(document, part)
        elif name == "custodian":
            document.add(CUSTODIAN, _text_of(part))
        elif name == "locationuri":
            document.add(SOURCE, _text_of(part))
    return document


def _add_files(document: EdrmDocument, file: etree._Element) -> None:
    kind = _attribute(file, "filetype").lower()
    for part in file.iter():
        if _local(part.tag) != "externalfile":
            continue
        folder, name = _attribute(part, "filepath"), _attribute(part, "filename")
        path = (
            f"{folder.rstrip('/' + chr(92))}\\{name}"
            if folder and name and not folder.endswith(name)
            else folder or name
        )
        if kind == "image":
            document.images.append(path)
        elif kind in {"text", "native"}:
            document.add(TEXT if kind == "text" else NATIVE, path)
            digest = _attribute(part, "hash")
            if kind == "native" and digest:
                document.add(_attribute(part, "hashtype").replace("-", "").upper() or "MD5", digest)


def _text_of(element: etree._Element) -> str:
    return "".join(part for part in element.itertext() if isinstance(part, str)).strip()
