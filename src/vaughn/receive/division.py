"""Where do documents begin inside one large file? Evidence is added up page by page; a cut needs enough of it.

The weights are set by hand from one half of a release and measured on the other half (docs/explanation/dividing.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vaughn.model import read_bates
from vaughn.receive.signs import PageSigns

# A document begins where the evidence for it outweighs the evidence against it by this much.
ENOUGH = 2.0
# Shorter files are taken for one document: nobody hands over a pile in so few pages.
LEAST_PAGES = 30

_FOR = {
    "printed document number changes": 6.0,
    "number prefix changes": 4.0,
    "page count restarts": 3.0,
    "bookmark": 3.0,
    "bookmark title": 1.0,
    "mail head": 3.0,
    "part of a mail head": 1.0,
    "release mark": 2.0,
    "memorandum head": 2.0,
    "letter head": 1.5,
    "slip sheet": 3.0,
    "blank page before": 1.5,
    "page number restarts": 2.0,
    "paper size changes": 0.5,
}
_AGAINST = {
    "same document number": 8.0,
    "page count goes on": 6.0,
    "page number goes on": 2.0,
    "sentence goes on": 1.5,
}
OTHER_PAPER_PT = 36.0  # Scanners cut the same paper to within a quarter of an inch on each side.
# Evidence that alone never makes a cut: chapters have bookmarks, and every book changes its paper.
_WEAK = frozenset({"bookmark title", "paper size changes", "part of a mail head", "blank page before", "letter head"})
# Titles of bookmarks that name a record: a number, a file, a message.
_RECORD_SUFFIXES = (".pdf", ".msg", ".eml", ".doc", ".docx", ".xls", ".xlsx", ".tif", ".tiff", ".txt", ".ppt", ".pptx")
_REPLY_MARKS = ("re:", "fw:", "fwd:", "re_", "fw_", "fwd_")


@dataclass(frozen=True, slots=True)
class ProposedCut:
    """Where a document begins, why, and how sure that is (`score`, at least `ENOUGH`)."""

    page: int
    evidence: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a large file should be divided; one cut (the first page) means: it should not.

    Args:
        good: Whether the evidence is good enough to apply it unasked.
    """

    cuts: tuple[ProposedCut, ...]
    good: bool


def propose(pages: Sequence[PageSigns], *, bookmarks: Mapping[int, str] | None = None) -> Proposal:
    """Return where documents begin.

    Args:
        bookmarks: Title of the first bookmark of a page, for the pages that have one.
    """
    cuts = [ProposedCut(1, ("first page",), 99.0)]
    marks = bookmarks or {}
    common_release = _share(pages, "release_mark") > 0.9
    for before, page in pairwise(pages):
        reasons = list(_reasons(before, page, marks.get(page.number), release_marks_everywhere=common_release))
        against = sum(_AGAINST[reason] for reason in _contradictions(before, page))
        score = sum(_FOR[reason] for reason in reasons) - against
        if score >= ENOUGH and not _WEAK.issuperset(reasons):
            cuts.append(ProposedCut(page.number, tuple(reasons), score))
    return Proposal(tuple(cuts), good=_is_good(cuts, len(pages)))


def _share(pages: Sequence[PageSigns], name: str) -> float:
    return sum(1 for page in pages if getattr(page, name)) / max(1, len(pages))


def _reasons(
    before: PageSigns, page: PageSigns, bookmark: str | None, *, release_marks_everywhere: bool
) -> Iterator[str]:
    """Yield what speaks for a beginning on *page*."""
    yield from _changes(before, page)
    if page.page_of is not None and page.page_of[0] == 1:
        yield "page count restarts"
    elif page.bare_page == 1 and before.bare_page:
        yield "page number restarts"
    if bookmark is not None:
        yield "bookmark" if names_a_record(bookmark) else "bookmark title"
    if page.mail_head:
        yield "mail head" if page.mail_head == 2 else "part of a mail head"
    heads = (
        ("release mark", page.release_mark and not release_marks_everywhere),
        ("memorandum head", page.memo),
        ("letter head", page.letter),
        ("slip sheet", page.slip),
    )
    yield from (reason for reason, holds in heads if holds)


def _changes(before: PageSigns, page: PageSigns) -> Iterator[str]:
    """Yield what is different from the page before."""
    if before.identity and page.identity and not _alike(before.identity, page.identity):
        yield "printed document number changes"
    old, new = _prefix(before.stamp), _prefix(page.stamp)
    if old is not None and new is not None and old != new:
        yield "number prefix changes"
    if before.blank and not page.blank:
        yield "blank page before"
    change_pt = abs(before.width_pt - page.width_pt) + abs(before.height_pt - page.height_pt)
    if before.width_pt and page.width_pt and change_pt > OTHER_PAPER_PT:
        yield "paper size changes"


def _contradictions(before: PageSigns, page: PageSigns) -> Iterator[str]:
    """Yield what speaks against a beginning on *page*."""
    if before.identity and page.identity and _alike(before.identity, page.identity):
        yield "same document number"
    if page.page_of is not None and page.page_of[0] > 1:
        yield "page count goes on"
    if before.bare_page is not None and page.bare_page == before.bare_page + 1:
        yield "page number goes on"
    if before.ends_inside and page.begins_inside:
        yield "sentence goes on"


def _alike(one: str, other: str) -> bool:
    """Tell whether two printed numbers are the same but for one letter that was misread."""
    if one == other:
        return True
    if len(one) != len(other):
        return False
    swaps = {frozenset(pair) for pair in ("0O", "0Q", "1I", "1L", "5S", "8B", "2Z", "6G")}
    return all(a == b or frozenset((a, b)) in swaps for a, b in zip(one, other, strict=True))


def _prefix(stamp: str | None) -> str | None:
    number = read_bates(stamp) if stamp else None
    return number.prefix if number is not None else None


def names_a_record(title: str) -> bool:
    """Tell whether a bookmark's title names a record (a number, a file, a message), not a chapter."""
    text = title.strip().lower()
    number = read_bates(title)
    numbered = number is not None and number.width >= 4 and number.prefix.isupper()
    return numbered or text.endswith(_RECORD_SUFFIXES) or text.startswith(_REPLY_MARKS)


def _is_good(cuts: Sequence[ProposedCut], pages: int) -> bool:
    """Tell whether to apply the cuts unasked: there are some, and most of them are surely founded."""
    found = cuts[1:]
    if not found or pages < LEAST_PAGES:
        return False
    strong = sum(1 for cut in found if cut.score >= 3.0)
    return strong >= 0.5 * len(found)
