"""What reading one file as a record brings: its facts, its pages, the files inside it, what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.content import PackedPage
from vaughn.model import Finding, Moment, PartRole, RecordFacts

# Longer files are read in ranges of this many pages, each a task of its own.
PAGES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """One file to be read.

    Args:
        path: Where its bytes are; its name there means nothing.
        name: What it is called, with its suffix; data, never opened.
        passwords: To be tried in order on a locked file.
        spool: Folder for parts too large to be sent; `None` if all are to be sent.
    """

    path: Path
    media_type: str
    name: str
    passwords: tuple[str, ...] = ()
    spool: Path | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A file that stands inside a document, to become a document of its own (a child of its family).

    Args:
        name: As the document calls it, or a made one (``attachment-3.txt``); data, never a path.
        data: Its bytes, `None` if they lie in the spool folder under the name `spooled`.
        media_type: As declared; what it is, is found out from its bytes.
    """

    name: str
    role: PartRole
    data: bytes | None
    spooled: str | None = None
    media_type: str | None = None
    modified: Moment | None = None
    created: Moment | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read.

    Args:
        pages: All of them where words were laid out on the grid; of paper (PDF, images) the first of `page_count`
            pages, up to `PAGES_AT_ONCE`: the rest are asked for in ranges.
        parts: In the order of the document.
        identity: Equal for copies of one message, whatever file they come in; `None` for all else.
        findings: Their places name no path; the caller knows it.
    """

    facts: RecordFacts
    page_count: int
    pages: tuple[PackedPage, ...]
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    identity: str | None = None


Reader = Callable[[ReadingRequest], Reading]
