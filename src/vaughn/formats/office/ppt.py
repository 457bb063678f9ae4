"""PPT, PPS, POT (PowerPoint 97-2003, [MS-PPT]) as records: a page for every slide, with notes and comments.

A file saved "fast" keeps old versions of its slides; only the newest, which the last edit names, is read. If that
list is broken, all slides that stand in the file are read, and it is told.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

from vaughn.formats.office.blips import pictures_in
from vaughn.formats.office.docx_story import in_one_line
from vaughn.formats.office.gathered import Gathered, joined, section
from vaughn.formats.office.locked import no_key, opened_ole, passwords_of
from vaughn.formats.office.objects import unwrapped
from vaughn.formats.office.ole import OleFile, ole_or_none
from vaughn.formats.office.package import locked
from vaughn.formats.office.ppt_locked import fits, opened_stream, ppt_lock
from vaughn.formats.office.ppt_records import (
    C_STRING,
    COMMENT,
    COMMENT_ATOM,
    DOCUMENT,
    HEADERS_FOOTERS,
    HYPERLINK,
    NOTES,
    OLE_STORAGE,
    OUTLINE_REF,
    SLIDE,
    SLIDE_ATOM,
    SLIDE_INFO,
    SLIDE_LIST,
    SLIDE_PERSIST,
    TEXT_HEADER,
    Record,
    persist_offsets,
    record_at,
    records,
    text_of,
    walk,
)
from vaughn.formats.office.propertysets import ole_facts
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind

MAX_OBJECT_BYTES = 128 << 20
MAX_SLIDES = 5000
_ENCRYPTED = 0xF3D1C4DF
_HIDDEN = 0x0004
_SLIDES, _NOTES = 0, 2  # instances of the lists of slides


def read_ppt(request: ReadingRequest) -> Reading:
    """Return the slides of *request*.

    Raises:
        FileRefused: If it is locked, or damaged beyond reading.
    """
    gathered = Gathered(request)
    file = opened_ole(request, lambda _: False)
    if isinstance(file, Reading):
        return file
    data = file.read("PowerPoint Document")
    if _is_locked(file):
        data, file.unlocked = _unlocked(data, _current_edit(file), request), True
    show = _Show(data, gathered)
    show.read(_current_edit(file))
    for name, picture in pictures_in(file.read_if_any("Pictures") or b""):
        gathered.add_part(name, picture)
    return gathered.reading(ole_facts(file, DocumentKind.PRESENTATION))


def _is_locked(file: OleFile) -> bool:
    head = file.read_if_any("Current User") or b""
    return ("EncryptedSummary",) in file or head[12:16] == struct.pack("<I", _ENCRYPTED)


def _unlocked(data: bytes, current_edit: int, request: ReadingRequest) -> bytes:
    lock = ppt_lock(data, current_edit)
    if lock is None:
        raise locked("The file is locked in a way that is not opened here, or damaged.")
    for password in passwords_of(request):
        if fits(lock, password):
            return opened_stream(data, lock, password)
    raise no_key(request)


def _current_edit(file: OleFile) -> int:
    head = file.read_if_any("Current User") or b""
    return int.from_bytes(head[16:20], "little")


@dataclass(slots=True)
class _Listed:
    """One slide (or notes page) of a list: the number of its object, its own number, words kept in the list."""

    persist: int
    identity: int
    texts: list[str] = field(default_factory=list)


class _Show:
    def __init__(self, data: bytes, gathered: Gathered) -> None:
        self._data, self._gathered, self._told = data, gathered, gathered.told
        self._links: dict[str, None] = {}

    def read(self, current_edit: int) -> None:
        found = persist_offsets(self._data, current_edit)
        document = None
        if found is not None:
            offsets, number = found
            document = self._object(offsets.get(number), DOCUMENT)
        if found is None or document is None:
            self._read_all()
        else:
            self._read_listed(document, offsets)
            for offset in offsets.values():
                self._add_object(record_at(self._data, offset, len(self._data)))
        if self._links:
            self._told.external["link"] += len(self._links)
            self._gathered.texts.append(section("Refers to", [f"link: {target}" for target in self._links]))

    def _read_all(self) -> None:
        self._told.part_left_out("The list of slides is broken: slides are in the order they lie in the file.")
        number = 0
        for record in walk(self._data, 0, len(self._data), into=frozenset({SLIDE, NOTES})):
            if record.kind == SLIDE and number < MAX_SLIDES:
                number += 1
                self._gathered.texts.append(joined(f"[Slide {number}]", "\n".join(self._words(record, []))))
            elif record.kind == NOTES:
                self._gathered.texts.append(section("Notes", self._words(record, [])))
            elif record.kind == OLE_STORAGE:
                self._add_object(record)

    def _read_listed(self, document: Record, offsets: dict[int, int]) -> None:
        slides, notes = self._lists(document)
        by_number = {one.identity: one for one in notes}
        for number, listed in enumerate(slides[:MAX_SLIDES], start=1):
            slide = self._object(offsets.get(listed.persist), SLIDE)
            if slide is None:
                self._told.part_left_out("A slide is named and not there.")
                self._gathered.texts.append(joined(f"[Slide {number}]", *listed.texts))
                continue
            hidden, notes_number = self._flags(slide)
            if hidden:
                self._told.hidden["slide"] += 1
            page = by_number.get(notes_number)
            spoken = self._object(offsets.get(page.persist), NOTES) if page is not None else None
            self._gathered.texts.append(
                joined(
                    f"[Slide {number}{' (hidden)' if hidden else ''}]",
                    "\n".join(self._words(slide, listed.texts)),
                    section(
                        "Notes", self._words(spoken, page.texts) if spoken is not None and page is not None else ()
                    ),
                    section("Comments", self._comments(slide)),
                )
            )
        self._note_links(document)

    def _object(self, offset: int | None, kind: int) -> Record | None:
        record = record_at(self._data, offset, len(self._data)) if offset is not None else None
        return record if record is not None and record.kind == kind else None

    def _lists(self, document: Record) -> tuple[list[_Listed], list[_Listed]]:
        found: dict[int, list[_Listed]] = {}
        for record in records(self._data, document.start, document.end):
            if record.kind != SLIDE_LIST:
                continue
            listed = found.setdefault(record.instance, [])
            for one in records(self._data, record.start, record.end):
                if one.kind == SLIDE_PERSIST and one.end - one.start >= 16:
                    persist, _, _, identity = struct.unpack_from("<IIII", self._data, one.start)
                    listed.append(_Listed(persist, identity))
                elif one.kind == TEXT_HEADER and listed:
                    listed[-1].texts.append("")
                elif listed and listed[-1].texts and (text := text_of(self._data, one)) is not None:
                    listed[-1].texts[-1] = text
        return found.get(_SLIDES, []), found.get(_NOTES, [])

    def _flags(self, slide: Record) -> tuple[bool, int]:
        hidden, notes = False, 0
        for record in records(self._data, slide.start, slide.end):
            if record.kind == SLIDE_INFO and record.end - record.start >= 12:
                hidden = bool(int.from_bytes(self._data[record.start + 10 : record.start + 12], "little") & _HIDDEN)
            elif record.kind == SLIDE_ATOM and record.end - record.start >= 20:
                notes = int.from_bytes(self._data[record.start + 16 : record.start + 20], "little")
        return hidden, notes

    def _words(self, slide: Record, outline: list[str]) -> list[str]:
        """Return the words on a slide in the order of its shapes; titles and lists may lie in the *outline*."""
        lines: list[str] = []
        shown: set[int] = set()
        for record in walk(self._data, slide.start, slide.end, into=frozenset({COMMENT, HYPERLINK})):
            if record.kind == OUTLINE_REF and record.end - record.start >= 4:
                place = int.from_bytes(self._data[record.start : record.start + 4], "little")
                if place < len(outline):
                    lines.append(outline[place])
                    shown.add(place)
            elif record.kind == HEADERS_FOOTERS:
                inner = records(self._data, record.start, record.end)
                lines += [text for one in inner if (text := text_of(self._data, one))]
            elif record.kind != C_STRING and (text := text_of(self._data, record)) is not None:
                lines.append(text)
        lines += [text for place, text in enumerate(outline) if place not in shown and text not in lines]
        return [line for line in lines if line.strip() and line.strip() != "*"]

    def _comments(self, slide: Record) -> list[str]:
        lines = []
        for record in walk(self._data, slide.start, slide.end, into=frozenset({COMMENT})):
            if record.kind != COMMENT:
                continue
            said: dict[int, str] = {}
            date = ""
            for one in records(self._data, record.start, record.end):
                if one.kind == C_STRING:
                    said[one.instance] = text_of(self._data, one) or ""
                elif one.kind == COMMENT_ATOM and one.end - one.start >= 20:
                    year, month, _, day, hour, minute = struct.unpack_from("<6H", self._data, one.start + 4)
                    date = f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}"
            by = ", ".join(filter(None, (said.get(0, ""), date))) or "unknown"
            lines.append(f"{by}: {in_one_line(said.get(1, ''))}")
        if lines:
            self._told.changes["comment"] += len(lines)
        return lines

    def _note_links(self, document: Record) -> None:
        for record in walk(self._data, document.start, document.end):
            if record.kind == HYPERLINK:
                for one in records(self._data, record.start, record.end):
                    text = text_of(self._data, one) if one.kind == C_STRING and one.instance == 1 else None
                    if text and not text[:1].isdigit():  # "256,1,Slide 1" leads to a slide of the same show
                        self._links.setdefault(text)

    def _add_object(self, record: Record | None) -> None:
        if record is None or record.kind != OLE_STORAGE:
            return
        body = self._data[record.start : record.end]
        if record.instance == 1:
            try:
                body = zlib.decompressobj().decompress(body[4:], MAX_OBJECT_BYTES)
            except zlib.error:
                self._told.part_left_out("An object inside could not be unpacked.")
                return
        file = ole_or_none(body)
        if file is not None and any(path[0].upper() == "VBA" or path[-1].upper() == "VBA" for path in file.streams):
            self._told.macros += 1
            return
        found = unwrapped(body, f"object-{len(self._gathered.parts) + 1}.bin")
        self._gathered.add_part(found.name, found.data)
