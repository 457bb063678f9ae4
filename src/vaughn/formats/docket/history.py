"""What a docket history report says (CM/ECF ``HistDocQry``): a heading and one short line an entry."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, judge_name, main_document_id, short_case_name
from vaughn.formats.docket.page import Element, document_link, line_of, rows_of, said_lines, text_of
from vaughn.formats.docket.values import DocketEntryRead, DocketFact, DocketFile, DocketKind

_TITLE = re.compile(r"History/Documents Query|HistDocQry\.pl", re.I)
_ROLE = re.compile(r"^(?P<name>.+),\s*(?P<role>presiding|referral)$", re.I)
_FACT = re.compile(r"^(?P<label>Date [a-z ]+|[A-Z][a-z ]{2,30}):\s*(?P<value>.*)$")
_COURT = re.compile(r"Court\s*:\s*([a-z]{2,4}d)\b", re.I)
_FULL_TEXT = re.compile(r"^Docket Text:\s*", re.I)


def is_history(text: str) -> bool:
    """Tell whether *text* is a history report."""
    return _TITLE.search(text) is not None and re.search(r"<h2[^>]*>\s*History\s*</h2>", text, re.I) is not None


def read_history(page: Element, text: str, *, log: DocketLog) -> DocketFile:
    """Return the history report that *page* is; *text* is its source."""
    table = _table(page)
    heading = _heading(page, table)
    lines = said_lines(heading) if heading is not None else []
    parts = docket_number(lines[0]) if lines else docket_number("")
    printed = text_of(heading.xpath(".//font|.//b")[0]) if heading is not None and heading.xpath(".//font|.//b") else ""
    caption = lines[0].removeprefix(printed).strip() if lines else ""
    judges = {match["role"].lower(): match["name"] for line in lines if (match := _ROLE.match(line))}
    facts = {match["label"]: match["value"] for line in lines[1:] if (match := _FACT.match(line))}
    titles = page.xpath("//title")
    title = text_of(titles[0]) if titles else ""
    court = _COURT.search(title)
    line = line_of(heading) if heading is not None else None
    known = {"Date filed", "Date terminated", "Date of last filing"}
    if table is None:
        log.add("DK003", "The table of entries is missing: the page is cut off.")
    return DocketFile(
        DocketKind.HISTORY,
        court_id=court[1].lower() if court else court_of_address(text) or court_of_name(title),
        docket_number=parts.core or None,
        judge_initials=parts.initials,
        defendant_number=parts.defendant,
        pacer_case_id=_case_id(text),
        case_name=short_case_name(caption) or None,
        caption=caption or None,
        date_filed=log.date(facts.get("Date filed", ""), line=line, field="Date filed"),
        date_terminated=log.date(facts.get("Date terminated", ""), line=line, field="Date terminated"),
        date_last_filing=log.date(facts.get("Date of last filing", ""), line=line, field="Date of last filing"),
        assigned_to=judge_name(judges["presiding"]) if "presiding" in judges else None,
        referred_to=judge_name(judges["referral"]) if "referral" in judges else None,
        entries=_entries(table, log=log) if table is not None else (),
        facts=tuple(DocketFact(label, value) for label, value in facts.items() if label not in known),
    )


def _table(page: Element) -> Element | None:
    for heading in page.iter("th", "td"):
        if text_of(heading).casefold() == "description":
            return next(heading.iterancestors("table"), None)
    return None


def _heading(page: Element, table: Element | None) -> Element | None:
    for center in page.iter("center"):
        if table is not None and any(one is center for one in table.iterancestors("center")):
            continue
        lines = said_lines(center)
        if lines and docket_number(lines[0]).core != lines[0]:
            return center
    return None


def _case_id(text: str) -> str | None:
    match = re.search(r"CASE_NUM=[^\"()]*\((\d+)\)", text)
    return match[1] if match else None


def _entries(table: Element, *, log: DocketLog) -> tuple[DocketEntryRead, ...]:
    found: list[DocketEntryRead] = []
    for cells in rows_of(table)[1:]:
        if not any(text_of(cell) for cell in cells):
            continue
        if len(cells) < 3:
            said = text_of(cells[-1])
            if found and _FULL_TEXT.match(said):
                found[-1] = replace(found[-1], description=_FULL_TEXT.sub("", said))
            else:
                log.add("DK001", "A row of the history has too few cells.", line=line_of(cells[0]))
            continue
        found.append(_entry(cells, log=log))
    return tuple(found)


def _entry(cells: list[Element], *, log: DocketLog) -> DocketEntryRead:
    line = line_of(cells[0])
    link = document_link(cells[0])
    days: dict[str, date | None] = {}
    facts = []
    for row in cells[1].iter("tr"):
        values = [text_of(cell) for cell in row.xpath("./td")]
        if len(values) < 2:
            continue
        label = values[0].rstrip(": ")
        day = log.date(values[-1], line=line, field=label)
        for part in label.split(" & "):
            days[part.casefold()] = day
            if part.casefold() not in {"filed", "entered"}:
                facts.append(DocketFact(part, values[-1]))
    return DocketEntryRead(
        text_of(cells[0]) or None,
        date_filed=days.get("filed"),
        date_entered=days.get("entered"),
        short_description=text_of(cells[2]),
        pacer_doc_id=main_document_id(link.doc_id) if link else None,
        pacer_seq_no=link.seq_no if link else None,
        url=link.url if link else None,
        line=line,
        facts=tuple(facts),
    )
