"""Which words two documents share and which only one of them has: lines first, then words where lines differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

# Comparing is quadratic at worst: 1,500 lines without any order in common take a second.
MAX_LINES = 1500
_MAX_WORD_PAIRS = 400_000


class PieceKind(Enum):
    """Which of two documents has some words."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_FIRST = "only first"
    ONLY_SECOND = "only second"


@dataclass(frozen=True, slots=True)
class WordPiece:
    """Some words of two documents, as they stand there."""

    kind: PieceKind
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class WordComparison:
    """The words of two documents in their order; `is_cut` if a text was too long to be compared to its end."""

    pieces: tuple[WordPiece, ...]
    same_words: int
    first_words: int
    second_words: int
    is_cut: bool


def compared_words(first: str, second: str) -> WordComparison:
    """Return what *first* and *second* share, and what differs; blanks do not count."""
    ones, others = _lines(first), _lines(second)
    is_cut = len(ones) > MAX_LINES or len(others) > MAX_LINES
    ones, others = ones[:MAX_LINES], others[:MAX_LINES]
    pieces = tuple(_joined(_pieces(ones, others)))
    return WordComparison(
        pieces,
        sum(len(piece.first.split()) for piece in pieces if piece.kind is PieceKind.SAME),
        sum(len(line.split()) for line in ones),
        sum(len(line.split()) for line in others),
        is_cut,
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace("\f", "\n").split("\n") if line.strip()]


def _pieces(ones: Sequence[str], others: Sequence[str]) -> Iterator[WordPiece]:
    for tag, a, b, c, d in SequenceMatcher(None, ones, others, autojunk=False).get_opcodes():
        if tag == "equal":
            yield WordPiece(PieceKind.SAME, "\n".join(ones[a:b]), "\n".join(others[c:d]))
        else:
            yield from _word_pieces("\n".join(ones[a:b]), "\n".join(others[c:d]))


def _word_pieces(first: str, second: str) -> Iterator[WordPiece]:
    ones, others = _words(first), _words(second)
    if len(ones) * len(others) > _MAX_WORD_PAIRS:
        yield _differing(first, second)
        return
    bare, others_bare = [word.strip() for word in ones], [word.strip() for word in others]
    for tag, a, b, c, d in SequenceMatcher(None, bare, others_bare, autojunk=False).get_opcodes():
        one, other = "".join(ones[a:b]).rstrip(" "), "".join(others[c:d]).rstrip(" ")
        yield WordPiece(PieceKind.SAME, one, other) if tag == "equal" else _differing(one, other)


def _words(text: str) -> list[str]:
    """Return the words of *text*, each with the blank or line end after it."""
    return [word + end for line in text.split("\n") if line for word, end in _with_ends(line.split(" "))]


def _with_ends(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(words, 1):
        yield word, "\n" if at == len(words) else " "


def _differing(first: str, second: str) -> WordPiece:
    if first.strip() and second.strip():
        return WordPiece(PieceKind.CHANGED, first, second)
    return WordPiece(PieceKind.ONLY_FIRST if first.strip() else PieceKind.ONLY_SECOND, first, second)


def _joined(pieces: Iterator[WordPiece]) -> Iterator[WordPiece]:
    """Yield *pieces*, neighbours of one kind as one."""
    held: WordPiece | None = None
    for piece in pieces:
        if held is not None and held.kind is piece.kind:
            gap = "" if held.first.endswith("\n") or held.second.endswith("\n") else "\n"
            held = WordPiece(held.kind, held.first + gap + piece.first, held.second + gap + piece.second)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
