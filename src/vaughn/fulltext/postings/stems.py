"""Which entries of a vocabulary have the stem of a word, in English or in Spanish, by Snowball's rules.

Stems are made when they are asked for, of the words that begin like the stem: both sets of rules change endings only.
The exception are short English verbs (``dying``: ``die``). Over 125,000 words of letters, news and abstracts, misread
ones among them, no other was found.
"""

from __future__ import annotations

import re
import threading

import numpy as np
import Stemmer

from vaughn.fulltext.postings.vocabulary import Vocabulary
from vaughn.fulltext.segment import Ids

_LANGUAGES = ("english", "spanish")
# "sensibility" has the stem "sensibl": the last letters of a stem may differ from the word's.
_CHANGED_LETTERS = 2
# Stems of verbs that change their second letter.
_SHORT_VERB = re.compile(r"[a-z]ie")
# Words are compared without accents; the Spanish rules know these endings with the accent only.
_SPANISH_ENDINGS = (
    ("cion", "ción"), ("sion", "sión"), ("logia", "logía"), ("logias", "logías"),
    ("abamos", "ábamos"), ("aramos", "áramos"), ("ieramos", "iéramos"), ("iamos", "íamos"),
)  # fmt: skip
_made = threading.local()


def stem(word: str, language: str) -> str:
    """Return the stem of *word*, folded as `vaughn.fulltext.tokens` does, in *language* (english, spanish)."""
    # A stemmer keeps its state in itself: one for each thread.
    stemmers = _made.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(language, 0)
    if language == "spanish":
        for plain, written in _SPANISH_ENDINGS:
            if word.endswith(plain):
                word = word[: -len(plain)] + written
                break
    return str(stemmers[language].stemWord(word))


def with_stem_of(vocabulary: Vocabulary, term: str) -> Ids:
    """Return the entries that have the stem of *term* in one of the languages, sorted."""
    found: set[int] = set(vocabulary.all_of(term.encode()))
    for language in _LANGUAGES:
        wanted = stem(term, language)
        for beginning in _beginnings(wanted, term):
            for number in vocabulary.beginning_with(beginning):
                if number not in found and stem(vocabulary.word(number).decode(), language) == wanted:
                    found.add(number)
    return np.array(sorted(found), np.int64)


def _beginnings(wanted: str, term: str) -> set[bytes]:
    shared = 0
    while shared < min(len(wanted), len(term)) and wanted[shared] == term[shared]:
        shared += 1
    beginning = wanted[: max(min(shared, len(wanted) - _CHANGED_LETTERS), min(shared, 2), 1)].encode()
    return {beginning, f"{wanted[0]}y".encode()} if _SHORT_VERB.fullmatch(wanted) else {beginning}
