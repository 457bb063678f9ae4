"""`vaughn request`: what was asked, of whom, what is due when, and the letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath, Wait
from vaughn.app.cli.owed import owed_json, print_owed

if TYPE_CHECKING:
    from vaughn.model import Entity
    from vaughn.request import RequestClock

_FINDINGS = 1
group = typer.Typer(no_args_is_help=True, help="Requests of a case: enter, list, move, letters, coverage, fees.")

RequestKey = Annotated[str, typer.Argument(metavar="REQUEST", help="Key of the request, e.g. ice.")]
OnDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to look from; today if not given.")]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to a file.")]


@group.command("new")
def new(
    case: CasePath,
    key: RequestKey,
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="e.g. agency=agency/ice sent_on=2010-02-03")
    ],
    *,
    source: Annotated[str, typer.Option(help="Where it stands, in words.")] = "",
    wait: Wait = 0.0,
) -> None:
    """Enter a request, or more about one; run it again to add.

    Example: vaughn request new ndlon ice title="Secure Communities" agency=agency/ice sent_on=2010-02-03
    """
    from vaughn.app.facts import EnteredFacts, enter_facts, read_values, source_named
    from vaughn.app.opening import open_to_write

    facts = EnteredFacts(f"request/{key}", read_values(values), source=source_named(source))
    with open_to_write(case.expanduser(), "vaughn request", wait_seconds=wait) as opened:
        added = enter_facts(opened, facts)
    print_line(f"request/{key}: {added:,} new statements.")


@group.command("list")
def list_requests(case: CasePath, *, on: OnDay = None, as_json: AsJson = False) -> None:
    """List the requests with what is owed on each, the most urgent first; ends with 1 if something is overdue.

    Example: vaughn request list ndlon --on 2010-04-27
    """
    from vaughn.app.opening import open_to_read
    from vaughn.model import Standing, due_list, federal
    from vaughn.request import clocks

    law, day = federal(), _day(on)
    with open_to_read(case.expanduser(), "vaughn request") as opened:
        known = clocks(opened, law, open_only=True)
    lines = due_list([clock.entry for clock in known], on=day, calendar=law.calendar)
    if as_json:
        print_json([owed_json(line) for line in lines])
    else:
        print_owed(lines, on=day)
        for clock in known:
            for text in (clock.note, clock.fault):
                if text:
                    print_line(f"{clock.entry.key}: {text}")
        print_line(law.notice)
    if any(line.standing is Standing.OVERDUE for line in lines):
        raise typer.Exit(_FINDINGS)


@group.command("show")
def show(case: CasePath, request: RequestKey, *, as_json: AsJson = False) -> None:
    """Show a request: what is known of it and who says so, and each due date with its reasons.

    Example: vaughn request show ndlon ice
    """
    from vaughn.app.opening import open_to_read
    from vaughn.model import federal
    from vaughn.request import clocks, known_request

    with open_to_read(case.expanduser(), "vaughn request") as opened:
        known = known_request(opened, request)
        owed = clocks(opened, federal(), request)
        titles = {source.id: source.citation or source.title for source in opened.sources()}
    if as_json:
        print_json({"statements": _statements(known, titles), "owed": [_clock_json(clock) for clock in owed]})
        return
    columns = (Column("field"), Column("value"), Column("confidence"), Column("source"))
    rows = [(one["field"], one["value"], one["confidence"], one["source"]) for one in _statements(known, titles)]
    print_table(known.value("title") or known.key, columns, rows)
    for clock in owed:
        _print_clock(clock)


@group.command("state")
def state(case: CasePath, request: RequestKey, new_state: str, *, wait: Wait = 0.0) -> None:
    """Move a request to another state of the table (docs/reference/request-states.md).

    Example: vaughn request state ndlon ice acknowledged
    """
    from vaughn.app.opening import open_to_write
    from vaughn.request import set_state

    with open_to_write(case.expanduser(), "vaughn request", wait_seconds=wait) as opened:
        set_state(opened, request, new_state)
    print_line(f"{request} is {new_state} now.")


@group.command("agencies")
def agencies(case: CasePath, table: Path, *, wait: Wait = 0.0) -> None:
    """Take in agencies and components with their contacts from a CSV table.

    Example: vaughn request agencies ndlon agencies.csv
    """
    from vaughn.app.facts import read_input
    from vaughn.app.opening import open_to_write
    from vaughn.request import import_agencies

    content = read_input(table)
    with open_to_write(case.expanduser(), "vaughn request", wait_seconds=wait) as opened:
        done = import_agencies(opened, content, name=table.name)
    print_line(f"{done.added:,} agencies added or changed, {done.known:,} known already.")
    for text in (*(f"Column {name!r} is not used." for name in done.table.unknown_columns), *done.table.faults):
        print_line(text)
    if done.table.faults:
        raise typer.Exit(_FINDINGS)


@group.command("letter")
def letter(
    case: CasePath,
    request: RequestKey,
    kind: Annotated[str, typer.Argument(help="request, expedition, 'fee waiver', appeal, status or ogis")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="File to write: .docx, .pdf or .txt.")],
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="A template of your own.")] = None,
    extra: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value the template uses.")
    ] = None,
    on: OnDay = None,
    wait: Wait = 0.0,
) -> None:
    """Write a letter from a template and keep it in the case.

    Example: vaughn request letter ndlon ice status --out status.docx
    """
    from vaughn.app.facts import read_input, read_values
    from vaughn.app.opening import open_to_write
    from vaughn.formats.letters import LetterFormat
    from vaughn.model import InputError, UsageError, federal
    from vaughn.request import LetterOrder, write_letter

    suffix = out.suffix.lower().lstrip(".")
    if suffix not in [known.value for known in LetterFormat]:
        raise UsageError(f"{out.name} is no kind of letter.", hint="End it with .docx, .pdf or .txt.")
    if out.exists():
        raise InputError(f"{out} already exists.", hint="Name a file that does not exist; nothing is overwritten.")
    own = None if template is None else read_input(template).decode("utf-8", errors="replace")
    values = {name: texts[-1] for name, texts in read_values(extra or []).items()}
    order = LetterOrder(request, kind, _day(on), own, values)
    with open_to_write(case.expanduser(), "vaughn request", wait_seconds=wait) as opened:
        content = write_letter(opened, order, LetterFormat(suffix), law=federal())
    out.write_bytes(content)
    print_line(f"Wrote {out}.")


@group.command("template")
def template(kind: str) -> None:
    """Print a template that comes with the program, to be saved and edited.

    Example: vaughn request template appeal > appeal.txt
    """
    from vaughn.request import shipped_template

    print_line(shipped_template(kind))


@group.command("coverage")
def coverage(case: CasePath, *, out: OutFile = None, as_json: AsJson = False) -> None:
    """Show what each agency released of each item asked for; ends with 1 if the tree of items has a fault.

    Example: vaughn request coverage ndlon --out coverage.xlsx
    """
    from vaughn.app.opening import open_to_read
    from vaughn.app.requests import coverage_rows, write_table
    from vaughn.request import case_coverage

    with open_to_read(case.expanduser(), "vaughn request") as opened:
        found = case_coverage(opened)
    columns, rows = coverage_rows(found)
    if out is not None:
        write_table(out, columns, rows)
        print_line(f"Wrote {out}.")
    elif as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table("Items and agencies", [Column(name) for name in columns], rows)
        print_line(f"{found.empty:,} cells are empty.")
    for fault in (*found.faults, *(f"{number} answers an item, but no document has it." for number in found.unmatched)):
        print_line(fault)
    if found.faults:
        raise typer.Exit(_FINDINGS)


@group.command("fees")
def fees(case: CasePath, request: RequestKey, *, late: bool = False, as_json: AsJson = False) -> None:
    """Show the fee worksheet of a request: what was asked and what its category lets be charged.

    Example: vaughn request fees ndlon ice --late
    """
    from vaughn.app.opening import open_to_read
    from vaughn.request import charges_of, fee_worksheet, known_request

    with open_to_read(case.expanduser(), "vaughn request") as opened:
        known = known_request(opened, request)
        charges = charges_of(opened.entities("request-fee"), known.reference)
    sheet = fee_worksheet(known.value("fee_category") or "other", charges, is_late=late)
    rows = [
        (
            line.charge.what,
            f"{line.charge.quantity:f}",
            f"{line.charge.rate:f}",
            f"{line.asked:f}",
            f"{line.owed:f}",
            line.why,
        )
        for line in sheet.lines
    ]
    if as_json:
        print_json({"category": sheet.category.name, "asked": str(sheet.asked), "owed": str(sheet.owed), "lines": rows})
        return
    columns = [Column(name) for name in ("what", "hours or pages", "rate", "asked", "chargeable", "why")]
    print_table(f"Fees: {sheet.category.name}", columns, rows)
    print_line(f"Asked ${sheet.asked:,}; chargeable ${sheet.owed:,}.")


@group.command("intake")
def intake(case: CasePath, request: RequestKey) -> None:
    """Print a request as the fields of FOIA.gov's interface (JSON), to be filled in with who asks.

    Example: vaughn request intake ndlon ice
    """
    from vaughn.app.opening import open_to_read
    from vaughn.request import foia_gov_fields, known_request

    with open_to_read(case.expanduser(), "vaughn request") as opened:
        known = known_request(opened, request)
        agency = opened.entity(known.value("agency") or "")
        requesters = [one for name in known.values("requester") if (one := opened.entity(name)) is not None]
    print_json(foia_gov_fields(known, agency, requesters))


def _day(text: str | None) -> date:
    from vaughn.app.opening import now
    from vaughn.model import read_day

    return now().astimezone().date() if text is None else read_day(text, what="--on")


def _statements(entity: Entity, titles: dict[int, str]) -> list[dict[str, str]]:
    return [
        {
            "field": one.field,
            "value": one.value,
            "confidence": one.confidence.value,
            "source": titles.get(one.source_id, ""),
        }
        for field in dict.fromkeys(one.field for one in entity.statements)
        for one in entity.statements_of(field)
    ]


def _clock_json(clock: RequestClock) -> dict[str, object]:
    from vaughn.app.clocking import due_json
    from vaughn.model import federal

    return {
        "key": clock.entry.key,
        "rule": clock.rule,
        "note": clock.note,
        "fault": clock.fault,
        "computed": None if clock.computed is None else due_json(clock.computed, federal()),
    }


def _print_clock(clock: RequestClock) -> None:
    from vaughn.app.clocking import due_in_words, lines_of, sure

    told = clock.computed
    print_line(f"{clock.rule}, {clock.entry.title}: {'no due date' if told is None else f'due {due_in_words(told)}'}")
    for text in (clock.note, clock.fault):
        if text:
            print_line(text)
    if told is not None:
        columns = (Column("day"), Column("what", wraps=False), Column("count", wraps=False), Column("why"))
        print_table("Why", columns, [(line.days, line.what.value, line.count, line.why) for line in lines_of(told)])
        for one in told.citations:
            print_line(f"Source of {one.rule}: {sure(one.text, confirmed=one.confirmed)}")
