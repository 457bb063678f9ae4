"""What a written report is made of, whatever it is written as: a first page, then sections of tables and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Tone(Enum):
    """How a row or a figure is coloured; never the only sign of what it says."""

    PLAIN = "plain"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the first page: ``Agency``, ``ICE``."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number of the first page."""

    value: str
    label: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        share: Width beside the others; 0 is as narrow as its content.
        is_number: Set flush right.
        is_code: Set in the type of machines: paths, Bates numbers, column names.
    """

    name: str
    share: int = 1
    is_number: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a cell that does not apply is an empty text."""

    cells: tuple[str | int, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; `note` stands below it.

    Args:
        caption: What the table shows, read out before it.
        limit: How many rows a page of paper shows; a spreadsheet has them all.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""
    limit: int | None = None

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row has one cell a column")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences of running text."""

    text: str
    tone: Tone = Tone.PLAIN


Block = Table | Paragraph


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `parts` are sections one level down."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the spreadsheet: a whole table under a short name (at most 31 letters)."""

    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Args:
        kicker: Above the title: what the report belongs to.
        banner: Said on the first page in a frame, e.g. that an order was withdrawn.
        summary: The rest of the first page.
        made_at: When it was made; also the date inside the files.
    """

    title: str
    kicker: str
    subtitle: str
    banner: str | None
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    footer: str
    made_at: datetime
    author: str = "Vaughn"
    keywords: tuple[str, ...] = ()
