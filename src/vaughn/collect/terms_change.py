"""What became of a term list from one version to the next, and a sample of what no term finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

import numpy as np

from vaughn.collect.terms_report import Ids, Scope, Term, TermFound, TermReport
from vaughn.model import Sample, draw_sample, frame_of, proportional


class TermFate(Enum):
    """What happened to a line of the list."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TermPair:
    """A line of the earlier list and the one that stands for it in the later; `None` where there is none."""

    fate: TermFate
    before: Term | None
    after: Term | None


@dataclass(frozen=True, slots=True, eq=False)
class TermChange:
    """A line that changed, and what that does to the documents it finds; ids ascending."""

    pair: TermPair
    gained: Ids
    lost: Ids


@dataclass(frozen=True, slots=True, eq=False)
class ListChange:
    """The whole list: every line, and the documents all terms together gain and lose."""

    terms: tuple[TermChange, ...]
    gained: Ids
    lost: Ids


def paired_terms(before: Sequence[Term], after: Sequence[Term]) -> tuple[TermPair, ...]:
    """Return what became of each line.

    Lines that are read alike are the same, wherever they stand. Of the others, as many lines as were put in the same
    place are taken for changed ones; where the numbers differ nobody can tell, and they are removed and added.
    """
    old, new = [one.canonical for one in before], [one.canonical for one in after]
    kept_old, kept_new = set(new), set(old)
    pairs: list[TermPair] = []
    for _, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs.extend(
            TermPair(TermFate.KEPT, _first(before, one.canonical), one)
            for one in after[start:end]
            if one.canonical in kept_new
        )
        gone = [one for one in before[first:last] if one.canonical not in kept_old]
        come = [one for one in after[start:end] if one.canonical not in kept_new]
        if len(gone) == len(come):
            pairs.extend(TermPair(TermFate.CHANGED, one, two) for one, two in zip(gone, come, strict=True))
        else:
            pairs.extend(TermPair(TermFate.REMOVED, one, None) for one in gone)
            pairs.extend(TermPair(TermFate.ADDED, None, one) for one in come)
    return tuple(pairs)


def _first(terms: Sequence[Term], canonical: str) -> Term:
    return next(one for one in terms if one.canonical == canonical)


def list_change(before: Sequence[TermFound], after: Sequence[TermFound]) -> ListChange:
    """Return what a later version of a list gains and loses over the same documents."""
    old = {one.term.canonical: one.documents for one in before}
    new = {one.term.canonical: one.documents for one in after}
    changes = []
    for pair in paired_terms([one.term for one in before], [one.term for one in after]):
        was = _NONE if pair.before is None else old[pair.before.canonical]
        now = _NONE if pair.after is None else new[pair.after.canonical]
        changes.append(TermChange(pair, _without(now, was), _without(was, now)))
    was, now = _union(before), _union(after)
    return ListChange(tuple(changes), _without(now, was), _without(was, now))


_NONE: Ids = np.zeros(0, dtype=np.int64)


def _union(found: Sequence[TermFound]) -> Ids:
    return np.unique(np.concatenate([_NONE, *(one.documents for one in found)]))


def _without(ids: Ids, other: Ids) -> Ids:
    return np.setdiff1d(ids, other, assume_unique=True)


def sample_of_nulls(scope: Scope, report: TermReport, size: int, *, seed: str, by_column: bool = False) -> Sample:
    """Return documents that no term finds, to be read by a person: how a list shows what it misses.

    Members are ids of documents. With *by_column* each custodian (repository, production) gives its share, and at
    least one document.

    Raises:
        InputError: If there are fewer such documents than *size*.
    """
    names = [str(one) for one in report.nulls.tolist()]
    strata = None
    if by_column:
        places = np.searchsorted(scope.documents, report.nulls)
        columns = scope.column_of[places].tolist()
        strata = {name: scope.columns[column] for name, column in zip(names, columns, strict=True)}
    frame = frame_of(names, stratum_of=strata)
    return draw_sample(frame, proportional(frame, size, at_least=1 if by_column else 0), seed=seed)
