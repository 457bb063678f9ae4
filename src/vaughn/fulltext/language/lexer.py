"""The dialect of dtSearch, cut into pieces; what it has and we have not is refused by name."""

from __future__ import annotations

import re
import unicodedata

from vaughn.fulltext.language.errors import QueryError, Suggestion, shown
from vaughn.fulltext.language.fields import FIELD_NAMES, QueryField, QueryFieldKind, query_field
from vaughn.fulltext.language.foreign import CAPITALS, refuse_foreign
from vaughn.fulltext.language.leaves import leaves, phrase
from vaughn.fulltext.language.pieces import MAX_DISTANCE, MAX_PIECES, Close, Kind, Open, Operator, Part, Piece
from vaughn.fulltext.language.tree import At, Edge, End, Word
from vaughn.fulltext.language.values import value_end, values
from vaughn.fulltext.tokens import MAX_TERM_LENGTH

RESERVED = frozenset({"and", "or", "not", "contains", "xfirstword", "xlastword", "andany"})
_QUOTES = "“”„‟«»″＂「」『』〝〞"
_WIDE = "（）＊？＝～％＃＆＋／：｜！［］｛｝＾"
_PLAIN = str.maketrans(_QUOTES + _WIDE, '"' * len(_QUOTES) + "()*?=~%#&+/:|![]{}^")
_PIECE = re.compile(r'\s*+("|[()]|[^\s"()]+)')
_BLANK = re.compile(r"\s*")
_NEAR = re.compile(r"(w|pre)/(\d{1,9})", re.IGNORECASE)
_EDGES = {end.value: end for end in End}
_LOGIC = {"and": Kind.AND, "or": Kind.OR, "not": Kind.NOT}
_AROUND = ",.;!"


def plain(text: str) -> str:
    """Return *text* with typographic quotes and wide signs as people type them; each letter stays in its place."""
    return text.translate(_PLAIN)


def bare(chunk: str) -> str:
    """Return *chunk* as an operator is compared: small, without invisible letters and punctuation around it."""
    if not chunk.isascii():
        chunk = unicodedata.normalize("NFKC", "".join(one for one in chunk if unicodedata.category(one) != "Cf"))
    return chunk.strip(_AROUND).lower()


def pieces(text: str) -> list[Piece]:
    """Return the pieces of *text* in order.

    Raises:
        QueryError: At the first sign that has no meaning, or more than one.
    """
    return _Lexer(text).cut()


def quoted(text: str, start: int) -> int:
    """Return where the quote that opens at *start* closes.

    Raises:
        QueryError: If it does not.
    """
    end = text.find('"', start + 1)
    if end < 0:
        raise QueryError(
            "A quote is left open.",
            at=At(start, start + 1),
            hint='Close the "phrase" with a second quote.',
            suggestions=(Suggestion(text + '"'), Suggestion(" ", At(start, start + 1))),
        )
    return end


def no_field(name: str, at: At) -> QueryError:
    """Return the error for a field that is not there."""
    return QueryError(
        f"There is no field {shown(name)}.",
        at=at,
        hint=f"Fields: {FIELD_NAMES}. To look for the words themselves, put them in quotes.",
    )


def check_count(pieces: list[Piece]) -> None:
    """Raise if *pieces* are more than any query has.

    Raises:
        QueryError: At the first that is too many.
    """
    if len(pieces) > MAX_PIECES:
        raise QueryError(
            f"The query has more than {MAX_PIECES:,} words and operators.",
            at=pieces[-1].at,
            hint="Ask in several queries.",
        )


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = plain(text)
        self._pieces: list[Piece] = []
        self._place = 0

    def cut(self) -> list[Piece]:
        while found := _PIECE.match(self._text, self._place):
            piece, (start, end) = found[1], found.span(1)
            self._place = end
            if piece.isalpha() and piece.isascii() and piece.lower() not in RESERVED and piece not in CAPITALS:
                at = At(start, end)
                self._pieces.append(Part(Word(piece.lower()[:MAX_TERM_LENGTH], at), at, is_plain=True))
            elif piece == '"':
                self._add_quoted(start)
            elif piece == "(":
                self._pieces.append(Open(At(start, end)))
            elif piece == ")":
                self._pieces.append(Close(At(start, end)))
            else:
                self._add_chunk(piece, At(start, end))
            check_count(self._pieces)
        return self._pieces

    def _add_quoted(self, start: int) -> None:
        end = quoted(self._text, start)
        inside = self._text[start + 1 : end]
        self._place = end + 1
        at = At(start, end + 1)
        if inside.lstrip().startswith("##"):
            raise QueryError(
                "## asks for a regular expression.",
                at=at,
                hint="Use the signs * ? = instead, or a range such as 12~~24.",
            )
        found = leaves(inside, start + 1)
        if not found:
            raise QueryError("There is no word between the quotes.", at=at, hint="Letters and digits make words.")
        is_word = len(found) == 1 and isinstance(found[0], Word) and found[0].term in RESERVED
        self._pieces.append(Part(phrase(found), at, is_plain=is_word))

    def _add_chunk(self, chunk: str, at: At) -> None:
        word = bare(chunk)
        near = _NEAR.fullmatch(word)
        if word in _LOGIC:
            self._pieces.append(Operator(_LOGIC[word], at))
        elif word == "contains":
            self._add_contains(at)
        elif word in _EDGES:
            self._pieces.append(Part(Edge(_EDGES[word], at), at))
        elif near:
            self._add_near(near, at)
        elif chunk.endswith(":") and self._follows("(") and chunk[:-1].isidentifier():
            self._open_field(self._field(chunk[:-1], at), at.start)
        else:
            refuse_foreign(chunk, self._text, at)
            self._pieces += [Part(leaf, leaf.at, is_plain=True) for leaf in leaves(chunk, at.start)]

    def _add_near(self, found: re.Match[str], at: At) -> None:
        distance, is_ordered = int(found[2]), found[1] == "pre"
        if not 1 <= distance <= MAX_DISTANCE:
            raise QueryError(
                f"{distance:,} is no distance.",
                at=at,
                hint=f"Neighbouring words are 1 apart; up to {MAX_DISTANCE:,} can be asked for.",
            )
        before = self._pieces[-1] if self._pieces else None
        if not isinstance(before, Operator) or before.kind is not Kind.NOT:
            self._pieces.append(Operator(Kind.BEFORE if is_ordered else Kind.NEAR, at, distance))
            return
        if is_ordered:
            raise QueryError(
                "not pre/N cannot be asked.", at=At(before.at.start, at.end), hint="Use not w/N, which looks both ways."
            )
        self._pieces[-1] = Operator(Kind.NOT_NEAR, At(before.at.start, at.end), distance)

    def _follows(self, sign: str) -> bool:
        return self._text.startswith(sign, self._place)

    def _add_contains(self, at: At) -> None:
        before = self._pieces[-1] if self._pieces else None
        if not isinstance(before, Part) or not isinstance(before.node, Word) or not before.is_plain:
            raise QueryError(
                "“contains” stands after the name of a field.",
                at=at,
                hint=f'Fields: {FIELD_NAMES}. To look for the word itself, put it in quotes: "contains".',
            )
        field = self._field(self._text[before.at.start : before.at.end], before.at)
        self._pieces.pop()
        blank = _BLANK.match(self._text, self._place)
        self._place = blank.end() if blank else self._place
        if self._follows("("):
            self._open_field(field, before.at.start)
        elif field.kind is QueryFieldKind.WORDS:
            self._pieces.append(Operator(Kind.FIELD, At(before.at.start, at.end), name=field.name))
        else:
            self._add_value(field, before.at.start)

    def _field(self, name: str, at: At) -> QueryField:
        field = query_field(name)
        if field is None:
            raise no_field(name, at)
        return field

    def _open_field(self, field: QueryField, start: int) -> None:
        inside = self._place + 1
        self._place = inside
        if field.kind is QueryFieldKind.WORDS:
            self._pieces.append(Open(At(start, inside), field.name))
            return
        end = value_end(self._text, inside)
        if end is None:
            raise QueryError("A parenthesis is left open.", at=At(inside - 1, inside), hint="Close it.")
        node = values(self._text, field, start=inside, end=end)
        self._pieces.append(Part(node, At(start, end + 1)))
        self._place = end + 1

    def _add_value(self, field: QueryField, start: int) -> None:
        end = self._place
        if self._follows('"'):
            end = quoted(self._text, end) + 1
        else:
            found = _PIECE.match(self._text, end)
            end = found.end() if found and found[1] not in {"(", ")"} else end
        node = values(self._text, field, start=self._place, end=end)
        self._pieces.append(Part(node, At(start, end)))
        self._place = end
