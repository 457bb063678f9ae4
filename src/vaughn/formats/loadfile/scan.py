"""Which lines of a block are plainly regular rows: found and checked with whole-array operations.

A line is regular if it has exactly as many fields as the header, all of its fields are qualified or none is, no
qualifier stands anywhere else, every byte is text, and it is not the header once more. For such a
line the values lie between known places, so they are sliced only when asked for. All other lines go to the
exact reader. Every check here errs on the side of "not regular".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vaughn.formats.loadfile.bits import Bits, Bools, LineCounts, are_set, moved_back, moved_on, packed
from vaughn.formats.loadfile.dialect import CONCORDANCE_QUALIFIER, Dialect
from vaughn.formats.loadfile.lines import LineBlock, Places, Units, units_of

ASCII_LIMIT = 0x80
# A unit with these five bits is half of a pair.
SURROGATE_BITS, SURROGATES = 0xF800, 0xD800
CP1252_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
WIDE_THORN = b"\xc3\xbe"
LOWER_CASE_BIT = 0x20
BLANK_LIMIT = 0x20


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
    counts = LineCounts(block.starts, len(block.units))
    separators = packed(block.units == separator[0])
    mask: Bools = counts.of(separators) == width - 1
    marks = _marks(block, dialect, qualifier)
    if marks is not None:
        mask &= _qualified_throughout(block, counts, separators, marks, width=width, size=len(qualifier))
    if block.is_cut:
        mask[-1] = False
    if b"\0" in block.data:
        mask &= ~_null_lines(block, counts)
    if dialect.encoding == "cp1252" and dialect.qualifier == CONCORDANCE_QUALIFIER and WIDE_THORN in block.data:
        mask &= counts.of(_places_of(np.frombuffer(WIDE_THORN, dtype=np.uint8), block.units)) == 0
    foreign = _foreign(block, marks, dialect, size=len(qualifier))
    if foreign is not None:
        mask &= ~_undecodable_lines(block, dialect, counts, foreign)
    _drop_headers(block, header, mask)
    if width == 1:
        mask &= block.units[np.minimum(block.starts, len(block.units) - 1)] > BLANK_LIMIT
    return RegularLines(mask, foreign is not None)


def field_bounds(block: LineBlock, dialect: Dialect, *, width: int, mask: Bools) -> FieldBounds:
    """Return where the fields of the regular lines in *mask* lie."""
    separators = np.flatnonzero(block.units == encoded_units(dialect.separator, dialect)[0])
    starts = block.starts[mask]
    firsts = np.searchsorted(separators, starts)
    left = np.empty((len(starts), width), dtype=np.int64)
    right = np.empty_like(left)
    right[:, :-1] = separators[firsts[:, None] + np.arange(width - 1)]
    right[:, -1] = block.ends[mask]
    left[:, 0] = starts
    left[:, 1:] = right[:, :-1] + 1
    return FieldBounds(left, right)


def _marks(block: LineBlock, dialect: Dialect, qualifier: Units) -> Bits | None:
    """Return where qualifiers begin, `None` if there are none."""
    if not len(qualifier) or (dialect.qualifier or "").encode(dialect.encoding) not in block.data:
        return None
    return _places_of(qualifier, block.units)


def _qualified_throughout(
    block: LineBlock, counts: LineCounts, separators: Bits, marks: Bits, *, width: int, size: int
) -> Bools:
    """Tell which lines have qualifiers around every value and nowhere else, or no qualifier at all.

    If every separator stands between two qualifiers, no qualifier serves two separators, one stands at each end
    of the line, and there are two for each field, then all of them stand at the ends of values.
    """
    found = counts.of(marks)
    starts, ends = block.starts, np.maximum(block.ends - size, 0)
    full: Bools = (found == 2 * width) & (block.ends - starts >= 2 * size)
    full &= are_set(marks, starts) & are_set(marks, ends)
    full &= ~are_set(separators, np.minimum(starts + size, len(block.units)))
    full &= ~are_set(separators, np.maximum(ends - 1, 0))
    before_mark = moved_back(marks, 1)
    broken = separators & ~(moved_on(marks, size) & before_mark)
    broken |= separators & before_mark & moved_back(separators, size + 1)
    if broken.any():
        full &= counts.of(broken) == 0
    regular: Bools = full | (found == 0)
    return regular


def _places_of(pattern: Units, units: Units) -> Bits:
    """Return every place at which *pattern* begins."""
    found = packed(units == pattern[0])
    for offset in range(1, len(pattern)):
        found &= moved_back(packed(units == pattern[offset]), offset)
    return found


def _null_lines(block: LineBlock, counts: LineCounts) -> Bools:
    """Tell which lines have a null character (in UTF-16 a null byte alone is none)."""
    has_null: Bools = counts.of(packed(block.units == 0)) > 0
    return has_null


def _foreign(block: LineBlock, marks: Bits | None, dialect: Dialect, *, size: int) -> Bits | None:
    """Return the units beyond ASCII that belong to no qualifier, `None` if there are none."""
    if block.unit_bytes == 1 and block.data.isascii():
        return None
    foreign = packed(block.units >= ASCII_LIMIT)
    if marks is not None and not (dialect.qualifier or "").isascii():
        foreign &= ~marks
        for offset in range(1, size):
            foreign &= ~moved_on(marks, offset)
    return foreign if foreign.any() else None


def _undecodable_lines(block: LineBlock, dialect: Dialect, counts: LineCounts, foreign: Bits) -> Bools:
    """Tell which lines are no text in the file's encoding."""
    if block.unit_bytes == 2:
        return counts.of(packed((block.units & SURROGATE_BITS) == SURROGATES)) > 0
    if dialect.encoding == "cp1252":
        undefined = np.zeros_like(foreign)
        for code in CP1252_UNDEFINED:
            if code in block.data:
                undefined |= packed(block.units == code)
        return counts.of(undefined) > 0
    bad = np.zeros(len(block), dtype=np.bool_)
    lines = np.flatnonzero(counts.of(foreign))
    stretches = zip(block.starts[lines].tolist(), block.ends[lines].tolist(), strict=True)
    texts = [block.data[start:end] for start, end in stretches]
    if not _decodes(b"\n".join(texts)):
        bad[lines] = [not _decodes(text) for text in texts]
    return bad


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _drop_headers(block: LineBlock, header: Units, mask: Bools) -> None:
    """Take lines that spell the header, upper and lower case aside, out of *mask*."""
    if len(header) == 0:
        return
    candidates = np.flatnonzero(mask & (block.ends - block.starts == len(header)))
    if len(candidates):
        text = block.units[block.starts[candidates][:, None] + np.arange(len(header))]
        mask[candidates[((text | LOWER_CASE_BIT) == (header | LOWER_CASE_BIT)).all(axis=1)]] = False
