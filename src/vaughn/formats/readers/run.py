"""Reading one file as a record, whatever its type; what child processes call."""

from __future__ import annotations

from vaughn.formats.media import EMPTY
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.formats.readers.registry import reader_of
from vaughn.model import DocumentKind, RecordFacts, finding

_KINDS = {"audio": DocumentKind.MEDIA, "video": DocumentKind.MEDIA, "image": DocumentKind.IMAGE}


def read_record(request: ReadingRequest) -> Reading:
    """Return the file of *request* as read; a type nothing reads is a record without pages, and says so.

    Raises:
        FileRefused: If the file cannot be read.
    """
    reader = reader_of(request.media_type)
    if reader is not None:
        return reader(request)
    facts = RecordFacts(kind_of(request.media_type))
    if request.media_type == EMPTY:
        return Reading(facts, 0, ())
    told = finding("IN020", f"Files of the type {request.media_type} are not read; the file is kept as it is.")
    return Reading(facts, 0, (), findings=(told,))


def kind_of(media_type: str) -> DocumentKind:
    """Return what sort of record a file is by its type alone."""
    return _KINDS.get(media_type.split("/", maxsplit=1)[0], DocumentKind.OTHER)
