"""A report's content comes in; an XLSX workbook, a tagged PDF or a single HTML file goes out, all saying the same.

What a report says is decided by the room that makes it; here it is only written down.
"""

from vaughn.formats.report.content import (
    Block,
    Column,
    Fact,
    Figure,
    Paragraph,
    Report,
    Row,
    Section,
    Sheet,
    Table,
    Tone,
)
from vaughn.formats.report.paper import written_as_pdf
from vaughn.formats.report.spreadsheet import written_as_xlsx
from vaughn.formats.report.webpage import written_as_html

__all__ = [
    "Block",
    "Column",
    "Fact",
    "Figure",
    "Paragraph",
    "Report",
    "Row",
    "Section",
    "Sheet",
    "Table",
    "Tone",
    "written_as_html",
    "written_as_pdf",
    "written_as_xlsx",
]
