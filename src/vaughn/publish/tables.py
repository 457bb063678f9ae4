"""Everything that is published as tables for other programs: CSV and JSON, line by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from vaughn.publish.addresses import file_name, page_key, safe_url
from vaughn.publish.contents import (
    CasePage,
    CourtOrder,
    Motion,
    ProductionEntry,
    PublishedDocument,
    SourceNote,
    State,
    Words,
)
from vaughn.publish.lists import all_items, production_path
from vaughn.publish.wording import in_language

# A cell that begins with one of these is a formula to a spreadsheet, so it gets an apostrophe; JSON has it as it is.
_FORMULA_SIGNS = frozenset("=+-@\t\r")
_ROWS_A_PIECE = 500


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180, UTF-8 with its mark, so that spreadsheets read it rightly)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    yield b"\xef\xbb\xbf"
    for count, row in enumerate(rows, start=1):
        writer.writerow([f"'{value}" if type(value) is str and value[:1] in _FORMULA_SIGNS else value for value in row])
        if count % _ROWS_A_PIECE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def json_list_pieces(rows: Iterable[dict[str, object]]) -> Iterator[bytes]:
    """Yield a JSON file that is a list of objects, one a line."""
    yield b"["
    before = b"\n"
    for row in rows:
        yield before + _json(row)
        before = b",\n"
    yield b"\n]\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class CaseTables:
    """The tables of one case.

    Args:
        link: Gives the permanent link of a path from the root of the case.
    """

    def __init__(self, case: CasePage, *, link: Callable[[str], str], language: str) -> None:
        self._case, self._link, self._language = case, link, language

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yield the name of each file and its bytes in pieces."""
        yield "documents.json", json_list_pieces(map(self._document, self._case.documents))
        yield "documents.csv", csv_pieces(_DOCUMENT_COLUMNS, self._document_rows())
        yield "pages.csv", csv_pieces(("bates", "edition", "document", "page", "state", "link"), self._page_rows())
        productions = (
            "key",
            "name",
            "agency",
            "date",
            "documents_produced",
            "pages_produced",
            "replaces",
            "state",
            "link",
        )
        yield "productions.csv", csv_pieces(productions, self._production_rows())
        events = ("date", "when", "event", "kind", "confidence", "sources")
        yield "events.csv", csv_pieces(events, self._event_rows())
        yield "case.json", iter([_json(self._facts()) + b"\n"])

    def _said(self, words: Words) -> str:
        return in_language(words, self._language)

    def _document(self, document: PublishedDocument) -> dict[str, object]:
        link = self._link(f"d/{file_name(document.id)}.html")
        if document.visibility.state is State.WITHDRAWN:
            return {"id": document.id, "state": "withdrawn", "link": link}
        return {
            "id": document.id,
            "state": "published",
            "title": self._said(document.title),
            "agency": document.agency,
            "production": document.production,
            "items": document.items,
            "kind": document.kind,
            "date": document.day,
            "begin": document.begin,
            "end": document.end,
            "pages": len(document.numbers),
            "link": link,
        }

    def _document_rows(self) -> Iterator[list[object]]:
        for document in self._case.documents:
            row = self._document(document)
            row["items"] = "; ".join(document.items) if "items" in row else ""
            yield [row.get(column) for column in _DOCUMENT_COLUMNS]

    def _page_rows(self) -> Iterator[tuple[object, ...]]:
        for document in self._case.documents:
            whole = document.visibility.state is State.WITHDRAWN
            gone = {page.bates for page in document.restricted}
            for place, number in enumerate(document.numbers):
                state = "withdrawn" if whole or number in gone else "published"
                path = f"p/{file_name(page_key(number, document.edition))}.html"
                yield number, document.edition, document.id, place + 1, state, self._link(path)

    def _production_rows(self) -> Iterator[tuple[object, ...]]:
        for entry in self._case.productions:
            yield (
                entry.key,
                entry.name,
                entry.agency,
                entry.day.isoformat() if entry.day else "",
                entry.documents,
                entry.pages,
                entry.replaces,
                entry.visibility.state.value,
                self._link(production_path(entry.key)),
            )

    def _event_rows(self) -> Iterator[tuple[object, ...]]:
        for event in self._case.events:
            yield (
                event.day.isoformat() if event.day else "",
                event.when,
                self._said(event.title),
                event.lane,
                event.confidence,
                "; ".join(filter(None, (f"{one.title} {one.citation}".strip() for one in event.sources))),
            )

    def _facts(self) -> dict[str, object]:
        case, said = self._case, self._said
        return {
            "caption": case.caption,
            "court": case.court,
            "docket_number": case.docket_number,
            "synopsis": said(case.synopsis),
            "status": said(case.status),
            "purpose": said(case.purpose),
            "asked": [
                {"key": item.key, "title": said(item.title), "level": depth + 1}
                for depth, item in all_items(case.asked)
            ],
            "parties": [{"name": one.name, "role": said(one.role), "counsel": one.counsel} for one in case.parties],
            "productions": [_production(entry, said) for entry in case.productions],
            "motions": [_motion(one, said) for one in case.motions],
            "orders": [_order(one, said) for one in case.orders],
            "contradictions": [
                {
                    "topic": said(one.topic),
                    "values": [{"value": said(value.value), "source": _source(value.source)} for value in one.values],
                }
                for one in case.contradictions
            ],
            "related": [
                {"caption": one.caption, "docket_number": one.docket_number, "url": safe_url(one.url)}
                for one in case.related
            ],
            "resources": [{"title": said(one.title), "url": safe_url(one.url)} for one in case.resources],
            "news": [
                {"title": said(one.title), "date": one.day.isoformat(), "text": said(one.markdown)} for one in case.news
            ],
        }


_DOCUMENT_COLUMNS = (
    "id", "state", "title", "agency", "production", "items", "kind", "date", "begin", "end", "pages", "link",
)  # fmt: skip


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _source(source: SourceNote) -> dict[str, object]:
    return {"title": source.title, "citation": source.citation, "url": safe_url(source.url)}


def _motion(motion: Motion, said: Callable[[Words], str]) -> dict[str, object]:
    return {
        "title": said(motion.title),
        "date": _iso(motion.day),
        "relief": said(motion.relief),
        "papers": [
            {
                "title": said(paper.title),
                "date": _iso(paper.day),
                "number": paper.number,
                "party": paper.party,
                "document": paper.document,
                "url": safe_url(paper.url),
            }
            for paper in motion.filings
        ],
        "outcomes": [{"party": one.party, "result": said(one.result)} for one in motion.outcomes],
    }


def _order(order: CourtOrder, said: Callable[[Words], str]) -> dict[str, object]:
    return {
        "title": said(order.title),
        "date": _iso(order.day),
        "states": [{"state": said(one.state), "date": _iso(one.day)} for one in order.states],
        "requires": [
            {"who": one.who, "what": said(one.what), "due": _iso(one.due), "state": said(one.state)}
            for one in order.obligations
        ],
        "sources": [_source(source) for source in order.sources],
    }


def _production(entry: ProductionEntry, said: Callable[[Words], str]) -> dict[str, object]:
    return {
        "key": entry.key,
        "name": entry.name,
        "agency": entry.agency,
        "date": _iso(entry.day),
        "documents": entry.documents,
        "pages": entry.pages,
        "replaces": entry.replaces,
        "state": entry.visibility.state.value,
        "note": said(entry.note),
        "ledger": [
            {"subject": line.subject, "expected": line.expected, "parts": dict(line.parts)} for line in entry.ledger
        ],
    }
