"""Which cases, journals and other statutes a text cites, as eyecite (Free Law Project) finds them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from eyecite import get_citations
from eyecite.models import CitationBase, FullCaseCitation, FullJournalCitation, FullLawCitation, ShortCaseCitation

from vaughn.formats.citations import Citation, CitationKind, LinkTarget, TargetKind
from vaughn.model import Span

# eyecite reports on texts it does not understand by quoting them; nothing a document says goes into a log.
logging.getLogger("eyecite").setLevel(logging.CRITICAL + 1)
# Its work grows faster than the text; a citation is never longer than the overlap of a paragraph's end.
PIECE_LETTERS = 20_000


def cited_cases(text: str) -> Iterator[Citation]:
    """Yield what eyecite finds in *text*, piece by piece."""
    for offset, piece in _pieces(text):
        for one in get_citations(piece):
            read = _case(one, offset)
            if read is not None:
                yield read


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield *text* in pieces that end at white space, each with where it begins."""
    start = 0
    while start < len(text):
        end = min(start + PIECE_LETTERS, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind(". ", start, end) + 1)
            end = cut if cut > start else end
        yield start, text[start:end]
        start = end


def _case(one: CitationBase, offset: int) -> Citation | None:
    """Return what eyecite found as ours; `Id.` and `supra` lead nowhere by themselves and are left out."""
    start, end = one.span()
    pin = one.metadata.pin_cite
    if isinstance(one, FullLawCitation) and one.groups.get("reporter") in {"U.S.C.", "C.F.R."}:
        return None
    if (
        not isinstance(one, FullCaseCitation | ShortCaseCitation | FullJournalCitation | FullLawCitation)
        or end <= start
    ):
        return None
    kind = CitationKind.CASE
    if isinstance(one, FullJournalCitation | FullLawCitation):
        kind = CitationKind.JOURNAL if isinstance(one, FullJournalCitation) else CitationKind.STATUTE
    year = str(one.metadata.year or "") if hasattr(one.metadata, "year") else ""
    court = getattr(one.metadata, "court", None)
    # Without a year in brackets the court is a guess from what stands further on, save for the Supreme Court.
    court = court if year or court == "scotus" else None
    found: Any = one  # without types there
    key = str(found.corrected_citation())
    if isinstance(one, ShortCaseCitation):
        # "562 U.S. at 570": the page is a pin, the case is the volume's.
        target, pin = None, one.groups.get("page") or pin
    else:
        target = LinkTarget(TargetKind.CASE, key) if kind is CitationKind.CASE else None
    return Citation(
        kind, Span(offset + start, offset + end), key, target, pin, int(year) if year.isdigit() else None, court
    )
