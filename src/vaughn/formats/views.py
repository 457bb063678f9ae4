"""Ways to look at a record besides its pages, each made in a child process: its HTML made harmless, rows of a sheet."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass

import nh3

from vaughn.formats import media
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.eml import message_bytes
from vaughn.formats.mail.faults import Faults
from vaughn.formats.mail.mime import parsed
from vaughn.formats.mail.walking import Walked, walked
from vaughn.formats.markup import decoded_markup
from vaughn.formats.office import SheetWindow, sheet_window
from vaughn.formats.readers.content import ReadingRequest

# A page of HTML of this size takes libxml2 and the browser seconds; the pages show the text of longer ones.
MAX_HTML_BYTES = 16 * 1024 * 1024
# Pictures inside a message are shown in it up to so much; they are documents of their own as well.
MAX_PICTURE_BYTES = 12 * 1024 * 1024
_PICTURES = {media.PNG, media.JPEG, media.GIF, media.BMP, media.WEBP}
_MAGIC = ((b"\x89PNG", media.PNG), (b"\xff\xd8\xff", media.JPEG), (b"GIF8", media.GIF), (b"BM", media.BMP))
_CONTENT_ID = "cid:"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd "
    "li main mark nav ol p pre q s samp section small span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr"
)
_ATTRIBUTES = {
    "*": {"style", "title", "dir", "lang", "align", "valign", "width", "height", "bgcolor", "color"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "table": {"border", "cellpadding", "cellspacing"},
    "font": {"face", "size"},
    "ol": {"start", "type"},
    "li": {"value"},
}
# Nothing here takes an address, places anything over the rest, or lets text grow without bound.
_STYLES = _names(
    "color background-color font-family font-size font-style font-weight text-align text-decoration "
    "text-indent vertical-align white-space line-height border border-top border-right border-bottom "
    "border-left border-color border-style border-width border-collapse border-spacing padding "
    "padding-top padding-right padding-bottom padding-left margin margin-top margin-right margin-bottom "
    "margin-left width height max-width list-style-type direction"
)
_WITH_CONTENT = {"script", "style", "title", "noscript", "template", "svg", "math", "object", "iframe", "textarea"}
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:15px/1.45 sans-serif;margin:16px;color:#111;background:#fff;overflow-wrap:anywhere}}"
    "img{{max-width:100%;height:auto}}pre{{white-space:pre-wrap;font:14px/1.4 monospace}}"
    "</style></head><body>{body}</body></html>"
)

__all__ = ["HtmlPage", "SheetWindow", "harmless", "harmless_page", "sheet_rows"]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page that can be shown in a frame: no script, no form, no link, nothing fetched.

    Args:
        html: A whole document in UTF-8.
    """

    html: str


def harmless_page(request: ReadingRequest) -> HtmlPage:
    """Return the message or web page of *request* as it was laid out, without anything that acts or fetches.

    Pictures that stand in the message itself are shown; others are left out. A message without HTML is its text.

    Raises:
        FileRefused: If it cannot be read, is too large to be shown, or is of another type.
    """
    if request.media_type not in media.HTML_TYPES:
        raise unreadable(f"Files of the type {request.media_type} have no layout of their own.")
    if request.media_type in {"text/html", "application/xhtml+xml"}:
        _require_small(request.path.stat().st_size)
        return _page(harmless(decoded_markup(request.path.read_bytes()).text, {}))
    data = message_bytes(request)
    message = walked(data, parsed(data), Faults())
    parts = []
    pictures = _pictures_of(message)
    for segment in message.segments:
        if segment.html is not None:
            _require_small(len(segment.html))
            parts.append(harmless(segment.html, pictures))
        elif segment.plain is not None:
            _require_small(len(segment.plain))
            parts.append(f"<pre>{html.escape(segment.plain)}</pre>")
    return _page("<hr>".join(parts))


def harmless(markup: str, pictures: Mapping[str, str]) -> str:
    """Return *markup* without scripts, forms, links, addresses and everything else that acts or fetches.

    Args:
        pictures: Addresses that may stay, by content id in lower case, each as a ``data:`` URL.
    """

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) != ("img", "src"):
            return value
        address = value.strip()
        if not address.lower().startswith(_CONTENT_ID):
            return None
        return pictures.get(address[len(_CONTENT_ID) :].strip("<>").lower())

    return nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=kept,
        filter_style_properties=set(_STYLES),
        url_schemes={"cid", "data"},
        link_rel=None,
        strip_comments=True,
    )


def sheet_rows(request: ReadingRequest, sheet: int, first_row: int, rows: int) -> SheetWindow:
    """Return *rows* rows of a sheet from *first_row* on; see `sheet_window`, which a child is told by position.

    Raises:
        FileRefused: If the file cannot be read, is locked, is no spreadsheet, or has no such sheet.
    """
    return sheet_window(request, sheet, first_row=first_row, rows=rows)


def _require_small(size: int) -> None:
    if size > MAX_HTML_BYTES:
        raise FileRefused(
            "The message is too large to be shown as laid out.",
            refusal=Refusal.TOO_LARGE,
            hint="Its pages show the text.",
        )


def _page(body: str) -> HtmlPage:
    return HtmlPage(_PAGE.format(title="", body=body))


def _pictures_of(message: Walked) -> dict[str, str]:
    found: dict[str, str] = {}
    left = MAX_PICTURE_BYTES
    for file in message.files:
        kind = next((kind for magic, kind in _MAGIC if file.data.startswith(magic)), None)
        if file.content_id and kind in _PICTURES and len(file.data) <= left:
            left -= len(file.data)
            name = file.content_id.strip("<>").lower()
            found[name] = f"data:{kind};base64,{base64.b64encode(file.data).decode('ascii')}"
    return found
