"""The members of an archive, unpacked by a child with limits and handed over as streams; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from vaughn.formats.pages import ArchiveEnd, FileRefused, MemberPiece, Refusal, archive_pieces
from vaughn.model import Finding, Place, StateError, finding
from vaughn.work.limits import Limits, loading_limits
from vaughn.work.outcome import Failure, FailureKind, Outcome
from vaughn.work.pool import WorkerPool

_REFUSALS = {one.value: one for one in Refusal}


class _MemberStream:
    """Reads one member; a short piece is not its end, no bytes are."""

    def __init__(self, first: MemberPiece, following: Callable[[], MemberPiece]) -> None:
        self._waiting: MemberPiece | None = first
        self._following = following

    def read(self, _: int = -1) -> bytes:
        """Return the next bytes, as many as there are in the next piece; none at the end.

        Raises:
            FileRefused: If the member is broken or grows beyond the limits, or the child failed.
        """
        piece, self._waiting = self._waiting, None
        if piece is None:
            return b""
        if piece.code is not None:
            raise FileRefused(piece.message, refusal=_REFUSALS.get(piece.code, Refusal.UNREADABLE))
        if not piece.is_last:
            self._waiting = self._following()
        return piece.data

    def skip(self) -> None:
        """Pass over what was not read."""
        try:
            while self._waiting is not None:
                self.read()
        except FileRefused:
            return


@dataclass(frozen=True, slots=True)
class MemberBytes:
    """One member: its path inside the archive, and its bytes, to be read before the next member is asked for."""

    path: str
    stream: BinaryIO
    modified_at: str | None = None


class ArchiveReader:
    """The archive at *path*, which the production calls *name*. `findings` is complete once `members` is exhausted.

    Args:
        limits: Of the child; by the size of the archive if not given.
        read: What reads the archive in the child; its last argument are the members that are known.
        arguments: What is given to it before those; path and name if not given.

    Attributes:
        end: What the archive said at its end, `None` if it was not reached.
        failure: What kept the child from coming to the end.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        pool: WorkerPool,
        limits: Limits | None = None,
        read: Callable[..., Iterable[object]] = archive_pieces,
        arguments: tuple[object, ...] | None = None,
    ) -> None:
        self.name = name
        self.end: ArchiveEnd | None = None
        self.failure: Failure | None = None
        self._arguments = (path, name) if arguments is None else arguments
        self.findings: list[Finding] = []
        self._pool, self._read = pool, read
        self._limits = limits or loading_limits(path.stat().st_size)

    def members(self, known: frozenset[str] = frozenset()) -> Iterator[MemberBytes]:
        """Yield the files of the archive but those in *known*; what a child could not read is a finding.

        Raises:
            StateError: If the work was cancelled.
        """
        outcomes = self._pool.stream(self._read, (*self._arguments, known), limits=self._limits)
        with closing(outcomes):  # type: ignore[type-var]
            for outcome in outcomes:
                if outcome.failure is not None:
                    self._tell(outcome.failure)
                elif isinstance(outcome.value, ArchiveEnd):
                    self.end = outcome.value
                    self.findings += outcome.value.findings
                elif isinstance(outcome.value, MemberPiece):
                    first = outcome.value
                    stream = _MemberStream(first, lambda: self._following(outcomes))
                    yield MemberBytes(first.path, cast("BinaryIO", stream), first.modified_at)
                    stream.skip()

    def _following(self, outcomes: Iterator[Outcome]) -> MemberPiece:
        """Return the next piece of a member, or the refusal of the member that broke the child."""
        outcome = next(outcomes, None)
        if outcome is not None and isinstance(outcome.value, MemberPiece):
            return outcome.value
        if outcome is not None and outcome.failure is not None:
            self._tell(outcome.failure)
            return MemberPiece("", b"", is_last=True, code=outcome.failure.code, message=outcome.failure.reason)
        return MemberPiece("", b"", is_last=True, code=Refusal.UNREADABLE.value, message="The member is cut off.")

    def _tell(self, failure: Failure) -> None:
        if failure.kind is FailureKind.CANCELLED:
            raise StateError(failure.reason, hint=failure.hint)
        self.failure = failure
        code = failure.code or Refusal.UNREADABLE.value
        message = failure.reason
        if failure.kind is not FailureKind.REFUSED:
            message += " The members from there on were not unpacked."
        self.findings.append(finding(code, message, place=Place(path=self.name)))
