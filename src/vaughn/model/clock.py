"""When something is due and why: each day from the trigger on, counted, left out or paused, with its reason.

The version of a rule is chosen by the day the count starts. The day of the event is not counted (Fed. R. Civ. P.
6(a)(1)(A); the working days of 5 U.S.C. 552(a)(6)(A) are counted the same way). Nothing here says what a court will do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vaughn.model.calendar import day_in_words
from vaughn.model.clock_count import DayKind, DayStep, Phase, Toll, counted_days, rolled_days
from vaughn.model.clock_rules import MOST, ClockRule, Count, Jurisdiction, RuleKind, RuleVersion, Term
from vaughn.model.errors import InputError


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """What a due date is asked of.

    Args:
        trigger: The day of the event; it is not counted itself.
        extend_days: How many of the extension's days the notice takes.
        agency: Whose own term is to be used where there is one.
        number: How long, where the rule itself says nothing (an order, a local rule).
        first_received: When any office that may receive requests received it, if that was another than the right one.
    """

    rule: str
    trigger: date
    tolls: tuple[Toll, ...] = ()
    extend_days: int = 0
    agency: str | None = None
    number: int | None = None
    first_received: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that a due date rests on, and what the rule that cites it says besides."""

    rule: str
    text: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date with its reasons.

    Args:
        question: As asked, pauses in order and with their rules.
        term: What was counted: the version's term, or the agency's own.
        due: `None` while a pause runs.
        counted_end: The last day counted, before rolling forward.
        start: The day after which the count begins: the trigger, or the latest start that the rule allows.
        opens_on: From when on the consequence of missing it holds (`version.opens`), e.g. a lawsuit is allowed.
    """

    question: ClockQuestion
    rule: ClockRule
    version: RuleVersion
    term: Term
    start: date
    due: date | None
    counted_end: date | None
    opens_on: date | None
    days: tuple[DayStep, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]

    @property
    def is_rolled(self) -> bool:
        """Tell whether the last day counted was no working day, so that the due date is a later one."""
        return self.due != self.counted_end

    @property
    def confirmed(self) -> bool:
        """Tell whether somebody has checked every source it rests on."""
        return all(citation.confirmed for citation in self.citations) and (
            self.version.rolls_confirmed or not self.is_rolled
        )


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a question comes down to under one law."""

    question: ClockQuestion
    law: Jurisdiction
    rule: ClockRule
    version: RuleVersion
    term: Term
    is_own_term: bool
    start: date


def due_date(question: ClockQuestion, law: Jurisdiction) -> DueDate:
    """Return when the thing asked about is due under *law*, with every day from the trigger on.

    Raises:
        InputError: If the rule is unknown, has no version for that day, is no limit, may not be paused or extended so,
            or a day lies outside the calendar.
    """
    basis = _basis(question, law)
    version, tolls = basis.version, basis.question.tolls
    days = list(counted_days(basis.start, list(_phases(basis)), tolls, law.calendar))
    end = None if days[-1].what is DayKind.TOLLED else days[-1].day
    if end is not None and version.rolls:
        days.extend(rolled_days(end, law.calendar))
    due = None if end is None else days[-1].day
    return DueDate(
        question=basis.question,
        rule=basis.rule,
        version=version,
        term=basis.term,
        start=basis.start,
        due=due,
        counted_end=end,
        opens_on=None if due is None or version.opens is None else _opening(due, version.opens, law),
        days=tuple(days),
        citations=tuple(_citations(basis)),
        notes=tuple(_notes(basis, end, due)),
    )


def _basis(question: ClockQuestion, law: Jurisdiction) -> _Basis:
    """Return the rule, version and term that answer *question*, and its pauses checked."""
    rule = law.rule(question.rule)
    _require_countable(rule, question, law)
    law.calendar.known(question.trigger)
    version = rule.version_on(question.trigger)
    own = version.term_for(question.agency)
    term = _effective(_with_number(rule, version.term if own is None else own, question.number), version)
    asked = replace(question, rule=rule.id, tolls=_named_tolls(question, version, law))
    basis = _Basis(asked, law, rule, version, term, own is not None, _start(asked, version))
    _require_allowed_tolls(basis)
    return basis


def _start(question: ClockQuestion, version: RuleVersion) -> date:
    """Return the day after which the count begins."""
    first = question.first_received
    if first is None:
        return question.trigger
    if version.starts_within is None:
        raise InputError(
            f"{question.rule} starts with one event; no office that received something first plays a part.",
            hint="Leave the day of the first receipt out.",
        )
    if first > question.trigger:
        raise InputError(
            f"The first office received it on {first.isoformat()}, after the right one "
            f"({question.trigger.isoformat()}).",
            hint="Check both dates; the right office may have been the first.",
        )
    return min(question.trigger, first + timedelta(days=version.starts_within))


def _require_countable(rule: ClockRule, question: ClockQuestion, law: Jurisdiction) -> None:
    if rule.kind in {RuleKind.LIMIT, RuleKind.OPENING}:
        return
    option = "--toll FIRST..LAST" if rule.kind is RuleKind.PAUSE else "--extend"
    users = [
        other.id
        for other in law.rules
        if any(rule.id in (*version.paused_by, version.extended_by) for version in other.versions)
    ]
    example = users[0] if users else "RULE"
    raise InputError(
        f"{rule.id} is no limit of its own but a{'n' if rule.kind is RuleKind.EXTENSION else ''} {rule.kind.value} "
        f"of {', '.join(users) or 'others'}.",
        hint=f"Write: vaughn clock {example} --from {question.trigger.isoformat()} {option}",
    )


def _with_number(rule: ClockRule, term: Term, number: int | None) -> Term:
    if term.number is not None:
        if number is not None and number != term.number:
            raise InputError(
                f"{rule.id} is {term.number} {term.count.value}; another number cannot be given.",
                hint="Leave --number out, or use a rule that names no number.",
            )
        return term
    if number is None:
        raise InputError(
            f"{rule.id} says how to count, not how long.",
            hint=f"Give the number of {term.count.value} that the order or rule names: --number 14.",
        )
    if not 1 <= number <= MOST[term.count]:
        raise InputError(
            f"{number} {term.count.value} cannot be counted.", hint=f"Give a number from 1 to {MOST[term.count]:,}."
        )
    return replace(term, number=number)


def _effective(term: Term, version: RuleVersion) -> Term:
    """Return *term* in working days where it is too short for calendar days: the old Rule 6."""
    short = version.working_below is not None and _number(term) < version.working_below
    return replace(term, count=Count.WORKING_DAYS) if short and term.count.is_days else term


def _phases(basis: _Basis) -> Iterator[Phase]:
    """Yield the limit itself, then its extension."""
    term, version, question = basis.term, basis.version, basis.question
    yield Phase(term.count, _number(term))
    if question.extend_days == 0:
        return
    if version.extended_by is None:
        raise InputError(f"No rule of {basis.law.title} extends {question.rule}.", hint="Leave the extension out.")
    rule = basis.law.rule(version.extended_by)
    most = rule.version_on(question.trigger).term
    if not 1 <= question.extend_days <= _number(most):
        raise InputError(
            f"{rule.id} extends by 1 to {most.number} {most.count.value}, not by {question.extend_days}.",
            hint="Take the day from the agency's notice; a longer extension must be agreed on.",
        )
    yield Phase(most.count, question.extend_days, rule.id)


def _number(term: Term) -> int:
    assert term.number is not None, "given by the rule or the question"  # noqa: S101 - narrows the type
    return term.number


def _named_tolls(question: ClockQuestion, version: RuleVersion, law: Jurisdiction) -> tuple[Toll, ...]:
    """Return the pauses in order, each with its rule."""
    if not question.tolls:
        return ()
    if not version.paused_by:
        raise InputError(f"No rule of {law.title} pauses {question.rule}.", hint="Leave the pause out.")
    named = [replace(toll, rule=law.rule(toll.rule or version.paused_by[0]).id) for toll in question.tolls]
    return tuple(sorted(named, key=lambda toll: (toll.first, toll.last or date.max)))


def _require_allowed_tolls(basis: _Basis) -> None:
    question, allowed = basis.question, basis.version.paused_by
    for toll in question.tolls:
        if toll.rule not in allowed:
            raise InputError(f"{toll.rule} does not pause {question.rule}.", hint=f"Possible: {', '.join(allowed)}.")
        if toll.first < basis.start:
            raise InputError(
                f"The pause from {toll.first.isoformat()} begins before the count does ({basis.start.isoformat()}).",
                hint="Check both dates; a clock that does not run cannot be stopped.",
            )
        basis.law.calendar.known(toll.first)
    for rule_id in allowed:
        times = basis.law.rule(rule_id).version_on(question.trigger).times
        used = sum(toll.rule == rule_id for toll in question.tolls)
        if times is not None and used > times:
            others = [other for other in allowed if other != rule_id]
            raise InputError(
                f"{rule_id} may pause {question.rule} {'once' if times == 1 else f'{times} times'}, not {used} times.",
                hint=f"If another pause had another reason, name its rule: --toll {others[0]}:FIRST..LAST."
                if others
                else "Keep the pauses that the rule allows.",
            )


def _opening(due: date, opens: str, law: Jurisdiction) -> date:
    """Return the day from which on the rule *opens* lets something be done after a limit that ended on *due*."""
    return due_date(ClockQuestion(opens, due), law).days[-1].day


def _citations(basis: _Basis) -> Iterator[Citation]:
    term, question = basis.term, basis.question
    yield Citation(basis.rule.id, term.citation, term.confirmed, term.note)
    if basis.start != question.trigger:
        note = f"Counted in calendar days; the count starts {basis.version.starts_within} days after the first receipt."
        yield Citation(f"{basis.rule.id}, latest start", term.citation, confirmed=False, note=note)
    used = [toll.rule for toll in question.tolls] + ([basis.version.extended_by] if question.extend_days else [])
    for rule_id in dict.fromkeys(one for one in used if one is not None):
        other = basis.law.rule(rule_id).version_on(question.trigger).term
        yield Citation(rule_id, other.citation, other.confirmed, other.note)


def _notes(basis: _Basis, end: date | None, due: date | None) -> Iterator[str]:
    question, version = basis.question, basis.version
    if question.agency is not None and not basis.is_own_term and version.agencies:
        yield f"The file has no term of {question.agency}'s own here; the general one was counted."
    if basis.is_own_term and version.term.note:
        yield version.term.note
    if basis.term.ends_at:
        yield f"The last day ends {basis.term.ends_at}."
    if end is None:
        yield "There is no due date while the pause runs."
        return
    if due != end and not version.rolls_confirmed:
        yield (
            f"Counted without rolling forward the period ends on {day_in_words(end)}. The rule does not say that it "
            "rolls forward (not confirmed): whoever must act is safe only before the weekend or holiday."
        )
    for toll in question.tolls:
        if toll.first > end:
            yield f"The pause from {toll.first.isoformat()} began after the limit had run out and changes nothing."
