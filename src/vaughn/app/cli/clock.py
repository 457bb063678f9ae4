"""`vaughn clock`: when something is due, on whose word, and why, day by day. It needs no case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson

if TYPE_CHECKING:
    from vaughn.model import DueDate, Jurisdiction, WhatIf


RuleName = Annotated[
    str | None, typer.Argument(metavar="RULE", help="Rule, such as FOIA-20; --list shows all.", show_default=False)
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Day of the event; not counted.")]
FirstReceived = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day another office of the agency received it, if earlier.")
]
Pauses = Annotated[
    list[str] | None,
    typer.Option(metavar="A..B", help="Days on which the clock stood still; may be repeated; A.. while it still does."),
]
Extend = Annotated[bool, typer.Option("--extend", help="The agency took the whole extension.")]
ExtendDays = Annotated[int | None, typer.Option(metavar="DAYS", help="The agency took so many days of the extension.")]
Agency = Annotated[str | None, typer.Option(metavar="NAME", help="Agency whose own term is used, such as DHS.")]
Number = Annotated[int | None, typer.Option(metavar="N", help="How long, for a rule that only says how to count.")]
IfAnswered = Annotated[
    str | None, typer.Option(metavar="DATE", help="What if the pause ended with an answer on this day?")
]
RulesFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Rules of another jurisdiction, a TOML file.")]
EveryDay = Annotated[bool, typer.Option("--days", help="One line for every day; long runs are folded otherwise.")]
IcsFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the day for a calendar program.")]
PdfFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the reasons as a PDF.")]
HtmlFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the reasons as an HTML page.")]


def clock(
    rule: RuleName = None,
    *,
    start: From = None,
    first_received: FirstReceived = None,
    toll: Pauses = None,
    extend: Extend = False,
    extend_days: ExtendDays = None,
    agency: Agency = None,
    number: Number = None,
    if_answered: IfAnswered = None,
    jurisdiction: RulesFile = None,
    days: EveryDay = False,
    ics: IcsFile = None,
    pdf: PdfFile = None,
    html: HtmlFile = None,
    list_rules: Annotated[bool, typer.Option("--list", help="List the rules with their sources.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say when something is due and why each day counts or not.

    Example: vaughn clock FOIA-20 --from 2010-02-03 --extend
    """
    from vaughn.app.clocking import due_json, find_jurisdiction, read_toll
    from vaughn.model import ClockQuestion, due_date, read_day
    from vaughn.model import if_answered as moved_by_answer

    law = find_jurisdiction(None if jurisdiction is None else jurisdiction.expanduser())
    if list_rules:
        _list_rules(law, as_json=as_json)
        return
    question = ClockQuestion(
        rule=_given(rule, "RULE", "--list shows the rules."),
        trigger=read_day(_given(start, "--from", "Give the day of the event: --from 2010-02-03."), what="--from"),
        tolls=tuple(read_toll(text) for text in toll or ()),
        extend_days=_extension(law, rule or "", extend=extend, extend_days=extend_days, start=start or ""),
        agency=agency,
        number=number,
        first_received=None if first_received is None else read_day(first_received, what="--first-received"),
    )
    told = due_date(question, law)
    what_if = None
    if if_answered is not None:
        what_if = moved_by_answer(question, read_day(if_answered, what="--if-answered"), law)
    _write(told, law, what_if, ics=ics, pdf=pdf, html=html)
    if as_json:
        print_json(due_json(told, law, what_if))
    else:
        _print(told, law, what_if, every_day=days)


def _given(value: str | None, name: str, hint: str) -> str:
    from vaughn.model import UsageError

    if value is None:
        raise UsageError(f"{name} is missing.", hint=hint)
    return value


def _extension(law: Jurisdiction, rule: str, *, extend: bool, extend_days: int | None, start: str) -> int:
    """Return the days the extension takes; --extend is the whole of it."""
    from vaughn.model import UsageError, read_day

    if extend_days is not None:
        if extend_days < 1:
            raise UsageError("--extend-days takes a number from 1 on.", hint="Leave it out if nothing was extended.")
        return extend_days
    if not extend:
        return 0
    day = read_day(start, what="--from")
    extension = law.rule(rule).version_on(day).extended_by
    # Without a rule that extends this one the count itself says so.
    return 1 if extension is None else law.rule(extension).version_on(day).term.number or 1


def _write(
    told: DueDate, law: Jurisdiction, what_if: WhatIf | None, *, ics: Path | None, pdf: Path | None, html: Path | None
) -> None:
    """Write the files asked for; none of them over another."""
    from vaughn.app.clocking import clock_event, clock_report
    from vaughn.app.opening import now
    from vaughn.formats.ics import written_as_ics
    from vaughn.formats.report import written_as_html, written_as_pdf
    from vaughn.model import InputError

    paths = [path for path in (ics, pdf, html) if path is not None]
    if len(set(paths)) < len(paths):
        raise InputError("Two of the files have the same name.", hint="Give each a name of its own.")
    for path in paths:
        if path.exists():
            raise InputError(f"{path} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    if ics is not None:
        _save(ics, written_as_ics([clock_event(told, law)], name=f"{told.rule.id}, {law.title}", made_at=now()))
    if pdf is not None:
        _save(pdf, written_as_pdf(clock_report(told, law, made_at=now(), what_if=what_if)))
    if html is not None:
        _save(html, written_as_html(clock_report(told, law, made_at=now(), what_if=what_if)).encode("utf-8"))


def _save(path: Path, content: bytes) -> None:
    from vaughn.model import InputError

    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", hint="Check the folder.") from error


def _print(told: DueDate, law: Jurisdiction, what_if: WhatIf | None, *, every_day: bool) -> None:
    from vaughn.app.clocking import counted_in_words, due_in_words, lines_of, sure
    from vaughn.model import day_in_words, in_force

    print_line(f"{told.rule.id}: {told.rule.title} ({law.title})")
    print_line(f"Due: {due_in_words(told)}")
    if told.opens_on is not None and told.version.opens is not None:
        print_line(f"From {day_in_words(told.opens_on)} on: {law.rule(told.version.opens).title}.")
    print_line(counted_in_words(told))
    for one in told.citations:
        print_line(f"Source of {one.rule}: {sure(one.text, confirmed=one.confirmed)}")
    print_line(f"Version of the rule: {in_force(told.version)}")
    columns = (Column("day"), Column("what", wraps=False), Column("count", wraps=False), Column("why"))
    rows = [(line.days, line.what.value, line.count, line.why) for line in lines_of(told, every_day=every_day)]
    print_table("Why", columns, rows)
    for one in told.citations:
        if one.note:
            print_line(f"{one.rule}: {one.note}")
    for note in told.notes:
        print_line(note)
    if what_if is not None:
        print_line(what_if.sentence)
    print_line(law.notice)


def _list_rules(law: Jurisdiction, *, as_json: bool) -> None:
    """Print every version of every rule, and the terms of single agencies."""
    from vaughn.app.clocking import rule_lines, rules_json

    if as_json:
        print_json(rules_json(law))
        return
    columns = (
        Column("rule", wraps=False), Column("what"), Column("how long"), Column("in force", wraps=False),
        Column("source"), Column("confirmed"),
    )  # fmt: skip
    rows = [
        (
            line.name,
            line.rule.title,
            line.length,
            line.in_force,
            line.term.citation,
            "yes" if line.term.confirmed else "no",
        )
        for line in rule_lines(law)
    ]
    print_table(f"Rules of {law.title}", columns, rows)
    print_line(law.notice)
