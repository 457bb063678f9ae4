"""Which documents hold all clauses, and which comes first: pure arithmetic on what the text engine matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.results import Found, Ids


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """The pages that one clause matched, in any order; columns of the same length."""

    scores: NDArray[np.float64]
    page_ids: Ids
    document_ids: Ids
    production_ids: Ids

    @classmethod
    def none(cls) -> Matches:
        """Return no match."""
        empty = np.empty(0, np.int64)
        return cls(np.empty(0, np.float64), empty, empty, empty)


def ranked(clauses: Sequence[Matches]) -> Found:
    """Return the documents that every clause matched somewhere, best first.

    A document is as good as its best page, and a page as good as all clauses on it together;
    equals stand in order of their ids.
    """
    documents = clauses[0].document_ids
    for clause in clauses[1:]:
        documents = np.intersect1d(documents, clause.document_ids)
    pages = _pages_of(clauses, np.unique(documents))
    order = np.lexsort((pages.page_ids, pages.document_ids))
    page_ids, document_ids, scores = pages.page_ids[order], pages.document_ids[order], pages.scores[order]
    production_ids = pages.production_ids[order]
    # One row a page: the same page under several clauses is one page with the sum of the scores.
    first = _firsts(document_ids, page_ids)
    page_scores = np.add.reduceat(scores, first) if len(first) else scores
    page_ids, document_ids, production_ids = page_ids[first], document_ids[first], production_ids[first]
    starts = np.flatnonzero(np.diff(document_ids, prepend=-1))
    if not len(starts):
        return Found(document_ids, production_ids, np.zeros(1, np.int64), page_ids)
    best = np.maximum.reduceat(page_scores, starts)
    rank = np.lexsort((document_ids[starts], -best))
    lengths = np.diff(starts, append=len(page_ids))[rank]
    ends = np.cumsum(lengths)
    taken = np.repeat(starts[rank] - (ends - lengths), lengths) + np.arange(len(page_ids))
    return Found(
        document_ids[starts][rank],
        production_ids[starts][rank],
        np.concatenate(([0], ends)).astype(np.int64),
        page_ids[taken],
    )


def _pages_of(clauses: Sequence[Matches], documents: Ids) -> Matches:
    kept = [np.isin(clause.document_ids, documents) for clause in clauses]
    return Matches(
        np.concatenate([clause.scores[keep] for clause, keep in zip(clauses, kept, strict=True)]),
        np.concatenate([clause.page_ids[keep] for clause, keep in zip(clauses, kept, strict=True)]),
        np.concatenate([clause.document_ids[keep] for clause, keep in zip(clauses, kept, strict=True)]),
        np.concatenate([clause.production_ids[keep] for clause, keep in zip(clauses, kept, strict=True)]),
    )


def _firsts(document_ids: Ids, page_ids: Ids) -> NDArray[np.intp]:
    """Return where a new page begins in columns sorted by document and page."""
    new = np.ones(len(page_ids), bool)
    new[1:] = (np.diff(document_ids) != 0) | (np.diff(page_ids) != 0)
    return np.flatnonzero(new)
