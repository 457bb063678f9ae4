"""Taking a docket file into the case: read in a child, stored as received, entered with itself as the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vaughn.formats.docket import DocketFile, EntryField
from vaughn.formats.pages import media_type
from vaughn.lawsuit.contradiction import STRONG
from vaughn.lawsuit.docket_plan import Plan, docket_named, plain_number, plan
from vaughn.lawsuit.docket_reading import ReadCase, ReadFile, read_docket_file
from vaughn.lawsuit.drafts import Draft
from vaughn.lawsuit.suit import SUIT_KINDS, Suit, read_suit
from vaughn.lawsuit.values import Docket
from vaughn.model import Confidence, Finding, InputError, Place, finding, key_from
from vaughn.store import CaseFile, NewSource, NewStatement, Writing
from vaughn.work import WorkerPool

SOURCE_KIND = "docket"
"""Kind of the sources that docket files are."""
# A docket of 5,000 entries takes 6 seconds; the largest file allowed is ten times that.
_CPU_SECONDS = 120.0
_MEMORY_BYTES = 3 * 1024**3
_TITLE = "title"
_UNREADABLE = ("DK001", "DK002")


@dataclass(frozen=True, slots=True)
class DocketChoice:
    """What the person who imports says besides the file.

    Args:
        number: Which case it is, if the file names none or several.
        court: Short id of the court, if the file names none.
        columns: What a column of a table is, by its header.
    """

    number: str | None = None
    court: str | None = None
    columns: Mapping[str, EntryField | None] | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import; counts are of entries.

    Args:
        changed: Known entries of which this file says something else.
        unreadable: Rows and values of the file that could not be read or held.
        others: Cases of the file that were left out.
        findings: What is wrong with the file.
    """

    docket: str
    title: str
    new: int
    known: int
    changed: int
    unreadable: int
    parties: int
    statements: int
    others: int
    findings: tuple[Finding, ...]


def import_docket(case: CaseFile, path: Path, *, choice: DocketChoice | None = None) -> ImportResult:
    """Enter what a docket file says; entering it, or a later version of it, again adds only what is new.

    Raises:
        InputError: If the file is no docket, or it cannot be told which case it belongs to.
    """
    chosen = choice or DocketChoice()
    read = _read(path, chosen)
    suit = read_suit(case.entities(*SUIT_KINDS), case.sources())
    wanted = _of_this_case(read, chosen, suit, case.case().docket_number)
    planned = plan(wanted, suit)
    findings = (*read.cases[0].file.findings, *_left_out(planned, path.name))
    with case.writing("docket.imported") as change:
        blob = case.blobs.add_file(path)
        source_id = change.source_id(_source(path.name, wanted.file, planned, blob.sha256))
        entered = _entered(change, planned, suit, source_id)
        docket = change.entity_id(*planned.docket.split("/", 1))
        change.add_entity_file(docket, path.name, blob=blob, media_type=media_type(path, name=path.name))
        change.note(docket=planned.docket, statements=entered.statements)
    return ImportResult(
        planned.docket,
        wanted.file.case_name or wanted.file.caption or wanted.file.docket_number or planned.docket,
        entered.new,
        entered.known,
        entered.changed,
        sum(one.count for one in findings if one.code in _UNREADABLE),
        sum(draft.kind == "party" for draft in planned.drafts),
        entered.statements,
        len(read.cases) - 1,
        findings,
    )


def _read(path: Path, choice: DocketChoice) -> ReadFile:
    """Return what the file says, read in a child process.

    Raises:
        InputError: If it is no docket, or reading it failed.
    """
    if not path.is_file() or path.is_symlink():
        raise InputError(f"{path} is not a file.", hint="Name the saved docket itself.")
    with WorkerPool(1, readable=(path,)) as pool:
        outcome = pool.run(
            read_docket_file,
            (str(path.absolute()), path.name, None if choice.columns is None else dict(choice.columns)),
            cpu_seconds=_CPU_SECONDS,
            memory_bytes=_MEMORY_BYTES,
        )
    if outcome.failure is not None or not isinstance(outcome.value, ReadFile):
        reason = outcome.failure.reason if outcome.failure else "It could not be read."
        raise InputError(f"{path.name}: {reason}", hint=outcome.failure.hint if outcome.failure else None)
    return outcome.value


def _of_this_case(read: ReadFile, choice: DocketChoice, suit: Suit, case_number: str | None) -> ReadCase:
    """Return the case of the file that is meant, with the number and court it lacks.

    Raises:
        InputError: If that cannot be told.
    """
    if choice.number is not None:
        wanted = plain_number(choice.number)
        meant = [one for one in read.cases if plain_number(one.file.docket_number) == wanted]
        # A file that names no case is of the case the person names.
        meant = meant or [one for one in read.cases if one.file.docket_number is None]
    elif len(read.cases) > 1:
        meant = [one for one in read.cases if _is_known(one.file, suit, case_number)]
    else:
        meant = list(read.cases)
    if len(meant) != 1:
        named = ", ".join(dict.fromkeys(one.file.docket_number or "no number" for one in read.cases[:10]))
        raise InputError(
            f"The file names {len(read.cases)} cases ({named}); it cannot be told which is meant.",
            hint="Name the case with --docket 1:10-cv-03488.",
        )
    file = meant[0].file
    number = file.docket_number or choice.number or _only_number(suit) or case_number
    if number is None:
        raise InputError("The file does not say which case it is of.", hint="Name it with --docket 1:10-cv-03488.")
    return replace(meant[0], file=replace(file, docket_number=number, court_id=choice.court or file.court_id))


def _is_known(file: DocketFile, suit: Suit, case_number: str | None) -> bool:
    if docket_named(suit, number=file.docket_number, court=file.court_id) is not None:
        return True
    return case_number is not None and plain_number(file.docket_number) == plain_number(case_number)


def _only_number(suit: Suit) -> str | None:
    dockets = suit.all_of(Docket)
    return dockets[0].number if len(dockets) == 1 else None


def _left_out(planned: Plan, name: str) -> Iterator[Finding]:
    if planned.left_out:
        message = f"{planned.left_out} values fit no field: days before 1900, or addresses that are none."
        yield finding("DK002", message, place=Place(name), count=planned.left_out)


def _source(name: str, file: DocketFile, planned: Plan, sha256: str) -> NewSource:
    number = file.docket_number or planned.docket
    court = f" ({file.court_id})" if file.court_id else ""
    kind = file.kind.value.capitalize() if file.kind.value[1:].islower() else file.kind.value
    return NewSource(
        key_from("docket", planned.docket.partition("/")[2], sha256[:8]),
        f"{kind} of {number}{court}",
        f"{number}{court}, {file.kind.value}, file {name}",
        SOURCE_KIND,
    )


@dataclass(slots=True)
class _Entered:
    """What entering a plan has added so far."""

    new: int = 0
    known: int = 0
    changed: int = 0
    statements: int = 0


def _entered(change: Writing, planned: Plan, suit: Suit, source_id: int) -> _Entered:
    entered = _Entered()
    for draft in planned.drafts:
        known = suit.find(draft.reference)
        statements = list(_statements(draft, suit, source_id))
        added = change.state(change.entity_id(draft.kind, draft.key), statements) if statements or not known else 0
        entered.statements += added
        if draft.kind == "entry":
            entered.new += known is None
            entered.changed += known is not None and added > 0
            entered.known += known is not None and added == 0
    return entered


def _statements(draft: Draft, suit: Suit, source_id: int) -> Iterator[NewStatement]:
    """Yield what the file adds to what earlier docket files and people said of the entity."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    strong: set[str] = set()
    known = suit.find(draft.reference)
    for one in known.entity.statements if known is not None else ():
        if suit.with_source(one).source.kind == SOURCE_KIND:
            told[one.field].add(one.value)
        # What somebody says outright needs no conclusion beside it, and a thing keeps the name it has.
        if one.confidence in STRONG or one.field == _TITLE:
            strong.add(one.field)
    for field, values in draft.said.items():
        for value in values:
            if value not in told[field]:
                yield NewStatement(field, value, source_id, Confidence.CONFIRMED)
    for field, values in draft.inferred.items():
        for value in values if field not in strong else ():
            if value not in told[field]:
                yield NewStatement(field, value, source_id, Confidence.INFERRED)
