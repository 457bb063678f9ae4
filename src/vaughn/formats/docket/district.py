"""What a district court's docket report says (CM/ECF ``DktRpt``): heading, parties, entries."""

from __future__ import annotations

import re
from dataclasses import replace

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.dates import court_date
from vaughn.formats.docket.entrytext import entered_on, linked_attachments
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, judge_name, main_document_id, short_case_name
from vaughn.formats.docket.page import Element, document_link, line_of, rows_of, said_lines, text_of
from vaughn.formats.docket.parties import parties_of
from vaughn.formats.docket.values import (
    DocketAttachment,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
)

_CASE = re.compile(r"DOCKET\s+FOR\s+CASE\s*#?\s*:\s*(?P<number>.+)$", re.I)
_LABEL = re.compile(
    r"^(?P<label>Assigned to|Referred to|Demand|Lead case|Member cases?|Related Cases?|Similar Cases?|Cases?|"
    r"Cases? in other court|Cause|Date Filed|Date Terminated|Date Converted|Date Discharged|Date Ordered|"
    r"Jury Demand|Nature of Suit|Jurisdiction|MDL Status|Citation|Chapter|Voluntary|Asset|Trustee|Office|"
    r"Presider|Settlement|Discovery|Appeals court case number[s]?|USCA|Magistrate judge case numbers?|"
    r"Other court case numbers?|[A-Z][a-z]+(?: [A-Z]?[a-z]+){0,3})\s*:\s*(?P<value>.*)$"
)
_ONE_SIDE = {"Plaintiff", "Petitioner", "Movant", "Consol Plaintiff"}
_OTHER_SIDE = {"Defendant", "Respondent", "Consol Defendant"}
_HAS_SIDES = re.compile(r"\s[vV]s?\.?\s|^in\s+re\b|^in the matter of\b|^ex parte\b", re.I)
# What the court prints instead of entries when the person asked for none.
_NOTHING_CHOSEN = re.compile(r"none satisfy the selection criteria|no proceedings", re.I)
_TITLE = re.compile(r"^Case title\s*:\s*", re.I)
_SIZES = re.compile(r"^(\d+)-(\d+)-(\d+)$")
_SIZE_TEXT = re.compile(r"^[\d.,]+\s*[KMG]?B$", re.I)


def is_district(text: str) -> bool:
    """Tell whether *text* is a docket report of a district court or of the multidistrict panel."""
    return re.search(r"DOCKET\s+FOR\s+CASE\s*#?\s*:", text, re.I) is not None


def read_district(page: Element, text: str, *, log: DocketLog) -> DocketFile:
    """Return the docket report that *page* is; *text* is its source."""
    heading = _heading(page)
    lines = said_lines(heading) if heading is not None else []
    number = next((match["number"] for line in lines if (match := _CASE.search(line))), "")
    parts = docket_number(number)
    entries_table = _entries_table(page)
    facts = _facts(heading, entries_table)
    caption = facts.pop(0).value if facts else None
    by_label = {fact.label: fact.value for fact in reversed(facts)}
    parties = parties_of(_party_tables(page, entries_table), log=log)
    entries: tuple[DocketEntryRead, ...] = ()
    if entries_table is None and _NOTHING_CHOSEN.search(text) is None:
        log.add("DK003", "The table of entries is missing: the docket has none, or the page is cut off.")
    if entries_table is not None:
        entries = _entries(entries_table, log=log)
        facts.append(DocketFact("Ordered by", text_of(rows_of(entries_table)[0][0])))
    typed = {"Assigned to", "Referred to", "Cause", "Nature of Suit", "Jury Demand", "Jurisdiction"}
    typed |= {"Date Filed", "Date Terminated"}
    line = line_of(heading) if heading is not None else None
    return DocketFile(
        DocketKind.DISTRICT,
        court_id=court_of_name(" ".join(lines[:-1])) or court_of_address(text),
        docket_number=parts.core or None,
        judge_initials=parts.initials,
        defendant_number=parts.defendant,
        pacer_case_id=_case_id(page),
        case_name=_case_name(caption, parties),
        caption=caption,
        date_filed=log.date(by_label.get("Date Filed", ""), line=line, field="Date Filed"),
        date_terminated=log.date(by_label.get("Date Terminated", ""), line=line, field="Date Terminated"),
        assigned_to=_judge(by_label.get("Assigned to")),
        referred_to=_judge(by_label.get("Referred to")),
        cause=by_label.get("Cause") or None,
        nature_of_suit=by_label.get("Nature of Suit") or None,
        jury_demand=by_label.get("Jury Demand") or None,
        jurisdiction=by_label.get("Jurisdiction") or None,
        parties=parties,
        entries=entries,
        facts=tuple(fact for fact in facts if fact.label not in typed),
    )


def _judge(text: str | None) -> str | None:
    return judge_name(text) or None if text else None


def _case_id(page: Element) -> str | None:
    for field in page.xpath("//input[@name='caseid' or @name='docket_caseid']"):
        if str(field.get("value") or "").isdigit():
            return str(field.get("value"))
    link = document_link(page)
    return link.case_id if link else None


def _heading(page: Element) -> Element | None:
    for heading in page.iter("h3", "h2", "center", "p"):
        if _CASE.search(text_of(heading)):
            return heading
    return None


def _facts(heading: Element | None, entries_table: Element | None) -> list[DocketFact]:
    """Return caption and labelled lines of the table below the heading; the caption has no label."""
    if heading is None:
        return []
    table = heading.xpath("(following::table)[1]")
    if not table or table[0] is entries_table:
        return []
    found: list[DocketFact] = []
    for cells in rows_of(table[0]):
        for cell in cells:
            for line in said_lines(cell):
                match = _LABEL.match(line) if found else None
                if match is not None:
                    found.append(DocketFact(match["label"], match["value"].strip()))
                elif not found:
                    found.append(DocketFact("", _TITLE.sub("", line)))
                else:
                    last = found[-1]
                    found[-1] = replace(last, value=f"{last.value}\n{line}" if last.label else f"{last.value} {line}")
    return found


def _case_name(caption: str | None, parties: tuple[DocketParty, ...]) -> str | None:
    """Return the short name; a caption that is one party's name alone is completed from the parties."""
    if caption is None:
        return None
    name = short_case_name(caption)
    if _HAS_SIDES.search(name):
        return name
    one = next((party.name for party in parties if party.role in _ONE_SIDE), None)
    other = next((party.name for party in parties if party.role in _OTHER_SIDE), None)
    if one and other and name.casefold() in {one.casefold(), other.casefold()}:
        return f"{one} v. {other}"
    return name


def _entries_table(page: Element) -> Element | None:
    for cell in page.iter("td", "th"):
        if text_of(cell).casefold() == "docket text":
            return next(cell.iterancestors("table"), None)
    return None


def _party_tables(page: Element, entries_table: Element | None) -> list[Element]:
    """Return the tables of parties, in order; criminal dockets have one a side."""
    found: list[Element] = []
    for cell in page.xpath("//td[b/u or u/b]"):
        table = next(cell.iterancestors("table"), None)
        known = table is None or table is entries_table or any(table is one for one in found)
        if not known and not _is_inside(table, entries_table):
            found.append(table)
    return found


def _is_inside(table: Element, outer: Element | None) -> bool:
    return outer is not None and any(one is outer for one in table.iterancestors("table"))


def _entries(table: Element, *, log: DocketLog) -> tuple[DocketEntryRead, ...]:
    found: list[DocketEntryRead] = []
    rows = rows_of(table)
    by_entry = "entered" in text_of(rows[0][0]).casefold()
    for cells in rows[1:]:
        if len(cells) < 3:
            if any(text_of(cell) for cell in cells):
                log.add("DK001", "A row of the docket has too few cells.", line=line_of(cells[0]))
            continue
        sizes = cells[-1].xpath(".//input[starts-with(@name, 'document_')]")
        if sizes and not text_of(cells[0]) and found:
            found[-1] = _with_sizes(found[-1], cells[-1])
            continue
        if not any(text_of(cell) for cell in cells):
            continue
        found.append(_entry(cells, by_entry=by_entry, log=log))
    return tuple(found)


def _entry(cells: list[Element], *, by_entry: bool, log: DocketLog) -> DocketEntryRead:
    line = line_of(cells[0])
    day = log.date(text_of(cells[0]), line=line, field="Date Filed")
    link = document_link(cells[1])
    text = text_of(cells[-1])
    number = text_of(cells[1]) or None
    entered = court_date(entered_on(text) or "")
    if not text:
        log.add("DK001", "The entry has no text.", line=line)
    return DocketEntryRead(
        number,
        date_filed=day if not by_entry else None,
        date_entered=day if by_entry else entered,
        description=text,
        pacer_doc_id=main_document_id(link.doc_id) if link else None,
        pacer_seq_no=link.seq_no if link else None,
        attachments=linked_attachments(cells[-1], text),
        url=link.url if link else None,
        line=line,
    )


def _with_sizes(entry: DocketEntryRead, cell: Element) -> DocketEntryRead:
    """Return *entry* with the page counts and sizes that the row below it lists for its documents."""
    attachments = {one.number: one for one in entry.attachments}
    for row in cell.iter("tr"):
        values = [text_of(one) for one in row.xpath("./td")]
        sizes = [_SIZES.match(str(field.get("value") or "")) for field in row.iter("input")]
        measured = next((one for one in sizes if one), None)
        if measured is None or len(values) < 3 or not values[1].isdigit():
            continue
        size_text = next((value for value in values if _SIZE_TEXT.match(value)), None)
        pages, size = int(measured[3]), int(measured[2])
        if values[1] == "0":
            entry = replace(entry, page_count=pages, size_bytes=size, size_text=size_text)
            continue
        number = int(values[1])
        known = attachments.get(number, DocketAttachment(number, values[2]))
        attachments[number] = replace(known, page_count=pages, size_bytes=size, size_text=size_text)
    return replace(entry, attachments=tuple(attachments.values()))
