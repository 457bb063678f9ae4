"""Embedded objects (OLE): the file such an object wraps, under the name it was embedded by.

[MS-OLEDS] 2.2 (objects of OLE 1) and 2.3.6 (packages, made by "Insert object from file").
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from vaughn.formats.office.gathered import Gathered
from vaughn.formats.office.ole import OleFile, StreamPath, ole_bytes, ole_or_none

_NATIVE = "\x01Ole10Native"
_HEAD = struct.Struct("<I")
# What the main stream of an embedded document says about its type.
_DOCUMENT_STREAMS = {
    "worddocument": ".doc", "workbook": ".xls", "book": ".xls", "powerpoint document": ".ppt", "visiodocument": ".vsd",
    "__properties_version1.0": ".msg", "contents": ".bin",
}  # fmt: skip
_WHOLE_FILES = ("Package", "CONTENTS", "\x01Ole10ItemName")
_SIGNATURES = (
    (b"%PDF", ".pdf"), (b"PK\x03\x04", ".zip"), (b"\xd0\xcf\x11\xe0", ".bin"), (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"), (b"{\\rtf", ".rtf"), (b"GIF8", ".gif"), (b"BM", ".bmp"),
)  # fmt: skip
# Storages of embedded objects in the root of a workbook ([MS-XLS] 2.1.7.4).
_EMBEDDED = ("MBD", "LNK")
# Streams that belong to the object as such, not to the file in it.
_OBJECT_STREAMS = frozenset(
    {"\x01ole", "\x03objinfo", "\x03eprint", "\x03linkinfo", "\x03ocxname", "\x03print", "\x03meta"}
)


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A file as it was before it was embedded, as far as can be told."""

    name: str
    data: bytes


def unwrapped(data: bytes, name: str) -> Unwrapped:
    """Return the file that *data*, the bytes of an embedded object called *name*, wraps; *data* itself if none."""
    file = ole_or_none(data)
    if file is not None:
        try:
            found = file_of_streams(file.below(), name)
        finally:
            file.close()
        if found is not None:
            return found
    return Unwrapped(name, data)


def file_of_storage(file: OleFile, folder: StreamPath, name: str) -> Unwrapped | None:
    """Return the file that lies in the storage at *folder* of *file*; `None` if nothing in it can be read."""
    return file_of_streams(file.below(*folder), name)


def file_of_streams(streams: dict[StreamPath, bytes], name: str) -> Unwrapped | None:
    """Return the file that *streams* of one object hold: a wrapped one, or the object as a file of its own."""
    stem = name.rpartition(".")[0] or name
    top = {path[0].casefold(): data for path, data in streams.items() if len(path) == 1}
    native = top.get(_NATIVE.casefold())
    if native is not None:
        return native_file(native) or _bare_native(native, name, stem)
    for stream in _WHOLE_FILES:
        data = top.get(stream.casefold())
        if data is not None and (suffix := _suffix_by_signature(data)):
            return Unwrapped(stem + suffix, data)
    for stream, suffix in _DOCUMENT_STREAMS.items():
        if stream in top:
            kept = {path: data for path, data in streams.items() if path[0].casefold() not in _OBJECT_STREAMS}
            return Unwrapped(stem + suffix, ole_bytes(kept))
    return None


def _bare_native(native: bytes, name: str, stem: str) -> Unwrapped:
    """Return what a program kept as it likes, behind its length: a picture, most often."""
    data = native[4:]
    suffix = _suffix_by_signature(data)
    return Unwrapped(stem + suffix, data) if suffix else Unwrapped(name, native)


def native_file(native: bytes) -> Unwrapped | None:
    """Return the file in the stream ``Ole10Native``, under the name it was embedded by; `None` if it is none."""
    try:
        return _native_file(native)
    except (struct.error, IndexError, ValueError):
        return None


def _native_file(native: bytes) -> Unwrapped | None:
    (total,) = _HEAD.unpack_from(native)
    (flags,) = struct.unpack_from("<H", native, 4)
    if flags != 2 or total > len(native):
        return None
    at = 6
    label, at = _text(native, at)
    path, at = _text(native, at)
    at += 4  # flags, and what kind of object
    (length,) = _HEAD.unpack_from(native, at)
    at += 4 + length  # path of a copy that was made for embedding
    (size,) = _HEAD.unpack_from(native, at)
    at += 4
    data = native[at : at + size]
    if len(data) < size:
        return None
    return Unwrapped(_wide_name(native, at + size) or label or path, data)


def _wide_name(native: bytes, at: int) -> str:
    """Return the name in Unicode that newer programs add: three texts, the second is the label."""
    texts = []
    for _ in range(3):
        if at + 4 > len(native):
            return ""
        (letters,) = _HEAD.unpack_from(native, at)
        raw = native[at + 4 : at + 4 + letters * 2]
        if letters > 1024 or len(raw) < letters * 2:
            return ""
        texts.append(raw.decode("utf-16-le", "replace").rstrip("\0"))
        at += 4 + letters * 2
    return texts[1]


def _text(native: bytes, at: int) -> tuple[str, int]:
    end = native.index(b"\0", at, at + 1024)
    return native[at:end].decode("cp1252", "replace"), end + 1


def object_of_ole1(data: bytes) -> Unwrapped | None:
    r"""Return the file in an object of OLE 1 (as RTF writes ``\objdata``); `None` if there is none."""
    try:
        (kind,) = struct.unpack_from("<I", data, 4)
        at, names = 8, []
        for _ in range(3):
            (length,) = _HEAD.unpack_from(data, at)
            names.append(data[at + 4 : at + 4 + length].rstrip(b"\0").decode("cp1252", "replace"))
            at += 4 + length
        (size,) = _HEAD.unpack_from(data, at)
    except struct.error:
        return None
    body = data[at + 4 : at + 4 + size]
    if kind != 2 or not body:  # a link, or a picture
        return None
    if names[0].lower() == "package":
        return native_file(_HEAD.pack(len(body)) + body)
    found = unwrapped(body, "object")
    return (
        found
        if found.data is not body or not _suffix_by_signature(body)
        else Unwrapped("object" + _suffix_by_signature(body), body)
    )


def _suffix_by_signature(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        for folder, suffix in ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx")):
            if folder in data:
                return suffix
    return next((suffix for signature, suffix in _SIGNATURES if data.startswith(signature)), "")


def add_objects(file: OleFile, folder: StreamPath, gathered: Gathered) -> None:
    """Add what the storages right below *folder* of *file* hold, each a file of its own."""
    depth = len(folder)
    start = tuple(step.casefold() for step in folder)
    storages: dict[StreamPath, None] = {}
    for path in file.streams:
        if len(path) > depth + 1 and tuple(step.casefold() for step in path[:depth]) == start:
            storages.setdefault(path[: depth + 1])
    for storage in storages:
        if depth == 0 and not storage[0].upper().startswith(_EMBEDDED):
            continue
        found = file_of_storage(file, storage, storage[-1].strip("_"))
        if found is not None:
            gathered.add_part(found.name, found.data)
