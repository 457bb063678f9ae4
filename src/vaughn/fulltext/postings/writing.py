"""Changing the index: documents in and out, committed together; small segments are merged on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.arrays import write_arrays
from vaughn.fulltext.postings.building import SegmentBuilder
from vaughn.fulltext.postings.columns import ColumnCollector, Columns, Names, replaced_columns
from vaughn.fulltext.postings.entries import Column, Description, DocumentEntry
from vaughn.fulltext.postings.manifest import (
    Manifest,
    SegmentFiles,
    last_segment_number,
    newest_manifest,
    newest_number,
    remove_left_over,
    write_manifest,
    write_text,
)
from vaughn.fulltext.postings.merging import merge
from vaughn.fulltext.postings.opening import open_files, read_names
from vaughn.fulltext.postings.stored import StoredSegment, gone_arrays
from vaughn.fulltext.segment import Ids
from vaughn.model import CaseInUse, IntegrityError
from vaughn.store import SoleWriter

_LOCK = "writer.lock"
# Places of one segment at most: 64 million, about 400 MB of text; what is built stays under half a gigabyte of memory.
MAX_PLACES = 1 << 26
# A text of ever new words (tables of numbers, base64) closes its segment earlier, for the sake of memory.
_MAX_WORDS = 3_000_000
# Merged are so many segments of about the same size, by powers of it.
_MERGED_AT_ONCE = 8
_SMALLEST_TIER = 1 << 16


@dataclass(slots=True, eq=False)
class _Live:
    """One segment as the writer knows it."""

    files: SegmentFiles
    segment: StoredSegment
    gone: NDArray[np.bool_]
    is_changed: bool = False

    def remove(self, document_ids: NDArray[np.int64]) -> None:
        found = np.isin(self.segment.document_ids, document_ids) & ~self.gone
        if found.any():
            self.gone |= found
            self.is_changed = True

    @property
    def living(self) -> int:
        return len(self.gone) - int(np.count_nonzero(self.gone))


class PostingWriter:
    """The right to write to one index, from entering the context to leaving it."""

    def __init__(self, folder: Path, columns: Sequence[Column], *, max_places: int = MAX_PLACES) -> None:
        """Prepare; nothing is written before the context is entered."""
        self._folder = folder
        self._columns = tuple(columns)
        self._max_places = max_places
        self._lock = SoleWriter(folder / _LOCK)
        self._live: list[_Live] = []
        self._removed: set[int] = set()
        self._described: dict[int, Description] = {}
        self._names = Names({})
        self._manifest = Manifest(0, self._columns)
        self._generation = 0
        self._is_changed = False

    def __enter__(self) -> Self:
        """Take the right to write; segments that cannot be opened are left out from now on.

        Raises:
            CaseInUse: If another process, or another writer in this one, has it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.acquire():
            raise CaseInUse(
                "Another process is writing to the text index.", hint="Wait until it has finished, or close it."
            )
        try:
            self._begin()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._builder.close()
            self._lock.release()

    def add(self, entry: DocumentEntry) -> None:
        """Enter one document, in the place of an earlier one of the same id."""
        self._described.pop(entry.document_id, None)
        self._builder.add(entry)
        if self._builder.places >= self._max_places or self._builder.word_count >= _MAX_WORDS:
            self._close_segment()

    def describe(self, document_id: int, description: Description) -> None:
        """Replace what is known of a document beside its words; an unknown id is passed over."""
        self._described[document_id] = description

    def remove(self, document_ids: Iterable[int]) -> None:
        """Take documents out; unknown ids are passed over."""
        for document_id in document_ids:
            self._builder.remove(document_id)
            self._removed.add(document_id)

    def clear(self) -> None:
        """Take all documents out."""
        self._live.clear()
        self._removed.clear()
        self._described.clear()
        self._builder.close()
        self._new_builder()
        self._is_changed = True

    def drop_damaged(self) -> int:
        """Read all files once and leave out segments that are not what was written; return how many documents went."""
        whole = []
        for live in self._live:
            try:
                live.segment.check()
            except IntegrityError:
                self._is_changed = True
            else:
                whole.append(live)
        dropped = sum(live.living for live in self._live) - sum(live.living for live in whole)
        self._live = whole
        return dropped

    def commit(self) -> int:
        """Make everything so far last and visible to readers; return the generation."""
        self._close_segment()
        self._remove_now()
        self._describe_now()
        self._merge_small()
        if not (self._is_changed or self._names.is_changed or any(live.is_changed for live in self._live)):
            return self._manifest.generation
        generation = self._generation = self._generation + 1
        self._live = [live for live in self._live if live.living]
        for live in self._live:
            if live.is_changed:
                self._write_gone(live, generation)
        names = self._manifest.names
        if self._names.is_changed or (names is None and self._names.all()):
            names = f"names-{generation:08d}.json"
            write_text(self._folder / names, json.dumps(self._names.all()))
            self._names.is_changed = False
        segments = tuple(live.files for live in self._live)
        self._manifest = Manifest(generation, self._columns, segments, names, self._manifest.last_segment)
        write_manifest(self._folder, self._manifest)
        self._is_changed = False
        remove_left_over(self._folder)
        return generation

    def _begin(self) -> None:
        manifest = newest_manifest(self._folder)
        # Taken before a damaged one is cleared away: its number may be known to a reader.
        self._generation = newest_number(self._folder)
        if manifest.columns != self._columns:
            # Of another layout, or none: begun anew, under numbers that were never used.
            manifest = Manifest(manifest.generation, self._columns, last_segment=manifest.last_segment)
        # No number twice: readers know segments by it. Past all that is there: what Windows holds open stays.
        last = max(manifest.last_segment, last_segment_number(self._folder))
        self._manifest = manifest = replace(manifest, last_segment=last)
        remove_left_over(self._folder)
        self._live, whole = [], True
        try:
            self._names = read_names(self._folder, manifest)
        except (FileNotFoundError, IntegrityError):
            manifest = self._manifest = replace(manifest, segments=(), names=None)
            self._names, whole = Names({}), False
        for files in manifest.segments:
            try:
                segment = open_files(self._folder, files)
            except (FileNotFoundError, IntegrityError):
                whole = False
                continue
            gone = np.zeros(len(segment), np.bool_) if segment.alive is None else ~segment.alive
            self._live.append(_Live(files, segment, gone))
        self._is_changed = not whole
        self._removed.clear()
        self._new_builder()

    def _new_builder(self) -> SegmentBuilder:
        self._builder = SegmentBuilder(self._folder, ColumnCollector(self._columns, self._names))
        return self._builder

    def _next_number(self) -> int:
        self._manifest = replace(self._manifest, last_segment=self._manifest.last_segment + 1)
        return self._manifest.last_segment

    def _remove_now(self) -> None:
        if self._removed:
            gone = np.fromiter(self._removed, np.int64, len(self._removed))
            for live in self._live:
                live.remove(gone)
            self._removed.clear()

    def _describe_now(self) -> None:
        known = np.array(sorted(self._described), np.int64)
        for live in self._live if len(known) else ():
            documents = np.flatnonzero(np.isin(live.segment.document_ids, known) & ~live.gone)
            if len(documents):
                self._describe_in(live, documents)
        self._described.clear()

    def _describe_in(self, live: _Live, documents: Ids) -> None:
        collector = ColumnCollector(self._columns, self._names)
        for document_id in live.segment.document_ids[documents].tolist():
            collector.add(self._described[document_id])
        names = [column.name for column in self._columns]
        columns = replaced_columns(live.segment.columns, Columns(collector.arrays()), documents=documents, names=names)
        name = f"{live.files.number:06d}-{self._generation + 1:08d}.columns"
        write_arrays(self._folder / name, columns, facts={})
        live.files = replace(live.files, columns=name)
        live.segment = open_files(self._folder, live.files)
        self._is_changed = True

    def _close_segment(self) -> None:
        """Write what is being built as a segment of its own, not yet visible."""
        self._remove_now()
        if not len(self._builder):
            return
        builder, number = self._builder, self._next_number()
        words, columns = f"{number:06d}.words", f"{number:06d}.columns"
        for live in self._live:
            live.remove(builder.document_ids)
        gone, documents = builder.gone(), len(builder)
        builder.write(self._folder / words, self._folder / columns)
        builder.close()
        self._new_builder()
        files, segment = self._opened(SegmentFiles(number, words, columns, None, documents, 0))
        is_gone = np.zeros(documents, np.bool_) if gone is None else gone
        self._live.append(_Live(files, segment, is_gone, gone is not None))
        self._is_changed = True

    def _write_gone(self, live: _Live, generation: int) -> None:
        name = f"{live.files.number:06d}-{generation:08d}.gone"
        write_arrays(self._folder / name, gone_arrays(live.gone), facts={})
        count = len(live.gone) - live.living
        live.files = replace(live.files, gone=name, gone_documents=count)
        live.is_changed = False

    def _merge_small(self) -> None:
        while chosen := self._to_merge():
            self._merge(chosen)

    def _to_merge(self) -> list[_Live]:
        """Return the segments to merge next: eight of one size, or one of which most documents are gone."""
        tiers: dict[int, list[_Live]] = {}
        for live in self._live:
            if live.living and live.living * 2 < len(live.gone):
                return [live]
            size, tier = _SMALLEST_TIER, 0
            while live.files.places > size:
                size, tier = size * _MERGED_AT_ONCE, tier + 1
            tiers.setdefault(tier, []).append(live)
        for _, group in sorted(tiers.items()):
            chosen = group[:_MERGED_AT_ONCE]
            if len(chosen) == _MERGED_AT_ONCE and sum(live.files.places for live in chosen) <= self._max_places:
                return chosen
        return []

    def _opened(self, files: SegmentFiles) -> tuple[SegmentFiles, StoredSegment]:
        segment = open_files(self._folder, files)
        return replace(files, places=int(segment.text.starts[-1])), segment

    def _merge(self, chosen: list[_Live]) -> None:
        number = self._next_number()
        words, columns = f"{number:06d}.words", f"{number:06d}.columns"
        segments = [live.segment.without(live.gone) for live in chosen]
        documents = merge(
            segments,
            [column.name for column in self._columns],
            words_path=self._folder / words,
            columns_path=self._folder / columns,
        )
        place = self._live.index(chosen[0])
        self._live = [live for live in self._live if live not in chosen]
        files, segment = self._opened(SegmentFiles(number, words, columns, None, documents, 0))
        self._live.insert(place, _Live(files, segment, np.zeros(documents, np.bool_)))
        self._is_changed = True
