"""Locked members of zip archives, opened with given passwords.

The old cipher is undone by `zipfile`, slowly; AES follows WinZip's AE-1 and AE-2: PBKDF2 over the password, counter
mode, an authentication code behind the data that is checked when all of it was read.
"""

from __future__ import annotations

import bz2
import hashlib
import hmac
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO

import numpy as np

from vaughn.formats.archives.aes import BLOCK, Bytes, counted_stream, round_keys
from vaughn.formats.faults import FileRefused, Refusal, unreadable

AES_METHOD = 99
_AES_FIELD = 0x9901
_CODE_BYTES, _CHECK_BYTES = 10, 2
_ROUNDS = 1000  # fixed by the format
_LOCAL_HEAD = 30
_READ_BYTES = 1 << 18
_WRONG = "None of the passwords given opens the member. It was not unpacked."


def open_locked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, source: IO[bytes], passwords: Sequence[str]
) -> IO[bytes]:
    """Return the bytes of a locked member.

    Raises:
        FileRefused: If no password fits, or it is locked in a way this program does not know.
    """
    if info.compress_type == AES_METHOD:
        return _opened_aes(info, source, passwords)
    for secret in _spelled(passwords):
        try:
            stream = archive.open(info, pwd=secret)
            # One password in 256 passes the check of the header: only the whole member tells.
            if _reads_well(stream):
                return archive.open(info, pwd=secret)
        except RuntimeError:
            continue
        except NotImplementedError:
            message = f"The member is packed by a method this program does not know (number {info.compress_type})."
            raise unreadable(message) from None
    raise FileRefused(_WRONG, refusal=Refusal.LOCKED)


def _reads_well(stream: IO[bytes]) -> bool:
    """Tell whether the first bytes unpack at all; a wrong password gives noise, which seldom does."""
    try:
        stream.read(_READ_BYTES)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
        return False
    finally:
        stream.close()
    return True


def _spelled(passwords: Sequence[str]) -> list[bytes]:
    """Return the passwords as bytes; what is no ASCII was written in UTF-8 or in the code page of DOS."""
    found: dict[bytes, None] = {}
    for password in passwords:
        found[password.encode("utf-8", "replace")] = None
        found[password.encode("cp437", "replace")] = None
    return list(found)


def _opened_aes(info: zipfile.ZipInfo, source: IO[bytes], passwords: Sequence[str]) -> IO[bytes]:
    field = _aes_field(info.extra)
    if field is None:
        raise unreadable("The member is locked in a way this program does not know.")
    strength, method = field
    start, salt_bytes = _data_start(source, info), 4 + 4 * strength
    source.seek(start)
    salt, check = source.read(salt_bytes), source.read(_CHECK_BYTES)
    length = info.compress_size - salt_bytes - _CHECK_BYTES - _CODE_BYTES
    if length < 0 or len(salt) < salt_bytes:
        raise unreadable("The member is cut off or broken.")
    key_bytes = 8 + 8 * strength
    for secret in _spelled(passwords):
        derived = hashlib.pbkdf2_hmac("sha1", secret, salt, _ROUNDS, 2 * key_bytes + _CHECK_BYTES)
        if derived[-_CHECK_BYTES:] != check:
            continue
        code = hmac.new(derived[key_bytes : 2 * key_bytes], digestmod="sha1")
        data = _Unlocked(
            source, start + salt_bytes + _CHECK_BYTES, length, keys=round_keys(derived[:key_bytes]), code=code
        )
        return io.BufferedReader(_Unpacked(data, method))
    raise FileRefused(_WRONG, refusal=Refusal.LOCKED)


def _aes_field(extra: bytes) -> tuple[int, int] | None:
    """Return strength (1 to 3) and the method below the lock."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        if kind == _AES_FIELD and size >= 7 and place + 11 <= len(extra):
            _, vendor, strength, method = struct.unpack_from("<H2sBH", extra, place + 4)
            return (strength, method) if vendor == b"AE" and strength in {1, 2, 3} else None
        place += 4 + size
    return None


def _data_start(source: IO[bytes], info: zipfile.ZipInfo) -> int:
    source.seek(info.header_offset)
    head = source.read(_LOCAL_HEAD)
    if len(head) < _LOCAL_HEAD or head[:4] != b"PK\x03\x04":
        raise unreadable("The member is cut off or broken.")
    name_bytes, extra_bytes = struct.unpack_from("<HH", head, 26)
    return info.header_offset + _LOCAL_HEAD + int(name_bytes) + int(extra_bytes)


class _Unlocked:
    """The packed bytes of a member, unlocked as they are read; their authentication code is checked at the end."""

    def __init__(self, source: IO[bytes], start: int, length: int, *, keys: Bytes, code: hmac.HMAC) -> None:
        self._source, self._place, self._left = source, start, length
        self._keys, self._code, self._block = keys, code, 1

    def read(self) -> bytes:
        """Return the next bytes, none at the end."""
        if not self._left:
            return b""
        self._source.seek(self._place)
        wanted = min(self._left, _READ_BYTES)
        data = self._source.read(wanted)
        if len(data) < wanted:
            raise EOFError
        self._code.update(data)
        stream = counted_stream(len(data), self._keys, first_block=self._block)
        self._block += wanted // BLOCK
        self._place += wanted
        self._left -= wanted
        if not self._left and self._source.read(_CODE_BYTES) != self._code.digest()[:_CODE_BYTES]:
            raise unreadable("The member is broken: its authentication code does not fit.")
        return (np.frombuffer(data, np.uint8) ^ np.frombuffer(stream, np.uint8)).tobytes()


class _Unpacked(io.RawIOBase):
    """What the unlocked bytes unpack to."""

    def __init__(self, data: _Unlocked, method: int) -> None:
        super().__init__()
        self._data, self._waiting = data, b""
        match method:
            case zipfile.ZIP_STORED:
                self._unpacking: zlib._Decompress | bz2.BZ2Decompressor | None = None
            case zipfile.ZIP_DEFLATED:
                self._unpacking = zlib.decompressobj(-15)
            case zipfile.ZIP_BZIP2:
                self._unpacking = bz2.BZ2Decompressor()
            case _:
                raise unreadable(f"The member is packed by a method this program does not know (number {method}).")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Unpack the next bytes into *buffer*."""
        while True:
            chunk = self._next(len(buffer))
            if chunk is not None:
                buffer[: len(chunk)] = chunk
                return len(chunk)

    def _next(self, most: int) -> bytes | None:
        """Return up to *most* bytes, none at the end; `None` if more has to be read first."""
        if self._unpacking is None:
            self._waiting = self._waiting or self._data.read()
            chunk, self._waiting = self._waiting[:most], self._waiting[most:]
            return chunk
        if self._unpacking.eof:
            while self._data.read():  # the authentication code stands behind all of it
                pass
            return b""
        if isinstance(self._unpacking, bz2.BZ2Decompressor):
            data = self._data.read() if self._unpacking.needs_input else b""
            done = self._unpacking.needs_input and not data
            chunk = self._unpacking.decompress(data, most)
        else:
            data = self._unpacking.unconsumed_tail or self._data.read()
            done = not data
            chunk = self._unpacking.decompress(data, most)
        if done and not chunk and not self._unpacking.eof:
            raise EOFError
        return chunk or None
