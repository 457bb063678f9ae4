"""Reading one file as a record, whatever its type; what child processes call."""

from __future__ import annotations

from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.formats.readers.registry import record_reader
from vaughn.model import DocumentKind

_KINDS = {"audio": DocumentKind.MEDIA, "video": DocumentKind.MEDIA, "image": DocumentKind.IMAGE}


def read_record(request: ReadingRequest) -> Reading:
    """Return the file of *request* as read; a type nothing reads is a record without pages, and says so.

    Raises:
        FileRefused: If the file cannot be read.
    """
    return record_reader(request.media_type)(request)


def kind_of(media_type: str) -> DocumentKind:
    """Return what sort of record a file is by its type alone."""
    return _KINDS.get(media_type.split("/", maxsplit=1)[0], DocumentKind.OTHER)
