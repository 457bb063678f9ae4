"""Office files with a password, opened with those of the request and with the one that Office itself uses.

That one ("VelvetSweatshop") is a lock that asks nobody: Excel writes it for files only protected against changes.
[MS-OFFCRYPTO]; `msoffcrypto` decrypts all but agile encryption. A password that was not given is not guessed.
"""

from __future__ import annotations

import io
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from vaughn.formats.faults import FileRefused, unreadable
from vaughn.formats.media import package_type
from vaughn.formats.media_ole import OLE
from vaughn.formats.office.agile import NotAgile, agile_key, agile_package, agile_scheme
from vaughn.formats.office.ole import UNLOCKED, OleFile, is_ole, ole_or_none
from vaughn.formats.office.package import locked
from vaughn.formats.readers import registry
from vaughn.formats.readers.content import Reader, Reading, ReadingRequest

OFFICE_DEFAULT = "VelvetSweatshop"
MAX_LOCKED_BYTES = 512 << 20
_AGILE = b"\x04\x00\x04\x00"
# What the library raises for broken files, its own exceptions and those of what it is built on.
_FAULTS = (
    DecryptionError, FileFormatError, ParseError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError,
    struct.error, AssertionError, NotImplementedError, OverflowError, ExpatError, EOFError, RecursionError,
)  # fmt: skip


def reading_of_ole(reader: Reader) -> Reader:
    """Return *reader*, which takes packages, as one that also takes what only stands under the type of a package.

    A locked package is a compound file, and so is a document of Word 97 that somebody called ``.docx``.
    """

    @wraps(reader)
    def read(request: ReadingRequest) -> Reading:
        if is_ole(request.path):
            other = registry.reader_of(OLE)
            assert other is not None, "compound files have a reader"  # noqa: S101 - narrows the type
            return other(request)
        return reader(request)

    return read


def opened_ole(request: ReadingRequest, is_locked: Callable[[OleFile], bool]) -> OleFile | Reading:
    """Return the compound file of *request*, unlocked if it is locked; what it says if it holds a locked package.

    Args:
        is_locked: Tells whether the streams of a file of this type are encrypted.

    Raises:
        FileRefused: If no password fits, or the file is damaged.
    """
    file = OleFile(request.path)
    if ("EncryptedPackage",) in file:
        file.close()
        return _reading_of_package(request)
    if not is_locked(file):
        return file
    file.close()
    data = request.path.read_bytes()
    for password in passwords_of(request):
        opened = _decrypted(data, password)
        if opened is not None:
            found = OleFile(opened)
            found.unlocked = True
            return found
    raise no_key(request)


def passwords_of(request: ReadingRequest) -> list[str]:
    """Return what is tried on a locked file, in order."""
    return list(dict.fromkeys((OFFICE_DEFAULT, *request.passwords)))


def no_key(request: ReadingRequest) -> FileRefused:
    """Return the refusal of a file that nothing tried opens."""
    tried = len(request.passwords)
    return locked(
        "The file has a password." if not tried else f"The file has a password; none of the {tried} given opens it."
    )


@contextmanager
def unlocked_package(request: ReadingRequest) -> Iterator[Path]:
    """Lend the path of the package of *request*: an unlocked copy if it is locked, else the file as it is.

    Readers take files; a locked one is unlocked beside the original, which stays as it is.

    Raises:
        FileRefused: If no password fits, or the file is damaged.
    """
    file = ole_or_none(request.path)
    if file is None or ("EncryptedPackage",) not in file:
        yield request.path
        return
    package = _opened_package(request, file)
    file.close()
    with tempfile.TemporaryDirectory(prefix="vaughn-") as folder:
        path = Path(folder) / "unlocked"
        path.write_bytes(package)
        yield path


def _reading_of_package(request: ReadingRequest) -> Reading:
    with unlocked_package(request) as path:
        kind = package_type(path)
        reader = registry.reader_of(kind)
        if reader is None:
            raise unreadable("The file was unlocked, but what is in it is no Office document.")
        reading = reader(replace(request, path=path, media_type=kind))
        return replace(reading, facts=replace(reading.facts, found=(*reading.facts.found, UNLOCKED)))


def _opened_package(request: ReadingRequest, file: OleFile) -> bytes:
    description = file.read("EncryptionInfo")
    if description[:4] == _AGILE:
        try:
            scheme = agile_scheme(description[8:])
        except NotAgile:
            raise locked("The file is locked in a way that is not opened here.") from None
        stream = file.read("EncryptedPackage", limit_bytes=MAX_LOCKED_BYTES)
        for password in passwords_of(request):
            key = agile_key(scheme, password)
            if key is not None and len(stream) > 8:
                return agile_package(scheme, key, stream)
        raise no_key(request)
    data = request.path.read_bytes()
    for password in passwords_of(request):
        opened = _decrypted(data, password)
        if opened is not None:
            return opened
    raise no_key(request)


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
