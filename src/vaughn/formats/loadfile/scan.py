"""Which lines of a block are plainly regular rows: found and checked with whole-array operations.

A line is regular if it has exactly as many fields as the header, all of its fields are qualified or none is, no
qualifier stands anywhere else, every byte is text, and it is not the header once more. For such a
line the values lie between known places, so they are sliced only when asked for. All other lines go to the
exact reader. Every check here errs on the side of "not regular".
"""

from __future__ import annotations

import codecs
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
MANY_FOREIGN_LINES = 500
# Counts per line are kept in 16 bits; a longer line goes to the exact reader.
LONG_LINE = 60_000


@dataclass(frozen=True, slots=True)
class RegularLines:
    """Which lines of a block are regular.

    Args:
        mask: One truth value a line.
        has_foreign: Whether units beyond ASCII stand in values (qualifiers aside).
    """

    mask: Bools
    has_foreign: bool


@dataclass(frozen=True, slots=True)
class FieldBounds:
    """Where fields lie: one row a line, one column a field; first unit, and unit after the last (with qualifiers)."""

    left: Places
    right: Places


def encoded_units(text: str | None, dialect: Dialect) -> Units:
    """Return *text* as units of the dialect's encoding; none for `None` and for what it cannot spell."""
    try:
        return units_of((text or "").encode(dialect.encoding), dialect.encoding)
    except UnicodeEncodeError:
        # A header with undecodable bytes: lines like it are irregular and compared by the exact reader.
        return units_of(b"", dialect.encoding)


def regular_lines(block: LineBlock, dialect: Dialect, *, width: int, header: Units) -> RegularLines:
    """Return the regular lines of *block*.

    Args:
        width: How many fields a row has.
        header: The header line as units; empty if there is none.
    """
    separator = encoded_units(dialect.separator, dialect)
    qualifier = encoded_units(dialect.qualifier, dialect)
    if len(separator) != 1 or len(block.units) <= len(qualifier) + 2:
        return RegularLines(np.zeros(len(block), dtype=np.bool_), has_foreign=True)
    is_separator = block.units == separator[0]
    mask: Bools = _count_per_line(is_separator, block) == width - 1
    mask &= block.ends - block.starts < LONG_LINE
    marks = _places_of(qualifier, block.units) if len(qualifier) else None
    if marks is not None:
        mask &= _qualified_throughout(block, is_separator, marks, width=width, size=len(qualifier))
    if block.is_cut:
        mask[-1] = False
    odd, has_foreign = _odd_places(block, dialect, marks, size=len(qualifier))
    if len(odd):
        mask[_lines_of(block, odd)] = False
    _drop_headers(block, header, mask)
    if width == 1:
        mask &= block.units[np.minimum(block.starts, len(block.units) - 1)] > BLANK_LIMIT
    return RegularLines(mask, has_foreign)


def field_bounds(block: LineBlock, dialect: Dialect, *, width: int, mask: Bools) -> FieldBounds:
    """Return where the fields of the regular lines in *mask* lie."""
    newline = ord(dialect.newline)
    structure = np.flatnonzero((block.units == encoded_units(dialect.separator, dialect)[0]) | (block.units == newline))
    line_ends = np.flatnonzero(block.units[structure] == newline)
    firsts = line_ends[mask[: len(line_ends)]] - width + 1
    right = structure[firsts[:, None] + np.arange(width)]
    left = np.empty_like(right)
    left[:, 0] = block.starts[mask]
    left[:, 1:] = right[:, :-1] + 1
    right[:, -1] = block.ends[mask]
    return FieldBounds(left, right)


def _count_per_line(found: Bools, block: LineBlock) -> NDArray[np.uint16]:
    """Count the marked units of each line (exact for lines shorter than LONG_LINE)."""
    counts: NDArray[np.uint16] = np.add.reduceat(found.view(np.uint8), block.starts, dtype=np.uint16)
    return counts


def _qualified_throughout(block: LineBlock, is_separator: Bools, marks: Bools, *, width: int, size: int) -> Bools:
    """Tell which lines have qualifiers around every value and nowhere else, or no qualifier at all.

    If every separator stands between two qualifiers, no qualifier serves two separators, one stands at each end
    of the line, and there are two for each field, then all of them stand at the ends of values.
    """
    lines, last = len(block), len(marks) - 1
    total = int(np.count_nonzero(marks))
    if total == 0:
        return np.ones(lines, dtype=np.bool_)
    starts, ends = block.starts, np.maximum(block.ends - size, 0)
    full: Bools = marks[starts] & marks[ends] & (block.ends - starts >= 2 * size)
    full &= ~is_separator[np.minimum(starts + size, last)] & ~is_separator[np.maximum(ends - 1, 0)]
    for first, second in ((0, size), (last, last + 1)):
        alone_at_edge = np.flatnonzero(is_separator[first:second]) + first
        full[_lines_of(block, alone_at_edge)] = False
    alone = is_separator[size:last] > (marks[: last - size] & marks[size + 1 :])
    if alone.any():
        full[_lines_of(block, np.flatnonzero(alone) + size)] = False
    shared = is_separator[: last - size] & is_separator[size + 1 :]
    if shared.any():
        full[_lines_of(block, np.flatnonzero(shared & marks[1 : last - size + 1]))] = False
    if total == 2 * width * lines and full.all():
        return full
    counts = _count_per_line(marks, block)
    full &= counts == 2 * width
    bare: Bools = counts == 0
    return full | bare


def _odd_places(block: LineBlock, dialect: Dialect, marks: Bools | None, *, size: int) -> tuple[Places, bool]:
    """Return a unit in every line that the exact reader must see for its text; and whether foreign letters stand."""
    odd = _null_places(block)
    if dialect.encoding == "cp1252" and dialect.qualifier == CONCORDANCE_QUALIFIER and b"\xc3\xbe" in block.data:
        wide = np.flatnonzero((block.units[:-1] == 0xC3) & (block.units[1:] == 0xBE))
        odd = np.concatenate((odd, wide))
    foreign = _foreign_places(block, dialect, marks, size)
    if len(foreign):
        odd = np.concatenate((odd, _undecodable_places(block, dialect, foreign)))
    return odd, len(foreign) > 0


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


def _foreign_places(block: LineBlock, dialect: Dialect, marks: Bools | None, size: int) -> Places:
    """Return the units beyond ASCII that belong to no qualifier."""
    if block.unit_bytes == 1 and block.data.isascii():
        return np.empty(0, dtype=np.int64)
    foreign = block.units >= ASCII_LIMIT
    if marks is not None and not (dialect.qualifier or "").isascii():
        inside = marks.copy()
        for offset in range(1, size):
            inside[offset:] |= marks[:-offset]
        foreign = foreign > inside
    return np.flatnonzero(foreign)


def _undecodable_places(block: LineBlock, dialect: Dialect, foreign: Places) -> Places:
    """Return a place in every line that is no text in the file's encoding."""
    found = block.units[foreign]
    if block.unit_bytes == 2:
        return foreign[(found >= SURROGATES[0]) & (found < SURROGATES[1])]
    if dialect.encoding == "cp1252":
        return foreign[np.isin(found, CP1252_UNDEFINED)]
    lines = np.unique(_lines_of(block, foreign))
    if len(lines) > MANY_FOREIGN_LINES and _decodes(block.data, is_whole=block.is_last):
        return np.empty(0, dtype=np.int64)
    bad = [int(line) for line in lines if not _decodes(block.bytes_of(int(line), int(line)))]
    return block.starts[bad]


def _decodes(data: bytes, *, is_whole: bool = True) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _lines_of(block: LineBlock, places: Places) -> Places:
    return np.searchsorted(block.after, places, side="right")


def _drop_headers(block: LineBlock, header: Units, mask: Bools) -> None:
    """Take lines that spell the header, upper and lower case aside, out of *mask*."""
    if len(header) == 0:
        return
    candidates = np.flatnonzero(mask & (block.ends - block.starts == len(header)))
    if len(candidates):
        text = block.units[block.starts[candidates][:, None] + np.arange(len(header))]
        mask[candidates[((text | LOWER_CASE_BIT) == (header | LOWER_CASE_BIT)).all(axis=1)]] = False
