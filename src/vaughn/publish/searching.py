"""How the search index of a site is cut into files: which words lie together, what a file of it says."""

from __future__ import annotations

import json
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vaughn.fulltext import joined_terms, terms
from vaughn.model import read_bates
from vaughn.publish.contents import PublishedDocument

# Entries whose text lies in one file: 16 pages are about 35 kB, a result page of ten needs ten files at most.
ENTRIES_PER_BLOCK = 16
# The places of a word that is longer than this, packed, lie in a file of their own.
LARGE_LETTERS = 32_000
MAX_LARGE_LETTERS = 40
# A word of digits longer than this is filed by its end: numbers that begin alike ("0004521") would fill one file.
MAX_NUMBER_DIGITS = 4
# Between the words of a page and its number: no phrase reaches across.
GAP = ("", "", "", "", "")
_PLAIN = re.compile(r"[a-z0-9]")
_OPENING = re.compile(r"V\.[a-z]\((?:\"[^\"]*\"|\d+),")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is found: a page, or a document by its title and numbers (`number` then is its first one).

    Args:
        name: Of the file it leads to, without ending.
        is_document: Whether that file is the document's.
    """

    number: str
    name: str
    is_document: bool
    title: str
    text: str

    def values(self) -> list[object]:
        """Return it as it stands in a file."""
        return [self.number, self.name, int(self.is_document), self.title, self.text]


def entry_from(values: list[object]) -> SearchEntry:
    """Return the entry that `SearchEntry.values` gave."""
    number, name, is_document, title, text = values
    return SearchEntry(str(number), str(name), bool(is_document), str(title), str(text))


def entry_words(entry: SearchEntry) -> list[str]:
    """Return the words by which *entry* is found, in order; an empty one keeps phrases apart."""
    words = terms(entry.text)
    joined = joined_terms(entry.text)
    if joined is not None:
        as_printed = set(words)
        words = [*words, *GAP, *(word for word in joined if word not in as_printed)]
    words += [*GAP, *terms(entry.number), *bare_number(entry.number)]
    return words


def bare_number(number: str) -> list[str]:
    """Return the number of a Bates number without its zeros, as people type it."""
    bates = read_bates(number)
    return [str(bates.number)] if bates is not None and str(bates.number) != number else []


def document_entry(document: PublishedDocument, *, name: str, title: str, texts: Sequence[str]) -> SearchEntry:
    """Return the entry by which *document* itself is found.

    Args:
        texts: Its title in every language.
    """
    said = " | ".join(dict.fromkeys([*texts, document.agency, document.begin or "", document.end or ""]))
    return SearchEntry(document.begin or document.id, name, True, title, said)


def shard_of(term: str) -> str:
    """Return the name of the file in which *term* is filed; `assets/search.js` has the same rule."""
    if term.isascii() and term.isdigit() and len(term) > MAX_NUMBER_DIGITS:
        return f"n-{term[-2:]}"
    return file_letters(term[:2])


def file_letters(text: str) -> str:
    """Return *text* (lower case) in letters that every file system takes."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(letter if _PLAIN.fullmatch(letter) else f"u{ord(letter):x}-" for letter in text)


def places_text(data: bytes) -> str:
    """Return packed places as they stand in a file."""
    return b2a_base64(data, newline=False).decode("ascii")


def places_data(text: str) -> bytes:
    """Return what `places_text` was given."""
    return a2b_base64(text)


def is_large(term: str, places: str) -> bool:
    """Tell whether the places of *term* get a file of their own."""
    return len(places) > LARGE_LETTERS and len(term) <= MAX_LARGE_LETTERS


def shard_file(shard: str, places: Mapping[str, str | None]) -> str:
    """Return the script of one file of words; `None` stands for a word with a file of its own."""
    values = {term: text or 0 for term, text in sorted(places.items())}
    return f'V.i("{shard}",{_json(values)});\n'


def large_file(term: str, places: str) -> str:
    """Return the script of a word with a file of its own."""
    return f'V.w("{term}","{places}");\n'


def block_file(block: int, entries: Mapping[int, SearchEntry]) -> str:
    """Return the script of the texts of one block; places without an entry are empty."""
    first = block * ENTRIES_PER_BLOCK
    values = [entries[place].values() if place in entries else 0 for place in range(first, first + ENTRIES_PER_BLOCK)]
    return f"V.t({block},{_json(values)});\n"


def facts_file(count: int, shards: Iterable[str], large: Iterable[str]) -> str:
    """Return the script that says how many entries there are, and which files of words and of single words."""
    return f'V.n({count},"{" ".join(sorted(shards))}","{" ".join(sorted(large))}");\n'


def read_shard(script: str) -> dict[str, str | None]:
    """Return what `shard_file` wrote."""
    return {term: text or None for term, text in _values(script).items()}


def read_large(script: str) -> str:
    """Return the places of a word with a file of its own."""
    return str(_values(script))


def read_block(script: str, block: int) -> dict[int, SearchEntry]:
    """Return what `block_file` wrote."""
    first = block * ENTRIES_PER_BLOCK
    return {first + at: entry_from(values) for at, values in enumerate(_values(script)) if values}


def _values(script: str):  # type: ignore[no-untyped-def]
    opening = _OPENING.match(script)
    if opening is None:
        raise ValueError("not a file of the search index")
    return json.loads(script[opening.end() : script.rindex(")")])


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
