"""The index on the disk: opened anywhere, written to by one process at a time, read while it is written."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vaughn.fulltext.postings.columns import DayCounts, Names
from vaughn.fulltext.postings.entries import Column
from vaughn.fulltext.postings.manifest import Manifest, newest_manifest
from vaughn.fulltext.postings.opening import open_files, read_names
from vaughn.fulltext.postings.stored import StoredSegment
from vaughn.fulltext.postings.writing import PostingWriter
from vaughn.fulltext.segment import Ids, Mask
from vaughn.model import IntegrityError

# A reader that was overtaken by two commits while it opened files begins again, at most so often.
_ATTEMPTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The index as it was at one commit; it stays as it is while the index changes.

    Args:
        generation: Grows with every commit; 0 before the first.
    """

    generation: int
    columns: tuple[Column, ...]
    segments: tuple[StoredSegment, ...]
    names: Names

    def __len__(self) -> int:
        return sum(len(ids) for ids in self._living())

    def document_ids(self) -> Ids:
        """Return the ids of all documents, sorted."""
        return np.sort(np.concatenate([np.zeros(0, np.int64), *self._living()]))

    def facet(self, column: str, documents: Sequence[Mask | Ids | None]) -> Ids:
        """Return how many documents have each name of *column*, by number.

        Args:
            documents: Of each segment: a yes or no for each document, or the numbers of those meant; `None`: all.
        """
        size = len(self.names.of(column))
        counts = np.zeros(size, np.int64)
        for segment, chosen in zip(self.segments, documents, strict=True):
            counts += segment.columns.counts(column, size=size, documents=_living_among(segment, chosen))
        return counts

    def days(self, column: str, documents: Sequence[Mask | Ids | None]) -> DayCounts:
        """Return how many documents there are of each day of *column*; *documents* as for `facet`."""
        together = DayCounts(0, np.zeros(0, np.int64))
        for segment, chosen in zip(self.segments, documents, strict=True):
            together += segment.columns.day_counts(column, _living_among(segment, chosen))
        return together

    def _living(self) -> list[Ids]:
        return [
            segment.document_ids if segment.alive is None else segment.document_ids[segment.alive]
            for segment in self.segments
        ]


def _living_among(segment: StoredSegment, chosen: Mask | Ids | None) -> Mask | Ids | None:
    alive = segment.alive
    if alive is None or chosen is None:
        return chosen if alive is None else alive
    return chosen & alive if chosen.dtype == np.bool_ else chosen[alive[chosen]]


class PostingIndex:
    """The words of all documents of a case, with their places."""

    def __init__(self, folder: Path, columns: Sequence[Column] = ()) -> None:
        """Open the index in *folder*, which need not be there yet; nothing is written.

        Args:
            columns: What is kept of documents beside their words. An index with other columns counts as none.
        """
        self._folder = folder
        self._columns = tuple(columns)
        self._lock = threading.Lock()
        self._snapshot = Snapshot(0, self._columns, (), Names({}))
        self._open: dict[tuple[str, ...], StoredSegment] = {}

    @property
    def generation(self) -> int:
        """Number of the newest commit; 0 before the first."""
        return self._manifest().generation

    def snapshot(self) -> Snapshot:
        """Return the index as it is now.

        Raises:
            IntegrityError: If a file of it is damaged or gone; what is whole is kept by the next writing.
        """
        with self._lock:
            missing: FileNotFoundError | None = None
            for _ in range(_ATTEMPTS):
                manifest = self._manifest()
                if manifest.generation == self._snapshot.generation:
                    return self._snapshot
                try:
                    self._snapshot = self._opened(manifest)
                except FileNotFoundError as error:
                    missing = error
                    continue
                return self._snapshot
            raise IntegrityError(
                f"A file of the text index is gone: {Path(str(missing and missing.filename)).name}.",
                hint="The index is derived: have it built anew.",
            ) from missing

    def writer(self) -> PostingWriter:
        """Return the right to write, as a context: leaving it commits, an exception takes back to the last commit.

        Raises:
            CaseInUse: If another process, or another writer in this one, has it.
        """
        return PostingWriter(self._folder, self._columns)

    def check(self) -> None:
        """Read all files once.

        Raises:
            IntegrityError: If one is not what was written; `PostingWriter.drop_damaged` leaves those out.
        """
        for segment in self.snapshot().segments:
            segment.check()

    def _manifest(self) -> Manifest:
        manifest = newest_manifest(self._folder)
        return manifest if manifest.columns == self._columns else Manifest(0, self._columns)

    def _opened(self, manifest: Manifest) -> Snapshot:
        names = read_names(self._folder, manifest)
        still_open: dict[tuple[str, ...], StoredSegment] = {}
        for files in manifest.segments:
            segment = self._open.get(files.names()) or open_files(self._folder, files)
            still_open[files.names()] = segment.explained(manifest.columns, names)
        self._open = still_open
        return Snapshot(manifest.generation, manifest.columns, tuple(still_open.values()), names)
