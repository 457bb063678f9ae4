"""The HTML body of a message, made safe to be looked at: nothing runs, nothing is fetched, nothing leads away.

The result is a page of its own for a frame with ``sandbox=""``; it forbids itself the network once more.
"""

from __future__ import annotations

import base64
import html as html_words
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import nh3
from lxml import etree

from vaughn.formats.faults import unreadable
from vaughn.formats.mail.eml import EMLX, eml_record
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.message import MailRecord
from vaughn.formats.mail.msg import MSG, msg_record
from vaughn.formats.mail.tnef import TNEF, tnef_file_record
from vaughn.formats.markup import html_text
from vaughn.formats.readers.content import ReadingRequest

EML = "message/rfc822"
# What a browser lays out without trouble; the text of longer bodies is on the pages.
MAX_HTML_CHARACTERS = 4_000_000
# Layouts of tables in tables reach some sixty levels.
MAX_LEVELS = 300
MAX_PICTURE_BYTES = 4_000_000
MAX_PICTURES_BYTES = 12_000_000

# fmt: off
_TAGS = {
    "a", "abbr", "address", "article", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main",
    "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}
_STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-right",
    "border-spacing", "border-style", "border-top", "border-width", "color", "direction", "display", "font",
    "font-family", "font-size", "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height",
    "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width", "padding",
    "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent",
    "text-transform", "vertical-align", "visibility", "white-space", "width", "word-break", "word-wrap",
}
# fmt: on
_SHAPE = {"style", "align", "valign", "width", "height", "bgcolor", "dir", "lang", "color", "size", "face", "border"}
_CELLS = _SHAPE | {"colspan", "rowspan", "cellpadding", "cellspacing", "nowrap"}
_ATTRIBUTES: dict[str, set[str]] = (
    dict.fromkeys(_TAGS - {"a", "img"}, _SHAPE)
    | dict.fromkeys(("table", "td", "th", "tr", "col"), _CELLS)
    | {"img": {"src", "alt", "width", "height", "style"}, "a": {"title"}, "ol": _SHAPE | {"start", "type"}, "*": set()}
)
_VOID = {"br", "col", "hr", "img", "wbr"}
_UNSEEN = {
    "script", "style", "title", "template", "noscript", "head", "object", "applet", "iframe", "noframes", "svg", "math",
}  # fmt: skip
_LOADS = re.compile(r"url\s*\(|expression|@import|\\|image-set|javascript:", re.I)
_DATA = re.compile(r"data:image/(?:png|gif|jpeg|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.I)
_PICTURES = (
    (b"\x89PNG", "png"), (b"GIF8", "gif"), (b"\xff\xd8\xff", "jpeg"), (b"BM", "bmp"), (b"RIFF", "webp"),
)  # fmt: skip
_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src'
    ' \'none\'; img-src data:; style-src \'unsafe-inline\'"><meta name="referrer" content="no-referrer"></head><body>'
)


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """A message as a page to be shown.

    Args:
        html: A whole page, for a frame with ``sandbox=""``.
        has_html: Whether the message has an HTML body; if not, its text is shown.
        remote: Addresses that were not fetched (pictures, style sheets).
        links: Links that were taken out; where they lead is shown when the pointer rests on them.
        pictures: Pictures of the message that are shown in their place.
        is_cut: Whether it was too long to be shown whole.
    """

    html: str
    has_html: bool
    remote: int = 0
    links: int = 0
    pictures: int = 0
    is_cut: bool = False


def html_for_view(request: ReadingRequest) -> SafeHtml:
    """Return the message of *request* (eml, MSG or TNEF) as a page that is safe to be shown.

    Raises:
        FileRefused: If it cannot be read, or is no message.
    """
    records: dict[str, Callable[[ReadingRequest, Faults], MailRecord]] = {
        EML: eml_record,
        EMLX: eml_record,
        MSG: msg_record,
        TNEF: tnef_file_record,
    }
    read = records.get(request.media_type)
    if read is None:
        raise unreadable("The file is no message that could be shown.")
    return safe_html(read(request, Faults()))


def safe_html(record: MailRecord) -> SafeHtml:
    """Return the body of *record* as a page that is safe to be shown."""
    bodies = [one.html for one in record.segments if one.html]
    if not bodies:
        text = record.text[:MAX_HTML_CHARACTERS]
        page = f'{_HEAD}<pre style="white-space:pre-wrap">{html_words.escape(text)}</pre></body></html>'
        return SafeHtml(page, has_html=False, is_cut=len(text) < len(record.text))
    forms = (one.html or f"<pre>{html_words.escape(one.plain or '')}</pre>" for one in record.segments)
    whole = "\n<hr>\n".join(forms)
    shown = whole[:MAX_HTML_CHARACTERS]
    levelled = _Levelled()
    parser = etree.HTMLParser(target=levelled, huge_tree=True, recover=True, encoding="utf-8")
    with suppress(etree.XMLSyntaxError):  # what came before the fault stands
        etree.fromstring(shown.replace("\0", "\ufffd").encode("utf-8", "replace") or b" ", parser)
    pictures = _Pictures(record)
    clean = nh3.clean(
        levelled.html(),
        tags=_TAGS,
        clean_content_tags={"script", "style", "title", "template", "noscript"},
        attributes=_ATTRIBUTES,
        attribute_filter=pictures.filtered,
        url_schemes={"cid", "data"},
        link_rel=None,
        filter_style_properties=_STYLES,
    )
    return SafeHtml(
        f"{_HEAD}{clean}</body></html>",
        has_html=True,
        remote=len(html_text(shown).remote_references),
        links=levelled.links,
        pictures=pictures.shown,
        is_cut=len(shown) < len(whole),
    )


class _Levelled:
    """Writes HTML again with every element closed, none too deep, and links that lead nowhere.

    What cleans it afterwards builds a tree, and takes minutes for a hundred thousand elements inside each other.
    """

    def __init__(self) -> None:
        self.links = 0
        self._out: list[str] = []
        self._open: list[str] = []
        self._written = self._unseen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not isinstance(tag, str):
            return
        if tag not in _VOID:
            self._open.append(tag)
        if tag in _UNSEEN:
            self._unseen += 1
        if self._unseen or tag not in _TAGS or self._written >= MAX_LEVELS:
            return
        if tag not in _VOID:
            self._written += 1
            self._open[-1] = f"<{tag}"
        said = dict(attributes)
        if tag == "a" and (target := said.pop("href", "").strip()):
            self.links += 1
            said["title"] = target
        kept = (f' {name}="{html_words.escape(said[name])}"' for name in said if name in _ATTRIBUTES[tag])
        self._out.append(f"<{tag}{''.join(kept)}>")

    def end(self, tag: str) -> None:
        """An element ends, and with it those inside it that are open still."""
        while self._open:
            one = self._open.pop()
            if one.startswith("<"):
                self._written -= 1
                self._out.append(f"</{one[1:]}>")
            elif one in _UNSEEN:
                self._unseen -= 1
            if one.removeprefix("<") == tag:
                return

    def data(self, text: str) -> None:
        """Text comes."""
        if not self._unseen:
            self._out.append(html_words.escape(text, quote=False))

    def comment(self, text: str) -> None:
        """Comments are not shown."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Instructions are not followed."""

    def close(self) -> None:
        """The end."""

    def html(self) -> str:
        """Return what was written, every element closed."""
        return "".join(self._out) + "".join(f"</{one[1:]}>" for one in reversed(self._open) if one.startswith("<"))


class _Pictures:
    """The pictures of a message by the names its body calls them."""

    def __init__(self, record: MailRecord) -> None:
        self.shown = 0
        self._left = MAX_PICTURES_BYTES
        self._files = {one.content_id.lower(): one.data for one in record.files if one.content_id}
        self._named = {one.name.lower(): one.data for one in record.files}

    def filtered(self, tag: str, attribute: str, value: str) -> str | None:
        """Return what an attribute may say; `None` takes it away."""
        if tag == "img" and attribute == "src":
            return self._source(value.strip())
        if attribute == "style" and _LOADS.search(value):
            return None
        return value

    def _source(self, value: str) -> str | None:
        if value.lower().startswith("cid:"):
            name = value[4:].lower()
            data = self._files.get(name) or self._named.get(name.partition("@")[0])
            return self._as_data(data) if data else None
        if _DATA.fullmatch(value) and len(value) <= min(MAX_PICTURE_BYTES, self._left):
            self._left -= len(value)
            self.shown += 1
            return value
        return None

    def _as_data(self, data: bytes) -> str | None:
        kind = next((kind for magic, kind in _PICTURES if data.startswith(magic)), None)
        if kind is None or len(data) > min(MAX_PICTURE_BYTES, self._left):
            return None
        self._left -= len(data)
        self.shown += 1
        return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
