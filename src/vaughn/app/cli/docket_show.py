"""`vaughn docket show`: dockets with their entries, chains of motions, states of orders, lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.docket import end_with, findings_json, group, print_findings
from vaughn.app.cli.options import AsJson, CasePath

if TYPE_CHECKING:
    from vaughn.lawsuit import Chain, Chains, DocketEntry, ObligationLine, OrderHistory, Suit
    from vaughn.model import Finding, PartialDate

OnDay = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day to look from; today if not given.")]


@group.command("show")
def show(
    case: CasePath,
    *,
    with_chains: Annotated[bool, typer.Option("--chains", help="Show which entry answers which.")] = False,
    orders: Annotated[bool, typer.Option("--orders", help="Show the states of orders and what is owed.")] = False,
    lists: Annotated[bool, typer.Option("--lists", help="Show rulings, lists, settlements and fees.")] = False,
    suppose: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help="What if: 'order/KEY stayed DATE..DATE' or 'obligation/KEY met DATE'."),
    ] = None,
    on: OnDay = None,
    as_json: AsJson = False,
) -> None:
    """Show the dockets of a case; ends with 1 if entries or orders contradict themselves.

    Example: vaughn docket show ndlon --orders --on 2011-03-31
    """
    from vaughn.app.opening import open_to_read
    from vaughn.app.suit import suit_findings, suit_of
    from vaughn.lawsuit import chains, supposing

    day = day_given(on)
    with open_to_read(case.expanduser(), "vaughn docket show") as opened:
        suit = supposing(suit_of(opened), suppose or ())
    findings = suit_findings(suit)
    if as_json:
        print_json(_as_json(suit, chains(suit), findings, on=day))
    else:
        if not (with_chains or orders or lists):
            _print_dockets(suit)
        if with_chains:
            _print_chains(suit, chains(suit))
        if orders:
            _print_orders(suit, day)
        if lists:
            _print_lists(suit)
        print_findings(findings)
    end_with(findings)


def day_given(text: str | None) -> date:
    """Return the day of ``--on``, today if it is not given."""
    from vaughn.app.opening import now
    from vaughn.model import read_day

    return now().astimezone().date() if text is None else read_day(text, what="--on")


def _print_dockets(suit: Suit) -> None:
    from vaughn.lawsuit import Docket, DocketEntry, Party

    columns = (Column("no."), Column("filed", wraps=False), Column("type"), Column("what"), Column("by"))
    entries = sorted(suit.all_of(DocketEntry), key=_by_day)
    for docket in suit.all_of(Docket):
        print_line(", ".join(part for part in (docket.title, docket.court, docket.number) if part))
        parties = [one for one in suit.all_of(Party) if docket.reference in one.dockets]
        print_table("Parties", (Column("role"), Column("name")), [(one.role or "", one.title) for one in parties])
        mine = [_entry_row(suit, one) for one in entries if one.docket == docket.reference]
        print_table("Entries", columns, mine)
    stray = [_entry_row(suit, one) for one in entries if suit.one(Docket, one.docket) is None]
    if stray:
        print_table("Entries of no docket", columns, stray)


def _by_day(entry: DocketEntry) -> tuple[date, int]:
    return (date.max if entry.day is None else entry.day.first, entry.number or 0)


def _entry_row(suit: Suit, entry: DocketEntry) -> tuple[str, str, str, str, str]:
    by = ", ".join(suit.title(who) for who in entry.filed_by)
    return (_number(entry), str(entry.day or ""), entry.type or "", entry.title, by)


def _number(entry: DocketEntry) -> str:
    return "" if entry.number is None else str(entry.number)


def _print_chains(suit: Suit, found: Chains) -> None:
    columns = (Column("no."), Column("filed", wraps=False), Column("type"), Column("what"), Column("answers"))
    for chain in found.chains:
        rows = [
            (
                _number(step.entry),
                str(step.entry.day or ""),
                f"{'  ' * step.depth}{step.entry.type or ''}",
                step.entry.title,
                ", ".join(_called(suit, one) for one in (*step.responds_to, *step.decides)),
            )
            for step in chain.steps
        ]
        print_table(chain.root.title, columns, rows)
        _print_results(suit, chain)


def _called(suit: Suit, reference: str) -> str:
    from vaughn.lawsuit import DocketEntry

    entry = suit.one(DocketEntry, reference)
    return _number(entry) or entry.title if entry is not None else reference


def _print_results(suit: Suit, chain: Chain) -> None:
    for line in chain.relief:
        asked = "" if line.asked_until is None else f", asked for by {line.asked_until}"
        granted = line.relief.granted_date
        more = "" if line.days_more is None else f" ({line.days_more:+,} days)"
        print_line(f"Asked: {line.relief.title}{asked}" + (f"; granted for {granted}{more}" if granted else ""))
    for one in chain.outcomes:
        who = "" if one.party is None else f"{suit.title(one.party)}: "
        print_line(f"Outcome: {who}{one.result or 'not known'}" + (f", {one.decided_on}" if one.decided_on else ""))
    for reference in chain.leads_to:
        print_line(f"Then: {suit.title(reference)}")
    if not chain.is_decided and chain.root.type in ("motion", "cross-motion"):
        print_line("Nobody tells of a decision.")


def _print_orders(suit: Suit, day: date) -> None:
    from vaughn.lawsuit import obligation_lines, order_histories
    from vaughn.model import federal

    rows = []
    for history in order_histories(suit):
        span = history.on(day)
        begins = [str(history.entered), *(one.first.isoformat() for one in history.spans[1:])]
        states = "; ".join(f"{one.state} from {day}" for one, day in zip(history.spans, begins, strict=False))
        rows.append((history.order.title, "not entered" if span is None else span.state, states))
    print_table(f"Orders on {day}", (Column("order"), Column("state"), Column("states over time")), rows)
    columns = (Column("obligation"), Column("who"), Column("due", wraps=False), Column("state"), Column("why"))
    owed = [
        (
            line.obligation.title,
            ", ".join(suit.title(who) for who in line.obligation.who),
            "" if line.due is None else line.due.isoformat(),
            line.state.value,
            " ".join(line.why),
        )
        for line in obligation_lines(suit, on=day, law=federal())
    ]
    print_table(f"Obligations on {day}", columns, owed)


def _print_lists(suit: Suit) -> None:
    from vaughn.lawsuit import in_camera_sets, rulings, settlements, stipulations

    columns = (Column("document"), Column("exemption"), Column("ruling"), Column("complied by"))
    rows = [
        (
            line.ruling.bates or line.ruling.title,
            line.ruling.exemption or "",
            line.ruling.outcome or "",
            "STILL OWED" if line.is_owed else "" if line.release is None else line.release.title,
        )
        for line in rulings(suit)
    ]
    print_table("Rulings", columns, rows)
    for one in in_camera_sets(suit):
        count = one.documents.document_count
        print_line(f"In camera: {one.documents.title}" + ("" if count is None else f", {count:,} documents"))
    _print_production_lists(suit)
    for order in stipulations(suit):
        print_line(f"Stipulation: {order.title}. {' '.join(order.holds)}".rstrip())
    for agreed in settlements(suit):
        amount = "" if agreed.settlement.amount is None else f", ${agreed.settlement.amount:,}"
        print_line(f"Settlement: {agreed.settlement.title}{amount}")
        for term in (*agreed.settlement.terms, *(owed.title for owed in agreed.obligations)):
            print_line(f"  {term}")
    _print_fees(suit)


def _print_production_lists(suit: Suit) -> None:
    from vaughn.lawsuit import list_statuses

    columns = (Column("no."), Column("what"), Column("agency"), Column("state"), Column("produced in"))
    for status in list_statuses(suit):
        rows = [
            (
                line.listed.number or "",
                line.listed.title,
                ", ".join(suit.title(who) for who in line.listed.agencies),
                line.state or "not known",
                ", ".join(release.title for release in line.releases),
            )
            for line in status.lines
        ]
        title = "Of no list" if status.of is None else status.of.title
        count = f": {status.produced:,} of {len(rows):,} produced" if rows else ""
        print_table(f"{title}{count}", columns, rows)


def _print_fees(suit: Suit) -> None:
    from vaughn.lawsuit import fee_worksheet

    sheet = fee_worksheet(suit)
    columns = (Column("who"), Column("hours", is_number=True), Column("amount", is_number=True))
    rows = [(one.who, f"{one.hours:f}", f"{one.amount:,.2f}") for one in sheet.by_person]
    print_table("Fees", columns, rows)
    if sheet.lines:
        print_line(f"Together ${sheet.total:,.2f}.")
    wrong = [line.line.title for line in sheet.lines if line.differs]
    if wrong:
        print_line(f"The amount is not hours times rate: {'; '.join(wrong)}.")
    if sheet.without_amount:
        print_line(f"{sheet.without_amount:,} lines have no amount.")


def _as_json(suit: Suit, found: Chains, findings: tuple[Finding, ...], *, on: date) -> dict[str, object]:
    from vaughn.lawsuit import Docket, DocketEntry, obligation_lines, order_histories
    from vaughn.model import federal

    return {
        "on": on.isoformat(),
        "dockets": [
            {"reference": one.reference, "title": one.title, "court": one.court, "number": one.number}
            for one in suit.all_of(Docket)
        ],
        "entries": [_entry_json(one) for one in suit.all_of(DocketEntry)],
        "chains": [_chain_json(chain) for chain in found.chains],
        "orders": [_order_json(one, on) for one in order_histories(suit)],
        "obligations": [_obligation_json(line) for line in obligation_lines(suit, on=on, law=federal())],
        "findings": findings_json(findings),
    }


def _entry_json(one: DocketEntry) -> dict[str, object]:
    return {
        "reference": one.reference,
        "docket": one.docket,
        "number": one.number,
        "filed_on": _day_json(one.filed_on),
        "entered_on": _day_json(one.entered_on),
        "type": one.type,
        "title": one.title,
        "filed_by": list(one.filed_by),
        "responds_to": list(one.responds_to),
        "decides": list(one.decides),
    }


def _chain_json(chain: Chain) -> dict[str, object]:
    return {
        "root": chain.root.reference,
        "steps": [{"entry": step.entry.reference, "depth": step.depth} for step in chain.steps],
        "outcomes": [{"party": one.party, "result": one.result, "order": one.order} for one in chain.outcomes],
        "is_decided": chain.is_decided,
        "leads_to": list(chain.leads_to),
    }


def _order_json(one: OrderHistory, on: date) -> dict[str, object]:
    span = one.on(on)
    return {
        "reference": one.order.reference,
        "title": one.order.title,
        "state": None if span is None else span.state,
        "states": [
            {"state": span.state, "from": span.first.isoformat(), "until": _day_json(span.last)} for span in one.spans
        ],
    }


def _obligation_json(line: ObligationLine) -> dict[str, object]:
    return {
        "reference": line.obligation.reference,
        "title": line.obligation.title,
        "who": list(line.obligation.who),
        "due": _day_json(line.due),
        "state": line.state.value,
        "met_on": _day_json(line.met_on),
        "why": list(line.why),
        "confirmed": line.confirmed,
    }


def _day_json(day: date | PartialDate | None) -> str | None:
    return None if day is None else str(day)
