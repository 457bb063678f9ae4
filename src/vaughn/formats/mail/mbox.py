"""The messages of a mailbox file (mbox, RFC 4155; the kinds mboxo, mboxrd, mboxcl and mboxcl2).

A message begins behind a line ``From sender date``. Programs quote such lines inside messages (``>From``) or say how
long the message is (``Content-Length``); many do neither. So a separator must look like one, and stand behind an
empty line or before a field that messages begin with; or behind as many bytes as the message before it claims.
Messages are handed out byte by byte as they stand, quoting kept, so that their hashes can be found again.

Two passes: the first counts the separators with a plain search over the whole file, the second hands out messages.
What the first counts and the second does not hand out stands in the ledger as missing. Both read the file in windows,
so memory does not grow with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.separators import FromLine, first_byte, from_lines, separator_count
from vaughn.formats.readers.content import ReadingRequest
from vaughn.model import Finding, finding

PIECE_BYTES = 1024 * 1024
# Most headers end within the first number; fields are looked through for a Content-Length no further than the second.
HEADER_BYTES = 8 * 1024
STRETCH_BYTES = 256 * 1024
MAX_HEADER_BYTES = 256 * 1024

_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.I | re.M)
_NEXT_LINE = re.compile(rb"(?:\r?\n){0,2}(?=From |\Z)")


@dataclass(frozen=True, slots=True)
class MessageBounds:
    """Where one message stands, in bytes of the file."""

    start: int
    end: int


@dataclass(slots=True)
class _Counts:
    """What the second pass met.

    Args:
        passed_over: Lines like separators inside messages that say how long they are.
        by_length: Separators that do not look like one and stand where the message before says that it ends.
        doubtful: Lines that begin with ``From`` behind an empty line, and are not separators.
        before: Bytes that stand before the first message.
    """

    passed_over: int = 0
    by_length: int = 0
    doubtful: int = 0
    before: int = 0


def mbox_pieces(request: ReadingRequest, known: frozenset[str] = frozenset()) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the messages of a mailbox in pieces, named ``000001.eml`` and so on; those in *known* are passed over.

    Raises:
        FileRefused: If the file is empty, or holds no message.
    """
    if request.path.stat().st_size == 0:
        raise FileRefused("The mailbox is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    counts = _Counts()
    with request.path.open("rb") as searched, request.path.open("rb") as file:
        separators = separator_count(searched)
        if not separators:
            raise unreadable("The file is called a mailbox and holds no message.")
        read = _Stretch(file)
        for place, bounds in enumerate(_messages(searched, read, counts), start=1):
            path = f"{place:06d}.eml"
            if path not in known:
                yield from _pieces(read, bounds, path)
    yield ArchiveEnd(_findings(counts), expected=separators - counts.passed_over + counts.by_length)


def message_bounds(data: bytes) -> Iterator[MessageBounds]:
    """Yield where each message of the mailbox *data* stands."""
    return _messages(io.BytesIO(data), _Stretch(io.BytesIO(data)), _Counts())


class _Stretch:
    """Reads here and there in a file: what lies near what was read last is not asked of the system again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start, self._data = 0, b""

    def read(self, at: int, limit: int) -> bytes:
        """Return the bytes from *at*, as many as *limit* where the file has them."""
        if at < self._start or at + limit > self._start + len(self._data):
            self._file.seek(at)
            self._start, self._data = at, self._file.read(max(limit, STRETCH_BYTES))
        return self._data[at - self._start : at - self._start + limit]


def _pieces(read: _Stretch, bounds: MessageBounds, path: str) -> Iterator[MemberPiece]:
    at = bounds.start
    while True:
        data = read.read(at, min(PIECE_BYTES, bounds.end - at))
        at += len(data)
        is_last = at >= bounds.end or not data
        yield MemberPiece(path, data, is_last=is_last)
        if is_last:
            return


def _findings(counts: _Counts) -> tuple[Finding, ...]:
    told = (
        (counts.doubtful, "Lines of the mailbox begin like a new message and were read as text of the one before."),
        (int(counts.before > 0), f"{counts.before} bytes stand before the first message of the mailbox."),
    )
    return tuple(finding("IN001", words, count=count) for count, words in told if count)


def _messages(searched: BinaryIO, read: _Stretch, counts: _Counts) -> Iterator[MessageBounds]:
    begin, claimed = -1, -1
    searched.seek(0, io.SEEK_END)
    size = searched.tell()
    for line in from_lines(searched):
        if begin >= 0 and line.start < claimed:
            counts.passed_over += line.is_separator
            continue
        if not line.is_separator and line.start != claimed:
            counts.doubtful += line.is_behind_empty_line
            continue
        if begin < 0:
            counts.before = line.start - first_byte(line.head)
        else:
            yield MessageBounds(begin, _end_before(line, begin))
        counts.by_length += not line.is_separator
        begin = line.end
        claimed = _claimed_end(read, begin, size)
    if begin >= 0:
        yield MessageBounds(begin, size)


def _end_before(line: FromLine, begin: int) -> int:
    """Return where a message ends: the empty line before a separator belongs to the separator."""
    if line.before.endswith(b"\r\n"):
        return max(begin, line.start - 2)
    return max(begin, line.start - 1) if line.before.endswith(b"\n") else line.start


def _claimed_end(read: _Stretch, begin: int, size: int) -> int:
    """Return where the next separator stands by what the message itself claims; -1 if none stands there."""
    headers_end = -1
    for limit in (HEADER_BYTES, MAX_HEADER_BYTES):
        data = read.read(begin, limit)
        headers_end = _headers_end(data)
        if headers_end >= 0 or len(data) < limit:
            break
    # Few messages say how long they are; to look for the bare words takes a tenth of the time.
    if headers_end < 0 or b"content-length" not in data[:headers_end].lower():
        return -1
    claimed = _LENGTH.search(data, 0, headers_end)
    if claimed is None:
        return -1
    end = begin + headers_end + int(claimed[1])
    if end > size:
        return -1
    start = max(begin, end - 1)
    around = read.read(start, 16)
    place = end - start
    following = _NEXT_LINE.match(around, place)
    if following is None or (following.end() < len(around) and around[following.end() - 1 : following.end()] != b"\n"):
        return -1
    return end + following.end() - place


def _headers_end(data: bytes) -> int:
    """Return where the body begins; -1 if no empty line is in *data*."""
    plain = data.find(b"\n\n")
    other = data.find(b"\n\r\n", 0, len(data) if plain < 0 else plain + 2)
    return other + 3 if other >= 0 else plain + 2 if plain >= 0 else -1
