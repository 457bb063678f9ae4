"""What a court's feed says (CM/ECF ``rss_outside``): one short line an entry, many cases, the latest day only."""

from __future__ import annotations

import html
import re

from lxml import etree

from vaughn.formats.docket.courts import court_of_address, court_of_name
from vaughn.formats.docket.dates import mail_moment
from vaughn.formats.docket.grouping import grouped
from vaughn.formats.docket.log import DocketLog
from vaughn.formats.docket.names import docket_number, main_document_id, short_case_name
from vaughn.formats.docket.values import DocketEntryRead, DocketFact, DocketFile, DocketKind
from vaughn.formats.docket.xmltree import child_text

_TITLE = re.compile(r"^(?P<number>(?:\d{1,2}:)?\d{2,4}-\S+|MDL\s+(?:No\.?\s*)?\d+)\s+(?P<name>.+)$", re.S)
_SHORT = re.compile(r"^\s*\[(?P<short>.*?)\]\s*(?=\(|$|<)", re.S)
_LINK = re.compile(r"<a\s[^>]*href\s*=\s*['\"]?(?P<url>[^'\" >]+)[^>]*>(?P<text>.*?)</a>", re.S | re.I)
_DOC_PATH = re.compile(r"/docs?1/(\d+)")
_QUERY = re.compile(r"[?&](caseid|de_seq_num)=(\d+)")
_CASE_LINK = re.compile(r"DktRpt\.pl\?(\d+)")
_TAGS = re.compile(r"<[^>]*>")


def read_feed(root: etree._Element, *, log: DocketLog) -> DocketFile:
    """Return the entries of the feed *root*, by case."""
    channel = root.find("channel")
    if channel is None:
        channel = root
    court_id = court_of_address(child_text(channel, "link")) or court_of_name(child_text(channel, "title"))
    found = []
    for one in channel.iter("item"):
        case = _case(one, court_id, log=log)
        if case is not None:
            found.append(case)
    return grouped(found, DocketKind.FEED, log=log)


def _case(one: etree._Element, court_id: str | None, *, log: DocketLog) -> DocketFile | None:
    line = one.sourceline
    title = html.unescape(" ".join(child_text(one, "title").split()))
    match = _TITLE.match(title)
    if match is None:
        log.add("DK001", "An entry of the feed names no case.", line=line)
        return None
    number = docket_number(match["number"])
    said = child_text(one, "description")
    short = _SHORT.match(said)
    link = _LINK.search(said)
    url = html.unescape(link["url"]) if link else None
    doc = _DOC_PATH.search(url or "")
    query = dict(_QUERY.findall(url or ""))
    printed = html.unescape(_TAGS.sub("", link["text"])).strip() if link else ""
    address = child_text(one, "link")
    case_link = _CASE_LINK.search(address)
    published = child_text(one, "pubDate")
    moment = mail_moment(published)
    if moment is None:
        log.add("DK002", "An entry of the feed says no moment.", line=line, field="pubDate")
    rest = _TAGS.sub("", said[link.end() :]).strip(" ()") if link else ""
    entry = DocketEntryRead(
        printed if printed.isdigit() else None,
        date_filed=moment.date() if moment else None,
        short_description=html.unescape(short["short"] if short else _TAGS.sub("", said)).strip(),
        pacer_doc_id=main_document_id(doc[1]) if doc else None,
        pacer_seq_no=query.get("de_seq_num"),
        moment=moment,
        url=url,
        line=line,
        facts=(DocketFact("Note", html.unescape(rest)),) if rest else (),
    )
    return DocketFile(
        DocketKind.FEED,
        court_id=court_of_address(address) or court_id,
        docket_number=number.core,
        judge_initials=number.initials,
        defendant_number=number.defendant,
        pacer_case_id=query.get("caseid") or (case_link[1] if case_link else None),
        case_name=short_case_name(match["name"]),
        caption=match["name"],
        entries=(entry,),
    )
