"""Where sources differ about the same thing: its values, whom or what it names, whether it is told at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vaughn.lawsuit.contradiction import STRONG, Contradiction, Rule, Weight, by_whom, cut, in_a_row, is_settled, quoted
from vaughn.lawsuit.names import folded_name
from vaughn.lawsuit.orders import entered_on
from vaughn.lawsuit.suit import Said, Suit
from vaughn.lawsuit.values import (
    Docket,
    DocketEntry,
    Hearing,
    ListItem,
    Obligation,
    Order,
    OrderChange,
    Party,
    Release,
    ReleasedDocument,
    Settlement,
    SuitEvent,
    SuitValue,
)
from vaughn.model import Confidence, EntityField, PartialDate, ValueKind, contradicted_fields

# Of these fields a source that tells them at all tells all of them: who filed, what is decided.
_COMPLETE = {
    "entry": ("filed_by", "responds_to", "decides"),
    "release": ("agency",),
    "obligation": ("who",),
    "relief": ("asked_by",),
    "list-item": ("agency",),
}
_CASE_PAGE = "case page"
_BY_HAND = "entered by hand"
_OUTSIDE = "outside events"


def unreadable_values(suit: Suit) -> Iterator[Contradiction]:
    """Yield statements whose value their field cannot have."""
    for one in suit.unreadable:
        text = f"{one.reference}: {quoted(one.said.value)} is not counted. {one.reason}"
        yield Contradiction(
            Rule.UNREADABLE, Weight.CONTRADICTION, one.reference, one.said.statement.field, text, (one.said,)
        )


def different_values(suit: Suit) -> Iterator[Contradiction]:
    """Yield the one-valued fields for which somebody gives another value."""
    for value in suit.by_reference.values():
        kind = suit.kind_of(value)
        for field in contradicted_fields(value.entity, kind):
            says = suit.said(value, field.id)
            groups = _by_value(says, field)
            # Two conclusions that differ are ours alone: nobody told either.
            if len(groups) < 2 or all(one.statement.confidence is Confidence.INFERRED for one in says):
                continue
            # Two people tell the same thing in other words; only figures, days and names can contradict.
            is_wording = field.kind is ValueKind.PROSE or field.id == kind.title_field
            told = "; ".join(f"{quoted(group[0].value)} ({by_whom(group)})" for group in groups)
            yield Contradiction(
                Rule.VALUES,
                Weight.NOTE if is_wording else Weight.CONTRADICTION,
                value.reference,
                field.id,
                f"{cut(value.title)}: {field.title} is told in {len(groups)} ways: {told}.",
                says,
                is_settled(says),
            )


def _by_value(says: Iterable[Said], field: EntityField) -> list[list[Said]]:
    """Return statements that say the same together; a date known less exactly goes with one it agrees with."""
    groups: list[list[Said]] = []
    for one in says:
        group = next((known for known in groups if _is_same(known[0].value, one.value, field)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _is_same(one: str, other: str, field: EntityField) -> bool:
    if field.kind is ValueKind.DATE:
        return PartialDate.read(one).agrees_with(PartialDate.read(other))
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def different_sets(suit: Suit) -> Iterator[Contradiction]:
    """Yield fields of which each source names all, and names others than another source."""
    for value in suit.by_reference.values():
        kind = suit.kind_of(value)
        for field_id in _COMPLETE.get(value.entity.kind, ()):
            says = tuple(one for one in suit.said(value, field_id) if one.statement.confidence in STRONG)
            told = _sets_told(((one, one.value) for one in says), suit)
            if told is not None:
                text = f"{value.title}: {kind.field(field_id).title}: {told}."
                yield Contradiction(
                    Rule.SETS, Weight.CONTRADICTION, value.reference, field_id, text, says, is_settled(says)
                )
    yield from _different_changes(suit)
    yield from _different_parties(suit)


def _different_changes(suit: Suit) -> Iterator[Contradiction]:
    """Yield what changed several orders at once, where a source names only some of them."""
    groups: defaultdict[tuple[str, str], list[OrderChange]] = defaultdict(list)
    for change in suit.all_of(OrderChange):
        if change.by is not None and change.state is not None and change.order is not None:
            groups[change.by, change.state].append(change)
    for (by, state), changes in groups.items():
        pairs = [(one, change.order or "") for change in changes for one in _strong(suit, change, "order")]
        told = _sets_told(pairs, suit)
        if told is not None:
            text = f"{suit.title(by)}: orders {state}: {told}."
            says = tuple(one for one, _ in pairs)
            yield Contradiction(Rule.SETS, Weight.CONTRADICTION, by, None, text, says)


def _different_parties(suit: Suit) -> Iterator[Contradiction]:
    """Yield dockets whose plaintiffs or defendants are not the same for every source that lists them."""
    groups: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for party in suit.all_of(Party):
        for docket in party.dockets if party.role is not None else ():
            groups[docket, party.role or ""].append(party)
    for (docket, role), parties in groups.items():
        pairs = [
            (one, party.reference)
            for party in parties
            for one in _strong(suit, party, "role")
            if one.value == role and one.source.kind != _BY_HAND
        ]
        told = _sets_told(pairs, suit, at_least=2)
        if told is not None:
            text = f"{suit.title(docket)}: {role}s: {told}."
            yield Contradiction(Rule.SETS, Weight.CONTRADICTION, docket, "party", text, tuple(one for one, _ in pairs))


def _strong(suit: Suit, value: SuitValue, field: str) -> tuple[Said, ...]:
    return tuple(one for one in suit.said(value, field) if one.statement.confidence in STRONG)


def _sets_told(pairs: Iterable[tuple[Said, str]], suit: Suit, *, at_least: int = 1) -> str | None:
    """Return who names what, if not all name the same.

    Args:
        at_least: A source that names fewer does not claim to name all.
    """
    named: defaultdict[int, dict[str, None]] = defaultdict(dict)
    titles: dict[int, str] = {}
    for said, reference in pairs:
        named[said.source.id][reference] = None
        titles[said.source.id] = said.source.title
    by_set: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for source_id, references in named.items():
        if len(references) >= at_least:
            by_set[frozenset(references)].append(titles[source_id])
    if len(by_set) < 2:
        return None
    parts = []
    for references_named, who in by_set.items():
        names = in_a_row(sorted(suit.title(reference) for reference in references_named))
        parts.append(f"{in_a_row(who)} name{'s' if len(who) == 1 else ''} {names}")
    return "; ".join(parts)


def same_title_twice(suit: Suit) -> Iterator[Contradiction]:
    """Yield entries of one list, and numbers of one docket, that stand there twice."""
    listed: defaultdict[tuple[str, str, str], list[SuitValue]] = defaultdict(list)
    for document in suit.all_of(ReleasedDocument):
        listed[document.release or "", folded_name(document.title), document.part or ""].append(document)
    for listed_item in suit.all_of(ListItem):
        listed[listed_item.list or "", folded_name(listed_item.title), listed_item.number or ""].append(listed_item)
    for (of, _, _), values in listed.items():
        if of and len(values) > 1:
            places = in_a_row(str(_number(value) or value.entity.key) for value in values)
            text = f"{suit.title(of)}: {quoted(values[0].title)} is listed {len(values)} times: {places}."
            says = tuple(one for value in values for one in suit.said(value, "title"))
            yield Contradiction(Rule.TWICE, Weight.CONTRADICTION, values[0].reference, "title", text, says)
    yield from _same_number_twice(suit)


def _number(value: SuitValue) -> int | str | None:
    return value.number if isinstance(value, ReleasedDocument | ListItem) else None


def _same_number_twice(suit: Suit) -> Iterator[Contradiction]:
    numbered: defaultdict[tuple[str, int], list[DocketEntry]] = defaultdict(list)
    for entry in suit.all_of(DocketEntry):
        if entry.docket is not None and entry.number is not None:
            numbered[entry.docket, entry.number].append(entry)
    for (docket, number), entries in numbered.items():
        if len(entries) > 1:
            names = in_a_row(entry.reference for entry in entries)
            text = f"{suit.title(docket)}: number {number} stands for {len(entries)} entries: {names}."
            says = tuple(one for entry in entries for one in suit.said(entry, "number"))
            yield Contradiction(Rule.TWICE, Weight.CONTRADICTION, entries[0].reference, "number", text, says)


@dataclass(frozen=True, slots=True)
class _Dated:
    """Something with a day that a page about the case would tell."""

    value: SuitValue
    day: PartialDate
    about: tuple[str, ...] = ()


def lacking_on_case_pages(suit: Suit) -> Iterator[Contradiction]:
    """Yield what others tell and no case page does, though the page tells of days before and after it."""
    dated = list(_dated(suit))
    spans = _page_spans(suit, dated)
    if not spans:
        return
    lacking = [one for one in dated if _is_lacking(one, suit, spans)]
    references = {one.value.reference for one in lacking}
    for one in lacking:
        if not references.isdisjoint(one.about) or _is_in_sets(one.value, suit):
            continue  # told once: for the order, not for its change or the event about it
        says = tuple(suit.with_source(said) for said in one.value.entity.statements if said.confidence in STRONG)
        titles = in_a_row(title for title, (first, last) in spans.items() if first <= one.day.last <= last)
        text = f"{one.value.title} ({one.day}) is told by {by_whom(says)} and not by {titles}."
        yield Contradiction(Rule.LACKING, Weight.CONTRADICTION, one.value.reference, None, text, says)


def _is_in_sets(value: SuitValue, suit: Suit) -> bool:
    """Tell whether a page tells of the order that brought a change about: then it only names fewer orders."""
    by = suit.find(value.by or "") if isinstance(value, OrderChange) else None
    return by is not None and bool(_pages_that_tell(by, suit))


def _dated(suit: Suit) -> Iterator[_Dated]:
    """Yield what a page about the case tells: no single docket entries, nothing from outside the case."""
    found: list[tuple[SuitValue, PartialDate | None, tuple[str, ...]]] = []
    found += ((event, event.on, event.concerns) for event in suit.all_of(SuitEvent) if event.lane != _OUTSIDE)
    found += ((order, entered_on(suit, order), ()) for order in suit.all_of(Order))
    found += ((one, one.since, (one.order or "", one.by or "")) for one in suit.all_of(OrderChange))
    found += ((one, one.agreed_on, (one.order or "",)) for one in suit.all_of(Settlement))
    found += ((one, one.released_on, ()) for one in suit.all_of(Release))
    found += ((one, one.held_on, ()) for one in suit.all_of(Hearing))
    for value, day, about in found:
        if day is not None:
            yield _Dated(value, day, about)


def _page_spans(suit: Suit, dated: Iterable[_Dated]) -> Mapping[str, tuple[date, date]]:
    """Return, for each case page, the first and the last day it tells of."""
    days: defaultdict[str, list[PartialDate]] = defaultdict(list)
    for one in dated:
        for source in _pages_that_tell(one.value, suit):
            days[source].append(one.day)
    return {title: (min(day.first for day in told), max(day.last for day in told)) for title, told in days.items()}


def _pages_that_tell(value: SuitValue, suit: Suit) -> set[str]:
    return {
        source.title
        for said in value.entity.statements
        if said.confidence in STRONG and (source := suit.with_source(said).source).kind == _CASE_PAGE
    }


def _is_lacking(one: _Dated, suit: Suit, spans: Mapping[str, tuple[date, date]]) -> bool:
    if _pages_that_tell(one.value, suit):
        return False
    told = any(
        said.confidence in STRONG and suit.with_source(said).source.kind not in (_CASE_PAGE, _BY_HAND)
        for said in one.value.entity.statements
    )
    return told and any(first <= one.day.last <= last for first, last in spans.values())


def partly(suit: Suit) -> Iterator[Contradiction]:
    """Yield where fewer, or others, did what all of a group had to do: answer the complaint, produce."""
    for obligation in suit.all_of(Obligation):
        releases = [release for one in obligation.met_by if (release := suit.one(Release, one)) is not None]
        producing = {agency for release in releases for agency in release.agencies}
        if len(obligation.who) > 1 and producing and producing != set(obligation.who):
            says = (
                *suit.said(obligation, "who"),
                *(one for release in releases for one in suit.said(release, "agency")),
            )
            text = (
                f"{obligation.title}: owed by {_names(obligation.who, suit)}; "
                f"what met it came from {_names(producing, suit)}."
            )
            yield Contradiction(Rule.PARTLY, Weight.CONTRADICTION, obligation.reference, "who", text, says)
    yield from _partly_answered(suit)


def _partly_answered(suit: Suit) -> Iterator[Contradiction]:
    for docket in suit.all_of(Docket):
        defendants = {
            party.reference
            for party in suit.all_of(Party)
            if party.role == "defendant" and docket.reference in party.dockets
        }
        answers = [entry for entry in suit.all_of(DocketEntry) if _is_answer(entry, docket)]
        answering = {who for entry in answers for who in entry.filed_by}
        if answering and answering < defendants:
            text = (
                f"{docket.title}: of {len(defendants)} defendants {len(answering)} answer: {_names(answering, suit)}; "
                f"nobody tells of an answer of {_names(defendants - answering, suit)}."
            )
            says = tuple(one for entry in answers for one in suit.said(entry, "filed_by"))
            yield Contradiction(Rule.PARTLY, Weight.CONTRADICTION, answers[0].reference, "filed_by", text, says)


def _is_answer(entry: DocketEntry, docket: Docket) -> bool:
    return entry.type == "answer" and entry.docket == docket.reference


def _names(references: Iterable[str], suit: Suit) -> str:
    return in_a_row(sorted(suit.title(reference) for reference in references))


def entries_after_the_end(suit: Suit) -> Iterator[Contradiction]:
    """Yield dockets with entries of a later day than the one on which the case is said to have ended."""
    filed: defaultdict[str | None, list[DocketEntry]] = defaultdict(list)
    for entry in suit.all_of(DocketEntry):
        if entry.day is not None:
            filed[entry.docket].append(entry)
    for docket in suit.all_of(Docket):
        ended = docket.terminated_on
        later = [one for one in filed[docket.reference] if ended and one.day and one.day.first > ended.last]
        if ended is None or not later:
            continue
        says = suit.said(docket, "terminated_on")
        last = max(str(one.day) for one in later)
        text = f"{docket.title}: ended on {ended} ({by_whom(says)}), but {len(later)} entries are later, up to {last}."
        yield Contradiction(Rule.AFTER_END, Weight.NOTE, docket.reference, "terminated_on", text, says)
