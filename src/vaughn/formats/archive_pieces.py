"""The members of an archive as a child process sends them to its parent: a piece at a time, whatever their size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.archive import CHUNK_BYTES, Archive, ArchiveMember
from vaughn.formats.faults import FileRefused
from vaughn.model import Finding


@dataclass(frozen=True, slots=True)
class MemberPiece:
    """Some bytes of one member; pieces of a member follow each other.

    Args:
        code, message: Why the member was refused here; its bytes so far do not count then.
        modified_at: ISO 8601 in UTC as the container has it; said with the first piece.
    """

    path: str
    data: bytes
    is_last: bool
    code: str | None = None
    message: str = ""
    modified_at: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveEnd:
    """What was wrong with the members that were not handed out. Comes once, at the end.

    Args:
        expected: How many members the container itself says it has, counted apart from handing them out
            (entries of the directory, ``From `` lines, messages of a folder table); `None` if it does not say.
        refused: How many of them were not handed out; each is named by a finding.
    """

    findings: tuple[Finding, ...]
    expected: int | None = None
    refused: int = 0


def archive_pieces(path: Path, name: str, known: frozenset[str] = frozenset()) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the members of the zip archive at *path*, and of archives inside it, in pieces.

    Args:
        name: What the production calls the archive.
        known: Paths inside the archive that are passed over unread.

    Raises:
        FileRefused: If the archive itself cannot be read.
    """
    yield from _pieces(Archive(path, name=name), known)


def members_of_archive(
    path: Path, *, name: str, kind: str, passwords: tuple[str, ...], known: frozenset[str]
) -> Iterator[MemberPiece | ArchiveEnd]:
    """Yield the members of the archive at *path* in pieces; archives among them are members like others.

    Raises:
        FileRefused: If the archive itself cannot be read.
    """
    yield from _pieces(Archive(path, name=name, kind=kind, passwords=passwords, is_nested_opened=False), known)


def _pieces(archive: Archive, known: frozenset[str]) -> Iterator[MemberPiece | ArchiveEnd]:
    members = archive.members()
    with closing(members):  # type: ignore[type-var]
        for member in members:
            if member.path not in known:
                yield from _pieces_of(member)
    yield ArchiveEnd(tuple(archive.findings), archive.expected, archive.refused)


def _pieces_of(member: ArchiveMember) -> Iterator[MemberPiece]:
    modified_at = member.modified_at
    try:
        data = member.stream.read(CHUNK_BYTES)
        while len(data) == CHUNK_BYTES:
            following = member.stream.read(CHUNK_BYTES)
            yield MemberPiece(member.path, data, is_last=not following, modified_at=modified_at)
            if not following:
                return
            data = following
        yield MemberPiece(member.path, data, is_last=True, modified_at=modified_at)
    except FileRefused as error:
        yield MemberPiece(
            member.path, b"", is_last=True, code=error.code, message=error.message, modified_at=modified_at
        )
