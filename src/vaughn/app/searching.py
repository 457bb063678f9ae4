"""What a query found, page by page: counts, places and a few words around the first hits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vaughn.app.document_text import document_text
from vaughn.formats.pages import unpack_text
from vaughn.fulltext import WHOLE_DOCUMENT, DocumentFound, TextQuery, hit_count, hit_spans
from vaughn.model import Span
from vaughn.store import CaseFile

# Letters shown before the first hit and after the last one of a snippet, and between these two.
_AROUND = 90
_LONGEST = 230
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PageHitsFound:
    """A page with hits; `page_id` is 0 for the text of a document without pages."""

    page_id: int
    number: int
    label: str | None
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A stretch of a snippet."""

    text: str
    is_hit: bool


def count_hits(case: CaseFile, documents: Iterable[DocumentFound], query: TextQuery) -> int:
    """Return how many hits stand on all pages of *documents*; reads every page again."""
    return sum(hit_count(text, query) for found in documents for _, text in _texts(case, found, found.page_ids))


def hits_on_pages(
    case: CaseFile, found: DocumentFound, query: TextQuery, *, first: int | None = None
) -> list[PageHitsFound]:
    """Return the pages of one document with hits, in order; the first few only if *first* is given."""
    document = case.document(found.document_id)
    begin = 0 if document is None or document.first_page_id is None else document.first_page_id
    hits = []
    for page_id, text in _texts(case, found, found.page_ids[:first]):
        page = None if page_id == WHOLE_DOCUMENT else case.page(page_id) if first is not None else None
        number = 0 if page_id == WHOLE_DOCUMENT else page_id - begin + 1
        spans = tuple(hit_spans(text, query))
        hits.append(PageHitsFound(page_id, number, None if page is None else page.label, text, spans))
    return hits


def _texts(case: CaseFile, found: DocumentFound, page_ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    if WHOLE_DOCUMENT in page_ids:
        document = case.document(found.document_id)
        if document is not None:
            yield WHOLE_DOCUMENT, document_text(case, document)
    pages = [page_id for page_id in page_ids if page_id != WHOLE_DOCUMENT]
    for words in case.packed_words_of(pages):
        yield words.page_id, unpack_text(words.packed)


def snippet(text: str, spans: Sequence[Span]) -> list[SnippetPart]:
    """Return the words around the hits where they stand closest together, runs of blanks as one."""
    if not spans:
        return []
    near = _closest(spans)
    begin = _word_edge(text, near[0].start - _AROUND)
    end = min(len(text), near[-1].end + _AROUND)
    parts: list[SnippetPart] = [] if begin == 0 else [SnippetPart("… ", is_hit=False)]
    at = begin
    for span in near:
        if span.start < at:
            continue  # Two phrases share a word.
        parts += [
            SnippetPart(text[at : span.start], is_hit=False),
            SnippetPart(text[span.start : span.end], is_hit=True),
        ]
        at = span.end
    parts.append(SnippetPart(text[at:end] + (" …" if end < len(text) else ""), is_hit=False))
    return [SnippetPart(_BLANKS.sub(" ", part.text), part.is_hit) for part in parts if part.text]


def _closest(spans: Sequence[Span]) -> Sequence[Span]:
    """Return the most hits that fit into one snippet; the first such, and one hit at least."""
    best: Sequence[Span] = spans[:1]
    last = 0
    for first, span in enumerate(spans):
        last = max(last, first + 1)
        while last < len(spans) and spans[last].end <= span.start + _LONGEST:
            last += 1
        if last - first > len(best):
            best = spans[first:last]
    return best


def _word_edge(text: str, place: int) -> int:
    """Return the beginning of the word after *place*, if one begins soon."""
    if place <= 0:
        return 0
    blank = text.find(" ", place, place + 20)
    return place if blank < 0 else blank + 1
