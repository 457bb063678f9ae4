"""What do the load files say? Their rows as columns, with every path already led to its file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from vaughn.formats.loadfile import LoadFile, RowBatch
from vaughn.model import Finding, Place, finding
from vaughn.receive.bates_column import SpelledNumbers
from vaughn.receive.links import ESCAPED, MISSING, FileTable, How, LinkColumn, Origin, PathReader
from vaughn.receive.packed import Shelf, even, slim
from vaughn.receive.paging import PageRows
from vaughn.receive.rows import NEEDED, DocumentRows, RowPlaces, map_columns
from vaughn.receive.survey import volume_root

_TOLD = {
    How.CASE: ("FL004", "The path differs from the file's name in upper and lower case"),
    How.REROOTED: ("FL008", "The path begins with folders that do not exist; the rest of it was followed"),
    How.ABSOLUTE: ("PL009", "The path is absolute; it was read as a path inside the volume"),
    How.AMBIGUOUS: ("FL014", "The path fits more than one file; the nearest was taken"),
}
# A path that leads to no file is counted once, on however many rows it stands.
_ONCE = frozenset({"FL001", "FL002"})
# Single missing files told one by one up to this many of a load file, then as one finding with a count.
_MOST_SINGLE = 50
# From this many columns on, reading whole rows wins.
_ROWS_FROM = 5

Int64s = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(slots=True)
class LinkTally:
    """Counts what happened to the paths of one load file, and keeps the first places of each."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[Place]] = field(default_factory=dict)
    _told: dict[str, set[str]] = field(default_factory=dict)
    _hashes: dict[str, list[Int64s]] = field(default_factory=dict)

    def add(
        self, links: LinkColumn, written: Sequence[str], *, lines: Int64s, numbers: Sequence[str], column: str | None
    ) -> None:
        """Count the links of a column; the same missing path on several rows is one missing file."""
        for code, mask in self._kinds(links):
            rows = np.flatnonzero(mask)
            if not len(rows):
                continue
            if code in _ONCE:
                hashes = links.hashes[rows]
                self._hashes.setdefault(code, []).append(hashes[np.append(True, hashes[1:] != hashes[:-1])])
                rows = self._untold(code, rows, written)
            self.counts[code] += len(rows)
            places = self.places.setdefault(code, [])
            for row in rows[: _MOST_SINGLE - len(places)].tolist():
                places.append(Place(self.name, int(lines[row]), numbers[row] or None, column))

    def _untold(self, code: str, rows: Int64s, written: Sequence[str]) -> Int64s:
        """Return the first rows of paths that were not told yet, as far as they are told singly."""
        told = self._told.setdefault(code, set())
        new: list[int] = []
        for row in rows.tolist() if len(told) < _MOST_SINGLE else ():
            if written[row] not in told:
                told.add(written[row])
                new.append(row)
                if len(told) == _MOST_SINGLE:
                    break
        return np.array(new, np.int64)

    def _kinds(self, links: LinkColumn) -> Iterable[tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
        yield "FL001", links.index == MISSING
        yield "FL002", links.index == ESCAPED
        for how, (code, _) in _TOLD.items():
            yield code, (links.how == how) & (links.index >= 0)

    def _count(self, code: str) -> int:
        """Return how many rows, or different paths of files that are missing or outside, were counted."""
        if code not in self._hashes:
            return self.counts[code]
        hashes = np.sort(np.concatenate(self._hashes[code]))
        return int((hashes[1:] != hashes[:-1]).sum()) + 1

    def findings(self) -> list[Finding]:
        """Return one finding a missing or escaping path while they are few, else one of each code."""
        messages = dict(_TOLD.values())
        messages |= {
            "FL001": "The file that this row names was not handed over",
            "FL002": "The path leads out of the volume and was not followed",
        }
        found: list[Finding] = []
        for code in self.counts:
            count, places = self._count(code), self.places[code]
            if code in _ONCE and count <= len(places):
                found += [finding(code, f"{messages[code]}.", place=place) for place in places]
            else:
                more = f"; {count} paths of this load file." if count > 1 else "."
                found.append(finding(code, messages[code] + more, place=places[0], count=count))
        return found


def origin_of(path: str) -> Origin:
    """Return where the paths inside the load file at *path* count from."""
    return Origin(volume_root(path), path.rpartition("/")[0])


def gather_documents(source: LoadFile, *, number: int, path: str, shelf: Shelf | None = None) -> DocumentRows:
    """Return the document rows of a load file; only the needed columns are kept, long ones on the *shelf*."""
    mapped = map_columns(source.columns)
    rows = DocumentRows(number, source.name, source.format, origin_of(path), mapped, shelf)
    wanted = [(i, name) for i, name in enumerate(mapped.fields) if name is not None and name in NEEDED]
    for batch in source.documents():
        rows.add(_columns(batch, wanted), RowPlaces(batch.lines, batch.starts, batch.ends))
        if len(batch) and batch.starts[0] < 0:
            rows.raws = (rows.raws or []) + [json.dumps(batch.row(i), ensure_ascii=False) for i in range(len(batch))]
    return rows


def _columns(batch: RowBatch, wanted: Sequence[tuple[int, str]]) -> dict[str, list[str]]:
    """Return the wanted columns; taking whole rows apart is quicker than looking for many columns."""
    if len(wanted) < _ROWS_FROM:
        return {name: batch.column(place) for place, name in wanted}
    return dict(zip((name for _, name in wanted), batch.columns([place for place, _ in wanted]), strict=True))


def gather_pages(source: LoadFile, *, number: int, path: str, table: FileTable) -> tuple[PageRows, LinkTally]:
    """Return the page rows of a load file with their files, and what became of the paths."""
    rows = PageRows(number, source.name, source.format, origin_of(path))
    tally, numbers = LinkTally(source.name), SpelledNumbers()
    reader = PathReader(table, rows.origin)
    columns: tuple[list[Int64s], ...] = ([], [], [], [])
    breaks: list[np.ndarray[tuple[int], np.dtype[np.bool_]]] = []
    for batch in source.pages():
        keys, paths = batch.keys, batch.paths
        links = reader.column(paths)
        tally.add(links, paths, lines=batch.lines, numbers=keys, column=None)
        numbers.extend(keys)
        breaks.append(batch.breaks)
        for column, piece in zip(columns, (links.index, batch.page_in_file, batch.lines, batch.starts), strict=True):
            column.append(slim(piece))
    rows.keys = numbers
    if breaks:
        rows.breaks = np.concatenate(breaks)
        rows.file, rows.page_in_file, rows.lines, rows.starts = map(_joined, columns)
    return rows, tally


def _joined(pieces: list[Int64s]) -> Int64s:
    """Return the pieces as one column and let go of them."""
    column = np.concatenate(pieces)
    pieces.clear()
    return even(column)
