"""Whether the text layer of a scanned page is worth keeping, or the page should be read again.

Text hidden on a scan was put there by an earlier OCR, of unknown age and quality. Its words are judged by
their looks alone, without a dictionary: numbers, and words with vowels and sane capitals, are plausible;
``l1/15/10``, ``Kl``, ``~ountd`` are not. How often the verdict is wrong was measured on made pairs of good
and damaged layers: `bench/ocr.py` prints it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vaughn.formats.content import TextLayer
from vaughn.formats.words import code_points

# Below this share of plausible words a layer is poor.
MIN_PLAUSIBLE = 0.88
# Below this share of the page's ink under the boxes of words, a layer has lost lines.
MIN_INK_COVERED = 0.75
# Above this share of characters without meaning, fonts do not say which letters they draw.
MAX_GARBAGE = 0.1
# A layer of fewer words is not judged by them.
MIN_WORDS = 8
MAX_WORDS_JUDGED = 2000

# What may stand for no letter: see `garbage_share`.
_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_REPLACEMENT = 0xFFFD
_PRIVATE = (0xE000, 0xF900)

_NUMBER = re.compile(r"[$€£#(\[+\-]*\d[\d,.:/\-()%*]*(?:st|nd|rd|th|s|am|pm|AM|PM|[A-Za-z])?[)\]%*]*$")
_CODE = re.compile(
    r"[A-Z]{1,6}[-–._/#]?\d[\d\-–./_A-Z]*$|\d{1,3}:\d\d-[a-z]{2}-\d+(?:-[A-Z]+)*$|(?:\d+[a-z]?)?(?:\(\w{1,4}\))+$"
)
_WEB = re.compile(r"(?:https?:|www\.)\S+$|\S+@\S+\.\w+$")
_WORD = re.compile(r"(?:[^\W\d_]+['’.‑–—/&-]?)+$")
_CASES = re.compile(
    r"(?:[A-Z]?[a-z]+|[A-Z]+s?|(?:Mc|Mac|De|La|Le|Di|Van|Vander|[A-Z]['’])[A-Z][a-z]+|[A-Z](?:\.[A-Z])+)$"
)
_VOWEL = re.compile(r"[aeiouyà-æè-ïò-öù-ýœ]", re.IGNORECASE)
_HARD = re.compile(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_VOWELLESS = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms dr st vs v jr sr no nos pp ct ltd cf nw sw rd blvd ft lbs hrs dept etc th nd hwy pkwy mg kg km ml "
        "cm mm pm pdf html cc bcc fwd ref n s e w b c d f g h j k l m p q r t x z",
    )
)
_MARKS = "\"'“”‘’.,;:!?()[]{}<>*•…—–-/&§¶$%#+=_°©®™"


@dataclass(frozen=True, slots=True)
class LayerQuality:
    """How a text layer reads.

    Args:
        words: How many words were judged.
        plausible: Share of them that look like words or numbers, 0 to 1.
        ink_covered: Share of the page's ink under the boxes of words; `None` if it was not looked at.
    """

    words: int
    plausible: float
    ink_covered: float | None = None

    @property
    def is_good(self) -> bool:
        """Whether the layer is worth keeping without another OCR."""
        if self.words < MIN_WORDS or self.plausible < MIN_PLAUSIBLE:
            return False
        return self.ink_covered is None or self.ink_covered >= MIN_INK_COVERED


def layer_quality(text: str, *, ink_covered: float | None = None) -> LayerQuality:
    """Return how *text*, found hidden on a scan, reads."""
    judged = sound = 0
    for word, times in Counter(text.split()[:MAX_WORDS_JUDGED]).items():
        if len(word) > 1 or word not in _MARKS:
            judged += times
            sound += times * is_plausible(word)
    return LayerQuality(judged, sound / judged if judged else 0.0, ink_covered)


def kind_of_layer(text: str, *, is_hidden: bool, ink_covered: float | None = None) -> TextLayer:
    """Return what kind of text layer a page has whose text is *text*.

    Args:
        is_hidden: Whether the text lies unseen over or under a picture that covers the page.
    """
    if not text.strip():
        return TextLayer.NONE
    # Most pages hold nothing that could be garbage: found out in a tenth of the time.
    if _SUSPECT.search(text) is not None and garbage_share(code_points(text)) > MAX_GARBAGE:
        return TextLayer.OCR_LAYER_POOR if is_hidden else TextLayer.UNREADABLE
    if not is_hidden:
        return TextLayer.BORN_DIGITAL
    good = layer_quality(text, ink_covered=ink_covered).is_good
    return TextLayer.OCR_LAYER_GOOD if good else TextLayer.OCR_LAYER_POOR


def garbage_share(points: NDArray[np.uint32]) -> float:
    """Return which share of the non-blank characters stands for no letter: U+FFFD, private use, control characters."""
    inked = points[points > ord(" ")]
    controls = int(((points < ord(" ")) & (points != ord("\n")) & (points != ord("\t")) & (points != ord("\r"))).sum())
    if not len(inked) + controls:
        return 0.0
    lost = (
        (inked == _REPLACEMENT) | ((inked >= _PRIVATE[0]) & (inked < _PRIVATE[1])) | ((inked >= 0x7F) & (inked < 0xA0))
    )
    return (int(lost.sum()) + controls) / (len(inked) + controls)


@lru_cache(maxsize=20_000)
def is_plausible(word: str) -> bool:
    """Tell whether *word* looks like a word or a number."""
    core = word.strip(_MARKS)
    if not core:
        return len(set(word)) == 1 or len(word) <= 2  # rules, dots of a table of contents
    if (core[0].isdigit() or word[0] in "$(") and (_NUMBER.match(core) or _CODE.match(core)):
        return True
    if not _WORD.match(core):
        return bool(_CODE.match(core) or _WEB.match(word.strip("<>()[],.;")) or _NUMBER.match(core))
    parts = re.split(r"[^\w]+", core)
    return all(map(_is_plausible_part, parts))


def _is_plausible_part(part: str) -> bool:
    if not part.isascii():
        return not _HARD.search(part) or ord(part[0]) > 0x24F
    if part.lower() in _VOWELLESS:
        return True
    if not _CASES.match(part) or _HARD.search(part):
        return False
    return bool(_VOWEL.search(part)) or (part.isupper() and len(part) <= 6)
