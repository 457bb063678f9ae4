"""How the words of a page and their boxes are kept: one small blob a page.

Layout, little endian: version byte, flags byte, number of words (u32), bytes of text (u32), then one
Zstandard frame holding the text in UTF-8 and the columns of the words. Four columns tell the boxes in
tenths of a point, each as a number that is mostly small: gap to the word before, step of the upper side,
width, step of the lower side; steps are doubled, less one if upwards (-1 is 1, 1 is 2), so that their high bytes are
mostly 0. First come the low bytes of all columns, then the next ones, which is what makes them shrink; text
and columns stand in blocks of their own, as each has a code for its letters.
Words are nearly always the runs of non-blanks of the text; then their spans are not stored at all.
How sure OCR was of each word comes last, one byte a word.

Versions 1 and 2 are read and no longer written. They keep the change of height for the step of the lower side, steps
as they are, and each column's low and high bytes together; version 2 is version 1 with how sure OCR was.
"""

from __future__ import annotations

import struct
import sys
import threading
from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.faults import FileRefused, unreadable
from vaughn.model import Box, PageText, Span, Word

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

VERSION = 3
_OLD_VERSIONS = frozenset({1, 2})
NO_CONFIDENCE = 255  # of a word of which OCR does not say how sure it was
UNITS_PER_PT = 10  # A tenth of a point: 0.035 mm, finer than any scanner.
# Boxes further out than this are nonsense of a broken file (PDF allows 14,400 pt a page).
MAX_COORDINATE_PT = 1_000_000.0
COMPRESSION_LEVEL = 3  # Level 9 saves 2 % and costs five times as much.
# No page of a record holds more; a frame that claims more is damaged.
MAX_UNPACKED_BYTES = 256 * 1024 * 1024

_HEAD = struct.Struct("<BBII")
_WIDE = 1  # columns are 32 bits wide instead of 16
_SPANS = 2  # spans are stored: the words are not simply the runs of non-blanks
_CONFIDENCES = 4  # how sure OCR was of each word is stored, one byte a word
_LAST_BLANK = 0x3000
_BLANK = np.array([chr(code).isspace() for code in range(_LAST_BLANK + 1)] + [False])
_BLANK_BYTES = bytes(chr(code).isspace() for code in range(128)) + bytes(128)
# With fewer words a block of their own costs more than it saves.
_MIN_WORDS_APART = 64

_NARROW = np.iinfo(np.int16)

IntColumn = NDArray[np.int32]
BoxColumns = NDArray[np.float32]
ByteColumn = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class WordColumns:
    """The words of one page as columns: what `PageText` says, a hundred times cheaper to carry.

    Args:
        starts, ends: Spans in code points of `text`.
        boxes: One row a word: x0, y0, x1, y1 in points of the displayed page.
        are_runs: Whether the words are exactly the runs of non-blanks of `text`.
        confidences: How sure OCR was of each word, 0 to 100, `NO_CONFIDENCE` where it does not say; `None` for words
            that no OCR read. A word below 60 is wrong about every other time and worth a mark where it is shown.
    """

    text: str
    starts: IntColumn
    ends: IntColumn
    boxes: BoxColumns
    are_runs: bool = False
    confidences: ByteColumn | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def page_text(self) -> PageText:
        """Return the same words as values of the model."""
        rows = zip(self.starts.tolist(), self.ends.tolist(), self.boxes.tolist(), strict=True)
        return PageText(self.text, tuple(Word(Span(start, end), Box(*box)) for start, end, box in rows))


_NONE: IntColumn = np.zeros(0, dtype=np.int32)
NO_WORDS = WordColumns("", _NONE, _NONE, np.zeros((0, 4), dtype=np.float32), are_runs=True)


def text_without_boxes(text: str) -> WordColumns:
    """Return *text* of which it is not known where its words stand."""
    return WordColumns(text, _NONE, _NONE, NO_WORDS.boxes)


def mean_confidence(columns: WordColumns) -> int | None:
    """Return how sure OCR was of *columns*, 0 to 100, longer words counting for more; `None` if it does not say."""
    if columns.confidences is None:
        return None
    told = columns.confidences != NO_CONFIDENCE
    lengths = (columns.ends - columns.starts)[told]
    return round(float(np.average(columns.confidences[told], weights=lengths))) if lengths.sum() else None


def code_points(text: str) -> NDArray[np.uint32]:
    """Return *text* as numbers, one a code point."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def runs_of(points: NDArray[np.unsignedinteger]) -> tuple[IntColumn, IntColumn]:
    """Return where the runs of non-blanks begin and end (blank as `str.isspace` has it)."""
    blank = np.empty(len(points) + 2, dtype=np.bool_)
    blank[0] = blank[-1] = True
    np.take(_BLANK, points, mode="clip", out=blank[1:-1])
    return run_edges(blank)


def run_edges(blank: NDArray[np.bool_]) -> tuple[IntColumn, IntColumn]:
    """Return where the runs begin and end that are not *blank*, which has one more blank before and after the text."""
    edges = np.flatnonzero(blank[1:] != blank[:-1]).astype(np.int32)
    return edges[0::2], edges[1::2]


def columns_of(page: PageText) -> WordColumns:
    """Return *page* as columns."""
    starts = np.array([word.span.start for word in page.words], dtype=np.int32)
    ends = np.array([word.span.end for word in page.words], dtype=np.int32)
    boxes = [(word.box.x0, word.box.y0, word.box.x1, word.box.y1) for word in page.words]
    return WordColumns(page.text, starts, ends, np.array(boxes, dtype=np.float32).reshape(-1, 4))


def pack_words(page: PageText) -> bytes:
    """Return *page* as one blob; boxes are rounded to a tenth of a point."""
    return pack_columns(columns_of(page))


def unpack_words(blob: bytes) -> PageText:
    """Return what `pack_words` packed.

    Raises:
        FileRefused: If *blob* is damaged or of a later version.
    """
    return unpack_columns(blob).page_text()


def pack_columns(columns: WordColumns) -> bytes:
    """Return *columns* as one blob; see the module for its layout."""
    text = columns.text.encode("utf-8", "replace")
    flags, count = 0, len(columns)
    numbers = _numbers(columns.boxes)
    if count and (numbers.min() < _NARROW.min or numbers.max() > _NARROW.max):
        flags |= _WIDE
    parts = [_planes(numbers, width=4 if flags & _WIDE else 2)]
    if not _spans_follow_from_text(columns):
        flags |= _SPANS
        steps = np.diff(columns.starts, prepend=np.int32(0))
        parts.append(_planes(np.stack((steps, columns.ends - columns.starts)), width=4))
    if columns.confidences is not None and count:
        flags |= _CONFIDENCES
        parts.append(columns.confidences.astype(np.uint8).tobytes())
    return _HEAD.pack(VERSION, flags, count, len(text)) + _compressed(text, b"".join(parts), count=count)


def pack_runs(text: str, columns: tuple[array[int], array[int], array[int], array[int]]) -> bytes:
    """Return the blob of a page whose words are the runs of non-blanks of *text*, out of columns as they are kept.

    Args:
        columns: Gap, step of the upper side, width, step of the lower side (``array("h")``), in tenths of a point,
            steps doubled; see the module.
    """
    data = text.encode("utf-8", "replace")
    low, high = [], []
    for column in columns:
        if sys.byteorder == "big":
            column.byteswap()
        plain = column.tobytes()
        low.append(plain[0::2])
        high.append(plain[1::2])
    count = len(columns[0])
    return _HEAD.pack(VERSION, 0, count, len(data)) + _compressed(data, b"".join((*low, *high)), count=count)


def unpack_columns(blob: bytes) -> WordColumns:
    """Return the columns that were packed into *blob*.

    Raises:
        FileRefused: If *blob* is damaged or of a later version.
    """
    version, flags, count, text_bytes, body = _opened(blob)
    try:
        text = body[:text_bytes].decode("utf-8")
    except UnicodeDecodeError:
        raise _damaged() from None
    width = 4 if flags & _WIDE else 2
    at_spans = text_bytes + 4 * count * width
    at_scores = at_spans + (8 * count if flags & _SPANS else 0)
    if at_scores + (count if flags & _CONFIDENCES else 0) != len(body):
        raise _damaged()
    together = version not in _OLD_VERSIONS
    numbers = _table(body, text_bytes, shape=(4, count, width), together=together)
    if flags & _SPANS:
        steps, lengths = _table(body, at_spans, shape=(2, count, 4), together=together)
        starts = np.cumsum(steps, dtype=np.int32)
        ends = starts + lengths
    elif count:
        starts, ends = _runs_of_text(text, body[:text_bytes])
    else:
        starts, ends = _NONE, _NONE
    if len(starts) != count:
        raise _damaged()
    scores = np.frombuffer(body, dtype=np.uint8, count=count, offset=at_scores) if flags & _CONFIDENCES else None
    boxes = _boxes(numbers) if together else _old_boxes(numbers)
    return WordColumns(text, starts, ends, boxes, are_runs=not flags & _SPANS, confidences=scores)


def _runs_of_text(text: str, data: bytes) -> tuple[IntColumn, IntColumn]:
    if not text.isascii():
        return runs_of(code_points(text))
    return run_edges(np.frombuffer(b"\1%b\1" % data.translate(_BLANK_BYTES), dtype=np.bool_))


def _damaged() -> FileRefused:
    return unreadable("The stored words of a page are damaged.")


def unpack_text(blob: bytes) -> str:
    """Return the text of a packed page alone.

    Raises:
        FileRefused: If *blob* is damaged or of a later version.
    """
    *_, text_bytes, body = _opened(blob)
    return body[:text_bytes].decode("utf-8", "replace")


class _Packing(threading.local):
    """One compressor a thread: making one costs four times as much as compressing a page."""

    def __init__(self) -> None:
        self.compressor = zstd.ZstdCompressor(COMPRESSION_LEVEL)


_PACKING = _Packing()


def _compressed(text: bytes, columns: bytes, *, count: int) -> bytes:
    """Return one frame of *text* and *columns*."""
    compressor = _PACKING.compressor
    if count < _MIN_WORDS_APART:
        return compressor.compress(text + columns, compressor.FLUSH_FRAME)
    compressor.set_pledged_input_size(len(text) + len(columns))
    return compressor.compress(text, compressor.FLUSH_BLOCK) + compressor.compress(columns, compressor.FLUSH_FRAME)


def _opened(blob: bytes) -> tuple[int, int, int, int, bytes]:
    """Return version, flags, number of words, bytes of text, and what was compressed."""
    if len(blob) < _HEAD.size or not (blob[0] == VERSION or blob[0] in _OLD_VERSIONS):
        raise unreadable("The stored words of a page are damaged, or a later version wrote them.")
    version, flags, count, text_bytes = _HEAD.unpack_from(blob)
    try:
        frame = blob[_HEAD.size :]
        if (zstd.get_frame_info(frame).decompressed_size or 0) > MAX_UNPACKED_BYTES:
            raise _damaged()
        unpacking = zstd.ZstdDecompressor()
        body = unpacking.decompress(frame, MAX_UNPACKED_BYTES)
    except zstd.ZstdError:
        raise _damaged() from None
    if not unpacking.eof or text_bytes > len(body):
        raise _damaged()
    return version, flags, count, text_bytes, body


def _spans_follow_from_text(columns: WordColumns) -> bool:
    if columns.are_runs or not len(columns):
        return True
    starts, ends = runs_of(code_points(columns.text))
    return np.array_equal(starts, columns.starts) and np.array_equal(ends, columns.ends)


def _numbers(boxes: BoxColumns) -> NDArray[np.int32]:
    """Return the four rows gap, step of the upper side, width, step of the lower side, as they are kept."""
    limit = MAX_COORDINATE_PT * UNITS_PER_PT
    sides = np.rint(boxes.T * np.float64(UNITS_PER_PT))
    np.maximum(np.minimum(sides, limit, out=sides), -limit, out=sides)
    units = sides.astype(np.int32, order="C")
    np.maximum(units[2:], units[:2] + 1, out=units[2:])
    numbers = units.copy()
    np.subtract(units[2], units[0], out=numbers[2])
    np.subtract(units[0, 1:], units[2, :-1], out=numbers[0, 1:])
    np.subtract(units[1::2, 1:], units[1::2, :-1], out=numbers[1::2, 1:])
    steps = numbers[1::2]
    np.bitwise_xor(steps << 1, steps >> 31, out=steps)
    return numbers


def _boxes(numbers: NDArray[np.int32]) -> BoxColumns:
    """Return the boxes of `_numbers`, which are worked on in place."""
    steps = numbers[1::2]
    np.bitwise_xor(steps >> 1, -(steps & 1), out=steps)
    width = numbers[2].copy()
    numbers[2] += numbers[0]
    sides = np.add.accumulate(numbers, axis=1, dtype=np.int32)
    np.subtract(sides[2], width, out=sides[0])
    boxes = sides.astype(np.float32)
    boxes /= np.float32(UNITS_PER_PT)
    return boxes.T


def _old_boxes(numbers: NDArray[np.int32]) -> BoxColumns:
    """Return the boxes of a page that was kept in version 1 or 2."""
    gap, step, width, change = numbers
    x1 = np.cumsum(gap + width)
    y0 = np.cumsum(step)
    boxes = np.stack((x1 - width, y0, x1, y0 + np.cumsum(change)), axis=1)
    return (boxes / UNITS_PER_PT).astype(np.float32)


def _planes(numbers: NDArray[np.int32], *, width: int) -> bytes:
    """Return the low bytes of all rows of *numbers*, one row after the other, then the next bytes, *width* of them."""
    data = numbers.astype(f"<i{width}").view(np.uint8)
    return data.reshape(*numbers.shape, width).transpose(2, 0, 1).tobytes()


def _table(body: bytes, at: int, *, shape: tuple[int, int, int], together: bool) -> NDArray[np.int32]:
    """Return the rows kept from *at* on; *shape* is rows, numbers in a row, bytes a number.

    Args:
        together: Whether low bytes of all rows come first, and not low and high bytes of each row.
    """
    rows, count, width = shape
    kept = np.frombuffer(body, dtype=np.uint8, count=rows * count * width, offset=at)
    planes = kept.reshape(width, rows, count) if together else kept.reshape(rows, width, count).swapaxes(0, 1)
    numbers: NDArray[np.int32] = planes[-1].view(np.int8).astype(np.int32)
    for plane in planes[-2::-1]:
        numbers <<= 8
        numbers |= plane
    return numbers
