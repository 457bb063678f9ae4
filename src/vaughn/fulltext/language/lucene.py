"""The dialect of Lucene, cut into the same pieces as that of dtSearch, so that both end in the same trees."""

from __future__ import annotations

import re

from vaughn.fulltext.language.errors import Dialect, QueryError, Suggestion, shown
from vaughn.fulltext.language.fields import QueryField, QueryFieldKind, query_field
from vaughn.fulltext.language.leaves import leaves, phrase
from vaughn.fulltext.language.lexer import bare, check_count, no_field, plain, quoted
from vaughn.fulltext.language.pieces import Close, Kind, Open, Operator, Part, Piece
from vaughn.fulltext.language.tree import At, Fuzzy, InField, Near, Node, Or, Word
from vaughn.fulltext.language.values import single_value, values

# In capitals or as signs, as Lucene has them.
_LOGIC = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT, "&&": Kind.AND, "||": Kind.OR, "!": Kind.NOT}
_MARKS = {"+": Kind.MUST, "-": Kind.MUST_NOT, "!": Kind.NOT}
_PIECE = re.compile(r'\s*+("|[()]|[^\s"()]+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME = re.compile(r"([^\W\d]\w*):")
_FUZZY = re.compile(r"(.+?)~([0-9.]*)")
_AFTER_QUOTE = re.compile(r"~([0-9]+)(?![\w.~^])")
_BOOST = re.compile(r"\^[0-9]+(?:\.[0-9]+)?")
_LIKE_DTSEARCH = re.compile(r"(?:w|pre)/[0-9]+|.*\w[%=].*|.*[%=]\w.*|.*~~.*", re.IGNORECASE)
_STARS_IN_QUOTES = re.compile(r"\w[*]|[*]\w|\w\?\w")
_MAX_EDITS = 2  # what Lucene allows
_SIGNS = "*?"
_NOTHING = "\u00ad"  # inside a word and no part of it
_GAP = "·"
_QUOTE_IT = "To look for it as text, put it in quotes."


def pieces(text: str) -> list[Piece]:
    """Return the pieces of *text* in order, each part as the tree that answers it.

    Raises:
        QueryError: At what Lucene answers and we do not, or differently.
    """
    return _LuceneLexer(_without_escapes(plain(text))).cut()


def _without_escapes(text: str) -> str:
    """Return *text* with escaped signs as punctuation and escaped letters as they are; nothing moves."""
    return _ESCAPED.sub(lambda found: _NOTHING + found[1] if found[1].isalnum() else _GAP * 2, text)


class _LuceneLexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._place = 0

    def cut(self) -> list[Piece]:
        while found := _PIECE.match(self._text, self._place):
            piece, at = found[1], At(*found.span(1))
            self._place = at.start
            check_count(self._pieces)
            if piece == '"':
                self._add_quoted(None, at.start)
            elif piece == "(":
                self._place = at.end
                self._pieces.append(Open(at))
            elif piece == ")":
                self._place = at.end
                self._pieces.append(Close(at))
            else:
                self._add_chunk(piece, at)
        return self._pieces

    def _add_chunk(self, chunk: str, at: At) -> None:
        if chunk in _LOGIC and not (chunk == "!" and self._goes_on(at.end)):
            self._place = at.end
            self._add_operator(Operator(_LOGIC[chunk], at))
            return
        if chunk[0] in _MARKS and (len(chunk) > 1 or self._goes_on(at.end)):
            if chunk[1:2] in _MARKS:
                raise QueryError(f"{shown(chunk[:2])} has one sign too many.", at=at, hint="Write one sign.")
            self._place = at.start + 1
            self._add_operator(Operator(_MARKS[chunk[0]], At(at.start, at.start + 1)))
            return
        named = _NAME.match(chunk)
        if named:
            self._add_field(named[1], At(at.start, at.start + named.end()))
            return
        self._place = at.end
        self._refuse(chunk, at)
        node = self._words(chunk, at)
        if node is not None:
            self._pieces.append(Part(node, at, is_plain=True))

    def _add_operator(self, operator: Operator) -> None:
        """Add *operator*; ``a NOT b`` leaves out b, as if AND stood between."""
        if operator.kind is Kind.NOT and self._pieces and isinstance(self._pieces[-1], Part | Close):
            self._pieces.append(Operator(Kind.AND, operator.at))
        self._pieces.append(operator)

    def _goes_on(self, place: int) -> bool:
        return self._text[place : place + 1] in {'"', "("}

    def _words(self, chunk: str, at: At) -> Node | None:
        fuzzy = _FUZZY.fullmatch(chunk)
        if fuzzy:
            return self._fuzzy(fuzzy, at)
        found = leaves(chunk, at.start, signs=_SIGNS)
        return phrase(found) if found else None

    def _fuzzy(self, found: re.Match[str], at: At) -> Node:
        words = leaves(found[1], at.start, signs=_SIGNS)
        edits = int(found[2]) if found[2].isdigit() and len(found[2]) < 3 else _MAX_EDITS if not found[2] else -1
        if len(words) != 1 or not isinstance(words[0], Word):
            raise QueryError("~ stands after one word without other signs.", at=at, hint="roam~1 finds foam and roams.")
        if not 0 <= edits <= _MAX_EDITS:
            raise QueryError(
                f"~{found[2]} is no number of letters that may differ.",
                at=at,
                hint="In Lucene 1 or 2 letters may differ; the dialect of dtSearch has more, one for each %.",
                suggestions=(Suggestion("%" * _MAX_EDITS + words[0].term, at),),
            )
        return Fuzzy(words[0].term, edits, 0, at) if edits else words[0]

    def _add_quoted(self, field: QueryField | None, start: int) -> None:
        """Add the phrase whose quote opens at the place reached; *start* is where its field was typed."""
        opened = self._place
        end = quoted(self._text, opened)
        inside = self._text[opened + 1 : end]
        self._place = end + 1
        slop = _AFTER_QUOTE.match(self._text, self._place)
        self._place = slop.end() if slop else self._place
        at = At(start, self._place)
        if field is not None and field.kind is not QueryFieldKind.WORDS:
            self._pieces.append(Part(values(self._text, field, start=opened, end=end + 1), at))
            return
        if _STARS_IN_QUOTES.search(inside):
            raise QueryError(
                "In Lucene * and ? mean nothing between quotes.",
                at=at,
                hint="Leave the sign out, or choose the dialect of dtSearch, where it stands for letters.",
                dialect=Dialect.DTSEARCH,
                suggestions=(
                    Suggestion(self._text, dialect=Dialect.DTSEARCH),
                    Suggestion(inside.replace("*", " ").replace("?", " "), At(opened + 1, end)),
                ),
            )
        found = leaves(inside, opened + 1, signs="")
        if not found:
            raise QueryError("There is no word between the quotes.", at=at, hint="Letters and digits make words.")
        node = _sloppy(found, int(slop[1][:7]), at) if slop else phrase(found)
        self._pieces.append(Part(InField(field.name, node, at) if field else node, at))

    def _add_field(self, name: str, at: At) -> None:
        field = query_field(name)
        if field is None:
            raise no_field(name, at)
        self._place = at.end
        following = self._text[at.end : at.end + 1]
        if following == "(" and field.kind is QueryFieldKind.WORDS:
            self._place = at.end + 1
            self._pieces.append(Open(At(at.start, at.end + 1), field.name))
        elif following == "(":
            self._add_values(field, at)
        elif following == '"':
            self._add_quoted(field, at.start)
        elif following and following in "[{":
            self._add_range(field, at)
        else:
            self._add_named(field, at)

    def _add_values(self, field: QueryField, at: At) -> None:
        end = self._text.find(")", at.end)
        if end < 0:
            raise QueryError("A parenthesis is left open.", at=At(at.end, at.end + 1), hint="Close it.")
        node = values(self._text, field, start=at.end + 1, end=end)
        self._place = end + 1
        self._pieces.append(Part(node, At(at.start, end + 1)))

    def _add_named(self, field: QueryField, at: At) -> None:
        found = _PIECE.match(self._text, at.end)
        chunk = found[1] if found and found.start(1) == at.end else ""
        whole = At(at.start, at.end + len(chunk))
        if chunk in {"", ")"}:
            raise QueryError(
                f"After {field.name}: nothing stands.", at=at, hint=f"Write {field.name}:word, without a blank."
            )
        self._place = whole.end
        if field.kind is not QueryFieldKind.WORDS:
            self._pieces.append(Part(self._value(field, chunk, whole), whole))
            return
        self._refuse(chunk, whole)
        node = self._words(chunk, At(at.end, whole.end))
        if node is None:
            raise QueryError(f"After {field.name}: no word stands.", at=whole, hint="Letters and digits make words.")
        self._pieces.append(Part(InField(field.name, node, whole), whole))

    def _value(self, field: QueryField, chunk: str, at: At) -> Node:
        if chunk[:2] in {">=", "<="}:
            value = chunk[2:] or None
            low, high = (value, None) if chunk[0] == ">" else (None, value)
            return single_value(field, low, high, at=at)
        if chunk[0] in "<>":
            raise QueryError(
                "A range without its end cannot be asked.",
                at=at,
                hint="Use >= or <=, which include the value.",
                suggestions=(Suggestion(f"{field.name}:{chunk[0]}={chunk[1:]}", at),),
            )
        if "*" in chunk or "?" in chunk:
            raise QueryError(f"The field {field.name} has no wildcards.", at=at, hint=f"Write {field.name}:[A TO B].")
        return single_value(field, chunk, chunk, at=at)

    def _add_range(self, field: QueryField, at: At) -> None:
        opened = at.end
        ends = [place for place in (self._text.find(sign, opened) for sign in "]}") if place >= 0]
        if not ends:
            raise QueryError("A range is left open.", at=At(opened, opened + 1), hint="Close it with ].")
        end = min(ends)
        whole = At(at.start, end + 1)
        if field.kind is QueryFieldKind.WORDS:
            raise QueryError(f"The field {field.name} holds words and has no ranges.", at=whole, hint="Look for words.")
        if self._text[opened] == "{" or self._text[end] == "}":
            inclusive = f"{field.name}:[{self._text[opened + 1 : end]}]"
            raise QueryError(
                "A range with { } leaves out its ends; that cannot be asked.",
                at=whole,
                hint="Use [ ], with the first and the last value that count.",
                suggestions=(Suggestion(inclusive, whole),),
            )
        bounds = self._text[opened + 1 : end].split()
        if bounds.count("TO") != 1:
            raise QueryError("A range is written [A TO B].", at=whole, hint="TO stands in capitals.")
        middle = bounds.index("TO")
        low, high = _bound(bounds[:middle]), _bound(bounds[middle + 1 :])
        self._place = end + 1
        self._pieces.append(Part(single_value(field, low, high, at=whole), whole))

    def _refuse(self, chunk: str, at: At) -> None:
        """Raise if *chunk* is something of Lucene that has no answer here, or something of dtSearch."""
        boost = _BOOST.search(chunk)
        if boost:
            cut = At(at.end - len(chunk) + boost.start(), at.end - len(chunk) + boost.end())
            raise QueryError(
                f"{shown(boost.group())} gives a part a weight; results are not ranked by weights here.",
                at=cut,
                hint="Leave it out: the same documents are found.",
                suggestions=(Suggestion("", cut),),
            )
        if chunk in _MARKS:
            raise QueryError(
                f"{shown(chunk)} stands alone.",
                at=at,
                hint=f"Write it at the word it is meant for, without a blank. {_QUOTE_IT}",
                suggestions=(
                    Suggestion(" ", at),
                    Suggestion(f"NOT{self._text[at.end :]}", At(at.start, len(self._text))),
                )
                if chunk == "-"
                else (Suggestion(" ", at),),
            )
        if chunk[0] == "/" and (len(chunk) > 1 or self._goes_on(at.end)):
            raise QueryError(
                "/ / asks for a regular expression, which looks at single words and can take very long.",
                at=at,
                hint=f"Use the signs * and ? instead. {_QUOTE_IT}",
            )
        glued = "&&" if "&&" in chunk else "||" if "||" in chunk else None
        if glued:
            raise QueryError(
                f"{glued} stands without blanks around it.",
                at=at,
                hint="Write AND or OR between blanks.",
                suggestions=(Suggestion(chunk.replace(glued, f" {glued} "), at),),
            )
        if bare(chunk) in {"and", "or", "not"}:
            raise QueryError(
                f"{shown(chunk)} in small letters is a word in Lucene.",
                at=at,
                hint="Write it in capitals to join, in quotes to look for it.",
                suggestions=(
                    Suggestion(bare(chunk).upper(), at),
                    Suggestion(self._text, dialect=Dialect.DTSEARCH),
                ),
            )
        if bare(chunk) == "contains" or _LIKE_DTSEARCH.fullmatch(chunk):
            raise QueryError(
                f"{shown(chunk)} is written as in dtSearch.",
                at=at,
                hint=f"Choose the dialect of dtSearch. {_QUOTE_IT}",
                dialect=Dialect.DTSEARCH,
                suggestions=(Suggestion(self._text, dialect=Dialect.DTSEARCH),),
            )


def _bound(words: list[str]) -> str | None:
    value = " ".join(words).strip('"').strip()
    return None if value == "*" else value or None


def _sloppy(words: list[Node], slop: int, at: At) -> Node:
    """Return what ``"a b"~5`` finds: each word moved so that both fit, at most 5 places in all.

    In order, 5 moves leave 5 words between; the other way round, 2 moves are spent on changing places.
    """
    if len(words) == 1 or slop == 0:
        return phrase(words)
    if len(words) > 2:
        raise QueryError(
            f"A phrase of {len(words)} words with ~{slop} counts moves of all words together; that cannot be asked.",
            at=at,
            hint="Write the distances in the dialect of dtSearch: (a w/5 b) w/5 c.",
        )
    first, second = words
    in_order = Near(first, second, slop + 1, True, at)
    if slop == 1 or first == second:
        return in_order
    return Or((in_order, Near(second, first, slop - 1, True, at)), at)
