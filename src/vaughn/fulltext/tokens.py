"""What is a word, for the index, for the query and for the hits on the page: one answer for all three.

A word is a run of letters and digits. It is compared after Unicode compatibility folding (NFKC/NFKD), case
folding and without accents: ``RÉSUMÉ``, ``resume`` and the ligature ``ﬁ`` in ``ﬁle`` read as people type them.
Han, kana, Thai, Lao, Khmer and Burmese are written without blanks, so each letter there is a word of its own,
and what a user types in one go is looked for as a phrase.

A word broken by a hyphen at the end of a line has two readings: joined (``depor-/tation``) and as printed
(``well-/known``). Both are indexed and both are found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# Change this when a text would be cut into other words than before: indexes of another version are rebuilt.
TOKENS_VERSION = 2
# A longer run (base64, a line of ASCII art) is compared by its beginning; tantivy would drop it above 65,530 bytes.
MAX_TERM_LENGTH = 200
# A "word" broken more often is a column of letters with hyphens; it is not joined.
MAX_JOINED_WIDTH = 100

_ASCII_RUN = re.compile(r"[A-Za-z0-9]+")
_CUT_RUN = re.compile(rf"([a-z0-9]{{1,{MAX_TERM_LENGTH}}})[a-z0-9]*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# Hyphen, Unicode hyphen, soft hyphen, and the two marks PDFium writes for a hyphen that it joined. The letter before
# it is asked for second: a pattern that begins with signs is looked for many times as fast as one that looks back.
_BREAK = re.compile(r"[-\u2010\u00ad\x02\ufffe](?<=[^\W\d_].)[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_CHUNK = re.compile(r"\S+")
_JOINED_CHUNK = re.compile(rf"(?:{_BREAK.pattern}|\S)+")
_HYPHENS = "-\u2010\u00ad\x02\ufffe"
# Marks that make another letter of the one before (nukta, kana voicing, virama) stay; accents and vowel points go.
_KEPT_MARK_CLASSES = (0, 7, 8, 9)
# Letters that Unicode does not take apart and people type without the stroke.
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
# Written without blanks: Thai, Lao, Burmese, Khmer, kana, Han with its extensions.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its folded form and where it stands (code points, half-open)."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BrokenWord:
    """A word broken at line ends, joined: `width` words of the printed text, from the word with the number `first`."""

    first: int
    width: int
    term: str


def terms(text: str) -> list[str]:
    """Return the folded words of *text* as printed, in order."""
    # Most pages hold a dash or a quotation mark and no other letter than A to Z: folded alone, those leave ASCII.
    plain = text if text.isascii() else _NOT_ASCII.sub(_folded_run, text)
    if plain.isascii():
        return _CUT_RUN.findall(plain.lower())
    return [run[:MAX_TERM_LENGTH] for run in text.translate(_FOLDED).split(" ") if run]


def folded_bytes(text: str) -> bytes:
    """Return the words of *text* as `terms` does, each in its whole length, in UTF-8 with blanks between."""
    plain = text if text.isascii() else _NOT_ASCII.sub(_folded_run, text)
    if plain.isascii():
        return plain.encode().translate(_FOLDED_BYTES)
    return text.translate(_FOLDED).encode()


def word_bytes(text: str) -> list[bytes]:
    """Return the words of *text* as `terms` does, each in its whole length, in UTF-8."""
    return folded_bytes(text).split()


def cut_length(word: bytes) -> bytes:
    """Return *word* as it is compared: its first `MAX_TERM_LENGTH` letters."""
    return word if len(word) <= MAX_TERM_LENGTH else word.decode()[:MAX_TERM_LENGTH].encode()


def _folded_run(found: re.Match[str]) -> str:
    return found.group().translate(_FOLDED)


def folded(text: str) -> str:
    """Return *text* as it is compared, letter by letter, with blanks where words end; `terms` is this, cut."""
    return text.translate(_FOLDED)


def joined_terms(text: str) -> list[str] | None:
    """Return the words of *text* with line-end hyphens joined, or `None` where no line ends in a hyphen."""
    if not has_breaks(text):
        return None
    return terms(_BREAK.sub("", text))


def words_and_joined(text: str) -> tuple[list[bytes], list[BrokenWord]]:
    """Return the words of *text* as `word_bytes` does, and those of them that a line end broke.

    A word broken twice (``in-/ter-/national``) is one joined word, three words wide; one of more than
    `MAX_JOINED_WIDTH` is none.
    """
    if not has_breaks(text):
        return word_bytes(text), []
    words: list[bytes] = []
    joined: list[BrokenWord] = []
    first, term, before = 0, b"", ""  # the joined word so far, and the piece that stands before this one
    for piece in _BREAK.split(text):
        cut = word_bytes(piece)
        is_joined = bool(words and cut) and _ends_in_word(before) and _begins_in_word(piece)
        if is_joined:
            if not term:
                first, term = len(words) - 1, words[-1]
            term += cut[0]
        if term and (not is_joined or len(cut) > 1):
            joined += _broken_word(first, len(words) + is_joined - first, term)
            term = b""
        words += cut
        before = piece
    if term:
        joined += _broken_word(first, len(words) - first, term)
    return words, joined


def _broken_word(first: int, width: int, term: bytes) -> list[BrokenWord]:
    return [BrokenWord(first, width, cut_length(term).decode())] if width <= MAX_JOINED_WIDTH else []


def _ends_in_word(piece: str) -> bool:
    return next((folded[-1] != " " for letter in reversed(piece) if (folded := _FOLDED[ord(letter)])), False)


def _begins_in_word(piece: str) -> bool:
    return next((folded[0] != " " for letter in piece if (folded := _FOLDED[ord(letter)])), False)


def has_breaks(text: str) -> bool:
    """Tell whether a line of *text* ends in a hyphen between two letters."""
    # Most pages of typed text are ASCII, and many of them without a hyphen or a control character.
    if text.isascii() and "-" not in text and "\x02" not in text:
        return False
    return _BREAK.search(text) is not None


def tokens(text: str, *, joined: bool = False) -> list[Token]:
    """Return the words of *text* with their places; the same words as `terms` (or `joined_terms`)."""
    result: list[Token] = []
    for chunk in (_JOINED_CHUNK if joined else _CHUNK).finditer(text):
        piece = chunk.group()
        skipped = _break_places(piece) if joined else _NOWHERE
        if piece.isascii() and not skipped:
            result += _ascii_tokens(piece, chunk.start())
        else:
            result += _tokens_by_letter(piece, chunk.start(), skipped)
    return result


def _ascii_tokens(chunk: str, offset: int) -> list[Token]:
    return [
        Token(found.group().lower()[:MAX_TERM_LENGTH], offset + found.start(), offset + found.end())
        for found in _ASCII_RUN.finditer(chunk)
    ]


_NOWHERE: frozenset[int] = frozenset()


def _break_places(chunk: str) -> frozenset[int]:
    return frozenset(place for found in _BREAK.finditer(chunk) for place in range(found.start(), found.end()))


def _tokens_by_letter(chunk: str, offset: int, skipped: frozenset[int]) -> list[Token]:
    result: list[Token] = []
    letters: list[str] = []
    start = end = 0

    def close() -> None:
        if letters:
            result.append(Token("".join(letters)[:MAX_TERM_LENGTH], start, end))
            letters.clear()

    for place, letter in enumerate(chunk, start=offset):
        if place - offset in skipped:
            continue
        for piece in _FOLDED[ord(letter)]:
            if piece == " ":
                close()
                continue
            if not letters:
                start = place
            letters.append(piece)
            end = place + 1
    close()
    return result


class _FoldTable(dict[int, str]):
    """What `str.translate` puts in the place of each letter; filled as letters turn up."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        self[code] = folded
        return folded


@cache
def _fold_letter(letter: str) -> str:
    """Return what stands for *letter*: folded letters, a blank for what parts words, nothing for what does neither."""
    if _UNSPACED.match(letter):
        composed = unicodedata.normalize("NFKC", letter)
        return (
            f" {' '.join(composed)} " if _is_word_letter(composed[0]) and unicodedata.category(letter) != "Mn" else ""
        )
    category = unicodedata.category(letter)
    if category == "Cf":
        return ""  # soft hyphen, zero-width joiner, direction marks: inside a word, not part of it
    if category[0] == "M":
        return letter if unicodedata.combining(letter) in _KEPT_MARK_CLASSES else ""
    pieces = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    whole = "".join(_fold_piece(piece) for piece in pieces) or " "
    return _parted(whole) if _UNSPACED.search(whole) else whole


def _parted(text: str) -> str:
    """Return *text* with each letter of a script without blanks apart, as where it was printed in full width."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_fold_letter(letter) if _UNSPACED.match(letter) else letter for letter in composed)


def _fold_piece(piece: str) -> str:
    if unicodedata.category(piece)[0] == "M":
        return piece if unicodedata.combining(piece) in _KEPT_MARK_CLASSES else ""
    digit = unicodedata.decimal(piece, None)
    if digit is not None:
        return str(digit)
    return piece.translate(_STROKES) if _is_word_letter(piece) else " "


def _is_word_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"


_FOLDED = _FoldTable()
_FOLDED_BYTES = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
