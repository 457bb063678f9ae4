"""What a subject is without the marks of replying and passing on, in the languages mail programs speak."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Marks of a reply and of passing on, as mail programs of many languages write them; folded to lower case.
_REPLIES = (
    "re|r|ris|rif|aw|antw|antwort|sv|vs|odp|ynt|yan|vá|res|resp|ref|refs|ответ|отв|на|bls|atb|doorst|"
    "回复|回覆|答复|返信|回信|답장|回答|σχετ|תגובה|השב|رد"
)
_FORWARDS = (
    "fw|fwd|wg|tr|rv|enc|i|vb|pd|fs|vid|ilt|továbbítás|trs|reenv|encaminhar|inoltra|пересл|"
    "转发|轉寄|转寄|転送|전달|προθ|העבר|إعادة"
)
_ANSWERS = (
    "accepted|declined|tentative|canceled|cancelled|updated|zugesagt|abgelehnt|accepté|refusé|aceptado|rechazado|"
    "automatic reply|auto|out of office|automatische antwort|réponse automatique|respuesta automática|read|not read|"
    "undeliverable|delivery status notification"
)
_FORWARD_MARKS = frozenset(_FORWARDS.split("|"))
# A mark, perhaps counted (Re[2]:, Re^3:, Re(4):), before a colon of any script.
_MARK = re.compile(
    rf"\s*(?:\[[^\]]{{1,60}}\]\s*)?({_REPLIES}|{_FORWARDS}|{_ANSWERS})"
    r"\s*(?:[\[(^]\s*\d{1,3}\s*[\])]?)?\s*[:：]",
    re.IGNORECASE,
)
# OCR loses the colon after a mark of capital letters now and then.
_BARE_MARK = re.compile(r"\s*(RE|FW|FWD|AW|WG)\s+(?=\S)")
_LIST_TAG = re.compile(r"\s*\[[^\]]{1,60}\]\s*")
_WAS = re.compile(r"\s*[\[(]\s*(?:was|war|früher|était|era)\s*[:：].*$", re.IGNORECASE)
_FORWARDED_TAIL = re.compile(r"\s*[\[(](?:fwd|fw)[\])]\s*$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u200b]+")
_MOST_MARKS = 30  # of a loop between two machines


@dataclass(frozen=True, slots=True)
class BaseSubject:
    """A subject without its marks.

    Args:
        text: In lower case, blanks made one; empty if there is no more.
        is_reply: Whether it bore a mark of answering.
        is_forward: Whether it bore a mark of passing on.
    """

    text: str
    is_reply: bool = False
    is_forward: bool = False


def base_subject(subject: str | None) -> BaseSubject:
    """Return *subject* without marks, tags of mailing lists and ``(was: ...)``."""
    left = (subject or "")[:2000]
    is_reply = is_forward = False
    for _ in range(_MOST_MARKS):
        found = _MARK.match(left) or _BARE_MARK.match(left)
        if found is None:
            break
        mark = found.group(1).casefold()
        is_forward = is_forward or mark in _FORWARD_MARKS
        is_reply = is_reply or mark not in _FORWARD_MARKS
        left = left[found.end() :]
    left = _WAS.sub("", _FORWARDED_TAIL.sub("", left))
    bare = _LIST_TAG.sub(" ", left)
    text = _BLANKS.sub(" ", bare if bare.strip() else left).strip().casefold()
    return BaseSubject(text, is_reply, is_forward)
