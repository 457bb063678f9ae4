"""How docket, orders and contradictions are written for the screens: references with titles, days as ISO text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from vaughn.app.api import court_models as models
from vaughn.app.clocking import due_json
from vaughn.lawsuit import (
    Chain,
    Contradiction,
    Docket,
    DocketEntry,
    ObligationLine,
    OrderHistory,
    Rule,
    Said,
    StateSpan,
    Suit,
    chains,
    decided_by,
    order_findings,
    order_histories,
)
from vaughn.model import EntityField, Finding, Jurisdiction, PartialDate, Source, ValueKind


def named(suit: Suit, reference: str) -> models.Named:
    """Return what to call *reference*."""
    return models.Named(reference=reference, title=suit.title(reference))


def _named(suit: Suit, references: Iterable[str]) -> list[models.Named]:
    return [named(suit, one) for one in references]


def _known(suit: Suit, reference: str | None) -> models.Named | None:
    return None if reference is None else named(suit, reference)


def iso(day: date | PartialDate | None) -> str | None:
    """Return a day as text, as exact as it is known."""
    return None if day is None else str(day)


def finding_rows(findings: Iterable[Finding]) -> list[models.TextFinding]:
    """Return findings in words."""
    return [
        models.TextFinding(
            code=one.code,
            severity=one.severity.value,
            message=one.message,
            line=one.place.line,
            count=one.count,
        )
        for one in findings
    ]


def source_name(source: Source) -> models.SourceName:
    """Return a source as it is named."""
    return models.SourceName(title=source.title, citation=source.citation, url=source.url)


def docket_table(suit: Suit, on: date) -> models.DocketTable:
    """Return everything filed, who answers whom, and what was ordered."""
    linked = chains(suit)
    entries = suit.all_of(DocketEntry)
    in_docket = Counter(entry.docket for entry in entries)
    return models.DocketTable(
        on=on.isoformat(),
        dockets=[
            models.DocketRow(
                reference=one.reference,
                title=one.title,
                court=one.court,
                number=one.number,
                entries=in_docket[one.reference],
            )
            for one in suit.all_of(Docket)
        ],
        entries=[_entry(suit, one) for one in sorted(entries, key=_filed)],
        chains=[_chain(suit, one) for one in linked.chains],
        orders=[order_row(suit, history, on) for history in order_histories(suit)],
        findings=finding_rows((*linked.findings, *order_findings(suit))),
    )


def _filed(entry: DocketEntry) -> tuple[date, int, str]:
    return (date.max if entry.day is None else entry.day.first, entry.number or 0, entry.reference)


def _entry(suit: Suit, entry: DocketEntry) -> models.EntryRow:
    return models.EntryRow(
        reference=entry.reference,
        docket=entry.docket,
        number=entry.number,
        filed=iso(entry.day),
        type=entry.type,
        title=entry.title,
        text=entry.text,
        by=_named(suit, entry.filed_by),
        attachments=list(entry.attachments),
    )


def _chain(suit: Suit, chain: Chain) -> models.ChainRow:
    return models.ChainRow(
        root=chain.root.reference,
        is_decided=chain.is_decided,
        steps=[
            models.StepRow(
                entry=step.entry.reference,
                depth=step.depth,
                responds_to=list(step.responds_to),
                decides=list(step.decides),
            )
            for step in chain.steps
        ],
        relief=[
            models.ReliefRow(
                reference=line.relief.reference,
                title=line.relief.title,
                asked_until=iso(line.asked_until),
                granted_on=iso(line.relief.granted_date),
                days_more=line.days_more,
            )
            for line in chain.relief
        ],
        outcomes=[
            models.OutcomeRow(
                reference=one.reference,
                of=_known(suit, one.of),
                party=_known(suit, one.party),
                result=one.result,
                order=_known(suit, one.order),
                decided_on=iso(one.decided_on),
            )
            for one in chain.outcomes
        ],
        leads_to=list(chain.leads_to),
        decided_by=_named(suit, (order.reference for order in decided_by(suit, chain))),
    )


def order_row(suit: Suit, history: OrderHistory, on: date) -> models.OrderRow:
    """Return an order with its states."""
    now = history.on(on)
    return models.OrderRow(
        reference=history.order.reference,
        key=history.order.entity.key,
        title=history.order.title,
        type=history.order.type,
        entered=iso(history.entered),
        now=None if now is None else _span(suit, now),
        spans=[_span(suit, span) for span in history.spans],
    )


def _span(suit: Suit, span: StateSpan) -> models.SpanRow:
    change = span.change
    return models.SpanRow(
        state=span.state,
        first=span.first.isoformat(),
        last=iso(span.last),
        is_binding=span.is_binding,
        # A change that is only supposed is no entity of the case.
        change=None if change is None or not change.entity.id else named(suit, change.reference),
        by=None if change is None else _known(suit, change.by),
    )


def order_detail(
    suit: Suit, history: OrderHistory, lines: Iterable[ObligationLine], *, on: date, law: Jurisdiction
) -> models.OrderDetail:
    """Return an order with those of *lines* that follow from it or hang on it."""
    mine = history.order.reference
    return models.OrderDetail(
        **order_row(suit, history, on).model_dump(),
        on=on.isoformat(),
        obligations=[
            _obligation(suit, line, law)
            for line in lines
            if mine in (line.obligation.order, *line.obligation.depends_on)
        ],
        findings=finding_rows(history.findings),
    )


def _obligation(suit: Suit, line: ObligationLine, law: Jurisdiction) -> models.ObligationRow:
    owed = line.obligation
    return models.ObligationRow(
        reference=owed.reference,
        title=owed.title,
        what=owed.what,
        who=_named(suit, owed.who),
        state=line.state.value,
        named=iso(line.named),
        due=iso(line.due),
        met_on=iso(line.met_on),
        met_by=_named(suit, line.met_by),
        why=list(line.why),
        confirmed=line.confirmed,
        counted=None if line.counted is None else due_json(line.counted, law),
    )


def contradiction_row(suit: Suit, one: Contradiction) -> models.ContradictionRow:
    """Return something told in two ways, each with its source."""
    values = {said.value for said in one.says}
    field = _field(suit, one, one.field)
    return models.ContradictionRow(
        key=one.key,
        rule=one.rule.value,
        weight=one.weight.value,
        about=named(suit, one.reference),
        field=one.field,
        field_title=None if field is None else field.title,
        text=one.text,
        says=[_said(suit, one, said) for said in one.says],
        is_settled=one.is_settled,
        can_choose=one.rule is Rule.VALUES and len(values) > 1,
    )


def _said(suit: Suit, one: Contradiction, said: Said) -> models.SaidRow:
    return models.SaidRow(
        statement_id=said.statement.id,
        value=said.value,
        shown=_shown(suit, one, said),
        source=source_name(said.source),
        confidence=said.statement.confidence.value,
        rank=said.statement.rank.value,
        note=said.statement.note,
    )


def _field(suit: Suit, one: Contradiction, field_id: str | None) -> EntityField | None:
    about = suit.find(one.reference)
    fields = () if about is None else suit.kind_of(about).fields
    return next((held for held in fields if held.id == field_id), None)


def _shown(suit: Suit, one: Contradiction, said: Said) -> str:
    """Return a value as people read it: what a reference names."""
    field = _field(suit, one, said.statement.field)
    return suit.title(said.value) if field is not None and field.kind is ValueKind.REFERENCE else said.value
