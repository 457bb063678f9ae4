"""Office files with a password are opened with those of the request, and with Office's own for a lock that asks nobody.

That one is "VelvetSweatshop": Excel writes it for files that are only protected against changes. [MS-OFFCRYPTO]; `msoffcrypto` decrypts all but agile encryption. A password that was not given is not guessed.
"""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from vaughn.formats.faults import FileRefused, unreadable
from vaughn.formats.media import package_type
from vaughn.formats.office.agile import NotAgile, agile_key, agile_package, agile_scheme
from vaughn.formats.office.ole import OleFile
from vaughn.formats.office.package import locked
from vaughn.formats.readers import registry
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import FoundValue

OFFICE_DEFAULT = "VelvetSweatshop"
MAX_LOCKED_BYTES = 512 << 20
_AGILE = b"\x04\x00\x04\x00"
# What the library raises for broken files, its own exceptions and those of what it is built on.
_FAULTS = (
    DecryptionError, FileFormatError, ParseError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError,
    struct.error, AssertionError, NotImplementedError, OverflowError, ExpatError, EOFError, RecursionError,
)  # fmt: skip


def opened_ole(request: ReadingRequest, is_locked: Callable[[OleFile], bool]) -> OleFile | Reading:
    """Return the compound file of *request*, unlocked if it is locked; what it says if it holds a locked package.

    Args:
        is_locked: Tells whether the streams of a file of this type are encrypted.

    Raises:
        FileRefused: If no password fits, or the file is damaged.
    """
    file = OleFile(request.path)
    if ("EncryptedPackage",) in file:
        return _reading_of_package(request, file)
    if not is_locked(file):
        return file
    file.close()
    data = request.path.read_bytes()
    for password in _passwords(request):
        opened = _decrypted(data, password)
        if opened is not None:
            return OleFile(opened)
    raise _no_key(request)


def unlocked_facts(request: ReadingRequest, reading: Reading) -> Reading:
    """Return *reading* with the fact that the file of *request* was locked."""
    del request
    note = FoundValue("Locked", "opened with a password that was given, or with Office's own")
    return replace(reading, facts=replace(reading.facts, found=(*reading.facts.found, note)))


def _passwords(request: ReadingRequest) -> list[str]:
    return list(dict.fromkeys((OFFICE_DEFAULT, *request.passwords)))


def _no_key(request: ReadingRequest) -> FileRefused:
    tried = len(request.passwords)
    return locked(
        "The file has a password." if not tried else f"The file has a password; none of the {tried} given opens it."
    )


def _reading_of_package(request: ReadingRequest, file: OleFile) -> Reading:
    package = _opened_package(request, file)
    file.close()
    # Readers take files; a locked one is unlocked beside the original, which stays as it is.
    with tempfile.TemporaryDirectory(prefix="vaughn-") as folder:
        path = Path(folder) / "unlocked"
        path.write_bytes(package)
        kind = package_type(path)
        reader = registry.reader_of(kind)
        if reader is None:
            raise unreadable("The file was unlocked, but what is in it is no Office document.")
        return unlocked_facts(request, reader(replace(request, path=path, media_type=kind)))


def _opened_package(request: ReadingRequest, file: OleFile) -> bytes:
    description = file.read("EncryptionInfo")
    if description[:4] == _AGILE:
        try:
            scheme = agile_scheme(description[8:])
        except NotAgile:
            raise locked("The file is locked in a way that is not opened here.") from None
        stream = file.read("EncryptedPackage", limit_bytes=MAX_LOCKED_BYTES)
        for password in _passwords(request):
            key = agile_key(scheme, password)
            if key is not None and len(stream) > 8:
                return agile_package(scheme, key, stream)
        raise _no_key(request)
    data = request.path.read_bytes()
    for password in _passwords(request):
        opened = _decrypted(data, password)
        if opened is not None:
            return opened
    raise _no_key(request)


def _decrypted(data: bytes, password: str) -> bytes | None:
    """Return *data* opened with *password*; `None` if that is not the right one.

    Raises:
        FileRefused: If the file is damaged, or locked in a way that is not known.
    """
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if getattr(file, "format", "") == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        out = io.BytesIO()
        file.decrypt(out)
    except InvalidKeyError:
        return None
    except _FAULTS:
        raise locked("The file is locked in a way that is not opened here, or damaged.") from None
    return out.getvalue()
