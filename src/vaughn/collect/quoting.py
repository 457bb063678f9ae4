"""A message taken apart: what its author wrote, and the earlier messages that are quoted in it.

Known are: marks at the beginning of lines (``>``), headers as Outlook quotes them (with or without a line such as
``-----Original Message-----`` above), and the line ``On ... wrote:``, each in a dozen languages. What cannot be told
apart counts as the author's own. Marks, headers and lines between messages belong to no block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vaughn.collect.quoted_headers import HeaderFound, QuotedHeader, address_in, header_at, name_words

_MARK = re.compile(r"[ \t]{0,3}(?:[>|][ \t]?)+")
_BORDER = re.compile(
    r"[\s>|*]*(?:[-_=]{2,}[ \t]*)?(?:"
    r"original message|original appointment|forwarded message|forwarded by .{0,80}|begin forwarded message|"
    r"urspr(?:ü|u)ngliche nachricht|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|"
    r"message d.origine|message original|message transf[ée]r[ée]|d[ée]but du message r[ée]exp[ée]di[ée]|"
    r"mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|"
    r"messaggio inoltrato|"
    r"oorspronkelijk bericht|doorgestuurd bericht|ursprungligt meddelande|vidarebefordrat meddelande|"
    r"oprindelig meddelelse|opprinnelig melding|alkuper(?:ä|a)inen viesti|wiadomość oryginalna|исходное сообщение|"
    r"пересылаемое сообщение|orijinal mesaj|原始邮件|原始郵件|元のメッセージ|원본 메시지"
    r")[ \t]*:?[ \t]*(?:[-_=]{2,}.{0,4})?[\s-]*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s>|]*(?:_{10,}|-{10,})\s*$")
_WROTE = re.compile(
    r"\b(?:wrote|writes|schrieb|a [ée]crit|escribi[óo]|escreveu|ha scritto|schreef|skrev|kirjoitti|napisał(?:\(a\))?|"
    r"написал(?:\(?а\)?)?|пишет|yazdı|írta|写道|のメール)[^\S\n]*[:：]?[^\S\n]*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"[\s>|]*(?:on|am|le|el|em|il|op|den|dne|w dniu|v|\d{1,4}[-./]|\d{4}年|(?:mon|tue|wed|thu|fri|sat|sun)\w*|"
    r"[^,<\n]{1,60}<)",
    re.IGNORECASE,
)
_MOMENT_END = (
    re.compile(r"\d{1,2}[:h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*[-+]\d{4})?(?:\s*\([^)]*\))?", re.IGNORECASE),
    re.compile(r"(?<!\d)\d{4}(?!\d)"),  # a day alone
)
_VERB_FIRST = re.compile(r"^[\s,;]*(?:uhr)?[\s,;]*(?:schrieb|skrev|schreef)?[\s,;]*", re.IGNORECASE)
_WROTE_LINES = 4  # a long line "On ... wrote:" is wrapped
_MOST_WORDS_ABOVE = 60  # stamps above the header of a printed message
_LEAST_STAMPED = 6  # fewer words above it are a remark on what is passed on
_MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that one author wrote; `header` is that of the message they are quoted from, if it can be told."""

    text: str
    is_quoted: bool
    header: QuotedHeader | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A message taken apart.

    Args:
        header: The message's own, if its text begins with it.
        quoted: Headers of the messages that are quoted, in order.
        blocks: In order; what the author wrote may stand between what is quoted.
    """

    header: QuotedHeader | None
    blocks: tuple[Block, ...]
    quoted: tuple[QuotedHeader, ...]

    @property
    def own(self) -> str:
        """What the author wrote."""
        return "\n".join(block.text for block in self.blocks if not block.is_quoted)


def taken_apart(text: str, *, author: str | None = None) -> Taken:
    """Return *text* as blocks.

    Args:
        author: Who wrote the message, where that is known: tells its own header from a quoted one.
    """
    lines = text.replace("\f", "\n").split("\n", _MOST_LINES)
    own = _own_header(lines, author)
    walk = _Walk(lines, own.last if own else 0)
    walk.run()
    return Taken(own.header if own else None, walk.blocks(), walk.headers())


def _own_header(lines: Sequence[str], author: str | None) -> HeaderFound | None:
    above: list[str] = []
    for place, line in enumerate(lines[:200]):
        if _BORDER.match(line) and line.strip():
            return None
        found = header_at(lines, place) if ":" in line or "：" in line else None
        if found is not None:
            return found if not above or _is_own(found.header, above, author) else None
        above += [word for word in line.split() if any(map(str.isalnum, word))]
        if len(above) > _MOST_WORDS_ABOVE:
            return None
    return None


def _is_own(header: QuotedHeader, above: Sequence[str], author: str | None) -> bool:
    """Tell whether a header below some words is the message's own and they are stamps."""
    if author is not None:
        return same_person(header.author, author)
    stamped = sum(word[:1].isupper() or not word[:1].isalpha() for word in above)
    return len(above) >= _LEAST_STAMPED and stamped > 0.6 * len(above)


def same_person(one: str, other: str) -> bool:
    """Tell whether two ways of naming a correspondent can mean the same: one address, or two words of a name.

    One word is enough only where there is no more of a name.
    """
    first, second = address_in(one), address_in(other)
    if first and second and first == second:
        return True
    names, others = name_words(one), name_words(other)
    least = min(2, len(names), len(others))
    return least > 0 and len(names & others) >= least


class _Walk:
    """Goes through the lines once and cuts them into blocks."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self._lines = lines
        self._place = first
        self._found: list[Block] = []
        self._headers: list[QuotedHeader] = []
        self._held: list[str] = []
        self._marks = 0
        self._header: QuotedHeader | None = None  # of the message all that follows is quoted from
        self._marked_header: QuotedHeader | None = None  # of what the marked lines are quoted from
        self._rest_is_quoted = False

    def run(self) -> None:
        while self._place < len(self._lines):
            line = self._lines[self._place]
            if not self._at_border(line):
                self._keep(line)
                self._place += 1
        self._close()

    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._found)

    def headers(self) -> tuple[QuotedHeader, ...]:
        return tuple(dict.fromkeys(self._headers))

    def _at_border(self, line: str) -> bool:
        """Take a line that stands between messages; tell whether it was one."""
        if not line.strip():
            return False
        if ":" in line or "：" in line or "wrote" in line or "のメール" in line:
            found = header_at(self._lines, self._place)
            if found is not None:
                self._begin(found.header, last=found.last, marks=_marks(line))
                return True
            wrote = self._wrote()
            if wrote is not None:
                self._close()
                last, header = wrote
                self._begin_marked(header, last=last, marks=_marks(line))
                return True
        if _BORDER.match(line):
            self._close()
            self._rest_is_quoted = self._rest_is_quoted or not _marks(line)
            self._place += 1
            return True
        if _RULE.match(line) and self._header_follows():
            self._place += 1
            return True
        return False

    def _begin(self, header: QuotedHeader, *, last: int, marks: int) -> None:
        self._close()
        self._headers.append(header)
        if marks:
            self._marked_header = header
        else:
            self._header, self._rest_is_quoted = header, True
        self._place = last

    def _begin_marked(self, header: QuotedHeader, *, last: int, marks: int) -> None:
        self._headers.append(header)
        following = next((line for line in self._lines[last : last + 4] if line.strip()), "")
        if marks or _marks(following):
            self._marked_header = header
        else:
            self._header, self._rest_is_quoted = header, True
        self._place = last

    def _wrote(self) -> tuple[int, QuotedHeader] | None:
        """Return where a line ``On ... wrote:`` ends, and what it says."""
        if not _OPENING.match(self._lines[self._place]):
            return None
        joined = ""
        for place in range(self._place, min(len(self._lines), self._place + _WROTE_LINES)):
            line = _unmarked(self._lines[place]).strip()
            if not line or len(line) > 400:
                return None
            joined = f"{joined} {line}".strip()
            if _WROTE.search(line) or (
                joined.endswith((":", "：")) and _WROTE.search(" ".join(joined.split()[:99])[:-1])
            ):
                return place + 1, _wrote_header(joined)
            if _schrieb_inside(joined):
                return place + 1, _wrote_header(joined)
        return None

    def _header_follows(self) -> bool:
        for place in range(self._place + 1, min(len(self._lines), self._place + 4)):
            if self._lines[place].strip():
                return header_at(self._lines, place) is not None
        return False

    def _keep(self, line: str) -> None:
        marks = _marks(line)
        if marks != self._marks and line.strip():
            self._close()
            self._marks = marks
        self._held.append(_unmarked(line) if marks else line)

    def _close(self) -> None:
        text = "\n".join(self._held)
        self._held.clear()
        if text.strip():
            is_quoted = bool(self._marks) or self._rest_is_quoted
            header = self._marked_header if self._marks else self._header
            self._found.append(Block(text, is_quoted, header if is_quoted else None))


def _unmarked(line: str) -> str:
    found = _MARK.match(line)
    return line if found is None else line[found.end() :]


def _marks(line: str) -> int:
    found = _MARK.match(line)
    return 0 if found is None else found[0].count(">") + found[0].count("|")


_GERMAN = re.compile(r"\b(?:schrieb|skrev|schreef)\b[^:]{1,120}:\s*$", re.IGNORECASE)


def _schrieb_inside(joined: str) -> bool:
    """Tell whether the verb stands before the name: ``Am 17.01.2011 um 14:03 schrieb Bob Smith:``."""
    return _GERMAN.search(joined) is not None


def _wrote_header(joined: str) -> QuotedHeader:
    bare = _WROTE.sub("", joined).rstrip(" :：")
    for moment in _MOMENT_END:
        found = moment.search(bare)
        if found is not None:
            return QuotedHeader(_VERB_FIRST.sub("", bare[found.end() :]).strip(" ,;"), bare[: found.end()])
    return QuotedHeader(bare)
