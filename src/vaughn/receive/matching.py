"""Which document does a file belong to that no row names? The one whose number its name spells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vaughn.model import BatesNumber, read_bates
from vaughn.receive.assemble import DocumentTable
from vaughn.receive.bates_column import folded_prefix
from vaughn.receive.links import folded_path

# How many tails may stand behind the number in a file's name: "ABC0001_native.xlsx", "ABC0001 - budget 2009.xlsx".
_MOST_TAILS = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A file and its document.

    Args:
        page: Place of the page that the name spells, from 1, where it is not the first page.
        form: How the name led there, in words.
    """

    file: int
    document: int
    page: int
    form: str


@dataclass(slots=True)
class NumberIndex:
    """Finds documents by a number: the begin number as text, or any number of a range."""

    _begins: dict[str, int]
    _ranges: dict[str, tuple[list[int], list[int], list[int]]]

    def document_at(self, number: BatesNumber) -> tuple[int, int] | None:
        """Return (document, page) of a number."""
        known = self._ranges.get(folded_prefix(number.prefix))
        if known is None:
            return None
        begins, ends, documents = known
        place = bisect_right(begins, number.number) - 1
        if place < 0 or number.number > ends[place]:
            return None
        return documents[place], number.number - begins[place] + 1

    def named(self, text: str) -> int | None:
        """Return the document whose begin number is *text*, whatever its case."""
        return self._begins.get(folded_path(text.strip()))


def number_index(table: DocumentTable) -> NumberIndex:
    """Return the index of all documents' numbers; of overlapping ranges the one that begins last counts."""
    begins: dict[str, int] = {}
    for ordinal, text in enumerate(table.control):
        begins.setdefault(folded_path(text), ordinal)
    order = np.argsort(table.begin.number, kind="stable").tolist()
    ranges: dict[str, tuple[list[int], list[int], list[int]]] = {}
    folded = [folded_prefix(prefix) for prefix in table.begin.prefixes]
    for ordinal in order:
        first = int(table.begin.number[ordinal])
        if first < 0:
            continue
        columns = ranges.setdefault(folded[int(table.begin.prefix[ordinal])], ([], [], []))
        columns[0].append(first)
        columns[1].append(max(first, int(table.end.number[ordinal])))
        columns[2].append(ordinal)
    return NumberIndex(begins, ranges)


def match_by_number(index: NumberIndex, paths: Sequence[str], files: Sequence[int]) -> Iterator[Match]:
    """Yield the documents of those *files* whose names spell a number of theirs."""
    for file in files:
        name = paths[file].rpartition("/")[2]
        stem = name.rpartition(".")[0] or name
        found = _match(index, stem)
        if found is not None:
            yield Match(file, *found)


def _match(index: NumberIndex, stem: str) -> tuple[int, int, str] | None:
    """Return (document, page, form) of one stem: begin number, then a page's number, then a number with a tail."""
    for text, form in _readings(stem):
        document = index.named(text)
        if document is not None:
            return document, 1, f"begin number{form}"
        number = read_bates(text)
        if number is not None and number.prefix and not number.suffix:
            at = index.document_at(number)
            if at is not None:
                return (*at, f"page number{form}") if at[1] > 1 else (*at, f"begin number{form}")
    return None


def _readings(stem: str) -> Iterator[tuple[str, str]]:
    """Yield the stem, and the stem without its last parts, longest first."""
    yield stem, ""
    text = stem
    for _ in range(_MOST_TAILS):
        cut = max((text.rfind(mark) for mark in " _.-("), default=-1)
        if cut <= 0:
            return
        text = text[:cut].rstrip(" _.-(")
        if text and text[-1].isdigit():
            yield text, " and a tail"
