"""AES as archives need it: the cipher of FIPS 197 over many blocks at once, in counter mode and undone in CBC mode.

Written out with NumPy because no small library with it is among the dependencies, and only for opening what others
locked: nothing is kept secret here, so that the time it takes may depend on the data.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK = 16
Bytes = NDArray[np.uint8]


def _product(left: int, right: int) -> int:
    """Return the product in the field of AES (FIPS 197, 4.2)."""
    total = 0
    while right:
        if right & 1:
            total ^= left
        left = (left << 1) ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return total


def _substitution() -> Bytes:
    """Return the S-box: the inverse in the field, then an affine map (FIPS 197, 5.1.1)."""
    inverse = [0] * 256
    for one in range(1, 256):
        if not inverse[one]:
            other = next(other for other in range(1, 256) if _product(one, other) == 1)
            inverse[one], inverse[other] = other, one
    box = []
    for value in inverse:
        turned = value
        for _ in range(4):
            turned = ((turned << 1) | (turned >> 7)) & 0xFF
            value ^= turned  # noqa: PLW2901
        box.append(value ^ 0x63)
    return np.array(box, dtype=np.uint8)


_BOX = _substitution()
_UNBOX = np.argsort(_BOX).astype(np.uint8)
_TIMES = {by: np.array([_product(one, by) for one in range(256)], dtype=np.uint8) for by in (2, 3, 9, 11, 13, 14)}
# Byte r + 4c of a block stands in row r, column c; row r is turned by r columns (FIPS 197, 5.1.2).
_SHIFT = np.array([(row + 4 * ((column + row) % 4)) for column in range(4) for row in range(4)])
_UNSHIFT = np.argsort(_SHIFT)


def round_keys(key: bytes) -> Bytes:
    """Return the keys of all rounds, one row a round (FIPS 197, 5.2); *key* has 16, 24 or 32 bytes."""
    words = [list(key[place : place + 4]) for place in range(0, len(key), 4)]
    own, power = len(words), 1
    for number in range(own, 4 * (own + 7)):
        word = list(words[-1])
        if number % own == 0:
            word = [int(_BOX[byte]) for byte in (*word[1:], word[0])]
            word[0] ^= power
            power = _product(power, 2)
        elif own > 6 and number % own == 4:
            word = [int(_BOX[byte]) for byte in word]
        words.append([one ^ other for one, other in zip(word, words[number - own], strict=True)])
    return np.array(words, dtype=np.uint8).reshape(-1, BLOCK)


def encrypted(blocks: Bytes, keys: Bytes) -> Bytes:
    """Return *blocks* (one a row) encrypted."""
    state = blocks ^ keys[0]
    for key in keys[1:-1]:
        rows = _BOX[state][:, _SHIFT].reshape(-1, 4, 4)
        a, b, c, d = (rows[:, :, place] for place in range(4))
        two, three = _TIMES[2], _TIMES[3]
        mixed = (
            two[a] ^ three[b] ^ c ^ d,
            a ^ two[b] ^ three[c] ^ d,
            a ^ b ^ two[c] ^ three[d],
            three[a] ^ b ^ c ^ two[d],
        )
        state = np.stack(mixed, axis=2).reshape(-1, BLOCK) ^ key
    last: Bytes = _BOX[state][:, _SHIFT] ^ keys[-1]
    return last


def decrypted(blocks: Bytes, keys: Bytes) -> Bytes:
    """Return *blocks* (one a row) decrypted."""
    state = blocks ^ keys[-1]
    for key in keys[-2:0:-1]:
        rows = (_UNBOX[state[:, _UNSHIFT]] ^ key).reshape(-1, 4, 4)
        turned = [rows[:, :, place] for place in range(4)]
        columns = []
        for place in range(4):
            a, b, c, d = (turned[(place + step) % 4] for step in range(4))
            columns.append(_TIMES[14][a] ^ _TIMES[11][b] ^ _TIMES[13][c] ^ _TIMES[9][d])
        state = np.stack(columns, axis=2).reshape(-1, BLOCK)
    first: Bytes = _UNBOX[state[:, _UNSHIFT]] ^ keys[0]
    return first


def counted_stream(length: int, keys: Bytes, *, first_block: int) -> bytes:
    """Return *length* bytes of the key stream of counter mode as WinZip counts: little endian, blocks from 1."""
    count = -(-length // BLOCK)
    blocks = np.zeros((count, BLOCK), dtype=np.uint8)
    numbers = np.arange(first_block, first_block + count, dtype="<u8")
    blocks[:, :8] = numbers.view(np.uint8).reshape(-1, 8)
    return encrypted(blocks, keys).tobytes()[:length]


def chained(data: bytes, keys: Bytes, *, before: bytes) -> bytes:
    """Return *data*, whole blocks encrypted in CBC mode after the block *before*, decrypted."""
    blocks = np.frombuffer(data, dtype=np.uint8).reshape(-1, BLOCK)
    earlier = np.vstack([np.frombuffer(before, dtype=np.uint8)[None, :], blocks[:-1]])
    return (decrypted(blocks, keys) ^ earlier).tobytes()
