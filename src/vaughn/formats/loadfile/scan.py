"""Which lines of a block are plainly regular rows: found and checked with whole-array operations.

A line is regular if it has exactly as many fields as the header, every field is qualified at both ends or at
none, no qualifier stands anywhere else, every byte is text, and it is not the header once more. For such a
line the values lie between known places, so they are sliced only when asked for. All other lines go to the
exact reader. Every check here errs on the side of "not regular".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.loadfile.dialect import CONCORDANCE_QUALIFIER, Dialect
from vaughn.formats.loadfile.lines import LineBlock, Places, Units, units_of

Bools = NDArray[np.bool_]
ASCII_LIMIT = 0x80
SURROGATES = (0xD800, 0xE000)
CP1252_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
LOWER_CASE_BIT = 0x20
BLANK_LIMIT = 0x20
# Above this many lines with foreign letters the whole block is decoded at once instead of line by line.
MANY_FOREIGN_LINES = 2_000


@dataclass(frozen=True, slots=True)
class RegularLines:
    """Which lines of a block are regular, and where their fields lie.

    Args:
        mask: One truth value a line.
        left, right: One row a regular line, one column a field: first unit, and unit after the last
            (qualifiers are inside).
        has_foreign: Whether units beyond ASCII stand in values (qualifiers aside).
    """

    mask: Bools
    left: Places
    right: Places
    has_foreign: bool


def encoded_units(text: str | None, dialect: Dialect) -> Units:
    """Return *text* as units of the dialect's encoding; none for `None`."""
    return units_of((text or "").encode(dialect.encoding), dialect.encoding)


def regular_lines(block: LineBlock, dialect: Dialect, *, width: int, header: Units) -> RegularLines:
    """Return the regular lines of *block*.

    Args:
        width: How many fields a row has.
        header: The header line as units; empty if there is none.
    """
    separator = encoded_units(dialect.separator, dialect)
    if len(separator) != 1:
        return _none(block, width)
    structure = np.flatnonzero((block.units == separator[0]) | (block.units == ord(dialect.newline)))
    line_ends = np.flatnonzero(block.units[structure] == ord(dialect.newline))
    mask = np.zeros(len(block), dtype=np.bool_)
    mask[: len(line_ends)] = np.diff(line_ends, prepend=-1) == width
    if not mask.any():
        return _none(block, width)
    left, right = _fields(block, mask, structure=structure, line_ends=line_ends, width=width)
    kept, has_foreign = _checked(block, dialect, mask=mask, left=left, right=right)
    kept &= ~_equals_header(block, header, lines=np.flatnonzero(mask))
    if width == 1:
        kept &= block.units[left[:, 0]] > BLANK_LIMIT
    if kept.all():
        return RegularLines(mask, left, right, has_foreign)
    mask[np.flatnonzero(mask)[~kept]] = False
    return RegularLines(mask, left[kept], right[kept], has_foreign)


def _none(block: LineBlock, width: int) -> RegularLines:
    nowhere = np.empty((0, width), dtype=np.int64)
    return RegularLines(np.zeros(len(block), dtype=np.bool_), nowhere, nowhere, has_foreign=True)


def _fields(
    block: LineBlock, mask: Bools, *, structure: Places, line_ends: Places, width: int
) -> tuple[Places, Places]:
    """Return where the fields of the lines in *mask* begin and end."""
    if mask.all():
        right = structure.reshape(-1, width)
    else:
        firsts = line_ends[mask[: len(line_ends)]] - width + 1
        right = structure[firsts[:, None] + np.arange(width)]
    left = np.empty_like(right)
    left[:, 0] = block.starts[mask]
    left[:, 1:] = right[:, :-1] + 1
    right[:, -1] = block.ends[mask]
    return left, right


def _checked(block: LineBlock, dialect: Dialect, *, mask: Bools, left: Places, right: Places) -> tuple[Bools, bool]:
    """Tell which lines of *mask* have sound qualifiers and sound text, and whether foreign letters stand there."""
    qualifier = encoded_units(dialect.qualifier, dialect)
    width = len(qualifier)
    odd = _null_places(block)
    kept = np.ones(len(left), dtype=np.bool_)
    marks = np.zeros(len(block.units), dtype=np.bool_)
    if width:
        marks = _places_of(qualifier, block.units)
        opened = marks[left]
        closed = marks[np.maximum(right - width, 0)] & (right - left >= width)
        kept = ((opened == closed) & (~opened | (right - left >= 2 * width))).all(axis=1)
        strays = marks.copy()
        strays[left[opened]] = False
        strays[(right - width)[closed]] = False
        odd = np.concatenate((odd, np.flatnonzero(strays)))
    foreign = _foreign_places(block, marks, width)
    odd = np.concatenate((odd, _undecodable_places(block, dialect, foreign)))
    if dialect.encoding == "cp1252" and dialect.qualifier == CONCORDANCE_QUALIFIER and b"\xc3\xbe" in block.data:
        odd = np.concatenate((odd, np.flatnonzero((block.units[:-1] == 0xC3) & (block.units[1:] == 0xBE))))
    if len(odd):
        is_odd = np.zeros(len(block), dtype=np.bool_)
        is_odd[_lines_of(block, odd)] = True
        kept &= ~is_odd[mask]
    return kept, len(foreign) > 0


def _places_of(pattern: Units, units: Units) -> Bools:
    """Mark every place at which *pattern* begins."""
    found: Bools = units == pattern[0]
    for offset in range(1, len(pattern)):
        found[:-offset] &= units[offset:] == pattern[offset]
        found[-offset:] = False
    return found


def _null_places(block: LineBlock) -> Places:
    if block.unit_bytes == 1 and b"\0" not in block.data:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(block.units == 0)


def _foreign_places(block: LineBlock, marks: Bools, width: int) -> Places:
    """Return the units beyond ASCII that belong to no qualifier."""
    foreign = block.units >= ASCII_LIMIT
    for offset in range(width):
        foreign[offset:] &= ~marks[: len(marks) - offset]
    return np.flatnonzero(foreign)


def _undecodable_places(block: LineBlock, dialect: Dialect, foreign: Places) -> Places:
    """Return a place in every line that is no text in the file's encoding."""
    found = block.units[foreign]
    if block.unit_bytes == 2:
        return foreign[(found >= SURROGATES[0]) & (found < SURROGATES[1])]
    if dialect.encoding == "cp1252":
        return foreign[np.isin(found, CP1252_UNDEFINED)]
    lines = np.unique(_lines_of(block, foreign))
    if len(lines) > MANY_FOREIGN_LINES and _decodes(block.data):
        return np.empty(0, dtype=np.int64)
    bad = [int(line) for line in lines if not _decodes(block.bytes_of(int(line), int(line)))]
    return block.starts[bad]


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines_of(block: LineBlock, places: Places) -> Places:
    return np.searchsorted(block.after, places, side="right")


def _equals_header(block: LineBlock, header: Units, *, lines: Places) -> Bools:
    """Tell which of *lines* spell the header, upper and lower case aside."""
    same = np.zeros(len(lines), dtype=np.bool_)
    if len(header) == 0:
        return same
    candidates = np.flatnonzero(block.ends[lines] - block.starts[lines] == len(header))
    if len(candidates):
        text = block.units[block.starts[lines[candidates]][:, None] + np.arange(len(header))]
        same[candidates] = ((text | LOWER_CASE_BIT) == (header | LOWER_CASE_BIT)).all(axis=1)
    return same
