"""The lines between the messages of a mailbox file (mbox): what looks like one, and what only begins like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

# Files are read in windows; the two passes cut them at different places.
WINDOW_BYTES = 4 * 1024 * 1024
COUNTING_BYTES = 7 * 1024 * 1024
# A separator is at most so long, the field behind it included; what stands before it decides too.
MARGIN_BYTES = 2 * 1024
CONTEXT_BYTES = 16
MAX_LINE_BYTES = 1000
# As nearly all programs write it; what it lets pass, `_DATED` lets pass too, more slowly.
_USUAL = re.compile(
    rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    rb"[ \d]?\d \d\d:\d\d[^\n]*"
)
_DATED = re.compile(
    rb"From (?:.*\S)?\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)?,?\s*"
    rb"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2}|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    rb".*\d\d?:\d\d.*",
    re.S,
)
_SENDER = re.compile(rb"From (?:-|\"?[^\s@]+@\S+|MAILER[-_]DAEMON|\?\?\?@\?\?\?)(?:\s.*)?", re.S)
_KNOWN_FIELD = re.compile(
    rb"(?:>?From |(?:received|return-path|message-id|date|from|to|cc|subject|mime-version|content-[a-z-]+|delivered-to|"
    rb"x-[!-9;-~]+|status|sender|reply-to|delivery-date|envelope-to|dkim-signature|arc-[a-z-]+|references|in-reply-to|"
    rb"newsgroups|path|precedence|list-[a-z-]+|authentication-results|user-agent)[ \t]*:)",
    re.I,
)
_ANY_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")


@dataclass(frozen=True, slots=True)
class FromLine:
    """A line that begins with ``From ``, in bytes of the file.

    Args:
        before: The two bytes before it.
        head: How the file begins.
    """

    start: int
    end: int
    is_separator: bool
    is_behind_empty_line: bool
    before: bytes
    head: bytes


def from_lines(file: BinaryIO, *, window_bytes: int = WINDOW_BYTES) -> Iterator[FromLine]:
    """Yield the lines of *file* that begin with ``From ``, reading a window of it at a time."""
    file.seek(0)
    head = file.read(64)
    base, begin = 0, 0  # where the window stands; from where on its lines are new
    while True:
        file.seek(base)
        data = file.read(window_bytes)
        is_end = len(data) < window_bytes
        limit = len(data) if is_end else len(data) - MARGIN_BYTES
        for start, end in _lines(data, begin):
            if start >= limit:
                break
            separates, behind = is_separator(data, start, end), is_behind_empty_line(data, start)
            yield FromLine(base + start, base + end, separates, behind, data[max(0, start - 2) : start], head)
        if is_end:
            return
        base += limit - CONTEXT_BYTES
        begin = CONTEXT_BYTES


def _lines(data: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of *data* that begin with ``From `` begin and end, those from *begin* on.

    The first may stand behind the mark of the encoding that some programs begin a file with. Longer lines than
    `MAX_LINE_BYTES` are passed over.
    """
    start = -1 if begin else _first_line(data)
    while True:
        if start < 0:
            start = data.find(b"\nFrom ", max(0, begin - 1)) + 1
            if not start:
                return
        line_end = data.find(b"\n", start, start + MAX_LINE_BYTES + 6)
        if line_end >= 0:
            yield start, line_end + 1
        elif len(data) - start <= MAX_LINE_BYTES + 5:
            yield start, len(data)
        begin, start = start + 1 if line_end < 0 else line_end + 1, -1


def _first_line(data: bytes) -> int:
    if data.startswith(b"From "):
        return 0
    return 3 if data.startswith(b"\xef\xbb\xbfFrom ") else -1


def separator_count(file: BinaryIO) -> int:
    """Return how many lines of *file* separate messages, as a plain search finds them."""
    count, base, begin = 0, 0, 0
    while True:
        file.seek(base)
        data = file.read(COUNTING_BYTES)
        limit = len(data) - MARGIN_BYTES if len(data) == COUNTING_BYTES else len(data)
        count += sum(start < limit and is_separator(data, start, end) for start, end in _lines(data, begin))
        if limit == len(data):
            return count
        base, begin = base + limit - CONTEXT_BYTES, CONTEXT_BYTES


def is_mbox(head: bytes) -> bool:
    """Tell whether a file that begins with *head* is a mailbox."""
    start = first_byte(head)
    line = next(_lines(head, 0), None)
    return line is not None and line[0] == start and is_separator(head, *line)


def first_byte(data: bytes) -> int:
    """Return where the first line begins: behind the mark of an encoding and empty lines."""
    at = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    while data[at : at + 1] in {b"\n", b"\r"}:
        at += 1
    return at


def is_separator(data: bytes, start: int, end: int) -> bool:
    """Tell whether the line from *start* to *end*, which begins with ``From ``, separates two messages."""
    line = data[start:end].rstrip(b"\r\n")
    is_dated = _USUAL.fullmatch(line) is not None or _DATED.fullmatch(line) is not None
    if not is_dated and _SENDER.fullmatch(line) is None:
        return False
    if not is_behind_empty_line(data, start):
        # Programs forget the empty line; then the first field must be one that messages begin with.
        return _KNOWN_FIELD.match(data, end) is not None
    # An empty message is a separator alone.
    return is_dated or end >= len(data) or data[end : end + 1] in {b"\n", b"\r"} or _begins_fields(data, end)


def _begins_fields(data: bytes, at: int) -> bool:
    return _ANY_FIELD.match(data, at) is not None or data.startswith(b">From ", at)


def is_behind_empty_line(data: bytes, start: int) -> bool:
    """Tell whether the line at *start* is the first, or follows an empty one."""
    return start <= 3 or data[max(0, start - 3) : start].endswith((b"\n\n", b"\n\r\n"))
