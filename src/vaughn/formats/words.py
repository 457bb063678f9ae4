"""How the words of a page and their boxes are kept: one small blob a page.

Layout, little endian: version byte, flags byte, number of words (u32), bytes of text (u32), then one
Zstandard frame holding the text in UTF-8 and the columns of the words. Four columns tell the boxes in
tenths of a point, each as a difference that is mostly small: gap to the word before, step down, width,
change of height. A column is stored low bytes first, then high bytes, which is what makes it shrink.
Words are nearly always the runs of non-blanks of the text; then their spans are not stored at all.
Version 2 adds one byte a word, how sure OCR was of it; pages without that are still written as version 1.
"""

from __future__ import annotations

import struct
import sys
import threading
from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.faults import unreadable
from vaughn.model import Box, PageText, Span, Word

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

VERSION = 1
SCORED_VERSION = 2  # with how sure OCR was of each word
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


def runs_of(points: NDArray[np.uint32]) -> tuple[IntColumn, IntColumn]:
    """Return where the runs of non-blanks begin and end (blank as `str.isspace` has it)."""
    inked = np.zeros(len(points) + 2, dtype=np.int8)
    inked[1:-1] = ~_BLANK[np.minimum(points, _LAST_BLANK + 1)]
    edges = np.diff(inked)
    return np.flatnonzero(edges == 1).astype(np.int32), np.flatnonzero(edges == -1).astype(np.int32)


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
    flags, parts = 0, [text]
    deltas = _deltas(columns.boxes)
    if deltas.size and (deltas.min() < _NARROW.min or deltas.max() > _NARROW.max):
        flags |= _WIDE
    parts.append(_planes(deltas, wide=bool(flags & _WIDE)))
    if not _spans_follow_from_text(columns):
        flags |= _SPANS
        steps = np.diff(columns.starts, prepend=np.int32(0))
        parts += [_planes(steps, wide=True), _planes(columns.ends - columns.starts, wide=True)]
    if columns.confidences is not None and len(columns):
        flags |= _CONFIDENCES
        parts.append(columns.confidences.astype(np.uint8).tobytes())
    version = SCORED_VERSION if flags & _CONFIDENCES else VERSION
    head = _HEAD.pack(version, flags, len(columns), len(text))
    return head + _compressed(b"".join(parts))


def pack_runs(text: str, columns: tuple[array[int], array[int], array[int], array[int]]) -> bytes:
    """Return the blob of a page whose words are the runs of non-blanks of *text*, out of columns as they are kept.

    Args:
        columns: Gap, step down, width, change of height (``array("h")``), in tenths of a point.
    """
    data = text.encode("utf-8", "replace")
    parts = [data]
    for column in columns:
        if sys.byteorder == "big":
            column.byteswap()
        plain = column.tobytes()
        parts += [plain[0::2], plain[1::2]]
    return _HEAD.pack(VERSION, 0, len(columns[0]), len(data)) + _compressed(b"".join(parts))


def unpack_columns(blob: bytes) -> WordColumns:
    """Return the columns that were packed into *blob*.

    Raises:
        FileRefused: If *blob* is damaged or of a later version.
    """
    flags, count, text_bytes, body = _opened(blob)
    try:
        text = body[:text_bytes].decode("utf-8")
    except UnicodeDecodeError:
        raise unreadable("The stored words of a page are damaged.") from None
    width = 4 if flags & _WIDE else 2
    expected = text_bytes + 4 * count * width + (8 * count if flags & _SPANS else 0)
    at_scores = expected if flags & _CONFIDENCES else None
    if expected + (count if at_scores is not None else 0) != len(body):
        raise unreadable("The stored words of a page are damaged.")
    deltas = [_column(body, text_bytes + i * count * width, count=count, width=width) for i in range(4)]
    if flags & _SPANS:
        at = text_bytes + 4 * count * width
        starts = np.cumsum(_column(body, at, count=count, width=4), dtype=np.int32)
        ends = starts + _column(body, at + 4 * count, count=count, width=4)
    else:
        starts, ends = runs_of(code_points(text)) if count else (_NONE, _NONE)
    if len(starts) != count:
        raise unreadable("The stored words of a page are damaged.")
    scores = None if at_scores is None else np.frombuffer(body, dtype=np.uint8, count=count, offset=at_scores)
    return WordColumns(text, starts, ends, _boxes(deltas), are_runs=not flags & _SPANS, confidences=scores)


def unpack_text(blob: bytes) -> str:
    """Return the text of a packed page alone.

    Raises:
        FileRefused: If *blob* is damaged or of a later version.
    """
    _, _, text_bytes, body = _opened(blob)
    return body[:text_bytes].decode("utf-8", "replace")


class _Packing(threading.local):
    """One compressor a thread: making one costs four times as much as compressing a page."""

    def __init__(self) -> None:
        self.compressor = zstd.ZstdCompressor(COMPRESSION_LEVEL)


_PACKING = _Packing()


def _compressed(body: bytes) -> bytes:
    compressor = _PACKING.compressor
    return compressor.compress(body, compressor.FLUSH_FRAME)


def _opened(blob: bytes) -> tuple[int, int, int, bytes]:
    if len(blob) < _HEAD.size or blob[0] not in {VERSION, SCORED_VERSION}:
        raise unreadable("The stored words of a page are damaged, or a later version wrote them.")
    _, flags, count, text_bytes = _HEAD.unpack_from(blob)
    try:
        frame = blob[_HEAD.size :]
        if (zstd.get_frame_info(frame).decompressed_size or 0) > MAX_UNPACKED_BYTES:
            raise unreadable("The stored words of a page are damaged.")
        unpacking = zstd.ZstdDecompressor()
        body = unpacking.decompress(frame, MAX_UNPACKED_BYTES)
    except zstd.ZstdError:
        raise unreadable("The stored words of a page are damaged.") from None
    if not unpacking.eof or text_bytes > len(body):
        raise unreadable("The stored words of a page are damaged.")
    return flags, count, text_bytes, body


def _spans_follow_from_text(columns: WordColumns) -> bool:
    if columns.are_runs or not len(columns):
        return True
    starts, ends = runs_of(code_points(columns.text))
    return np.array_equal(starts, columns.starts) and np.array_equal(ends, columns.ends)


def _deltas(boxes: BoxColumns) -> NDArray[np.int64]:
    """Return the four columns gap, step down, width, change of height in tenths of a point."""
    limit = MAX_COORDINATE_PT * UNITS_PER_PT
    units = np.rint(boxes.T * np.float64(UNITS_PER_PT))
    np.maximum(np.minimum(units, limit, out=units), -limit, out=units)
    x0, y0, x1, y1 = units.astype(np.int64)
    deltas = np.empty((4, len(x0)), dtype=np.int64)
    gap, step, width, change = deltas
    np.maximum(x1 - x0, 1, out=width)
    height = np.maximum(y1 - y0, 1)
    gap[:1], step[:1], change[:1] = x0[:1], y0[:1], height[:1]
    np.subtract(x0[1:], (x0 + width)[:-1], out=gap[1:])
    np.subtract(y0[1:], y0[:-1], out=step[1:])
    np.subtract(height[1:], height[:-1], out=change[1:])
    return deltas


def _boxes(deltas: list[IntColumn]) -> BoxColumns:
    gap, step, width, change = deltas
    x1 = np.cumsum(gap + width)
    y0 = np.cumsum(step)
    boxes = np.stack((x1 - width, y0, x1, y0 + np.cumsum(change)), axis=1)
    return (boxes / UNITS_PER_PT).astype(np.float32)


def _planes(columns: NDArray[np.signedinteger], *, wide: bool) -> bytes:
    """Return one column after the other (the rows of *columns*), of each the low bytes first, then the higher ones."""
    width = 4 if wide else 2
    data = columns.astype(f"<i{width}").view(np.uint8)
    return data.reshape(*columns.shape, width).swapaxes(-1, -2).tobytes()


def _column(body: bytes, at: int, *, count: int, width: int) -> IntColumn:
    planes = np.frombuffer(body, dtype=np.uint8, count=count * width, offset=at).reshape(width, count)
    return np.ascontiguousarray(planes.T).view(f"<i{width}").reshape(count).astype(np.int32)
