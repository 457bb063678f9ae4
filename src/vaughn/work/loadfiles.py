"""Load files opened where they can do no harm: text in this process, workbooks and XML in a child with limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vaughn.formats.loadfile import (
    FindingPiece,
    LoadFile,
    PagePiece,
    PageRowBatch,
    Recognised,
    RowBatch,
    RowPiece,
    TextPages,
    TextRows,
    document_pieces,
    needs_child,
    page_pieces,
    recognise,
    recognised,
)
from vaughn.formats.pages import FileRefused, Refusal
from vaughn.model import Finding, Place, StateError, finding
from vaughn.work.limits import Limits, loading_limits
from vaughn.work.outcome import Failure, FailureKind
from vaughn.work.pool import WorkerPool

_REFUSALS = {one.value: one for one in Refusal}


def open_load_file(
    path: Path,
    *,
    name: str,
    pool: WorkerPool,
    limits: Limits | None = None,
    look: Callable[[Path, str], Recognised | None] = recognised,
) -> LoadFile | None:
    """Return the load file that *path* is, or `None` if it is none, without ever opening a workbook or XML here.

    Args:
        name: Path as the production writes it; findings name it.
        limits: Of the child; by the size of the file if not given.
        look: What looks at the file in the child.

    Raises:
        LoadFileError: If the file cannot be opened or read at all.
        FileRefused: If a child could not read it; its `code` is the finding to report.
        StateError: If the work was cancelled.
    """
    if not needs_child(path, name=name):
        return open_text_list(path, name=name)
    limits = limits or loading_limits(path.stat().st_size)
    outcome = pool.run(look, (path, name), cpu_seconds=limits.cpu_seconds, memory_bytes=limits.memory_bytes)
    if outcome.failure is not None:
        raise _refused(outcome.failure)
    if not isinstance(outcome.value, Recognised):
        return None
    return _ChildLoadFile(path, name, outcome.value, pool=pool, limits=limits)


def open_text_list(path: Path, *, name: str) -> LoadFile | None:
    """Return the load file of plain text that *path* is, or `None` if it is none; workbooks and XML are none.

    Raises:
        LoadFileError: If the file cannot be opened or read at all.
    """
    return None if needs_child(path, name=name) else recognise(path, name=name)


def _refused(failure: Failure) -> FileRefused | StateError:
    if failure.kind is FailureKind.CANCELLED:
        return StateError(failure.reason, hint=failure.hint)
    return FileRefused(failure.reason, refusal=_REFUSALS.get(failure.code or "", Refusal.UNREADABLE), hint=failure.hint)


class _ChildLoadFile(LoadFile):
    """A load file whose rows a child reads. If the child fails, the rows before that count, and a finding says so."""

    def __init__(self, path: Path, name: str, what: Recognised, *, pool: WorkerPool, limits: Limits) -> None:
        super().__init__(name, file_format=what.format, kind=what.kind)
        self.columns = what.columns
        self._path, self._pool, self._limits = path, pool, limits
        self._told: dict[Callable[..., object], tuple[Finding, ...]] = {recognised: what.findings}

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the file: complete once `documents` and `pages` were exhausted."""
        return [one for told in self._told.values() for one in told]

    def documents(self) -> Iterator[RowBatch]:
        """Yield the rows of documents."""
        for piece in self._pieces(document_pieces):
            if isinstance(piece, RowPiece):
                yield TextRows(piece.lines, piece.rows, width=len(self.columns))

    def pages(self) -> Iterator[PageRowBatch]:
        """Yield the rows of pages."""
        for piece in self._pieces(page_pieces):
            if isinstance(piece, PagePiece):
                yield TextPages(piece.rows)

    def _pieces(self, read: Callable[[Path, str], Iterable[object]]) -> Iterator[object]:
        self._told[read] = ()
        rows = 0
        for outcome in self._pool.stream(read, (self._path, self.name), limits=self._limits):
            if outcome.failure is not None:
                refused = _refused(outcome.failure)
                if isinstance(refused, StateError):
                    raise refused
                message = f"{refused.message} {rows:,} rows before that were read."
                self._told[read] = (finding(refused.code, message, place=Place(path=self.name)),)
                return
            piece = outcome.value
            if isinstance(piece, FindingPiece):
                self._told[read] = piece.findings
            else:
                rows += len(piece.rows) if isinstance(piece, RowPiece | PagePiece) else 0
                yield piece
