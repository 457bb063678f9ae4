"""Compound files: which program made one; properties, and text that is easy to reach, of those of other programs.

Of Publisher files the text is read (the ``TEXT`` parts of the stream ``Quill``); of all others only the properties,
and it is told. A locked OOXML file looks like this too, and is opened.
"""

from __future__ import annotations

from vaughn.formats.office.doc import read_doc
from vaughn.formats.office.gathered import Gathered
from vaughn.formats.office.locked import opened_ole
from vaughn.formats.office.ole import OleFile
from vaughn.formats.office.ppt import read_ppt
from vaughn.formats.office.propertysets import ole_facts
from vaughn.formats.office.xls import read_xls
from vaughn.formats.readers.content import Reader, Reading, ReadingRequest
from vaughn.model import DocumentKind

# An encrypted package may lie beside a WordDocument that says only that it is encrypted; all readers see to that.
_READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (("Workbook", "Book"), read_xls),
    (("PowerPoint Document",), read_ppt),
    (("WordDocument",), read_doc),
)
_QUILL = ("Quill", "QuillSub", "CONTENTS")
_FIRST_ENTRY, _ENTRY_BYTES, _MAX_ENTRIES = 0x20, 24, 2000


def read_ole(request: ReadingRequest) -> Reading:
    """Return the compound file of *request*, of whatever program: what lies in its root says which.

    Raises:
        FileRefused: If it is damaged, or locked and no password opens it.
    """
    file = OleFile(request.path)
    try:
        for names, reader in _READERS:
            if any((name,) in file for name in names):
                return reader(request)
    finally:
        file.close()
    return read_other_ole(request)


def read_other_ole(request: ReadingRequest) -> Reading:
    """Return what is known of the compound file of *request*.

    Raises:
        FileRefused: If it is damaged, or a locked document that no password opens.
    """
    gathered = Gathered(request)
    file = opened_ole(request, lambda _: False)
    if isinstance(file, Reading):
        return file
    text = quill_text(file.read_if_any(*_QUILL) or b"")
    if text.strip():
        gathered.texts.append(text)
    else:
        gathered.told.part_left_out("Only the properties of the file were read: text of this type is not.")
    kind = DocumentKind.TEXT_DOCUMENT if text else DocumentKind.OTHER
    return gathered.reading(ole_facts(file, kind))


def quill_text(data: bytes) -> str:
    """Return the text in *data*, the stream a Publisher file keeps its words in; nothing if there is none."""
    pieces = []
    for number in range(_MAX_ENTRIES):
        at = _FIRST_ENTRY + number * _ENTRY_BYTES
        entry = data[at : at + _ENTRY_BYTES]
        if len(entry) < _ENTRY_BYTES or entry[:2] != b"\x18\x00":
            break
        start, length = int.from_bytes(entry[16:20], "little"), int.from_bytes(entry[20:24], "little")
        if entry[12:16] == b"TEXT":
            body = data[start : start + length]
            pieces.append(body[: len(body) // 2 * 2].decode("utf-16-le", "replace"))
    text = "".join(pieces).replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t").strip("\n")
