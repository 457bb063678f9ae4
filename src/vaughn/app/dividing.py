"""Dividing a large document by hand: where its parts begin, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from vaughn.model import InputError, ProducedDocument, read_bates
from vaughn.store import CaseFile, NewCut

BY_HAND = "by hand"


def cuts_at(case: CaseFile, document: ProducedDocument, starts: Sequence[int]) -> list[NewCut]:
    """Return the cuts of *document* at the pages *starts* (from 1; the first page is always one).

    A part is called by the number of its first page, or by the large document's name and that page.

    Raises:
        InputError: If a page is not in the document, or nothing would be divided.
    """
    wanted = sorted({1, *starts})
    if wanted[0] < 1 or wanted[-1] > document.page_count:
        raise InputError(
            f"The document has pages 1 to {document.page_count:,}.", hint="Name pages on which a document begins."
        )
    if len(wanted) < 2:
        raise InputError("Nothing would be divided.", hint="Name at least one page after the first.")
    pages = {page.number: page for page in case.pages(document.id)}
    ends = [*(start - 1 for start in wanted[1:]), document.page_count]
    cuts = []
    for start, end in zip(wanted, ends, strict=True):
        label = pages[start].stamped or pages[start].label
        begin = None if label is None else read_bates(label)
        last = pages[end].stamped or pages[end].label
        cuts.append(
            NewCut(
                page=start,
                evidence=BY_HAND,
                control=label or f"{document.control} page {start}",
                begin=begin,
                end=None if begin is None or last is None else read_bates(last),
            )
        )
    return cuts
