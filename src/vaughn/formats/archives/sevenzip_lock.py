"""How 7z locks members: AES-256 in CBC mode, the key made by hashing the password many times."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from vaughn.formats.archives.aes import BLOCK, chained, round_keys
from vaughn.formats.faults import unreadable

# The program itself writes 19; each step doubles the time: at 24 it takes ten seconds.
MAX_POWER = 24
_PLAIN_KEY = 63
_HASHED_AT_ONCE = 1024


class WrongPassword(ValueError):
    """The password does not open the stream."""


class Unlocking:
    """A step of unpacking: see `sevenzip`."""

    def __init__(self, properties: bytes, password: str, size: int) -> None:
        power, salt, start = _parameters(properties)
        self._keys = round_keys(_key(password, salt, power))
        self._before, self._left = start, size
        self._waiting = b""

    def __call__(self, data: bytes, most: int) -> tuple[bytes, bytes]:
        """Return the unlocked bytes; what is no whole block waits."""
        data = self._waiting + data
        whole = len(data) // BLOCK * BLOCK
        data, self._waiting = data[:whole], data[whole:]
        if not data:
            return b"", b""
        plain = chained(data, self._keys, before=self._before)[: self._left]
        self._before = data[-BLOCK:]
        self._left -= len(plain)
        return plain, b""


def _parameters(properties: bytes) -> tuple[int, bytes, bytes]:
    """Return the power of two of hashes, the salt, and the block before the first."""
    if not properties:
        raise unreadable("The member is locked in a way this program does not know.")
    first = properties[0]
    if not first & 0xC0:
        return first & 0x3F, b"", bytes(BLOCK)
    if len(properties) < 2:
        raise unreadable("The member is locked in a way this program does not know.")
    salt_bytes = (first >> 7 & 1) + (properties[1] >> 4)
    start_bytes = (first >> 6 & 1) + (properties[1] & 0x0F)
    salt = properties[2 : 2 + salt_bytes]
    start = properties[2 + salt_bytes : 2 + salt_bytes + start_bytes]
    if len(start) < start_bytes or start_bytes > BLOCK:
        raise unreadable("The member is locked in a way this program does not know.")
    return first & 0x3F, salt, start.ljust(BLOCK, b"\0")


@lru_cache(maxsize=64)
def _key(password: str, salt: bytes, power: int) -> bytes:
    spelled = password.encode("utf-16-le", "replace")
    if power == _PLAIN_KEY:
        return (salt + spelled)[:32].ljust(32, b"\0")
    if power > MAX_POWER:
        raise unreadable("The member is locked in a way this program does not know.")
    digest = hashlib.sha256()
    together = salt + spelled
    count = 1 << power
    for first in range(0, count, _HASHED_AT_ONCE):
        last = min(count, first + _HASHED_AT_ONCE)
        digest.update(b"".join(together + number.to_bytes(8, "little") for number in range(first, last)))
    return digest.digest()
