"""How many equal faults become few findings: where they stand, and how a run of them is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vaughn.model import CATALOGUE, Finding, Place, Severity, finding
from vaughn.receive.facts import NONE, Ints, ProductionFacts

# Up to this many faults of one code in one file are listed one by one; more would hide the rest of the report.
LISTED_ONE_BY_ONE = 100
# A note names this many places, or stretches of them.
NAMED = 5
# No Bates number seen is longer than 30 letters; what is longer is some other text in the column.
LONGEST_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Teller:
    """Turns rows into findings of one code.

    Args:
        what: What a row is (``document``, ``page``, ``file``).
        group: Rows of one group (one load file, one volume) are counted together.
        place: Where row *n* stands.
        message: What is wrong with row *n*; a sentence with a full stop.
    """

    code: str
    what: str
    place: Callable[[int], Place]
    message: Callable[[int], str]
    group: Callable[[Ints], Ints] | None = None

    def findings(self, rows: Ints) -> list[Finding]:
        """Return the findings for *rows*, in their order."""
        rows = np.asarray(rows, np.int64)
        if not len(rows):
            return []
        groups = self.group(rows) if self.group is not None else np.zeros(len(rows), np.int64)
        found: list[Finding] = []
        for key in dict.fromkeys(groups.tolist()):
            found += self._of_group(rows[groups == key])
        return found

    def _of_group(self, rows: Ints) -> list[Finding]:
        if CATALOGUE[self.code].severity is Severity.NOTE:
            return [self._noted(rows)]
        if len(rows) <= LISTED_ONE_BY_ONE:
            return [self._one(int(row)) for row in rows]
        ends = np.flatnonzero(np.diff(rows) != 1)
        firsts = np.concatenate(([0], ends + 1))
        lasts = np.concatenate((ends, [len(rows) - 1]))
        if len(firsts) > LISTED_ONE_BY_ONE:
            firsts, lasts = firsts[:1], lasts[-1:]
            return [self._run(int(rows[0]), int(rows[-1]), count=len(rows), scattered=True)]
        return [
            self._run(int(rows[first]), int(rows[last]), count=int(last - first + 1))
            for first, last in zip(firsts, lasts, strict=True)
        ]

    def _noted(self, rows: Ints) -> Finding:
        """Return one finding for all *rows*: a note is read once, however often it holds."""
        single = self._one(int(rows[0]))
        if len(rows) == 1:
            return single
        stretches = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1)
        names = [self._stretch(int(own[0]), int(own[-1])) for own in stretches]
        what = counted(len(rows), self.what)
        return replace(
            single, message=f"{single.message} This holds for {what}: {chosen_names(names, NAMED)}.", count=len(rows)
        )

    def _stretch(self, first: int, last: int) -> str:
        begin, end = self.place(first), self.place(last)
        if first == last:
            return _name(begin)
        return f"{_name(begin)} to {_name(end)}"

    def _one(self, row: int) -> Finding:
        return finding(self.code, self.message(row), place=self.place(row))

    def _run(self, first: int, last: int, *, count: int, scattered: bool = False) -> Finding:
        single = self._one(first)
        if count == 1:
            return single
        more = counted(count - 1, f"more {self.what}")
        follow = "" if scattered else " that follows" if count == 2 else " that follow"
        rest = f"The same holds for {more}{follow}; the last is {spot(self.place(last))}."
        return replace(single, message=f"{single.message} {rest}", count=count)


def joined_notes(findings: Sequence[Finding]) -> list[Finding]:
    """Return *findings* with the notes of one code and file in one; the others stay as they are, all in order."""
    groups: dict[object, list[Finding]] = {}
    for one in findings:
        key: object = (one.code, one.place.path) if one.severity is Severity.NOTE else id(one)
        groups.setdefault(key, []).append(one)
    return [own[0] if len(own) == 1 else _joined(own) for own in groups.values()]


def _joined(notes: Sequence[Finding]) -> Finding:
    count = sum(one.count for one in notes)
    names = list(dict.fromkeys(one.place.field or _name(one.place) for one in notes))
    return replace(
        notes[0], message=f"{notes[0].message} The same holds {count} times: {chosen_names(names, NAMED)}.", count=count
    )


def _name(place: Place) -> str:
    """Return how a place is called in a list of several of one file."""
    if place.bates is not None:
        return place.bates
    return f"line {place.line}" if place.line is not None else (place.path or "not known")


def spot(place: Place) -> str:
    """Return *place* in words: the number, or the file and line."""
    stands = f"{place.path}, line {place.line}" if place.line is not None else (place.path or "")
    if place.bates is None:
        return stands or "not known"
    return f"{place.bates} ({stands})" if place.line is not None else place.bates


def document_place(facts: ProductionFacts, row: int, *, field: str | None = None) -> Place:
    """Return where document *row* stands: its load-file line and its number."""
    documents = facts.documents
    load_file = int(documents.load_file[row])
    line = int(documents.line[row])
    return Place(
        path=facts.load_files[load_file].path if load_file != NONE else None,
        line=line if line != NONE else None,
        bates=cut(documents.control[row]),
        field=field,
        document_id=int(documents.id[row]) or None,
    )


def page_place(facts: ProductionFacts, row: int) -> Place:
    """Return where page *row* stands: its page-list line, or its file, and its number."""
    pages = facts.pages
    load_file, line, file = int(pages.load_file[row]), int(pages.line[row]), int(pages.file[row])
    document = int(pages.document[row])
    if load_file != NONE:
        path: str | None = facts.load_files[load_file].path
    else:
        path = facts.files.path[file] if file != NONE else None
    return Place(
        path=path,
        line=line if line != NONE else None,
        bates=cut(facts.book.text(pages.label, row) or "") or None,
        document_id=(int(facts.documents.id[document]) or None) if document != NONE else None,
        page_id=int(pages.id[row]) or None,
    )


def cut(text: str) -> str:
    """Return *text* as it can stand in a table: what is read as a number may be a whole lost line."""
    return text if len(text) <= LONGEST_NUMBER else f"{text[: LONGEST_NUMBER - 1]}…"


def file_place(facts: ProductionFacts, row: int) -> Place:
    """Return where file *row* stands."""
    return Place(path=facts.files.path[row])


def documents_told(
    facts: ProductionFacts,
    code: str,
    rows: Ints,
    message: Callable[[int], str],
    *,
    field: str | None = None,
) -> list[Finding]:
    """Return the findings of *code* for document rows, grouped by load file."""
    return Teller(
        code,
        "document",
        lambda row: document_place(facts, row, field=field),
        message,
        lambda chosen: facts.documents.load_file[chosen],
    ).findings(rows)


def pages_told(facts: ProductionFacts, code: str, rows: Ints, message: Callable[[int], str]) -> list[Finding]:
    """Return the findings of *code* for page rows, grouped by page list."""
    return Teller(
        code,
        "page",
        lambda row: page_place(facts, row),
        message,
        lambda chosen: facts.pages.load_file[chosen],
    ).findings(rows)


def files_told(facts: ProductionFacts, code: str, rows: Ints, message: Callable[[int], str]) -> list[Finding]:
    """Return the findings of *code* for file rows."""
    return Teller(code, "file", lambda row: file_place(facts, row), message).findings(rows)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return ``1 page``, ``2 pages``, ``1,204 pages``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def chosen_names(names: Sequence[str], limit: int = 5) -> str:
    """Return up to *limit* of *names* in one line."""
    more = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {more:,} more" if more > 0 else "")
