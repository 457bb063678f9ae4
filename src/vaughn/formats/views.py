"""Ways to look at a record besides its pages, each made in a child process: its HTML made harmless, rows of a sheet."""

from __future__ import annotations

from vaughn.formats import media
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.mail.message import MailRecord
from vaughn.formats.mail.view import SafeHtml, html_for_view, safe_html
from vaughn.formats.mail.walking import Segment
from vaughn.formats.markup import decoded_markup
from vaughn.formats.office import SheetWindow, sheet_window
from vaughn.formats.readers.content import ReadingRequest
from vaughn.model import RecordFacts

__all__ = ["SafeHtml", "SheetWindow", "harmless_page", "sheet_rows"]

_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# A web page of this size takes libxml2 and the browser seconds; the pages show the text of longer ones.
MAX_HTML_BYTES = 16 * 1024 * 1024


def harmless_page(request: ReadingRequest) -> SafeHtml:
    """Return the message or web page of *request* as it was laid out, without anything that acts or fetches.

    Raises:
        FileRefused: If it cannot be read, is too large to be shown, or is of another type.
    """
    if request.media_type not in media.HTML_TYPES:
        raise unreadable(f"Files of the type {request.media_type} have no layout of their own.")
    if request.media_type not in _WEB_PAGES:
        return html_for_view(request)
    if request.path.stat().st_size > MAX_HTML_BYTES:
        raise FileRefused(
            "The page is too large to be shown as laid out.", refusal=Refusal.TOO_LARGE, hint="Its pages show the text."
        )
    markup = decoded_markup(request.path.read_bytes()).text
    return safe_html(MailRecord(RecordFacts(), "", [], segments=[Segment(html=markup)]))


def sheet_rows(request: ReadingRequest, sheet: int, first_row: int, rows: int) -> SheetWindow:
    """Return *rows* rows of a sheet from *first_row* on; see `sheet_window`, which a child is told by position.

    Raises:
        FileRefused: If the file cannot be read, is locked, is no spreadsheet, or has no such sheet.
    """
    return sheet_window(request, sheet, first_row=first_row, rows=rows)
