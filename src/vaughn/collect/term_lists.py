"""A list of terms as text, one a line, read; and how the terms that ran differ from those that were instructed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from vaughn.collect.terms_change import TermFate, paired_terms
from vaughn.collect.terms_report import Term
from vaughn.fulltext.language import And, InField, Near, Node, Not, NotNear, Or, Phrase, QueryError, read_query, written


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """One line of a list.

    Args:
        line: From 1.
        words: The words, patterns and ranges it looks for, without what combines them; empty if it cannot be read.
        error: Why it cannot be read; `None` if it can.
        readings: What it may mean, if it may mean several things.
    """

    line: int
    term: Term
    words: frozenset[str]
    error: str | None = None
    readings: tuple[str, ...] = ()


def read_terms(text: str) -> tuple[ListedTerm, ...]:
    """Return the lines of *text* that are not blank.

    A line that cannot be read stands for itself: its canonical form is what was typed, spaces apart.
    """
    lines = enumerate(text.splitlines(), start=1)
    return tuple(_listed(number, " ".join(line.split())) for number, line in lines if line.strip())


def _listed(number: int, line: str) -> ListedTerm:
    try:
        query = read_query(line)
    except QueryError as error:
        return ListedTerm(number, Term(line, line), frozenset(), error.message, error.readings)
    return ListedTerm(number, Term(line, query.normal_written), frozenset(_leaves(query.tree)))


def _leaves(node: Node) -> Iterator[str]:
    match node:
        case And() | Or() | Phrase():
            for part in node.parts:
                yield from _leaves(part)
        case Near() | NotNear():
            yield from _leaves(node.left)
            yield from _leaves(node.right)
        case Not() | InField():
            yield from _leaves(node.part)
        case _:
            yield written(node)


class Deviation(Enum):
    """How a term that ran differs from the one instructed."""

    MISSING = "instructed, not run"
    ADDED = "run, not instructed"
    CONNECTORS = "combined otherwise"  # the same words, other connectors or distances
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TermDeviation:
    """One deviation; *instructed* or *executed* is `None` where there is none."""

    deviation: Deviation
    instructed: ListedTerm | None
    executed: ListedTerm | None


def deviations(instructed: Sequence[ListedTerm], executed: Sequence[ListedTerm]) -> tuple[TermDeviation, ...]:
    """Return how what ran differs from what was to be run; nothing if every term is read alike.

    Terms of the same words are taken for each other first, wherever they stand: a changed connector changes what is
    found, and is the change that is overlooked.
    """
    known = {one.term.canonical for one in executed} & {one.term.canonical for one in instructed}
    wanted = [one for one in instructed if one.term.canonical not in known]
    ran = [one for one in executed if one.term.canonical not in known]
    found = []
    for one in list(wanted):
        other = next((other for other in ran if one.words and other.words == one.words), None)
        if other is not None:
            found.append(TermDeviation(Deviation.CONNECTORS, one, other))
            wanted.remove(one)
            ran.remove(other)
    before, after = {id(one.term): one for one in wanted}, {id(one.term): one for one in ran}
    for pair in paired_terms([one.term for one in wanted], [one.term for one in ran]):
        first = None if pair.before is None else before[id(pair.before)]
        second = None if pair.after is None else after[id(pair.after)]
        found.append(TermDeviation(_DEVIATION[pair.fate], first, second))
    return tuple(found)


_DEVIATION = {
    TermFate.REMOVED: Deviation.MISSING,
    TermFate.ADDED: Deviation.ADDED,
    TermFate.CHANGED: Deviation.CHANGED,
}
