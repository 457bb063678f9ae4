"""The only module that speaks to tantivy: entries in, matches out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

import numpy as np
import tantivy

from vaughn.fulltext.query import Clause
from vaughn.fulltext.ranking import Matches
from vaughn.fulltext.results import Ids, PageEntry
from vaughn.fulltext.tokens import joined_terms, terms
from vaughn.model import CaseInUse

Index: TypeAlias = tantivy.Index
Searcher: TypeAlias = tantivy.Searcher

_WRITER_BYTES = 64_000_000
_TOKENIZER = "cut"
_ID_FIELDS = ("page_id", "document_id", "production_id")
# The two readings of a page: as printed, and with words broken at line ends joined (empty where there are none).
_TEXT_FIELDS = ("words", "joined")


def new_index(folder: Path) -> Index:
    """Make an empty index in the new folder *folder*."""
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    for name in _ID_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in _TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=_TOKENIZER)
    return _with_tokenizer(tantivy.Index(builder.build(), path=str(folder)))


def open_index(folder: Path) -> Index | None:
    """Return the index in *folder*, or `None` if it is damaged: it is then made anew."""
    try:
        index = _with_tokenizer(tantivy.Index.open(str(folder)))
        index.searcher()
    except (ValueError, OSError):
        return None
    return index


def _with_tokenizer(index: Index) -> Index:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


class EntryWriter:
    """Writes to one index: committed at the end, taken back to the last commit if anything goes wrong."""

    def __init__(self, index: Index) -> None:
        """Become the one writer of *index*.

        Raises:
            CaseInUse: If there is one already.
        """
        self._schema = index.schema
        try:
            self._writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        except ValueError as error:
            raise CaseInUse(
                "Another process is writing to the text index.", hint="Wait until it has finished, or close it."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._writer.commit()
        else:
            self._writer.rollback()
        self._writer.wait_merging_threads()

    def add(self, entry: PageEntry) -> None:
        """Enter one page."""
        document = tantivy.Document()
        document.add_unsigned("page_id", entry.page_id)
        document.add_unsigned("document_id", entry.document_id)
        document.add_unsigned("production_id", entry.production_id)
        document.add_text("words", " ".join(terms(entry.text)))
        joined = joined_terms(entry.text)
        if joined is not None:
            document.add_text("joined", " ".join(joined))
        self._writer.add_document(document)

    def delete(self, field: str, number: int) -> None:
        """Take out every entry whose id *field* is *number*."""
        # By query: deleting by term passes over unsigned fields without a word (tantivy-py 0.27).
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, field, number))

    def commit(self) -> None:
        """Make what was entered so far last."""
        self._writer.commit()


def clause_matches(index: Index, searcher: Searcher, *, clause: Clause, field: str, ids: Sequence[int]) -> Matches:
    """Return the pages that hold *clause* in either reading; only those whose id *field* is one of *ids*, if any."""
    readings = [_in_reading(index.schema, name, clause) for name in _TEXT_FIELDS]
    query = tantivy.Query.boolean_query([(tantivy.Occur.Should, reading) for reading in readings])
    if ids:
        scope = tantivy.Query.const_score_query(tantivy.Query.term_set_query(index.schema, field, list(ids)), 0.0)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, scope)])
    return _matches(searcher, query)


def matches_of_id(index: Index, searcher: Searcher, *, field: str, number: int) -> Matches:
    """Return every entry whose id *field* is *number*."""
    return _matches(searcher, tantivy.Query.term_query(index.schema, field, number))


def count_of_id(index: Index, searcher: Searcher, *, field: str, number: int) -> int:
    """Return how many entries have the id *number* in *field*."""
    return _count(searcher, tantivy.Query.term_query(index.schema, field, number))


def _in_reading(schema: tantivy.Schema, field: str, clause: Clause) -> tantivy.Query:
    if len(clause.terms) == 1:
        return tantivy.Query.term_query(schema, field, clause.terms[0])
    return tantivy.Query.phrase_query(schema, field, list(clause.terms))


def _matches(searcher: Searcher, query: tantivy.Query) -> Matches:
    count = _count(searcher, query)
    if not count:
        return Matches.none()
    hits = searcher.search(query, limit=count, count=False).hits
    addresses = [address for _, address in hits]
    return Matches(
        scores=np.array([score for score, _ in hits], np.float64),
        page_ids=_column(searcher, "page_id", addresses),
        document_ids=_column(searcher, "document_id", addresses),
        production_ids=_column(searcher, "production_id", addresses),
    )


def _count(searcher: Searcher, query: tantivy.Query) -> int:
    # The stub does not know `count`; the library has it.
    return int(searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]


def _column(searcher: Searcher, field: str, addresses: list[tantivy.DocAddress]) -> Ids:
    return np.array(searcher.fast_field_values(field, addresses), np.int64)
