"""The messages of a mailbox file (mbox, RFC 4155; the kinds mboxo, mboxrd, mboxcl and mboxcl2).

A message begins behind a line ``From sender date``. Programs quote such lines inside messages (``>From``) or say how
long the message is (``Content-Length``); many do neither. So a separator must look like one, and stand behind an
empty line or before a field that messages begin with; or behind as many bytes as the message before it claims.
Messages are handed out byte by byte as they stand, quoting kept, so that their hashes can be found again.

Two passes: the first counts the separators with a plain search over the whole file, the second hands out messages.
What the first counts and the second does not hand out stands in the ledger as missing.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.separators import FROM_LINE, first_byte, is_behind_empty_line, is_separator, separator_count
from vaughn.formats.readers.content import ReadingRequest
from vaughn.model import Finding, Place, finding

PIECE_BYTES = 1024 * 1024
MAX_SEPARATOR_BYTES = 1_000
# Header fields are looked through for a Content-Length no further than this.
MAX_HEADER_BYTES = 256 * 1024

_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?$", re.I | re.M)
_HEADERS_END = re.compile(rb"\n\r?\n")


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
    """

    passed_over: int = 0
    by_length: int = 0
    doubtful: int = 0


def mbox_pieces(request: ReadingRequest, known: frozenset[str] = frozenset()) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the messages of a mailbox in pieces, named ``000001.eml`` and so on; those in *known* are passed over.

    Raises:
        FileRefused: If the file is empty, or holds no message.
    """
    if request.path.stat().st_size == 0:
        raise FileRefused("The mailbox is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    with request.path.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as data:
        separators = separator_count(data)
        if not separators:
            raise unreadable("The file is called a mailbox and holds no message.")
        counts = _Counts()
        for place, bounds in enumerate(_messages(data, counts), start=1):
            path = f"{place:06d}.eml"
            if path not in known:
                yield from _pieces(data, bounds, path)
        yield ArchiveEnd(_findings(counts), expected=separators - counts.passed_over + counts.by_length)


def _pieces(data: bytes | mmap.mmap, bounds: MessageBounds, path: str) -> Iterator[MemberPiece]:
    at = bounds.start
    while bounds.end - at > PIECE_BYTES:
        yield MemberPiece(path, data[at : at + PIECE_BYTES], is_last=False)
        at += PIECE_BYTES
    yield MemberPiece(path, data[at : bounds.end], is_last=True)


def _findings(counts: _Counts) -> tuple[Finding, ...]:
    found = []
    if counts.doubtful:
        found.append(
            finding(
                "IN001",
                "Lines of the mailbox begin like a new message and were read as text of the one before.",
                place=Place(),
                count=counts.doubtful,
            )
        )
    return tuple(found)


def message_bounds(data: bytes | mmap.mmap) -> Iterator[MessageBounds]:
    """Yield where each message of the mailbox *data* stands."""
    return _messages(data, _Counts())


def _messages(data: bytes | mmap.mmap, counts: _Counts) -> Iterator[MessageBounds]:
    at = first_byte(data)
    first = FROM_LINE.match(data, at)
    if first is None or not is_separator(data, first.start(), first.end()):
        following = _next_separator(data, at, counts)
        if following is None:
            return
        first = following
    while first is not None:
        begin = first.end()
        scan = _by_length(data, begin, counts)
        following = _next_separator(data, scan, counts, claimed=scan if scan > begin else -1)
        end = following.start() if following is not None else len(data)
        yield MessageBounds(begin, _without_empty_line(data, begin, end) if following is not None else end)
        first = following


def _next_separator(data: bytes | mmap.mmap, at: int, counts: _Counts, *, claimed: int = -1) -> re.Match[bytes] | None:
    for found in FROM_LINE.finditer(data, at):
        if is_separator(data, found.start(), found.end()):
            return found
        if found.start() == claimed:
            counts.by_length += 1
            return found
        if is_behind_empty_line(data, found.start()):
            counts.doubtful += 1
    return None


def _by_length(data: bytes | mmap.mmap, begin: int, counts: _Counts) -> int:
    """Return from where on to look for the next separator: the end that the message claims, if one stands there."""
    headers = _HEADERS_END.search(data, begin, min(len(data), begin + MAX_HEADER_BYTES))
    if headers is None:
        return begin
    claimed = _LENGTH.search(data, begin, headers.end())
    if claimed is None:
        return begin
    end = headers.end() + int(claimed[1])
    if end > len(data):
        return begin
    following = re.compile(rb"(?:\r?\n){0,2}(?=From |\Z)").match(data, end)
    if following is None or (following.end() < len(data) and data[following.end() - 1] != 10):
        return begin
    inside = sum(is_separator(data, one.start(), one.end()) for one in FROM_LINE.finditer(data, begin, following.end()))
    counts.passed_over += inside
    return following.end()


def _without_empty_line(data: bytes | mmap.mmap, begin: int, end: int) -> int:
    """Return where the message ends: the empty line before a separator belongs to the separator."""
    if data[max(begin, end - 2) : end] == b"\r\n":
        return end - 2
    return end - 1 if data[end - 1 : end] == b"\n" and end > begin else end
