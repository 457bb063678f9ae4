"""A report as a tagged PDF, set by typst with the fonts of its wheel; nothing is read from disk or network."""

from __future__ import annotations

from datetime import UTC
from importlib.resources import files

from vaughn.formats.report.content import Block, Paragraph, Report, Section, Table
from vaughn.formats.typesetting import typeset


def written_as_pdf(report: Report) -> bytes:
    """Return *report* as the bytes of a PDF/UA-1 file: tagged, with its language and its title.

    The words travel to the typesetter as values, never as its code. The same report gives the same bytes.
    A letter that the fonts lack (a file name in Chinese) is written as its number, ``[U+4E2D]``.
    """
    template = (files("vaughn.formats.report") / "report.typ").read_bytes()
    return typeset(template, "report", _values(report), made_at=report.made_at)


def _values(report: Report) -> dict[str, object]:
    made = report.made_at.astimezone(UTC)
    return {
        "title": report.title,
        "kicker": report.kicker,
        "subtitle": report.subtitle,
        "banner": report.banner,
        "author": report.author,
        "keywords": list(report.keywords),
        "date": [made.year, made.month, made.day],
        "facts": [[fact.label, _plain(fact.value)] for fact in report.facts],
        "figures": [[figure.value, figure.label, figure.tone.value] for figure in report.figures],
        "summary": [_block(block) for block in report.summary],
        "sections": [_section(section) for section in report.sections],
        "footer": report.footer,
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "blocks": [_block(block) for block in section.blocks],
        "parts": [_section(part) for part in section.parts],
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": _plain(block.text), "tone": block.tone.value}
    return _table(block)


def _table(table: Table) -> dict[str, object]:
    rows = table.rows if table.limit is None else table.rows[: table.limit]
    left_out = len(table.rows) - len(rows)
    more = f"{left_out:,} more rows stand in the spreadsheet." if left_out else ""
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": [
            {"name": column.name, "share": column.share, "number": column.is_number, "code": column.is_code}
            for column in table.columns
        ],
        "rows": [
            {
                "tone": row.tone.value,
                "cells": [f"{cell:,}" if isinstance(cell, int) else _plain(cell) for cell in row.cells],
            }
            for row in rows
        ],
        "note": " ".join(part for part in (more, table.note) if part),
    }


def _plain(text: str) -> str:
    """Return *text* without control characters, which no font has a picture of."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text.replace("\n", " "))
