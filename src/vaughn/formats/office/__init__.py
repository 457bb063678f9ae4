"""Office files and text as records: words, tables, sheets, slides; what is hidden, changed or locked is told.

Comes in: a `ReadingRequest`. Goes out: a `Reading`, a window on a sheet, the HTML a mail program wrapped into RTF; or
`FileRefused`. The readers are named in `vaughn.formats.readers` and loaded when the first file of their type comes.
"""

from vaughn.formats.office.rtf import HtmlOrText, deencapsulated, rtf_text
from vaughn.formats.office.window import SheetName, SheetWindow, WindowRow, sheet_window

__all__ = [
    "HtmlOrText",
    "SheetName",
    "SheetWindow",
    "WindowRow",
    "deencapsulated",
    "rtf_text",
    "sheet_window",
]
