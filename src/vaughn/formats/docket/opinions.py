"""What a report of free written opinions says (CM/ECF ``WrtOpRpt``): one row an opinion, many cases."""

from __future__ import annotations

import re

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.entrytext import linked_attachments
from vaughn.formats.docket.grouping import grouped
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, main_document_id, short_case_name
from vaughn.formats.docket.page import Element, document_link, line_of, rows_of, said_lines, text_of
from vaughn.formats.docket.values import DocketEntryRead, DocketFact, DocketFile, DocketKind

_IS = re.compile(r"Written\s+Opinions\s+Report", re.I)
_CASE_LINK = re.compile(r"DktRpt\.pl\?(\d+)")
_COLUMNS = 5
_LABELS = {"NOS": "nature of suit", "Cause": "cause"}


def is_opinions(text: str) -> bool:
    """Tell whether *text* is a report of written opinions."""
    return _IS.search(text) is not None


def read_opinions(page: Element, text: str, *, log: DocketLog) -> DocketFile:
    """Return the opinions that *page* lists, by case; *text* is its source."""
    heading = " ".join(text_of(one) for one in page.iter("h2", "h3"))
    court_id = court_of_address(text) or court_of_name(heading)
    table = next((t for t in page.iter("table") if "Description:" in text_of(t) and rows_of(t)), None)
    found: list[DocketFile] = []
    if table is None:
        log.add("DK003", "The table of opinions is missing: the page is cut off.")
    for cells in rows_of(table)[1:] if table is not None else []:
        if len(cells) < _COLUMNS - 1:
            if any(text_of(cell) for cell in cells):
                log.add("DK001", "A row of the report has too few cells.", line=line_of(cells[0]))
            continue
        case = _case(cells[0], court_id, known=found[-1] if found else None)
        notes = _notes(cells[4]) if len(cells) >= _COLUMNS else {}
        entry = _entry(cells, log=log)
        case = DocketFile(
            DocketKind.OPINIONS,
            court_id=court_id,
            docket_number=case.docket_number,
            judge_initials=case.judge_initials,
            pacer_case_id=case.pacer_case_id,
            case_name=case.case_name,
            caption=case.caption,
            cause=notes.pop("Cause", None),
            nature_of_suit=notes.pop("NOS", None),
            entries=(entry,),
            facts=tuple(DocketFact(label, value) for label, value in notes.items()),
        )
        found.append(case)
    return grouped(found, DocketKind.OPINIONS, log=log)


def _case(cell: Element, court_id: str | None, *, known: DocketFile | None) -> DocketFile:
    """Return the case of a row; an empty cell means the case of the row before."""
    lines = said_lines(cell)
    if not lines and known is not None:
        return known
    links = [match[1] for anchor in cell.iter("a") if (match := _CASE_LINK.search(anchor.get("href") or ""))]
    number = docket_number(lines[0]) if lines else docket_number("")
    caption = " ".join(lines[1:])
    return DocketFile(
        DocketKind.OPINIONS,
        court_id=court_id,
        docket_number=number.core or None,
        judge_initials=number.initials,
        pacer_case_id=links[0] if links else None,
        case_name=short_case_name(caption) or None,
        caption=caption or None,
    )


def _notes(cell: Element) -> dict[str, str]:
    """Return the labelled lines of the last column."""
    notes = {}
    for line in said_lines(cell):
        label, colon, value = line.partition(":")
        if colon:
            notes[label.strip()] = value.strip()
    return notes


def _entry(cells: list[Element], *, log: DocketLog) -> DocketEntryRead:
    line = line_of(cells[0])
    link = document_link(cells[2])
    text = text_of(cells[3])
    number = link.text if link else text_of(cells[2])
    return DocketEntryRead(
        number or None,
        date_filed=log.date(text_of(cells[1]), line=line, field="Date Filed"),
        description=text,
        pacer_doc_id=main_document_id(link.doc_id) if link else None,
        pacer_seq_no=link.seq_no if link else None,
        attachments=linked_attachments(cells[3], text),
        url=link.url if link else None,
        line=line,
    )
