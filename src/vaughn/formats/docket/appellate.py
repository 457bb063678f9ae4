"""What the docket of a court of appeals says (CM/ECF ``CaseSummary``): case, court below, parties, entries."""

from __future__ import annotations

import re
from dataclasses import replace

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, judge_name, main_document_id, short_case_name
from vaughn.formats.docket.page import Element, document_link, line_of, lines_of, rows_of, said_lines, text_of
from vaughn.formats.docket.values import (
    DocketAttachment,
    DocketAttorney,
    DocketEntryRead,
    DocketFact,
    DocketFile,
    DocketKind,
    DocketParty,
    LowerCourt,
)

_IS = re.compile(r"Court of Appeals Docket\s*(?:</?\w+>)?\s*#", re.I)
_NOTHING = {"", "null", "none", "not available"}
_TERMINATED = re.compile(r"^Terminated:\s*(.*)$", re.I)
_ROLES = re.compile(r"^\[(?P<roles>[^\]]*)\]$")
_SEE_ABOVE = re.compile(r"^\(see above\)$", re.I)
_ENTERED = re.compile(r"\[Entered:\s*([\d/]+)", re.I)
_SIZE = re.compile(r"(?:(\d+)\s*pg,\s*)?([\d.,]+\s*[KMG]?B)", re.I)
# Box, number, link, description, pages, size.
_DOCUMENT_CELLS = 6
_BELOW_DATES = {
    "Date Order/Judgment": "judgment",
    "Date Order/Judgment EOD": "judgment_eod",
    "Date NOA Filed": "noa",
    "Date Rec'd COA": "coa",
    "Date Filed": "filed",
    "Date Disposed": "disposed",
}


def is_appellate(text: str) -> bool:
    """Tell whether *text* is the docket of a court of appeals."""
    return _IS.search(text) is not None


def read_appellate(page: Element, text: str, *, log: DocketLog) -> DocketFile:
    """Return the docket that *page* is; *text* is its source."""
    stub = _table_with(page, "Court of Appeals Docket #")
    facts, caption = _stub(stub) if stub is not None else ({}, None)
    number = docket_number(facts.pop("Court of Appeals Docket #", ""))
    line = line_of(stub) if stub is not None else None
    filed = log.date(facts.pop("Docketed", ""), line=line, field="Docketed")
    ended = log.date(facts.pop("Termed", ""), line=line, field="Termed")
    nature = facts.pop("Nature of Suit", "")
    case_type = _case_type(page)
    if case_type:
        facts["Case Type Information"] = case_type
    facts |= _panel(page)
    title = next((text_of(cell) for cell in page.iter("td") if text_of(cell).startswith("General Docket")), "")
    return DocketFile(
        DocketKind.APPELLATE,
        court_id=court_of_name(title) or court_of_address(text),
        docket_number=number.core or None,
        pacer_case_id=_case_id(page),
        case_name=short_case_name(caption) if caption else None,
        caption=caption,
        date_filed=filed,
        date_terminated=ended,
        nature_of_suit=nature or None,
        parties=_parties(page, log=log),
        entries=_entries(page, log=log),
        lower_court=_lower_court(page, log=log),
        facts=tuple(DocketFact(label, value) for label, value in facts.items() if value.casefold() not in _NOTHING),
    )


def _table_with(page: Element, label: str) -> Element | None:
    """Return the innermost table that has *label* in bold."""
    for bold in page.iter("b", "strong"):
        if text_of(bold).startswith(label):
            return next(bold.iterancestors("table"), None)
    return None


def _stub(table: Element) -> tuple[dict[str, str], str | None]:
    """Return the labelled values of the first box, and the caption, the one cell without a label."""
    facts: dict[str, str] = {}
    caption = None
    for cells in rows_of(table):
        for cell in cells:
            labels = [bold for bold in cell.xpath("./b|./strong") if text_of(bold).rstrip().endswith(":")]
            if not labels and caption is None and text_of(cell):
                caption = text_of(cell)
            for bold in labels:
                value = (bold.tail or "").replace("\u2028", " ")
                facts[text_of(bold).rstrip(": ")] = " ".join(value.split())
    return facts, caption


def _case_type(page: Element) -> str:
    table = _table_with(page, "Case Type Information:")
    if table is None:
        return ""
    values = [re.sub(r"^\d+\)\s*", "", text_of(cells[0])) for cells in rows_of(table)[1:] if cells]
    return ", ".join(value for value in values if value.casefold() not in _NOTHING)


def _panel(page: Element) -> dict[str, str]:
    for bold in page.iter("b", "strong"):
        if text_of(bold).startswith("Panel Assignment"):
            cell = next(bold.iterancestors("td"), None)
            value = text_of(cell).split(":", 1)[-1].strip() if cell is not None else ""
            return {"Panel Assignment": value}
    return {}


def _case_id(page: Element) -> str | None:
    for field in page.xpath("//input[@name='caseId']"):
        if str(field.get("value") or "").isdigit():
            return str(field.get("value"))
    return None


def _lower_court(page: Element, *, log: DocketLog) -> LowerCourt | None:
    table = _table_with(page, "Originating Court Information:")
    if table is None:
        return None
    said: dict[str, str] = {}
    waiting: list[str] = []
    court = None
    for cells in rows_of(table)[1:]:
        texts = [text_of(cell) for cell in cells]
        if waiting and len(texts) == len(waiting) and not any(":" in text for text in texts):
            said |= dict(zip(waiting, texts, strict=True))
            waiting = []
        elif len(texts) > 1 and all(text.endswith(":") for text in texts):
            waiting = [text.rstrip(": ") for text in texts]
        else:
            for text in texts:
                label, colon, value = text.partition(":")
                if colon:
                    said[label.strip()] = value.strip()
            hosts = [court_of_address(str(anchor.get("href"))) for cell in cells for anchor in cell.iter("a")]
            court = court or next((host for host in hosts if host), None)
    if not said:
        return None
    line = line_of(table)
    days = {key: log.date(said.get(label, ""), line=line, field=label) for label, key in _BELOW_DATES.items()}
    number = next((said[label] for label in ("District", "Agency", "Court") if label in said), "")
    return LowerCourt(
        court_id=court,
        docket_number=docket_number(number.partition(" : ")[2] or number).core if number else None,
        assigned_to=judge_name(said["Trial Judge"]) if said.get("Trial Judge") else None,
        ordering_judge=judge_name(said["Ordering Judge"]) if said.get("Ordering Judge") else None,
        court_reporter=said.get("Court Reporter") or None,
        date_filed=days["filed"],
        date_disposed=days["disposed"],
        disposition=said.get("Disposition") or None,
        date_judgment=days["judgment"],
        date_judgment_eod=days["judgment_eod"],
        date_filed_noa=days["noa"],
        date_received_coa=days["coa"],
    )


def _parties(page: Element, *, log: DocketLog) -> tuple[DocketParty, ...]:
    found: list[DocketParty] = []
    contacts: dict[str, str] = {}
    for row in page.iter("tr"):
        cells = row.xpath("./td")
        if len(cells) != 2 or any(not str(cell.get("width") or "").startswith("50") for cell in cells):
            continue
        lines = said_lines(cells[0])
        if not lines:
            continue
        role = lines.pop().rstrip(" ,") if len(lines) > 1 else None
        name, rest = lines[0], lines[1:]
        ended = next((match[1] for line in rest if (match := _TERMINATED.match(line))), "")
        extra = "\n".join(line for line in rest if not _TERMINATED.match(line))
        day = log.date(ended, line=line_of(row), field="Terminated")
        found.append(DocketParty(name, role, _attorneys(cells[1], contacts), day, extra))
    return tuple(found)


def _attorneys(cell: Element, contacts: dict[str, str]) -> tuple[DocketAttorney, ...]:
    """Return the lawyers of a cell: blocks of lines with an empty line between, the roles in square brackets."""
    blocks: list[list[str]] = [[]]
    for line in lines_of(cell):
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    found: list[DocketAttorney] = []
    for block in blocks:
        marks = [at for at, line in enumerate(block) if at and _ROLES.match(line)]
        if not marks and block and found:
            last = found.pop()
            found.append(DocketAttorney(last.name, last.roles, "\n".join([last.contact, *block]).strip()))
            continue
        if not block:
            continue
        name, said = block[0], [line for at, line in enumerate(block) if at and at not in marks[:1]]
        roles = tuple(" ".join(block[at].strip("[] ").split()) for at in marks[:1])
        if any(_SEE_ABOVE.match(line) for line in said):
            contact = contacts.get(name, "")
        else:
            contacts[name] = contact = "\n".join(said)
        found.append(DocketAttorney(name, roles, contact))
    return tuple(found)


def _entries(page: Element, *, log: DocketLog) -> tuple[DocketEntryRead, ...]:
    forms = page.xpath("//form[@name='dktEntry']") or [page]
    found: list[DocketEntryRead] = []
    for row in forms[0].iter("tr"):
        cells = row.xpath("./td")
        if len(cells) == _DOCUMENT_CELLS and found and cells[0].xpath("./input[@name='md']"):
            found[-1] = replace(found[-1], attachments=(*found[-1].attachments, _attachment(cells)))
        if len(cells) != 3 or row.xpath(".//table"):
            continue
        day = text_of(cells[0])
        if re.match(r"\d{1,2}/\d{1,2}/\d{2,4}$", day):
            found.append(_entry(cells, day, log=log))
    if not found and not page.xpath("//form[@name='dktEntry']"):
        log.add("DK003", "The table of entries is missing: the docket has none, or the page is cut off.")
    return tuple(found)


def _attachment(cells: list[Element]) -> DocketAttachment:
    """Return one document of the list below an entry: its box says entry, document, pages and bytes."""
    box = str(cells[0].xpath("./input")[0].get("value") or "").split()
    number, link = text_of(cells[1]), document_link(cells[2])
    is_measured = len(box) == 4 and all(part.isdigit() for part in box)
    return DocketAttachment(
        int(number) if number.isdigit() else None,
        text_of(cells[3]),
        main_document_id(link.doc_id) if link else None,
        box[0] if box else None,
        int(box[2]) if is_measured else None,
        int(box[3]) if is_measured else None,
        text_of(cells[5]) or None,
    )


def _entry(cells: list[Element], day: str, *, log: DocketLog) -> DocketEntryRead:
    line = line_of(cells[0])
    link = document_link(cells[1])
    said = text_of(cells[1])
    number = link.text if link else said
    text = text_of(cells[2])
    boxes = cells[1].xpath(".//input[@name='d']")
    size = _SIZE.search(said)
    entered = _ENTERED.findall(text)
    return DocketEntryRead(
        number if number.isdigit() else None,
        date_filed=log.date(day, line=line, field="date"),
        date_entered=log.date(entered[-1], line=line, field="Entered") if entered else None,
        description=text,
        pacer_doc_id=main_document_id(link.doc_id) if link else None,
        pacer_seq_no=str(boxes[0].get("value")) if boxes and boxes[0].get("value") else None,
        page_count=int(size[1]) if size and size[1] else None,
        size_text=size[2] if size else None,
        url=link.url if link else None,
        line=line,
    )
