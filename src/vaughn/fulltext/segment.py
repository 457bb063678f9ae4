"""What the evaluation of a query asks of an index: words in bulk, their documents and their places.

A segment holds documents that were committed together, numbered from 0 in the order of entering (`document_ids` says
which documents of the case they are). Its words stand in texts: the printed text of the documents, and one small text
for each field. Each text counts places of its own, through all documents of the segment:

- The words of document `i` stand at `starts[i]`, `starts[i] + 1`, ... in the order of reading, page after page.
- After the last word of each document **one place stays empty**, so document `i` has `starts[i + 1] - starts[i] - 1`
  words (none: the two are 1 apart). No word ever adjoins a word of another document, and the edge after the last
  word has a place that belongs to its document.
- A word broken at a line end stands there three times: its two halves at `p` and `p + 1`, and joined, from `p`, two
  places wide. A joined word has a **term number of its own** for each width, beside that of the same word as printed.

Everything is asked for many terms at once: a pattern with 5,000 words is one call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.language.tree import FieldRange, Fuzzy, NumberRange, Pattern, Stem, Word

Ids: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

# What is one place in a text, whatever word stands there.
Leaf: TypeAlias = Word | Pattern | Fuzzy | Stem | NumberRange


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Documents of a segment: as sorted numbers, or as one yes or no for each document where they are many.

    Args:
        size: How many documents the segment has.
        numbers: Sorted, each once; `None` where `mask` says it.
        mask: `size` long; `None` where `numbers` says it. Not to be written to.
    """

    size: int
    numbers: Ids | None = None
    mask: Mask | None = None

    def __post_init__(self) -> None:
        if (self.numbers is None) == (self.mask is None):
            raise ValueError("Holders are given either as numbers or as a mask.")

    def __len__(self) -> int:
        if self.numbers is not None:
            return len(self.numbers)
        return int(np.count_nonzero(self.as_mask()))

    def sorted_numbers(self) -> Ids:
        """Return the documents as sorted numbers."""
        if self.numbers is not None:
            return self.numbers
        assert self.mask is not None  # noqa: S101 - one of the two is there
        return np.flatnonzero(self.mask)

    def as_mask(self) -> Mask:
        """Return one yes or no for each document of the segment; not to be written to."""
        if self.mask is not None:
            return self.mask
        mask = np.zeros(self.size, np.bool_)
        mask[self.numbers] = True
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where words stand in one text of a segment: half-open, sorted by `starts`, then by width; each once.

    Args:
        widths: How many places each is wide, or one number for all of them (1 unless a joined word is among them).
    """

    starts: Ids
    widths: Ids | int = 1

    def __len__(self) -> int:
        return len(self.starts)


class Words(Protocol):
    """One text of all documents of a segment: the printed words, or the words of one field."""

    @property
    def starts(self) -> Ids:
        """First place of each document, and one past the empty place of the last: documents + 1 numbers."""

    @property
    def widest(self) -> int:
        """How many places the widest word covers: 1 where no word is joined."""

    def expand(self, leaf: Leaf) -> Ids:
        """Return the numbers of all terms that *leaf* stands for, sorted; joined words among them. No limit."""

    def place_counts(self, terms: Ids) -> Ids:
        """Return in how many places each of *terms* stands; from the vocabulary, without reading places."""

    def document_counts(self, terms: Ids) -> Ids:
        """Return in how many documents each of *terms* stands; from the vocabulary. Deleted ones may be counted."""

    def holders_of(self, terms: Ids) -> Holders:
        """Return the documents that hold at least one of *terms*. Deleted ones may be among them."""

    def places_of(self, terms: Ids, *, documents: Ids | None = None) -> Places:
        """Return all places of all *terms* together, sorted.

        Args:
            documents: Only places in these documents (sorted, each once; possibly one, possibly most); the rest
                should not be decoded where that can be avoided. `None`: all.
        """

    def places_beside(self, terms: Ids, firsts: Ids, lasts: Ids) -> Places:
        """Return the places of all *terms* that begin from `firsts[i]` up to `lasts[i]`, perhaps others among them.

        Args:
            firsts: Sorted, as are *lasts*; no two ranges overlap. Far fewer than *terms* have places.
        """


class NoWords:
    """The text of a field that no document has."""

    def __init__(self, size: int) -> None:
        """Stand for the empty texts of *size* documents."""
        self.starts: Ids = np.arange(size + 1, dtype=np.int64)
        self.widest = 1

    def expand(self, leaf: Leaf) -> Ids:
        """Return none."""
        del leaf
        return np.zeros(0, np.int64)

    def place_counts(self, terms: Ids) -> Ids:
        """Return none."""
        return terms

    def document_counts(self, terms: Ids) -> Ids:
        """Return none."""
        return terms

    def holders_of(self, terms: Ids) -> Holders:
        """Return none."""
        return Holders(len(self.starts) - 1, numbers=terms)

    def places_of(self, terms: Ids, *, documents: Ids | None = None) -> Places:
        """Return none."""
        del documents
        return Places(terms)

    def places_beside(self, terms: Ids, firsts: Ids, lasts: Ids) -> Places:
        """Return none."""
        del firsts, lasts
        return Places(terms)


class Segment(Protocol):
    """Documents that were committed together, with their texts, pages and columns."""

    @property
    def document_ids(self) -> Ids:
        """Ids in the case, by document number."""

    @property
    def alive(self) -> Mask | None:
        """Which documents still count, by document number; `None`: all."""

    @property
    def text(self) -> Words:
        """The printed text."""

    def field(self, name: str) -> Words | None:
        """Return the text of the field *name* (``subject``, ``from``, ...), or `None` if no document has one."""

    def in_range(self, asked: FieldRange) -> Holders | None:
        """Return the documents whose field lies in the range, or `None` if the segment has no such column."""

    @property
    def page_firsts(self) -> Ids:
        """Pages of document `i` are those from `page_firsts[i]` up to `page_firsts[i + 1]`: documents + 1 numbers."""

    @property
    def page_ids(self) -> Ids:
        """Ids in the case of all pages, document after document; 0 for the text of a document without pages."""

    @property
    def page_starts(self) -> Ids:
        """First place of each page in the printed text; a page without words has the place of the page after it."""
