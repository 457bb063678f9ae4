"""`vaughn search`: words and phrases in the text of all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table
from vaughn.app.cli.options import AsJson, CasePath, Release

if TYPE_CHECKING:
    from vaughn.app.searching import PageHitsFound
    from vaughn.fulltext import DocumentFound, Found, TextQuery
    from vaughn.store import CaseFile, ListedDocument

_PAGES_SHOWN = 3


def search(
    case: CasePath,
    query: Annotated[
        list[str], typer.Argument(metavar="QUERY...", help='Words (all are looked for) and "phrases" in quotes.')
    ],
    *,
    release: Release = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many documents to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find the documents that hold every word and phrase, best first.

    Example: vaughn search ndlon '"secure communities" detainer'
    """
    from vaughn.app.naming import production_ids
    from vaughn.fulltext import TextIndex, pages_behind, read_query
    from vaughn.store import CaseFile

    read = read_query(" ".join(query))
    with CaseFile.open(case.expanduser()) as opened:
        index = TextIndex(opened.fulltext)
        found = index.search(read, production_ids=production_ids(opened, release))
        behind = pages_behind(opened, index)
        rows = found.documents(0, limit)
        listed = {row.document.id: row for row in opened.listed([row.document_id for row in rows])}
        if as_json:
            print_json(_as_json(opened, read, found, rows=rows, listed=listed, behind=behind))
            return
        _print_rows(opened, read, rows, listed)
    shown = f", the first {len(rows):,} shown" if len(rows) < found.total_documents else ""
    print_line(f"{found.total_documents:,} documents, {found.total_pages:,} pages{shown}.")
    if behind:
        print_line(f"{behind:,} pages with words are not in the text index yet: open the case, or receive again.")


def _print_rows(case: CaseFile, query: TextQuery, rows: list[DocumentFound], listed: dict[int, ListedDocument]) -> None:
    from vaughn.app.searching import hits_on_pages

    table = []
    for row in rows:
        document = listed[row.document_id].document
        pages = hits_on_pages(case, row, query, first=_PAGES_SHOWN)
        more = len(row.page_ids) - len(pages)
        where = ", ".join(page.label or f"page {page.number}" for page in pages) + (
            f" and {more:,} more" if more else ""
        )
        table.append((document.control, where, _snippet(pages)))
    print_table("Found", (Column("document", wraps=False), Column("pages"), Column("text")), table)


def _snippet(pages: list[PageHitsFound]) -> str:
    from vaughn.app.searching import snippet

    if not pages:
        return ""
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in snippet(pages[0].text, pages[0].spans))


def _as_json(
    case: CaseFile,
    query: TextQuery,
    found: Found,
    *,
    rows: list[DocumentFound],
    listed: dict[int, ListedDocument],
    behind: int,
) -> dict[str, object]:
    from vaughn.app.searching import hits_on_pages

    return {
        "words": list(query.words),
        "total_documents": found.total_documents,
        "total_pages": found.total_pages,
        "pages_behind": behind,
        "documents": [
            {
                "id": row.document_id,
                "production": listed[row.document_id].production,
                "control": listed[row.document_id].document.control,
                "pages": [
                    {"page_id": page.page_id, "number": page.number, "label": page.label, "hits": len(page.spans)}
                    for page in hits_on_pages(case, row, query)
                ],
            }
            for row in rows
        ],
    }
