r"""What PDFium reads on a page, as text with words: the text in one call, the rest here.

The text is PDFium's, in its reading order, with four changes: line ends are ``\n``; a hyphen that
PDFium joins over a line end is a hyphen and a line end again, so that each half has its own box;
control characters and lone halves of surrogate pairs are U+FFFD. Words are the runs of non-blanks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from vaughn.formats.pdf.pdfium import address_of, char_index, get_text
from vaughn.formats.words import IntColumn, code_points, run_edges, runs_of

# PDFium's mark for a hyphen at a line end it has joined.
_JOINED_HYPHEN = 0xFFFE
_REPLACEMENT = 0xFFFD
_FIRST_SURROGATE = 0xD800
_RETURN = 0x0D
# What a unit of UTF-16 is to `plain_spelling`: ink, a blank, or something that has to be changed.
_IS_BLANK, _IS_ODD = 1, 2
_LAST_BLANK = 0x3000
_KINDS = np.zeros(0x10000, dtype=np.uint8)
_KINDS[[unit for unit in range(_LAST_BLANK + 1) if chr(unit).isspace()]] = _IS_BLANK
_KINDS[[unit for unit in range(0x20) if chr(unit) not in "\t\n\r"]] = _IS_ODD
_KINDS[_FIRST_SURROGATE:0xE000] = _KINDS[_JOINED_HYPHEN] = _IS_ODD


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """A text and the spans of its words, with the first and the last of PDFium's characters of each."""

    text: str
    starts: IntColumn
    ends: IntColumn
    first: NDArray[np.signedinteger]
    last: NDArray[np.signedinteger]


def _received(handle: object) -> tuple[NDArray[np.uint16], int]:
    """Return PDFium's text as UTF-16, and how many characters PDFium has listed for it."""
    count = int(raw.FPDFText_CountChars(handle))
    if count <= 0:
        return np.zeros(0, np.uint16), 0
    room = np.empty(count + 1, dtype="<u2")
    written = get_text(address_of(handle), 0, count, room.ctypes.data)
    return room[: max(0, written - 1)], count


def spelling_of(handle: object) -> Spelling | None:
    """Return text and words of the page whose text PDFium holds at *handle*; `None` if there is no text."""
    units, count = _received(handle)
    if not len(units):
        return None
    plain = plain_spelling(units) if len(units) == count else None
    return any_spelling(handle, units, count) if plain is None else plain


def plain_spelling(units: NDArray[np.uint16]) -> Spelling | None:
    """Return the words of a text of which only line ends have to be changed; `None` if there is more to do.

    Nearly all pages are so, and this takes half the time of `any_spelling`, which says the same. Joined hyphens,
    controls and halves of surrogate pairs are more.
    """
    kinds = np.empty(len(units) + 2, dtype=np.uint8)
    kinds[0] = kinds[-1] = _IS_BLANK
    np.take(_KINDS, units, out=kinds[1:-1], mode="clip")
    if kinds.max() > _IS_BLANK:
        return None
    first, ends = run_edges(kinds.view(np.bool_))
    text = units.tobytes().decode("utf-16-le")
    returns = text.count("\r")
    if not returns:
        return Spelling(text, first, ends, first, ends - 1)
    if text.count("\r\n") != returns:
        return None
    before = np.searchsorted(np.flatnonzero(units == _RETURN), first).astype(np.int32)
    return Spelling(text.replace("\r\n", "\n"), first - before, ends - before, first, ends - 1)


def any_spelling(handle: object, units: NDArray[np.uint16], count: int) -> Spelling:
    """Return the words of any text; see the module for what is changed."""
    if ((units & 0xF800) == _FIRST_SURROGATE).any():
        received = code_points(units.tobytes().decode("utf-16-le", "surrogatepass"))
    else:
        received = units.astype(np.uint32)
    points, origin = _cleaned(received)
    starts, ends = runs_of(points)
    first, last = origin[starts], origin[ends - 1]
    if len(received) != count:
        both = _characters(handle, np.stack((first, last), axis=1).ravel(), count)
        first, last = both[0::2], both[1::2]
    return Spelling(points.tobytes().decode("utf-32-le"), starts, ends, first, last)


def _characters(handle: object, places: NDArray[np.signedinteger], count: int) -> NDArray[np.signedinteger]:
    """Return which of PDFium's *count* characters stand at *places* of its text, which may leave some out."""
    found = map(char_index, repeat(address_of(handle)), places.tolist())
    chars = np.fromiter(found, dtype=np.int32, count=len(places))
    return np.maximum.accumulate(np.clip(chars, 0, count - 1))


def _cleaned(received: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Return the text with our changes, and for each code point the place in *received* it came from."""
    hyphens = received == _JOINED_HYPHEN
    kept = received != 0x0D
    kept[:-1] |= received[1:] != 0x0A
    if received[-1] == 0x0D:
        kept[-1] = True
    origin = (
        np.repeat(np.arange(len(received)), kept.astype(np.int8) + hyphens) if hyphens.any() else np.flatnonzero(kept)
    )
    points = received[origin]
    points[points == 0x0D] = 0x0A
    points[((points < 0x20) & (points != 0x0A) & (points != 0x09)) | ((points >= 0xD800) & (points < 0xE000))] = (
        _REPLACEMENT
    )
    if hyphens.any():
        places = np.flatnonzero(points == _JOINED_HYPHEN)
        points[places[0::2]] = ord("-")
        points[places[1::2]] = 0x0A
    return points, origin
