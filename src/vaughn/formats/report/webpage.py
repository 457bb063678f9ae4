"""A report as one HTML file: no script, nothing fetched, light and dark, and a print form."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from vaughn.formats.report.content import Block, Paragraph, Report, Section, Table, Tone


def written_as_html(report: Report) -> str:
    """Return *report* as one page of HTML; every text is escaped, nothing is fetched and nothing runs."""
    style = (files("vaughn.formats.report") / "report.css").read_text("utf-8").partition("*/")[2].replace("\n", "")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    contents = "".join(
        f'<li><a href="#s{place}">{escape(section.title)}</a></li>' for place, section in enumerate(report.sections)
    )
    banner = f'<p class="banner" role="note">{escape(report.banner)}</p>' if report.banner else ""
    facts = "".join(f"<dt>{escape(fact.label)}</dt><dd>{escape(fact.value)}</dd>" for fact in report.facts)
    figures = "".join(
        f'<li class="figure {figure.tone.value}"><b>{escape(figure.value)}</b><span>{escape(figure.label)}</span></li>'
        for figure in report.figures
    )
    body = "".join(_section(section, 2, f"s{place}") for place, section in enumerate(report.sections))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<style>{style}</style></head><body><main><header>"
        f'<p class="kicker">{escape(report.kicker)}</p><h1>{escape(report.title)}</h1>'
        f'<p class="subtitle">{escape(report.subtitle)}</p>{banner}</header>'
        f'<dl>{facts}</dl><ul class="figures">{figures}</ul>{_blocks(report.summary)}'
        f'<nav aria-label="Contents"><ol>{contents}</ol></nav>{body}<footer>{escape(report.footer)}</footer>'
        "</main></body></html>\n"
    )


def _section(section: Section, level: int, anchor: str) -> str:
    parts = "".join(_section(part, level + 1, f"{anchor}-{place}") for place, part in enumerate(section.parts))
    return (
        f'<section id="{anchor}"><h{level}>{escape(section.title)}</h{level}>{_blocks(section.blocks)}{parts}</section>'
    )


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "".join(_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in blocks)


def _paragraph(paragraph: Paragraph) -> str:
    kind = "" if paragraph.tone is Tone.PLAIN else f' class="{paragraph.tone.value}"'
    return f"<p{kind}>{escape(paragraph.text)}</p>"


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    head = "".join(
        f'<th scope="col"{_kind(column.is_number, False)}>{escape(column.name)}</th>' for column in table.columns
    )
    rows = "".join(
        f'<tr class="{row.tone.value}">'
        + "".join(
            f"<td{_kind(column.is_number, column.is_code)}>{_cell(cell)}</td>"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return f'<div class="frame"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}'


def _kind(is_number: bool, is_code: bool) -> str:
    names = [name for name, holds in (("number", is_number), ("code", is_code)) if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _cell(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else escape(cell)
