"""Where the words of the pages are kept so that they are found at once: tantivy, one entry a page.

The index is derived: it can be thrown away and made again at any time. It lives in `<folder>/<generation>/`;
a generation counts once `ready.json` stands in it, and a new one replaces the old when it is complete, so a
kill at any moment leaves the last complete one. Inside a generation tantivy's own commits are all or nothing.

Only words are handed to tantivy, already cut and folded by `vaughn.fulltext.tokens`; tantivy's own tokenizers
and query parser are not used. A page with hyphens at line ends is entered in both readings.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from vaughn.fulltext.engine import (
    EntryWriter,
    Index,
    Searcher,
    clause_matches,
    count_of_id,
    matches_of_id,
    new_index,
    open_index,
)
from vaughn.fulltext.query import Clause, TextQuery
from vaughn.fulltext.ranking import Matches, ranked
from vaughn.fulltext.results import WHOLE_DOCUMENT, DocumentFound, Found, PageEntry, PagesIndexed
from vaughn.fulltext.tokens import TOKENS_VERSION
from vaughn.model import IntegrityError

_SCHEMA_VERSION = 1
_READY = "ready.json"
# A commit costs a few file syncs: every 20,000 pages it is lost in the noise, and a kill loses no more than that.
COMMIT_PAGES = 20_000


class TextIndex:
    """The words of all pages of a case; open it anywhere, write in one process at a time.

    Readers see what was last committed, at every search anew, and never wait for the writer.
    """

    def __init__(self, folder: Path) -> None:
        """Open the newest complete generation in *folder*, or none; nothing is written."""
        self._folder = folder
        self._generation = 0
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def generation(self) -> int:
        """Number of the generation that searches read; 0 before the first."""
        self._refresh()
        return self._generation

    def add(self, entries: Iterable[PageEntry], *, replace: bool = True) -> int:
        """Enter *entries*, committed in steps; return how many.

        With *replace* an earlier entry of the same page is taken out first; without, which is faster, the
        pages must be new.

        Raises:
            CaseInUse: If another process is writing to the index.
        """
        with EntryWriter(self._index_to_write()) as writer:
            return _write_entries(writer, entries, replace=replace)

    def remove(self, *, page_ids: Iterable[int] = (), document_ids: Iterable[int] = (), production_id: int = 0) -> None:
        """Take out pages, documents or one production; unknown ids are passed over."""
        with EntryWriter(self._index_to_write()) as writer:
            for page_id in page_ids:
                writer.delete("page_id", page_id)
            for document_id in document_ids:
                writer.delete("document_id", document_id)
            if production_id:
                writer.delete("production_id", production_id)

    def rebuild(self, entries: Iterable[PageEntry]) -> int:
        """Make a new generation of *entries* alone; searches read the old one until it is complete."""
        building = self._folder / f"{self._last_number() + 1:06d}"
        with EntryWriter(new_index(building)) as writer:
            count = _write_entries(writer, entries, replace=False)
        _mark_ready(building)
        self._refresh()
        self._remove_older()
        return count

    def __len__(self) -> int:
        """Return how many pages are entered."""
        searcher = self._searcher()
        return 0 if searcher is None else searcher.num_docs

    def count(self, production_id: int) -> int:
        """Return how many pages of a production are entered."""
        searcher = self._searcher()
        if searcher is None or self._index is None:
            return 0
        return count_of_id(self._index, searcher, field="production_id", number=production_id)

    def indexed(self, production_id: int) -> PagesIndexed:
        """Return which pages of a production are entered."""
        searcher = self._searcher()
        if searcher is None or self._index is None:
            return PagesIndexed(np.empty(0, np.int64), np.empty(0, np.int64))
        matches = matches_of_id(self._index, searcher, field="production_id", number=production_id)
        order = np.lexsort((matches.page_ids, matches.document_ids))
        return PagesIndexed(matches.document_ids[order], matches.page_ids[order])

    def search(self, query: TextQuery, *, production_ids: Sequence[int] = ()) -> Found:
        """Return every document that holds all clauses of *query*, best first; in *production_ids* only, if given."""
        return ranked([self._clause_matches(clause, "production_id", production_ids) for clause in query.clauses])

    def search_document(self, query: TextQuery, document_id: int) -> DocumentFound | None:
        """Return the pages of one document that hold a clause, or `None` if it does not hold all of them."""
        matches = [self._clause_matches(clause, "document_id", (document_id,)) for clause in query.clauses]
        found = ranked(matches).documents()
        return found[0] if found else None

    def _clause_matches(self, clause: Clause, field: str, ids: Sequence[int]) -> Matches:
        searcher = self._searcher()
        if searcher is None or self._index is None:
            return Matches.none()
        return clause_matches(self._index, searcher, clause=clause, field=field, ids=ids)

    def _searcher(self) -> Searcher | None:
        self._refresh()
        if self._index is None:
            return None
        self._index.reload()
        return self._index.searcher()

    def _refresh(self) -> None:
        """Go over to the newest complete generation, if there is a newer one than the open one."""
        with self._lock:
            for number in sorted(self._ready_numbers(), reverse=True):
                if number == self._generation:
                    return
                index = open_index(self._folder / f"{number:06d}")
                if index is not None:
                    self._generation, self._index = number, index
                    return
            self._generation, self._index = 0, None

    def _ready_numbers(self) -> list[int]:
        return [int(path.name) for path in self._numbered() if _is_ready(path)]

    def _last_number(self) -> int:
        return max((int(path.name) for path in self._numbered()), default=0)

    def _numbered(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [
            path for path in self._folder.iterdir() if path.name.isascii() and path.name.isdigit() and path.is_dir()
        ]

    def _index_to_write(self) -> Index:
        self._refresh()
        if self._index is None:
            self.rebuild(())
        if self._index is None:
            raise IntegrityError("The text index cannot be opened again.", hint="Look whether the disk is full.")
        return self._index

    def _remove_older(self) -> None:
        """Delete older generations; one that a reader on Windows holds open stays for the next time."""
        for path in self._numbered():
            if int(path.name) < self._generation:
                shutil.rmtree(path, ignore_errors=True)


def _write_entries(writer: EntryWriter, entries: Iterable[PageEntry], *, replace: bool) -> int:
    count = 0
    for entry in entries:
        if replace and entry.page_id == WHOLE_DOCUMENT:
            writer.delete("document_id", entry.document_id)
        elif replace:
            writer.delete("page_id", entry.page_id)
        writer.add(entry)
        count += 1
        if count % COMMIT_PAGES == 0:
            writer.commit()
    return count


def _mark_ready(folder: Path) -> None:
    temporary = folder / f"{_READY}.part"
    temporary.write_text(json.dumps(_version()), encoding="utf-8")
    temporary.replace(folder / _READY)


def _is_ready(folder: Path) -> bool:
    try:
        version: Any = json.loads((folder / _READY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(version == _version())


def _version() -> dict[str, int]:
    return {"schema": _SCHEMA_VERSION, "tokens": TOKENS_VERSION}
