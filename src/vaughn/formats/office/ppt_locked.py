"""The main stream of a locked PowerPoint 97-2003 file, opened ([MS-PPT] 2.3.7, [MS-OFFCRYPTO] 2.3.5).

Each object is encrypted by itself, with its own number in the key; the list of objects is not. `msoffcrypto` opens
such files, but leaves some objects unreadable.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext

from vaughn.formats.office.ppt_records import USER_EDIT, persist_offsets, record_at

_SESSION = 0x2F14
_RC4 = 0x6801


@dataclass(frozen=True, slots=True)
class PptLock:
    """How the objects of a file are encrypted, and where they lie."""

    salt: bytes
    key_bits: int
    verifier: bytes
    verifier_hash: bytes
    offsets: dict[int, int]
    session: int
    borders: tuple[int, ...]


def ppt_lock(data: bytes, current_edit: int) -> PptLock | None:
    """Return the lock of *data*, the main stream; `None` if it has none that is known."""
    edit = record_at(data, current_edit, len(data))
    found = persist_offsets(data, current_edit)
    if edit is None or edit.kind != USER_EDIT or edit.end - edit.start < 32 or found is None:
        return None
    directory, session = struct.unpack_from("<12xI12xI", data, edit.start)
    offsets, _ = found
    record = record_at(data, offsets.get(session, len(data)), len(data))
    if record is None or record.kind != _SESSION:
        return None
    try:
        (header_size,) = struct.unpack_from("<8xI", data, record.start)
        algorithm, key_bits = struct.unpack_from("<8xI4xI", data, record.start + 12)
        at = record.start + 12 + header_size
        salt, verifier, verifier_hash = struct.unpack_from("<4x16s16s4x20s", data, at)
    except struct.error:
        return None
    if algorithm not in {0, _RC4} or not 40 <= (key_bits or 40) <= 128:
        return None
    borders = tuple(sorted({*offsets.values(), directory, current_edit, len(data)}))
    return PptLock(salt, key_bits or 40, verifier, verifier_hash, offsets, session, borders)


def fits(lock: PptLock, password: str) -> bool:
    """Tell whether *password* opens *lock*."""
    opening = _cipher(lock, password, 0)
    verifier = opening.update(lock.verifier)
    return hmac.compare_digest(
        hashlib.sha1(verifier, usedforsecurity=False).digest(), opening.update(lock.verifier_hash)
    )


def opened_stream(data: bytes, lock: PptLock, password: str) -> bytes:
    """Return *data* with its objects opened; the password must fit."""
    out = bytearray(data)
    following = dict(zip(lock.borders, lock.borders[1:], strict=False))
    for number, offset in lock.offsets.items():
        end = following.get(offset)
        if number != lock.session and end is not None:
            out[offset:end] = _cipher(lock, password, number).update(data[offset:end])
    return bytes(out)


def _cipher(lock: PptLock, password: str, number: int) -> CipherContext:
    first = hashlib.sha1(lock.salt + password.encode("utf-16-le", "surrogatepass"), usedforsecurity=False).digest()
    key = hashlib.sha1(first + struct.pack("<I", number), usedforsecurity=False).digest()[: lock.key_bits // 8]
    return Cipher(ARC4(key.ljust(16, b"\0") if lock.key_bits == 40 else key), mode=None).decryptor()
