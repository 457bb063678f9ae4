"""Which words in the margins of a page read like a stamped Bates number.

A stamp stands in the top or bottom margin, ends in a run of digits and is mostly one word; agencies
also write the prefix apart (``ICE 2010FOIA2674.0117629``). Page counters (``Page 3 of 12``), dates,
times, telephone numbers and court captions are not stamps. Whether a candidate is the number, only
the load file or the neighbouring pages can say.
"""

from __future__ import annotations

import re

import numpy as np

from vaughn.formats.content import MARGIN_SHARE, StampCandidate
from vaughn.formats.words import WordColumns
from vaughn.model import Box, PageSize, PageText, Word

MAX_CANDIDATES = 8
# A number of one or two digits is a page number.
MIN_DIGITS = 3
# Words of one stamp are at most this many letter heights apart.
MAX_GAP_HEIGHTS = 1.5

_TELLING = re.compile(r"\d{3}")
_NUMBER = re.compile(r"^(?=.*\d{3})[A-Za-z0-9][A-Za-z0-9_.\-/()#]*\d(?:[-_.]?[A-Za-z]{1,2})?$")
_LEAD = re.compile(r"\d+\D*$")  # the digits of the number and its tail; before them stands the prefix
_NOT_A_STAMP = re.compile(
    r"^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"  # date
    r"|\(?\d{3}\)?[-.]?\d{3}[-.]\d{4}|\d{3}[-.]\d{4}"  # telephone
    r"|\d{1,3}"  # page number
    r"|\d{1,2}:\d{2}(?::\d{2})?"  # time
    r"|(?:19|20)\d{2}"  # year
    r"|\d{5}(?:-\d{4})?"  # postal code
    r"|\d{1,2}[:-]\d{2}-[A-Za-z]{2}-\d+.*"  # docket number
    r"|.*@.*|https?:.*|www\..*)$",
    re.IGNORECASE,
)
# Words before the number of a page, an exhibit or a paper; their numbers name no page of a production.
_PAGE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "page pages pg pgs p pp sheet sheets no nos nr number num exhibit exhibits ex exh tab tabs document case cases "
        "fax facsimile of en es pagina página folio frm fmt sfmt jkt po vol volume section para item line figure fig "
        "table chapter part step tel phone ext room suite docket filed dkt version ver rev form",
    )
)
# One of these right before the number settles it, whatever stands before: ``DEFENDANT EXHIBIT 0012``.
_LAST_WORDS = frozenset(
    re.findall(
        r"\w+",
        "page pages pg pgs sheet exhibit no nos number fax case document tab docket",
    )
)
_PREFIX = re.compile(r"^[A-Z][A-Za-z0-9_.\-]*$")


def stamp_candidates(page: PageText, size: PageSize) -> tuple[StampCandidate, ...]:
    """Return what may be the stamped number of *page*, most likely first.

    A stamp whose prefix stands apart comes with the prefix first and then without it.
    """
    found: list[tuple[float, StampCandidate]] = []
    margin = [word for word in page.words if _in_margin(word.box, size)]
    for place, word in enumerate(margin):
        text = page.text[word.span.start : word.span.end]
        if len(text) < MIN_DIGITS or text.isalpha():
            continue
        text = _bare(text)
        if not _reads_like_a_number(text):
            continue
        score = _score(text, word.box, size)
        before = margin[place - 1] if place else None
        prefix = _prefix_before(page.text, before, word)
        if prefix is not None and is_page_word(prefix):
            continue
        if prefix is not None and before is not None:
            found.append((score + 0.5, StampCandidate(f"{prefix} {text}", _joined(before.box, word.box))))
        found.append((score, StampCandidate(text, word.box)))
    found.sort(key=lambda scored: -scored[0])
    return tuple(candidate for _, candidate in found[:MAX_CANDIDATES])


def in_margins(words: WordColumns, size: PageSize) -> PageText:
    """Return the page with those words of its margins alone that may be stamps: some digits, or right before them.

    The text is whole, so their spans still hold.
    """
    middle = (words.boxes[:, 1] + words.boxes[:, 3]) / 2
    margin = MARGIN_SHARE * size.height_pt
    near = np.flatnonzero((middle <= margin) | (middle >= size.height_pt - margin))
    telling: set[int] = set()
    for place, start, end in zip(near.tolist(), words.starts[near].tolist(), words.ends[near].tolist(), strict=True):
        if _TELLING.search(words.text, start, end):
            telling |= {place - 1, place}
    kept = np.array(sorted(telling.intersection(near.tolist())), dtype=np.intp)
    return WordColumns(words.text, words.starts[kept], words.ends[kept], words.boxes[kept]).page_text()


def _in_margin(box: Box, size: PageSize) -> bool:
    middle = (box.y0 + box.y1) / 2
    margin = MARGIN_SHARE * size.height_pt
    return middle <= margin or middle >= size.height_pt - margin


def _bare(text: str) -> str:
    return text.strip("[](){}<>,;:'\"*|")


def _reads_like_a_number(text: str) -> bool:
    return bool(_NUMBER.match(text)) and not _NOT_A_STAMP.match(text) and not is_page_word(_LEAD.sub("", text))


def is_page_word(prefix: str) -> bool:
    """Tell whether *prefix* is an ordinary word before a number: ``Page ``, ``No. ``, ``EXHIBIT A-``, ``p.``."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", prefix)]
    if not words:
        return False
    lone = {word for word in words if len(word) == 1} if len(words) > 1 else frozenset[str]()
    ordinary = not set(words) - _PAGE_WORDS - lone and not _PAGE_WORDS.isdisjoint(words)
    return ordinary or (words[-1] in _LAST_WORDS and not prefix[-1:].isdigit())


def _score(text: str, box: Box, size: PageSize) -> float:
    """Return how much *text* at *box* is like a stamp: letters, many digits, low on the page, to the right."""
    digits = len(re.search(r"\d+(?=\D*$)", text).group())  # type: ignore[union-attr]
    score = min(digits, 8) / 4
    if digits < MIN_DIGITS:
        score -= 2
    if any(character.isalpha() for character in text):
        score += 1
    if box.y0 > size.height_pt / 2:
        score += 0.75
    if box.x0 > size.width_pt / 2:
        score += 0.5
    return score


def _prefix_before(text: str, before: Word | None, word: Word) -> str | None:
    """Return the word just before *word* on the same line if it can be the prefix of a number."""
    if before is None or before.span.end + 1 != word.span.start:
        return None
    height = word.box.y1 - word.box.y0
    same_line = abs((before.box.y0 + before.box.y1) - (word.box.y0 + word.box.y1)) < height
    near = -height < word.box.x0 - before.box.x1 < MAX_GAP_HEIGHTS * height
    spelled = text[before.span.start : before.span.end]
    return spelled if same_line and near and _PREFIX.match(spelled) else None


def _joined(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))
