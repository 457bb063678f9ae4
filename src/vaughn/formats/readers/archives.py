"""Archives as containers: their members one level deep."""

from __future__ import annotations

from collections.abc import Iterator

from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece, members_of_archive
from vaughn.formats.readers.content import ReadingRequest


def open_members(request: ReadingRequest, known: frozenset[str]) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the members of the archive of *request* in pieces, then its end.

    Raises:
        FileRefused: If the archive itself cannot be read.
    """
    yield from members_of_archive(
        request.path, name=request.name, kind=request.media_type, passwords=request.passwords, known=known
    )
