r"""Which stretches of a text are names that must not appear, and a text without them.

A name is compared as the search compares words: without case, accents and punctuation, and across line ends
(``PEREZ,\nJuan`` is not ``Juan Pérez``: each way of writing a name is listed). A name of several words is also
found inside longer words (``juanperez@example.org``); a name of one word only as a whole word, or spelled with
blanks (``P e r e z``).
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from html import unescape
from typing import TypeVar, cast

from vaughn.fulltext import joined_terms, terms, tokens
from vaughn.model import InputError, Span

# Says no more than that something was there, not even how long it was.
COVER = "█████"
# A name shorter than this is found as a whole word only: "Al" stands in half of all words.
MIN_SPELLED_LETTERS = 4

_Value = TypeVar("_Value")
_INLINE = re.compile(r"</?(?:a|b|bdi|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Name:
    letters: str
    has_many_words: bool


class NamesToHide:
    """The names of one site; with none of them everything passes as it is.

    Raises:
        InputError: If a name has no letter or digit, or is a single letter.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        found: dict[str, _Name] = {}
        for place, name in enumerate(names, start=1):
            words = terms(name)
            letters = "".join(words)
            if len(letters) < 2:
                raise InputError(
                    f"Name {place} of the names to hide has fewer than two letters.",
                    hint="Write the name in full, or take it off the list.",
                )
            found[letters] = _Name(letters, has_many_words=len(words) > 1)
        self._names = tuple(sorted(found.values(), key=lambda name: name.letters))
        self._any = re.compile("|".join(re.escape(name.letters) for name in self._names))

    def __bool__(self) -> bool:
        return bool(self._names)

    @property
    def fingerprint(self) -> str:
        """What tells one list from another; not for the public, who could try names on it."""
        return hashlib.sha256("\n".join(name.letters for name in self._names).encode()).hexdigest()

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where names stand in *text*, joined where they overlap."""
        if not self._names or not self._may_show(text):
            return ()
        found: list[tuple[int, int]] = []
        for joined in (False, True):
            found += self._in_reading(text, joined=joined)
        return _merged(found)

    def show_in(self, text: str) -> bool:
        """Tell whether a name stands in *text*."""
        return bool(self.spans(text))

    def show_in_html(self, html: str) -> bool:
        """Tell whether a reader of *html* sees a name, or finds one in its code."""
        if not self._names:
            return False
        return self.show_in(unescape(_TAG.sub(" \x00 ", _INLINE.sub("", html)))) or self.show_in(unescape(html))

    def covered(self, text: str) -> str:
        """Return *text* with every name replaced by the same sign."""
        for span in reversed(self.spans(text)):
            text = text[: span.start] + COVER + text[span.end :]
        return text

    def covered_value(self, value: _Value) -> _Value:
        """Return *value* (a frozen dataclass, a tuple, a text) with names covered in every text inside it."""
        return cast(_Value, _mapped(value, self.covered)) if self._names else value

    def _may_show(self, text: str) -> bool:
        if self._any.search("".join(terms(text))):
            return True
        joined = joined_terms(text)
        return joined is not None and self._any.search("".join(joined)) is not None

    def _in_reading(self, text: str, *, joined: bool) -> list[tuple[int, int]]:
        words = tokens(text, joined=joined)
        letters, starts, ends = "", [], []
        for word in words:
            starts.append(len(letters))
            letters += word.term
            ends.append(len(letters))
        found = []
        for name in self._names:
            at = letters.find(name.letters)
            while at >= 0:
                first, last = bisect_right(starts, at) - 1, bisect_left(ends, at + len(name.letters))
                is_whole = starts[first] == at and ends[last] == at + len(name.letters)
                is_spelled = is_whole and len(name.letters) >= MIN_SPELLED_LETTERS
                if (is_whole and first == last) or is_spelled or name.has_many_words:
                    found.append((words[first].start, words[last].end))
                at = letters.find(name.letters, at + 1)
        return found


def _merged(found: list[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(Span(start, end) for start, end in spans)


def _mapped(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = _mapped(before, change)
            if after != before:
                changed[field.name] = after
        return replace(value, **changed) if changed else value
    return value
