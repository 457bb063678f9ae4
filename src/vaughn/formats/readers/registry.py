"""Which reader reads which type of file; the one seam where a type is added."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import cast

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece
from vaughn.formats.faults import unreadable
from vaughn.formats.readers.content import Reader, ReadingRequest

# Media type -> module and function. Modules are loaded when the first file of their type comes.
# Whole types come before a family (``image/``); what no line names is read by `unknown`.
READERS: dict[str, str] = {
    "message/rfc822": "vaughn.formats.mail.eml:read_message",
    "message/x-emlx": "vaughn.formats.mail.eml:read_message",
}
FAMILIES: dict[str, str] = {}

# Files that only hold others.
CONTAINERS: dict[str, str] = {
    "application/mbox": "vaughn.formats.mail.mbox:mbox_pieces",
}
Opener = Callable[[ReadingRequest, frozenset[str]], Iterator[MemberPiece | ArchiveEnd]]


def reader_of(media_type: str) -> Reader | None:
    """Return what reads files of *media_type* as records; `None` if nothing does."""
    place = READERS.get(media_type) or FAMILIES.get(media_type.split("/", maxsplit=1)[0] + "/")
    if place is None:
        return None
    return cast("Reader", _function(place))


def is_container(media_type: str) -> bool:
    """Tell whether files of *media_type* only hold others and are no document themselves."""
    return media_type in CONTAINERS


def container_pieces(
    request: ReadingRequest, known: frozenset[str] = frozenset()
) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield what a container holds in pieces, then one `ArchiveEnd`; members whose path is in *known* are passed over.

    Raises:
        FileRefused: If the container itself cannot be read.
    """
    if request.media_type not in CONTAINERS:
        raise unreadable(f"Files of the type {request.media_type} hold no others.")
    yield from cast("Opener", _function(CONTAINERS[request.media_type]))(request, known)


def _function(place: str) -> object:
    module, function = place.split(":")
    return getattr(importlib.import_module(module), function)
