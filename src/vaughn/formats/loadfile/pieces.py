"""Load files as a child process sends them to its parent: what they are, then their rows, some thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind, PageRow
from vaughn.formats.loadfile.recognise import recognise
from vaughn.model import Finding


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a load file is; `findings` are those of its first look."""

    format: str
    kind: LoadFileKind
    columns: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RowPiece:
    """Rows of documents with the line each begins on."""

    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PagePiece:
    """Rows of pages."""

    rows: tuple[PageRow, ...]


@dataclass(frozen=True, slots=True)
class FindingPiece:
    """Every finding of a reading. Comes once, at the end."""

    findings: tuple[Finding, ...]


def recognised(path: Path, name: str) -> Recognised | None:
    """Return what load file *path* is, `None` if it is none; see `recognise`."""
    load_file = recognise(path, name=name)
    if load_file is None:
        return None
    return Recognised(load_file.format, load_file.kind, load_file.columns, tuple(load_file.findings))


def document_pieces(path: Path, name: str) -> Iterator[RowPiece | FindingPiece]:
    """Yield the rows of documents of the load file at *path*, then its findings."""
    load_file, known = _opened(path, name)
    for batch in load_file.documents():
        yield RowPiece(tuple(batch.lines.tolist()), tuple(batch.rows()))
    yield FindingPiece(tuple(load_file.findings[known:]))


def page_pieces(path: Path, name: str) -> Iterator[PagePiece | FindingPiece]:
    """Yield the rows of pages of the load file at *path*, then its findings."""
    load_file, known = _opened(path, name)
    for batch in load_file.pages():
        columns = (
            batch.keys, batch.volumes, batch.paths, batch.breaks.tolist(), batch.page_in_file.tolist(),
            batch.declared.tolist(), batch.lines.tolist(), batch.starts.tolist(),
        )  # fmt: skip
        yield PagePiece(tuple(PageRow(*row) for row in zip(*columns, strict=True)))
    yield FindingPiece(tuple(load_file.findings[known:]))


def _opened(path: Path, name: str) -> tuple[LoadFile, int]:
    """Return the load file and how many findings its first look brought."""
    load_file = recognise(path, name=name) or LoadFile(name, file_format="", kind=LoadFileKind.DOCUMENTS)
    return load_file, len(load_file.findings)
