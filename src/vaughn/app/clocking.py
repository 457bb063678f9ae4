"""A due date with its reasons for terminal, browser, paper, other programs and calendars: one wording for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vaughn.formats.ics import IcsEvent, event_uid
from vaughn.formats.report import Block, Column, Fact, Figure, Paragraph, Report, Row, Section, Sheet, Table, Tone
from vaughn.model import (
    WEEKDAYS,
    ClockRule,
    DayKind,
    DayRun,
    DueDate,
    DueEntry,
    InputError,
    Jurisdiction,
    RuleKind,
    Term,
    Toll,
    WhatIf,
    day_in_words,
    each_day,
    federal,
    folded_days,
    in_force,
    read_day,
    read_jurisdiction,
)

NOT_CONFIRMED = "not confirmed"
# A file of rules is a page or two of text; anything larger is another file.
_LIMIT_BYTES = 1_000_000
# Longer counts, of several years, are told by runs alone: nobody reads forty pages of days.
_MOST_ON_PAPER = 1000
_TONES = {DayKind.HOLIDAY: Tone.NOTE, DayKind.TOLLED: Tone.WARNING, DayKind.ROLLED: Tone.WARNING}


def find_jurisdiction(path: Path | None) -> Jurisdiction:
    """Return the jurisdiction in the file at *path*, or the federal one.

    Raises:
        InputError: If the file cannot be read or is no jurisdiction.
    """
    if path is None:
        return federal()
    hint = "Give the path of a .toml file; docs/how-to/deadlines.md shows one."
    if not path.is_file():
        raise InputError(f"There is no file {path.name}.", hint=hint)
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise InputError(f"{path.name} is too large to be a jurisdiction's file.", hint=hint)
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text.", hint="Save the file as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.", hint=hint) from error
    return read_jurisdiction(text, file=path.name)


def read_toll(text: str) -> Toll:
    """Return the pause that ``2026-11-02..2026-11-20``, ``TOLL-FEE:2026-11-02..`` and their like spell.

    Raises:
        InputError: If it is written otherwise, or a day is none.
    """
    rule, colon, span = text.rpartition(":")
    first, dots, last = span.partition("..")
    if not dots or (colon and not rule.strip()):
        raise InputError(
            f"--toll: {text[:60]!r} is no pause.",
            hint="Write the first and the last day: --toll 2026-11-02..2026-11-20, or --toll 2026-11-02.. while it "
            "runs; another rule before a colon: --toll TOLL-FEE:2026-11-02..2026-11-20.",
        )
    end = read_day(last, what="--toll, last day") if last.strip() else None
    return Toll(read_day(first, what="--toll, first day"), end, rule.strip() or None)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One term of a rule: of one version, or of one agency in it.

    Args:
        name: The rule, and the agency whose own term it is.
        in_force: From when to when.
    """

    name: str
    rule: ClockRule
    term: Term
    in_force: str
    agency: str | None = None

    @property
    def length(self) -> str:
        """Return how long it is in words."""
        return "as long as it takes" if self.rule.kind is RuleKind.PAUSE else length(self.term)


def rule_lines(law: Jurisdiction) -> tuple[RuleLine, ...]:
    """Return every version of every rule, each followed by the terms of single agencies."""
    lines = []
    for rule in law.rules:
        for version in rule.versions:
            lines.append(RuleLine(rule.id, rule, version.term, in_force(version)))
            lines += [
                RuleLine(f"{rule.id} {own.agency}", rule, own.term, in_force(version), own.agency)
                for own in version.agencies
            ]
    return tuple(lines)


def rules_json(law: Jurisdiction) -> list[dict[str, object]]:
    """Return the rules as JSON values."""
    return [
        {
            "rule": line.rule.id,
            "agency": line.agency,
            "title": line.rule.title,
            "kind": line.rule.kind.value,
            "bound": line.rule.bound,
            "starts": line.rule.starts,
            "count": line.term.count.value,
            "number": line.term.number,
            "in_force": line.in_force,
            "citation": line.term.citation,
            "confirmed": line.term.confirmed,
            "note": line.term.note,
        }
        for line in rule_lines(law)
    ]


@dataclass(frozen=True, slots=True)
class RunCells:
    """One line of the reasons in words."""

    days: str
    what: DayKind
    count: str
    why: str


def lines_of(told: DueDate, *, every_day: bool = False) -> tuple[RunCells, ...]:
    """Return the reasons line by line; long runs are folded unless *every_day* is asked for."""
    runs = each_day(told.days) if every_day else folded_days(told.days)
    return tuple(_cells(run, is_due=run.last == told.due) for run in runs)


def _cells(run: DayRun, *, is_due: bool) -> RunCells:
    days = _short(run.first) if run.first == run.last else f"{_short(run.first)} to {_short(run.last)}"
    count = "" if run.count_first is None else f"{run.count_first}"
    if run.count_last != run.count_first:
        count = f"{run.count_first} to {run.count_last}"
    # The weekday stands before the day already.
    why = [run.name] if run.name not in {"", WEEKDAYS[run.first.weekday()]} else []
    if run.what is DayKind.TRIGGER:
        why.append("the count starts after it")
    if run.days > 1 and run.what is DayKind.TOLLED:
        why.append(f"{run.days} days")
    if run.left_out:
        why.append(f"{run.left_out} weekend days left out")
    if run.by:
        why.append(f"extension {run.by}")
    if is_due:
        why.append("due")
    return RunCells(days, run.what, count, "; ".join(why))


def _short(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.isoformat()}"


def length(term: Term) -> str:
    """Return ``20 working days``."""
    if term.number is None:
        return f"{term.count.value}, as many as are ordered"
    return f"{term.number} {term.count.value.removesuffix('s') if term.number == 1 else term.count.value}"


def counted_in_words(told: DueDate) -> str:
    """Return what was counted from which day on, in one sentence."""
    asked = told.question
    more = f" and {asked.extend_days} more ({told.version.extended_by})" if asked.extend_days else ""
    return f"Counted: {length(told.term)}{more} after {day_in_words(told.start)} ({_why_then(told)})."


def _why_then(told: DueDate) -> str:
    if told.start == told.question.trigger:
        return told.rule.starts
    return f"{told.version.starts_within} days after the first receipt, the latest start"


def sure(text: str, *, confirmed: bool) -> str:
    """Return *text*, and that it is not confirmed if so."""
    return text if confirmed else f"{text} ({NOT_CONFIRMED})"


def due_in_words(told: DueDate) -> str:
    """Return the due date in words."""
    if told.due is None:
        return "none while the pause runs"
    return sure(day_in_words(told.due), confirmed=told.confirmed)


def due_json(told: DueDate, law: Jurisdiction, what_if: WhatIf | None = None) -> dict[str, object]:
    """Return the due date with all its reasons as JSON values; days are written ``2010-02-03``."""
    asked = told.question
    return {
        "jurisdiction": law.id,
        "rule": asked.rule,
        "title": told.rule.title,
        "bound": told.rule.bound,
        "starts": told.rule.starts,
        "trigger": asked.trigger.isoformat(),
        "first_received": _iso(asked.first_received),
        "start": told.start.isoformat(),
        "due": _iso(told.due),
        "in_words": due_in_words(told),
        "confirmed": told.confirmed,
        "counted_end": _iso(told.counted_end),
        "count": told.term.count.value,
        "number": told.term.number,
        "agency": asked.agency,
        "extend_days": asked.extend_days,
        "tolls": [{"rule": toll.rule, "first": _iso(toll.first), "last": _iso(toll.last)} for toll in asked.tolls],
        "opens": told.version.opens,
        "opens_on": _iso(told.opens_on),
        "in_force": in_force(told.version),
        "citations": [
            {"rule": one.rule, "citation": one.text, "confirmed": one.confirmed, "note": one.note}
            for one in told.citations
        ],
        "notes": list(told.notes),
        "lines": [
            {"days": line.days, "what": line.what.value, "count": line.count, "why": line.why}
            for line in lines_of(told)
        ],
        "days": [
            {"day": _iso(step.day), "what": step.what.value, "name": step.name, "count": step.count, "by": step.by}
            for step in told.days
        ],
        "what_if": None if what_if is None else _what_if_json(what_if),
        "notice": law.notice,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _what_if_json(answer: WhatIf) -> dict[str, object]:
    return {
        "condition": answer.condition,
        "due_before": _iso(answer.before.due),
        "due_after": _iso(answer.after.due),
        "sentence": answer.sentence,
    }


def clock_report(told: DueDate, law: Jurisdiction, *, made_at: datetime, what_if: WhatIf | None = None) -> Report:
    """Return the due date and its reasons as a report: what counts on the first page, every day after it."""
    rule = told.rule
    every = _why(told, "Every day from the trigger day on", every_day=True)
    sources = _sources(told)
    summary: list[Block] = [_why(told, "How it was counted", every_day=False), sources]
    summary += [Paragraph(note) for note in told.notes]
    if what_if is not None:
        summary.append(Paragraph(what_if.sentence, Tone.NOTE))
    return Report(
        title="No due date while the pause runs" if told.due is None else f"Due {due_in_words(told)}",
        kicker=f"{law.title} · {rule.id}",
        subtitle=rule.title,
        banner=None if told.confirmed else "Not confirmed: nobody has checked every source of this date.",
        facts=_facts(told),
        figures=_figures(told),
        summary=tuple(summary),
        sections=(Section("Every day", (every,)),) if len(every.rows) <= _MOST_ON_PAPER else (),
        sheets=(Sheet("Days", every), Sheet("Sources", sources)),
        footer=law.notice,
        made_at=made_at,
        keywords=(rule.id, "due date"),
    )


def _why(told: DueDate, caption: str, *, every_day: bool) -> Table:
    columns = (Column("Day", 4), Column("What", 2), Column("Count", 0, is_number=True), Column("Why", 4))
    rows = tuple(
        Row((line.days, line.what.value, line.count, line.why), _TONES.get(line.what, Tone.PLAIN))
        for line in lines_of(told, every_day=every_day)
    )
    return Table(columns, rows, caption=caption)


def _sources(told: DueDate) -> Table:
    rows = tuple(
        Row(
            (one.rule, one.text, "yes" if one.confirmed else "no", one.note),
            Tone.PLAIN if one.confirmed else Tone.WARNING,
        )
        for one in told.citations
    )
    columns = (Column("Rule", 0), Column("Source", 3), Column("Confirmed", 0), Column("Note", 5))
    return Table(columns, rows, caption="What it rests on")


def _facts(told: DueDate) -> tuple[Fact, ...]:
    asked = told.question
    tolls = "; ".join(
        f"{toll.rule} {toll.first.isoformat()} to {'…' if toll.last is None else toll.last.isoformat()}"
        for toll in asked.tolls
    )
    facts = (
        ("Counted from", told.rule.starts),
        ("That was", day_in_words(asked.trigger)),
        ("First received", "" if asked.first_received is None else day_in_words(asked.first_received)),
        ("Binds", told.rule.bound),
        ("Version", in_force(told.version)),
        ("Agency", asked.agency),
        ("Pauses", tolls),
        ("Extended by", f"{asked.extend_days} days ({told.version.extended_by})" if asked.extend_days else ""),
        (f"{told.version.opens} from", "" if told.opens_on is None else day_in_words(told.opens_on)),
    )
    return tuple(Fact(label, value) for label, value in facts if value)


def _figures(told: DueDate) -> tuple[Figure, ...]:
    kinds = [step.what for step in told.days]
    more = told.question.extend_days
    figures = [Figure(f"{told.term.number} + {more}" if more else str(told.term.number), told.term.count.value)]
    for kind, label in ((DayKind.WEEKEND, "weekend days"), (DayKind.HOLIDAY, "holidays"), (DayKind.TOLLED, "paused")):
        if kind in kinds:
            figures.append(Figure(str(kinds.count(kind)), label))
    return tuple(figures)


def clock_event(told: DueDate, law: Jurisdiction) -> IcsEvent:
    """Return the due date as a day in a calendar; asked again with a pause, it is the same event on another day.

    Raises:
        InputError: If there is no due date.
    """
    if told.due is None:
        raise InputError(
            f"{told.rule.id} has no due date while the pause runs, so there is nothing to put in a calendar.",
            hint="Give the pause its last day, or leave the calendar file out.",
        )
    asked = told.question
    described = [sure(one.text, confirmed=one.confirmed) for one in told.citations]
    described += [counted_in_words(told), *told.notes, law.notice]
    return IcsEvent(
        uid=event_uid(law.id, told.rule.id, asked.trigger.isoformat(), (asked.agency or "").casefold()),
        day=told.due,
        summary=sure(f"{told.rule.id}: {told.rule.title}", confirmed=told.confirmed),
        description="\n".join(described),
    )


def due_events(entries: Iterable[DueEntry], *, feed: str) -> tuple[IcsEvent, ...]:
    """Return what is still owed as days in a calendar; what was met, is suspended or has no day is left out.

    Args:
        feed: What tells this feed from others, e.g. the case's id: it goes into every UID.
    """
    return tuple(
        IcsEvent(
            uid=event_uid(feed, entry.key),
            day=entry.due,
            summary=sure(f"{entry.who}: {entry.title}", confirmed=entry.confirmed),
        )
        for entry in entries
        if entry.due is not None and entry.met_on is None and not entry.is_suspended
    )
