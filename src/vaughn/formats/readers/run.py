"""Reading one file as a record, whatever its type; what child processes call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vaughn.formats.content import PackedPage
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.formats.readers.registry import read_range, record_reader
from vaughn.model import DocumentKind

_KINDS = {"audio": DocumentKind.MEDIA, "video": DocumentKind.MEDIA, "image": DocumentKind.IMAGE}


def read_record(path: Path, request: ReadingRequest) -> Reading:
    """Return the file at *path* as read, whatever its type; the path of *request* is not looked at.

    A child process may read what is named as a path of its own, and nothing else: so the path stands apart.

    Raises:
        FileRefused: If the file cannot be read.
    """
    return record_reader(request.media_type)(replace(request, path=path))


def read_record_pages(path: Path, request: ReadingRequest, first: int, last: int) -> tuple[PackedPage, ...]:
    """Return pages *first* to *last* of a long file; see `read_record`.

    Raises:
        FileRefused: If the file cannot be read.
    """
    return read_range(replace(request, path=path), first, last)


def kind_of(media_type: str) -> DocumentKind:
    """Return what sort of record a file is by its type alone."""
    return _KINDS.get(media_type.split("/", maxsplit=1)[0], DocumentKind.OTHER)
