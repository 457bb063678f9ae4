"""The page of a case as a report, for its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from markdown_it import MarkdownIt

from vaughn.formats.report import Block, Column, Fact, Figure, Paragraph, Report, Row, Section, Table
from vaughn.publish.contents import CasePage, State, Words
from vaughn.publish.lists import all_items
from vaughn.publish.markup import Setting
from vaughn.publish.wording import is_said

MOST_ROWS = 400


def case_report(setting: Setting, case: CasePage, *, made_at: datetime) -> Report:
    """Return the page of *case* as a report.

    Args:
        made_at: Date inside the file; a day of the case, not of the build, so that an unchanged page stays as it is.
    """
    words = setting.words
    documents = [document for document in case.documents if document.visibility.state is not State.WITHDRAWN]
    facts = ((words["court"], case.court), (words["docket_number"], case.docket_number))
    return Report(
        title=case.caption,
        kicker=setting.plain(setting.site.title),
        subtitle="",
        banner=None,
        facts=tuple(Fact(label, value) for label, value in facts if value),
        figures=(
            Figure(words.number(len(documents)), words["documents_label"]),
            Figure(words.number(sum(len(document.numbers) for document in documents)), words["pages_label"]),
            Figure(words.number(len(case.productions)), words["productions"]),
        ),
        summary=tuple(_paragraphs(setting, case.synopsis)),
        sections=tuple(section for section in _sections(setting, case) if section.blocks or section.parts),
        sheets=(),
        footer=" – ".join(filter(None, (case.caption, setting.site.base_url))),
        made_at=made_at,
        author=setting.site.publisher or "Vaughn",
    )


def _paragraphs(setting: Setting, words: Words) -> Iterator[Paragraph]:
    """Yield the paragraphs of a Markdown text without its marks."""
    if not is_said(words):
        return
    for token in MarkdownIt("commonmark", {"html": False}).parse(setting.plain(words)):
        if token.type == "inline":
            text = "".join("\n" if one.type.endswith("break") else one.content for one in token.children or ())
            yield Paragraph(text or token.content)


def _sections(setting: Setting, case: CasePage) -> Iterator[Section]:
    words, plain = setting.words, setting.plain
    yield Section(words["status"], tuple(_paragraphs(setting, case.status)))
    asked = tuple(Row(("– " * depth + plain(item.title),)) for depth, item in all_items(case.asked))
    yield Section(words["asked"], _table((Column(words["asked"]),), asked))
    yield Section(words["purpose"], tuple(_paragraphs(setting, case.purpose)))
    parties = tuple(Row((one.name, plain(one.role), "; ".join(one.counsel))) for one in case.parties)
    yield Section(
        words["parties"],
        _table((Column(words["party"], 2), Column(words["role"]), Column(words["counsel"], 2)), parties),
    )
    events = tuple(
        Row(
            (
                event.when or (words.day(event.day) if event.day else words["unknown_day"]),
                plain(event.title),
                "; ".join(one.title for one in event.sources),
            )
        )
        for event in case.events
    )
    yield Section(
        words["timeline"], _table((Column(words["day"]), Column(words["event"], 3), Column(words["source"], 2)), events)
    )
    productions = tuple(
        Row(
            (
                one.name,
                one.agency,
                words.day(one.day) if one.day else words["unknown_day"],
                _count(one.documents),
                _count(one.pages),
            )
        )
        for one in case.productions
    )
    columns = (
        Column(words["production"], 2), Column(words["agency"]), Column(words["production_date"]),
        Column(words["documents_label"], 0, is_number=True), Column(words["pages_label"], 0, is_number=True),
    )  # fmt: skip
    yield Section(words["productions"], _table(columns, productions))
    yield from _court(setting, case)
    values = tuple(
        Row((plain(one.topic), plain(value.value), value.source.title))
        for one in case.contradictions
        for value in one.values
    )
    yield Section(
        words["contradictions"],
        _table((Column(words["title"]), Column(words["value"], 2), Column(words["source"])), values),
    )


def _court(setting: Setting, case: CasePage) -> Iterator[Section]:
    words, plain = setting.words, setting.plain
    duties = tuple(
        Row((plain(order.title), one.who, plain(one.what), words.day(one.due) if one.due else "", plain(one.state)))
        for order in case.orders
        for one in order.obligations
    )
    columns = (
        Column(words["title"]),
        Column(words["who"]),
        Column(words["requirement"], 2),
        Column(words["due"]),
        Column(words["state"]),
    )
    yield Section(words["orders"], _table(columns, duties))
    papers = tuple(
        Row((words.day(one.day) if one.day else "", plain(one.title), one.number, one.party))
        for motion in case.motions
        for one in motion.filings
    )
    heads = (Column(words["day"]), Column(words["title"], 3), Column(words["number"]), Column(words["filed_by"]))
    yield Section(words["motions"], _table(heads, papers))


def _table(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return (Table(columns, rows, limit=MOST_ROWS),) if rows else ()


def _count(value: int | None) -> str | int:
    return "" if value is None else value
