"""What a user may type into the search box, and where its hits stand in a text.

Words (all of them) and "phrases"; nothing else yet. An operator that a later version will read is refused with
a sentence that says so: a query that silently means something else is worse than none. A "word" with
punctuation inside (``552(b)(6)``, ``don't``) is looked for as a phrase of its parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vaughn.fulltext.tokens import Token, has_breaks, terms, tokens
from vaughn.model import Span, UsageError

MAX_QUERY_LENGTH = 1000
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"'})
_LATER = 'Operators come in a later version. Type words (all are looked for) or a "phrase" in quotes'
_OPERATORS = (
    (
        re.compile(r"(?:AND|OR|NOT)"),
        "{} in capitals is an operator",
        f"{_LATER}; to find the word itself, type it small.",
    ),
    (re.compile(r"(?:w|pre)/\d+", re.IGNORECASE), "{} asks for words near each other", f"{_LATER}."),
    (re.compile(r".*\*.*"), "* stands for any letters", f"{_LATER} and leave the * out."),
    (re.compile(r".*\w\?.*|.*\?\w.*"), "? stands for one letter", f"{_LATER} and leave the ? out."),
    (re.compile(r".*[^\W\d_]~.*|~\w.*"), "~ asks for other forms of a word", f"{_LATER} and leave the ~ out."),
    (re.compile(r".*[^\W\d_]%.*|%\w.*"), "% asks for words spelled alike", f"{_LATER} and leave the % out."),
    (re.compile(r"-\w.*"), "- in front of a word leaves documents out", f"{_LATER}; without the - it is looked for."),
    (
        re.compile(
            r"(?:from|to|cc|bcc|subject|title|custodian|date|bates|agency|production|kind|type|file):.+", re.IGNORECASE
        ),
        "{} asks for a field",
        "Fields are filtered in the document list; put the words in quotes to look for them as text.",
    ),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a document must hold: words that follow each other (one word, as a rule)."""

    terms: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError("a clause needs a word")


@dataclass(frozen=True, slots=True)
class TextQuery:
    """All clauses must occur somewhere in a document."""

    clauses: tuple[Clause, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for, as it is compared: folded words, phrases with blanks between."""
        return tuple(" ".join(clause.terms) for clause in self.clauses)


def read_query(text: str) -> TextQuery:
    """Return what *text* asks for.

    Raises:
        UsageError: If it holds no word, an open quote, or an operator that this version does not read.
    """
    if len(text) > MAX_QUERY_LENGTH:
        raise UsageError(f"The query is longer than {MAX_QUERY_LENGTH:,} characters.", hint="Look for fewer words.")
    pieces = text.translate(_QUOTES).split('"')
    if len(pieces) % 2 == 0:
        raise UsageError("A quote is left open in the query.", hint='Close the "phrase" with a second quote.')
    clauses: list[Clause] = []
    for place, piece in enumerate(pieces):
        for part in (piece,) if place % 2 else tuple(_loose_words(piece)):
            found = tuple(terms(part))
            if found and Clause(found) not in clauses:
                clauses.append(Clause(found))
    if not clauses:
        raise UsageError("The query has no word to look for.", hint="Type one or more words; letters and digits count.")
    return TextQuery(tuple(clauses))


def _loose_words(piece: str) -> list[str]:
    words = piece.split()
    for word in words:
        bare = word.strip("(),;")
        for pattern, message, hint in _OPERATORS:
            if pattern.fullmatch(bare):
                raise UsageError(f"{message.format(bare)}.", hint=hint)
    return words


def hit_spans(text: str, query: TextQuery) -> list[Span]:
    """Return where any clause of *query* stands in *text*, in order, each place once.

    Words broken by a hyphen at a line end are found in both readings; the span then covers both lines.
    """
    readings = [tokens(text)]
    if has_breaks(text):
        readings.append(tokens(text, joined=True))
    found: set[tuple[int, int]] = set()
    for reading in readings:
        places = _places_by_term(reading)
        for clause in query.clauses:
            for first, last in _runs(reading, clause=clause, places=places):
                found.add((first.start, last.end))
    return [Span(start, end) for start, end in sorted(found)]


def hit_count(text: str, query: TextQuery) -> int:
    """Return how many hits `hit_spans` would find; several times as fast where no line ends in a hyphen."""
    if has_breaks(text):
        return len(hit_spans(text, query))
    words = terms(text)
    return sum(_count_runs(words, clause.terms) for clause in query.clauses)


def _count_runs(words: list[str], wanted: tuple[str, ...]) -> int:
    if len(wanted) == 1:
        return words.count(wanted[0])
    length, count, place = len(wanted), 0, -1
    while True:
        try:
            place = words.index(wanted[0], place + 1)
        except ValueError:
            return count
        count += tuple(words[place : place + length]) == wanted


def _places_by_term(reading: list[Token]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, token in enumerate(reading):
        places.setdefault(token.term, []).append(place)
    return places


def _runs(reading: list[Token], *, clause: Clause, places: dict[str, list[int]]) -> list[tuple[Token, Token]]:
    length = len(clause.terms)
    return [
        (reading[place], reading[place + length - 1])
        for place in places.get(clause.terms[0], ())
        if place + length <= len(reading)
        and all(reading[place + step].term == clause.terms[step] for step in range(1, length))
    ]
