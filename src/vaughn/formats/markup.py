"""What a piece of HTML says as plain text: for mail bodies and web pages alike, nothing fetched, nothing run.

Blocks stand on lines of their own, cells of a table are parted by tabs, items of a list begin with ``- `` or their
number, cited mail with ``> ``. Hidden text and the addresses of links are handed over beside the text, so that the
text reads as the page does and still nothing is lost. White text on white is not looked for.

Elements and white space: HTML Living Standard, sections 4 and 15.3 (rendering). The parser is libxml2's, as events:
no tree is built, so depth costs nothing.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree

from vaughn.formats.text import encoding_of

# Enough to see what a page refers to; a newsletter has some dozens.
MAX_ADDRESSES = 1000
# Deeper lists and citations are no longer indented.
MAX_INDENT = 20
# A declared encoding stands in the first 1024 bytes (HTML Living Standard, 13.2.3.2); saved pages put it later.
DECLARED_WITHIN = 4096


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PARAGRAPHS = _tags("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table hr figure fieldset")
_LINES = (
    _tags(
        "address article aside body caption center dd details dialog dir div dt fieldset figcaption footer form "
        "frameset header hgroup html legend li main menu nav optgroup option section select summary tbody tfoot thead "
        "tr textarea iframe noscript title"
    )
    | _PARAGRAPHS
)
_IN_CELLS = _tags("p div center h1 h2 h3 h4 h5 h6 section")
_UNSEEN = _tags("script style template noframes noembed svg math object applet audio video canvas head")
_VOID = _tags("area base br col embed frame hr img input link meta param source track wbr")
_REFERRING = {
    "src": _tags("img script iframe frame embed input audio video source track"),
    "background": _tags("body table td th tr"),
    "data": _tags("object"),
    "poster": _tags("video"),
}
_FETCHED_LINKS = ("stylesheet", "icon", "import", "preload", "prefetch")
_REMOTE = re.compile(r"(?:https?:|ftp:|file:|//|\\\\)", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", re.IGNORECASE)
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?"
    r"\s*(?:;|!|$|\}))",
    re.IGNORECASE,
)
_SIMPLE_SELECTOR = re.compile(r"[a-z][a-z0-9]*|[.#][\w-]+|[a-z][a-z0-9]*[.#][\w-]+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\x0b]+")
# A blank that holds words together is a blank to whoever searches; a place to hyphenate is nothing.
_PLAIN = {0xA0: " ", 0xAD: None}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MarkupText:
    r"""A piece of HTML as text, line ends as ``\n``.

    Args:
        hidden_text_count: Stretches of text that a browser would not show.
        remote_references: Addresses a browser would fetch by itself (pictures, style sheets, frames), in order,
            each once.
        hidden_text: Those stretches, a line each; not in *text*.
        links: Where the links lead, in order, each once; an address that stands in the text is left out.
    """

    text: str
    hidden_text_count: int = 0
    remote_references: tuple[str, ...] = ()
    hidden_text: str = ""
    links: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class DecodedMarkup:
    """HTML or XML in letters; `guessed` if nothing in it, and nobody, says in which encoding it is."""

    text: str
    encoding: str
    guessed: bool


def decoded_markup(data: bytes, *, declared: str | None = None) -> DecodedMarkup:
    """Return the letters of *data* by its byte order mark, what is *declared* outside or in it, else by its bytes."""
    inside = _DECLARED.search(data[:DECLARED_WITHIN])
    marked = encoding_of(data[:4])
    named = [marked] if marked is not None and not data[:4].isascii() and marked.startswith("utf") else []
    named += [declared] if declared else []
    named += [inside.group(1).decode("ascii")] if inside else []
    for name in named:
        found = _codec(name)
        if found is None or (found.startswith(("utf-16", "utf-32")) and b"\0" not in data[:4]):
            continue
        text = data.decode(found, "replace")
        # A wrong declaration is commoner than a page that is half unreadable.
        if text.count("\ufffd") <= len(text) // 50:
            return DecodedMarkup(text, found, guessed=False)
    found = encoding_of(data[:65536]) or "cp1252"
    try:
        return DecodedMarkup(data.decode(found), found, guessed=found == "cp1252" and not data.isascii())
    except UnicodeDecodeError:
        return DecodedMarkup(data.decode("cp1252", "replace"), "cp1252", guessed=True)


def _codec(name: str) -> str | None:
    # What browsers make of these names (Encoding Standard, 4.2).
    name = name.strip().lower()
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gbk"}.get(
        name, name
    )
    name = {"shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "iso-8859-9": "cp1254"}.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def html_text(html: str) -> MarkupText:
    """Return what *html*, a whole page or a piece of one, says."""
    writing = _Writing(_hiding_selectors(html))
    parser = etree.HTMLParser(target=writing, huge_tree=True, recover=True)
    # libxml2 takes no lone surrogates, and ends at a zero.
    clean = html.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if clean.strip():
        with suppress(etree.XMLSyntaxError):  # what came before the fault stands
            etree.fromstring(_without_declaration(clean), parser)
    return writing.finished()


def _without_declaration(html: str) -> str:
    """Return *html* without an XML declaration: with one, letters are no longer taken as letters."""
    while (start := html.lstrip("\ufeff \t\r\n")).startswith("<?xml"):
        html = start.partition("?>")[2]
    return html


def _hiding_selectors(html: str) -> frozenset[str]:
    """Return the simple selectors (``.name``, ``#name``, ``tag.name``) that style sheets in *html* hide."""
    found: set[str] = set()
    place = html.find("<style")
    while place >= 0:
        end = html.find("</style", place)
        sheet = html[place : end if end >= 0 else len(html)]
        sheet = sheet[sheet.find(">") + 1 :]
        # Rules for other media (``@media print {...}``) hide nothing on the page.
        for rule in sheet.split("@media", 1)[0].split("}"):
            selectors, _, body = rule.partition("{")
            if _HIDING.search(body):
                names = (one.strip().removeprefix("<!--").strip().lower() for one in selectors.split(","))
                found.update(name for name in names if _SIMPLE_SELECTOR.fullmatch(name))
        place = html.find("<style", place + 6)
    return frozenset(found)


class _Writing:
    """Takes the events of the parser, keeps lines."""

    def __init__(self, hiding: frozenset[str]) -> None:
        self._hiding = hiding
        self._lines: list[str] = []
        self._line: list[str] = []
        self._prefix = ""  # of an item of a list, until its first line is written
        self._wants_blank = False
        self._space = False  # a blank stands between what is written and what comes
        self._ends = False  # a block ended in the line that is being written
        self._cells = 0  # of tables in tables around here
        self._in_first_row = False  # a table began, none of its rows yet
        self._unseen = 0  # elements that show no text around here
        self._hidden = 0  # depth below a hidden element
        self._hidden_runs: list[str] = []
        self._hidden_now: list[str] = []
        self._preformatted = 0
        self._cited: list[bool] = []
        self._citations = 0
        self._lists: list[int] = []  # number of the next item; 0 for a list without numbers
        self._in_title = False
        self._in_style = False
        self._title: list[str] = []
        self._addresses: dict[str, None] = {}
        self._links: dict[str, None] = {}

    # -- what the parser tells ---------------------------------------------------------------------------------

    def start(self, tag: object, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not isinstance(tag, str):
            return
        tag = tag.lower()
        self._note_addresses(tag, attributes)
        if self._hidden and tag not in _VOID:
            self._hidden += 1
            return
        if tag not in _VOID and self._is_hidden(tag, attributes):
            self._hidden = 1
            return
        if tag in _UNSEEN and tag != "head":
            self._unseen += 1
            self._in_style = tag == "style"
        elif tag == "title":
            self._in_title = True
        elif not self._unseen:
            self._shown_start(tag, attributes)

    def end(self, tag: object) -> None:
        """An element ends."""
        if not isinstance(tag, str):
            return
        tag = tag.lower()
        if self._hidden:
            if tag not in _VOID:
                self._hidden -= 1
                if self._hidden == 0:
                    self._keep_hidden()
        elif tag in _UNSEEN and tag != "head":
            self._unseen = max(0, self._unseen - 1)
            self._in_style = False
        elif tag == "title":
            self._in_title = False
        elif not self._unseen:
            self._cells -= tag in {"td", "th"} and self._cells > 0
            self._shown_end(tag)

    def data(self, text: str) -> None:
        """Letters come."""
        if self._in_style:
            for address in _CSS_ADDRESS.findall(text[:1_000_000]):
                self._note(address)
        elif self._hidden:
            self._hidden_now.append(text)
        elif self._in_title:
            self._title.append(text)
        elif not self._unseen:
            self._write(text)

    def close(self) -> _Writing:
        """The parser is done."""
        return self

    def finished(self) -> MarkupText:
        """Return all that was written."""
        self._keep_hidden()
        self._end_line()
        text = "\n".join(self._lines).strip("\n").translate(_PLAIN)
        hidden = [run for run in self._hidden_runs if run]
        return MarkupText(
            text=text,
            hidden_text_count=len(hidden),
            remote_references=tuple(self._addresses),
            hidden_text="\n".join(hidden),
            links=tuple(link for link in self._links if link.removeprefix("mailto:") not in text),
            title=_BLANKS.sub(" ", "".join(self._title)).strip(),
        )

    # -- elements ----------------------------------------------------------------------------------------------

    def _shown_start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _LINES:
            self._begin_block(tag, attributes)
        elif tag == "br":
            self._break_line()
        elif tag in {"td", "th"}:
            self._begin_cell()
        elif tag == "img" and attributes.get("alt", "").strip():
            self._write(f"[{attributes['alt'].strip()}]")
        elif tag == "input" and attributes.get("type", "text").lower() in {
            "text",
            "submit",
            "button",
            "email",
            "search",
        }:
            self._write(attributes.get("value", ""))
        elif tag == "a":
            address = attributes.get("href", "").strip()
            if _REMOTE.match(address) or address.lower().startswith("mailto:"):
                self._keep(address, self._links)

    def _begin_cell(self) -> None:
        """Go on in the line of the cell before: paragraphs of one line in cells do not tear rows apart."""
        self._cells += 1
        self._ends = self._wants_blank = self._space = False
        if self._line:
            self._line.append("\t")

    def _begin_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tr" or not (self._line and self._line[-1] == "\t"):
            self._end_line()
        if tag == "tr":
            self._wants_blank = self._wants_blank and self._in_first_row
            self._in_first_row = False
            return
        self._in_first_row = self._in_first_row or tag == "table"
        self._wants_blank = self._wants_blank or (tag in _PARAGRAPHS and not (self._lists and tag in {"ul", "ol"}))
        if tag in {"ul", "ol"}:
            start = attributes.get("start", "1")
            self._lists.append((int(start) if start.isdecimal() and len(start) < 9 else 1) if tag == "ol" else 0)
        elif tag == "li":
            self._prefix = "- "
            if self._lists and self._lists[-1]:
                self._prefix = f"{self._lists[-1]}. "
                self._lists[-1] += 1
        elif tag == "blockquote":
            cited = attributes.get("type", "").lower() == "cite" or "quote" in attributes.get("class", "").lower()
            self._cited.append(cited)
            self._citations += cited
        elif tag in {"pre", "textarea"}:
            self._preformatted += 1
        elif tag == "hr":
            self._line.append("-" * 20)
            self._end_line()

    def _shown_end(self, tag: str) -> None:
        if tag not in _LINES:
            return
        if self._cells and tag in _IN_CELLS:
            self._ends = True  # unless another cell follows
        else:
            self._end_line()
        self._wants_blank = self._wants_blank or (
            tag in _PARAGRAPHS and not (len(self._lists) > 1 and tag in {"ul", "ol"})
        )
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "blockquote" and self._cited:
            self._citations -= self._cited.pop()
        elif tag in {"pre", "textarea"}:
            self._preformatted = max(0, self._preformatted - 1)
        elif tag == "li":
            self._prefix = ""

    def _is_hidden(self, tag: str, attributes: dict[str, str]) -> bool:
        if "hidden" in attributes or _HIDING.search(attributes.get("style", "")):
            return True
        if not self._hiding:
            return False
        names = [f".{name}" for name in attributes.get("class", "").lower().split()]
        names += [f"#{attributes['id'].lower()}"] if "id" in attributes else []
        return tag in self._hiding or any(name in self._hiding or tag + name in self._hiding for name in names)

    def _note_addresses(self, tag: str, attributes: dict[str, str]) -> None:
        for name, tags in _REFERRING.items():
            if name in attributes and tag in tags:
                self._note(attributes[name])
        if tag == "link" and any(kind in attributes.get("rel", "").lower() for kind in _FETCHED_LINKS):
            self._note(attributes.get("href", ""))
        if "url(" in attributes.get("style", ""):
            for address in _CSS_ADDRESS.findall(attributes["style"]):
                self._note(address)

    def _note(self, address: str) -> None:
        if _REMOTE.match(address.strip()):
            self._keep(address.strip(), self._addresses)

    @staticmethod
    def _keep(address: str, kept: dict[str, None]) -> None:
        if len(kept) < MAX_ADDRESSES:
            kept.setdefault(address)

    def _keep_hidden(self) -> None:
        if self._hidden_now:
            self._hidden_runs.append(_BLANKS.sub(" ", "".join(self._hidden_now)).strip())
            self._hidden_now = []

    # -- lines -------------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        if self._ends and (self._preformatted or text.strip()):
            self._end_line()
        if self._preformatted:
            for place, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
                if place:
                    self._break_line()
                if line:
                    self._line.append(line)
            return
        words = _BLANKS.sub(" ", text)
        if not words:
            return
        if words[0] == " " or self._space:
            words = words.lstrip(" ")
            if self._line and self._line[-1] != "\t" and words:
                words = " " + words
        self._space = text[-1] in " \t\r\n\f\x0b" or (self._space and not words)
        words = words.rstrip(" ") if self._space else words
        if words:
            self._line.append(words)

    def _break_line(self) -> None:
        """End the line, even an empty one."""
        if self._line and not self._ends:
            self._end_line()
        else:
            self._end_line()
            self._lines.append(self._margin().rstrip())
            self._wants_blank = False

    def _end_line(self) -> None:
        line = "".join(self._line).strip("\t" if self._preformatted else " \t")
        self._line.clear()
        self._space = self._ends = False
        if not line:
            return
        if self._wants_blank and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._margin().rstrip())
        self._wants_blank = False
        indent = "  " * min(len(self._lists) - 1, MAX_INDENT) if self._lists else ""
        self._lines.append(f"{self._margin()}{indent}{self._prefix}{line}")
        self._prefix = ""

    def _margin(self) -> str:
        return "> " * min(self._citations, MAX_INDENT)
