"""What does one page show that tells whether a document begins on it? Numbers and marks only, never its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How many lines count as the top and as the bottom of a page.
_EDGE_LINES = 14
# A mail head stands in the first lines of the body, below stamps and classification marks.
_HEAD_LINES = 16
# A page with fewer letters than this is a slip sheet or blank, not a page of a document.
_SLIP_CHARACTERS = 160

_IDENTITY = re.compile(
    r"\b(?:doc(?:ument)?|record|control|serial|file|unique)\.?\s*(?:no|id|number|num)\b\.?\s*[:#]?\s*(?P<id>[A-Z]{0,6}[-_]?\d[\w.\-]{2,30})",
    re.IGNORECASE,
)
_PAGE_OF = re.compile(
    r"\bpage\s+(?P<number>\d{1,5})\s+(?:of|/)\s+(?P<total>\d{1,5})\b|^\s*(?P<n2>\d{1,4})\s+of\s+(?P<t2>\d{1,4})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_BARE_PAGE = re.compile(r"^\s*(?:-+\s*|page\s+)?(?P<number>\d{1,4})\s*-*\s*$", re.IGNORECASE)
_FROM = re.compile(r"^\W*from\b\s*[:;.]?(?:\s|$)", re.IGNORECASE)
_FROM_SURE = re.compile(r"^\W*from\s*:", re.IGNORECASE)
_OTHER_HEADS = (
    re.compile(r"^\W*(?:sent|date|sent on)\b\s*[:;.]?(?:\s|$)", re.IGNORECASE),
    re.compile(r"^\W*to\b\s*[:;.]?(?:\s|$)", re.IGNORECASE),
    re.compile(r"^\W*(?:subject|re|subj)\b\s*[:;.]?(?:\s|$)", re.IGNORECASE),
)
_QUOTED = re.compile(r"original message|forwarded by|begin forwarded|-{4,}|_{8,}", re.IGNORECASE)
_RELEASE = re.compile(
    r"\b(?:released?|denied|withheld)\s+in\b(?:\s+(?:full|part|whole))?|\bsanitized copy\b", re.IGNORECASE
)
_MEMO = re.compile(
    r"^\W*(?:memorandum|memo\b|action memo|information memo|facsimile|fax cover|agenda|minutes of)", re.IGNORECASE
)
_LETTER = re.compile(r"^\s*dear\s+\w", re.IGNORECASE)
_SLIP = re.compile(
    r"\b(?:exhibit|attachment|appendix|enclosure|tab|annex|document|record|slip\s?sheet|separator|produced\s+natively|native\s+(?:file|format))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What one page shows.

    Args:
        number: From 1.
        stamp: Stamped or listed Bates number, `None` if there is none.
        identity: Document number printed in the header or footer.
        page_of: ("Page 2 of 3") as (2, 3).
        bare_page: A lone page number at the bottom.
        mail_head: 2 for a full head (From, Sent, To, Subject) at the top, 1 for most of one, 0 for none.
        release_mark, memo, letter: A release mark, memorandum or letter begins at the top.
        blank: Nothing on it at all. `slip`: a few words that announce a document.
        begins_inside: Its first words go on from a sentence; `ends_inside`: its last words break off.
        width_pt, height_pt: 0 if unknown.
    """

    number: int
    stamp: str | None = None
    identity: str | None = None
    page_of: tuple[int, int] | None = None
    bare_page: int | None = None
    mail_head: int = 0
    release_mark: bool = False
    memo: bool = False
    letter: bool = False
    blank: bool = False
    slip: bool = False
    begins_inside: bool = False
    ends_inside: bool = False
    width_pt: float = 0.0
    height_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as it was read: what `page_signs` looks at."""

    number: int
    text: str
    stamp: str | None = None
    image_coverage: float = 0.0
    width_pt: float = 0.0
    height_pt: float = 0.0


def page_signs(page: SeenPage) -> PageSigns:
    """Return what *page* shows; none of its words are kept but printed numbers."""
    lines = [line for line in page.text.replace("\r", "\n").split("\n") if line.strip()]
    top, bottom = lines[:_EDGE_LINES], lines[-_EDGE_LINES:]
    edge = "\n".join(top + bottom)
    identity = _IDENTITY.search(edge)
    letters = sum(1 for character in page.text if character.isalnum())
    body = [line for line in lines if not _is_edge(line)]
    return PageSigns(
        number=page.number,
        stamp=page.stamp,
        identity=identity["id"].upper().rstrip(".") if identity else None,
        page_of=_page_of(edge),
        bare_page=_bare_page(lines),
        mail_head=_mail_head(lines[:_HEAD_LINES]),
        release_mark=any(_RELEASE.search(line) for line in lines[:_HEAD_LINES]),
        memo=any(_MEMO.match(line) for line in body[:6]),
        letter=any(_LETTER.match(line) for line in body[:14]),
        blank=letters == 0 and page.image_coverage < 0.02,
        slip=0 < letters <= _SLIP_CHARACTERS and any(_SLIP.search(line) for line in lines) and len(lines) <= 8,
        begins_inside=bool(body) and body[0].lstrip()[:1].islower(),
        ends_inside=bool(body) and body[-1].rstrip()[-1:] not in {".", "!", "?", ":", '"', ")"},
        width_pt=page.width_pt,
        height_pt=page.height_pt,
    )


def _is_edge(line: str) -> bool:
    """Tell whether a line is a mark of the release, not of the record."""
    return bool(_IDENTITY.search(line) or _RELEASE.search(line) or _PAGE_OF.search(line) or _BARE_PAGE.match(line))


def _page_of(edge: str) -> tuple[int, int] | None:
    for match in _PAGE_OF.finditer(edge):
        number, total = int(match["number"] or match["n2"]), int(match["total"] or match["t2"])
        if 1 <= number <= total:
            return number, total
    return None


def _bare_page(lines: list[str]) -> int | None:
    for line in (*lines[-2:], *lines[:1]):
        match = _BARE_PAGE.match(line)
        if match is not None:
            return int(match["number"])
    return None


def _mail_head(lines: list[str]) -> int:
    """Return how much of a mail head begins these lines; a quoted message inside a thread does not count."""
    for place, line in enumerate(lines):
        if _QUOTED.search(line):
            return 0
        if _FROM.match(line):
            following = lines[place + 1 : place + 8]
            heads = sum(1 for form in _OTHER_HEADS if any(form.match(other) for other in following))
            if heads >= 2:
                return 2
            return 1 if heads == 1 and _FROM_SURE.match(line) else 0
    return 0
