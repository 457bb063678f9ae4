"""A saved web page as a tree whose texts read as a browser shows them: line breaks kept, scripts and comments gone.

Nothing is fetched and no entity is expanded beyond the characters HTML names. libxml2 stops at 256 levels of
nesting; what lies deeper is lost and said so.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree, html

from vaughn.formats.docket.log import DocketLog

# A line break of the page; no court writes this character.
_BREAK = "\u2028"
_BREAKS_AFTER = ("br", "hr")
_BREAKS_AROUND = ("p", "div", "tr", "table", "li", "h1", "h2", "h3", "h4", "center", "form", "dd", "dt")
_WITHOUT_TEXT = ("script", "style", "noscript", "iframe", "object", "template", "select")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
# Character references can name what no tree may hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DOC_PATH = re.compile(r"/docs?1/(\d+)")
_OPEN_ARGUMENTS = re.compile(r"(?:goDLS|doDocPostURL)\(([^)]*)\)")
_TOO_DEEP = 256

Element: TypeAlias = html.HtmlElement


def page_of(text: str, *, log: DocketLog) -> Element | None:
    """Return the page that *text* is, or `None` if there is not one element in it."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, recover=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    for error in parser.error_log:
        if error.level_name == "FATAL" or "Excessive depth" in error.message:
            log.add(
                "DK003", f"The page is broken here, or nested more than {_TOO_DEEP} deep; the rest was read as far "
                "as it goes.", line=error.line or None,
            )  # fmt: skip
            break
    _prepare(root)
    return root


def _prepare(root: Element) -> None:
    for element in list(root.iter(*_WITHOUT_TEXT)):
        tail = element.tail
        element.clear()
        element.tail = fit(tail)
    for element in root.iter(*_BREAKS_AFTER):
        element.tail = _BREAK + fit(element.tail)
    for element in root.iter(*_BREAKS_AROUND):
        element.text = _BREAK + fit(element.text)
        element.tail = _BREAK + fit(element.tail)
    for element in root.iter("td", "th"):
        element.text = " " + fit(element.text)


def fit(text: str | None) -> str:
    """Return *text* without what a tree may not hold."""
    return _UNFIT.sub("", text or "")


def text_of(element: Element) -> str:
    """Return all text of *element* on one line."""
    return " ".join(one for one in lines_of(element) if one)


def lines_of(element: Element) -> list[str]:
    """Return the text of *element* line by line as shown, empty lines included."""
    return [_SPACES.sub(" ", line).strip() for line in fit(str(element.text_content())).split(_BREAK)]


def said_lines(element: Element) -> list[str]:
    """Return the lines of *element* that say something."""
    return [line for line in lines_of(element) if line]


def shown(text: str | None) -> list[str]:
    """Return the lines of a bare text (`text` or `tail` of an element), empty ones included."""
    return [_SPACES.sub(" ", line).strip() for line in fit(text).split(_BREAK)]


def rows_of(table: Element) -> list[list[Element]]:
    """Return the cells of the rows that belong to *table* itself, not to tables inside it."""
    return [row.xpath("./td|./th") for row in table.xpath("./tr|./tbody/tr|./thead/tr|./tfoot/tr")]


def line_of(element: Element) -> int | None:
    """Return the line of the file *element* begins in."""
    return element.sourceline or None


class DocumentLink:
    """A link to a document: its id, its address, and what its script says of case and entry."""

    __slots__ = ("case_id", "doc_id", "seq_no", "text", "url")

    def __init__(self, anchor: Element, doc_id: str) -> None:
        self.doc_id = doc_id
        self.url = str(anchor.get("href") or "")
        self.text = text_of(anchor)
        arguments = _OPEN_ARGUMENTS.search(anchor.get("onclick") or "")
        parts = [part.strip(" '\"") for part in arguments[1].split(",")] if arguments else []
        self.case_id = parts[1] if len(parts) > 1 and parts[1].isdigit() else None
        self.seq_no = parts[2] if len(parts) > 2 and parts[2].isdigit() else None


def document_links(element: Element) -> list[tuple[Element, DocumentLink]]:
    """Return the links to documents inside *element*, in order."""
    found = []
    for anchor in element.iter("a"):
        match = _DOC_PATH.search(anchor.get("href") or "") or _DOC_PATH.search(anchor.get("onclick") or "")
        if match is not None:
            found.append((anchor, DocumentLink(anchor, match[1])))
    return found


def document_link(element: Element) -> DocumentLink | None:
    """Return the first link to a document inside *element*."""
    links = document_links(element)
    return links[0][1] if links else None
