"""What a notice of electronic filing says, plain or HTML: transaction, cases with number and text, who was told.

Both forms are brought to the same labelled lines first; a link to a document stands behind its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.entrytext import attachments_in
from vaughn.formats.docket.grouping import grouped
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, main_document_id, short_case_name
from vaughn.formats.docket.page import Element, fit, lines_of
from vaughn.formats.docket.values import DocketEntryRead, DocketFact, DocketFile, DocketKind, NoticeRecipient

_IS = re.compile(r"Notice\s+of\s+(?:Electronic\s+Filing|Docket\s+Activity)", re.I)
_TRANSACTION = re.compile(
    r"entered(?:\s+by\s+(?P<by>.+?))?\s+on\s+(?P<entered>[\d/]+).*?(?:filed\s+on\s+(?P<filed>[\d/]+)|$)", re.I
)
_LABEL = re.compile(r"^(Case Name|Case Number|Filer|Document Number|Document\(s\)|WARNING)\s*:\s*(.*)$", re.I)
_TEXT = re.compile(r"^Docket Text\s*:?\s*(.*)$", re.I)
_TOLD = re.compile(r"\bNotice\s+(?:has|will)\b.*\bto:+\s*$", re.I)
_NOT_TOLD = re.compile(r"\bnot\b|other means", re.I)
_END = re.compile(r"^The following document\(s\) are associated", re.I)
_ADDRESS = re.compile(r"[\w.+%'&=/-]+@[\w-]+(?:\.[\w-]+)+")
_DOC_URL = re.compile(r"https?://\S*?/docs?1/(\d+)\S*")
_CASE_URL = re.compile(r"DktRpt\.pl\?(\d+)")
_QUERY = re.compile(r"[?&](caseid|de_seq_num|magic_num)=([^&\s>\"]+)")
_TAG = re.compile(r"</?[a-zA-Z]{1,8}\s*/?>")
_ACTIVITY = re.compile(r"^Activity in Case\s+", re.I)
_NO_DOCUMENT = re.compile(r"\(\s*No document attached\s*\)", re.I)


@dataclass(slots=True)
class _Case:
    """One case of a notice while it is read."""

    values: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    case_id: str | None = None
    text: list[str] = field(default_factory=list)


def is_notice(text: str) -> bool:
    """Tell whether *text* is a notice of electronic filing or of docket activity."""
    return _IS.search(text) is not None and re.search(r"Docket\s+Text\s*:", text, re.I) is not None


def notice_lines(page: Element) -> list[str]:
    """Return the lines of an HTML notice, the address of each link to a document or case behind its text."""
    for anchor in page.iter("a"):
        address = fit(anchor.get("href"))
        if _DOC_URL.search(address) or _CASE_URL.search(address):
            anchor.tail = f" {address} {fit(anchor.tail)}"
    return lines_of(page)


def read_notice(lines: list[str], *, subject: str, text: str, log: DocketLog) -> DocketFile:
    """Return the cases the notice tells of.

    Args:
        lines: Of the notice, `notice_lines` or plain.
        subject: Of the mail it came in, empty if unknown.
        text: All of it, for the court's addresses.
    """
    sorter = _Sorter()
    for line in lines:
        if _END.match(line.strip()):
            break
        sorter.take(line)
    cases, recipients = sorter.cases, _recipients(sorter.told)
    match = _TRANSACTION.search(" ".join(sorter.transaction))
    filed = log.date(match["filed"] or match["entered"], line=None, field="filed on") if match else None
    entered = log.date(match["entered"], line=None, field="entered on") if match else None
    if match is None:
        log.add("DK002", "The notice does not say when the filing was made.")
    heading = " ".join(lines[:40])
    court_id = court_of_address(" ".join(url for case in cases if (url := case.url))) or court_of_address(text)
    court_id = court_id or court_of_name(heading)
    found = []
    short = _short_description(subject, cases[0].values.get("case name", "")) if cases else ""
    for case in cases:
        read = _docket(case, court_id, recipients if case is cases[0] else ())
        entry = replace(_entry(case, match["by"] if match else None), date_filed=filed, date_entered=entered)
        found.append(replace(read, entries=(replace(entry, short_description=short),)))
    return grouped(found, DocketKind.NOTICE, log=log)


def _docket(case: _Case, court_id: str | None, recipients: tuple[NoticeRecipient, ...]) -> DocketFile:
    number = docket_number(case.values.get("case number", ""))
    caption = case.values.get("case name", "")
    return DocketFile(
        DocketKind.NOTICE,
        court_id=court_id,
        docket_number=number.core or None,
        judge_initials=number.initials,
        defendant_number=number.defendant,
        pacer_case_id=dict(_QUERY.findall(case.url or "")).get("caseid") or case.case_id,
        case_name=short_case_name(caption) or None,
        caption=caption or None,
        recipients=recipients,
    )


def _entry(case: _Case, entered_by: str | None) -> DocketEntryRead:
    printed = _NO_DOCUMENT.sub("", case.values.get("document number", "")).split()
    description = " ".join(_TAG.sub("", " ".join(" ".join(case.text).split())).split())
    doc = _DOC_URL.search(case.url or "")
    facts = [DocketFact("Filer", case.values["filer"])] if case.values.get("filer") else []
    if entered_by:
        facts.append(DocketFact("Entered by", entered_by.strip()))
    return DocketEntryRead(
        printed[0] if printed else None,
        description=description,
        pacer_doc_id=main_document_id(doc[1]) if doc else None,
        pacer_seq_no=dict(_QUERY.findall(case.url or "")).get("de_seq_num"),
        attachments=attachments_in(description),
        url=case.url,
        facts=tuple(facts),
    )


def _short_description(subject: str, caption: str) -> str:
    """Return what the subject of the mail says behind number and caption."""
    if not _ACTIVITY.match(subject):
        return ""
    subject, caption = " ".join(subject.split()), " ".join(caption.split())
    place = subject.find(caption) if caption else -1
    return subject[place + len(caption) :].strip() if place >= 0 else ""


@dataclass(slots=True)
class _Sorter:
    """Takes the lines of a notice one by one and puts each where it belongs."""

    cases: list[_Case] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    transaction: list[str] = field(default_factory=list)
    state: str = "head"
    label: str = ""

    def take(self, raw: str) -> None:
        """Take the next line."""
        line = raw.strip()
        labelled, said = _LABEL.match(line), _TEXT.match(line)
        if labelled is not None:
            self.label, line, self.state = labelled[1].lower(), labelled[2], "label"
            if self.label == "case name":
                self.cases.append(_Case())
        elif said is not None and self.cases:
            self.state, line = "text", said[1]
        elif _TOLD.search(line):
            self.state = "nobody" if _NOT_TOLD.search(line) else "told"
            return
        self._keep(raw, line)

    def _keep(self, raw: str, line: str) -> None:
        if self.state == "head" and ("transaction was" in line or self.transaction):
            self.transaction.append(line)
        elif self.state == "label" and self.cases:
            _add(self.cases[-1], self.label, line)
        elif self.state == "text":
            self.cases[-1].text.append(line)
        elif self.state == "told":
            self.told.append(raw)


def _add(case: _Case, label: str, line: str) -> None:
    """Keep what *line* says under *label*; addresses go to their own places."""
    url = _DOC_URL.search(line)
    if url is not None:
        case.url = case.url or url[0]
    number = _CASE_URL.search(line)
    if number is not None:
        case.case_id = number[1]
    said = re.sub(r"https?://\S+", "", line).strip()
    if said and not said.startswith(("Copy the URL", "of your Web browser")):
        before = case.values.get(label, "")
        case.values[label] = f"{before} {said}".strip()


def _recipients(lines: list[str]) -> tuple[NoticeRecipient, ...]:
    """Return who was told: words are a name, what has an @ are the addresses behind it."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        addresses = _ADDRESS.findall(line)
        name = " ".join(_ADDRESS.sub("", line).replace(",", " ").split())
        if name:
            found.append((name, []))
        if addresses and not found:
            found.append(("", []))
        if addresses:
            found[-1][1].extend(addresses)
    return tuple(NoticeRecipient(name, tuple(addresses)) for name, addresses in found)
