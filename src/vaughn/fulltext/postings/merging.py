"""Several segments made one: their words are put back to their places and inverted again.

For that time the number of the word at each place is held in memory: four bytes a place, of 64 million at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vaughn.fulltext.postings.arrays import write_arrays
from vaughn.fulltext.postings.building import PRINTED, write_words
from vaughn.fulltext.postings.columns import joined_columns
from vaughn.fulltext.postings.cutting import Block, text_arrays
from vaughn.fulltext.postings.inversion import BLOCK
from vaughn.fulltext.postings.stored import StoredSegment
from vaughn.fulltext.postings.texts import StoredText
from vaughn.fulltext.postings.wordtable import NO_WORD
from vaughn.fulltext.segment import Ids

# Entries of a vocabulary whose places are put back at once.
_TERMS_AT_ONCE = 20_000


def merge(segments: Sequence[StoredSegment], columns: Sequence[str], *, words_path: Path, columns_path: Path) -> int:
    """Write the living documents of *segments*, in order, as one new segment; return how many there are."""
    kept = [np.arange(len(segment)) if segment.alive is None else np.flatnonzero(segment.alive) for segment in segments]
    fields = sorted({name for segment in segments for name in segment.field_names})
    texts = {name: _merged_text([_text_of(segment, name) for segment in segments], kept) for name in (PRINTED, *fields)}
    write_words(words_path, _merged_pages(segments, kept, starts=texts[PRINTED]["starts"]), texts)
    parts = [(segment.columns, documents) for segment, documents in zip(segments, kept, strict=True)]
    write_arrays(columns_path, joined_columns(parts, columns), facts={})
    return sum(map(len, kept))


def _text_of(segment: StoredSegment, name: str) -> StoredText | None:
    return segment.text if name == PRINTED else segment.field(name)


def _merged_pages(segments: Sequence[StoredSegment], kept: Sequence[Ids], *, starts: Ids) -> dict[str, NDArray[Any]]:
    ids, counts, pages, places = [], [], [], []
    first_document = 0
    for segment, documents in zip(segments, kept, strict=True):
        firsts = segment.page_firsts
        sizes = firsts[documents + 1] - firsts[documents]
        chosen = np.repeat(firsts[documents] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        moved = starts[first_document : first_document + len(documents)] - segment.text.starts[documents]
        ids.append(segment.document_ids[documents])
        counts.append(sizes)
        pages.append(segment.page_ids[chosen])
        places.append(segment.page_starts[chosen] + np.repeat(moved, sizes))
        first_document += len(documents)
    return {
        "document_ids": np.concatenate(ids),
        "page_firsts": np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.uint32),
        "page_ids": np.concatenate(pages),
        "page_starts": np.concatenate(places).astype(np.uint32),
    }


def _merged_text(texts: Sequence[StoredText | None], kept: Sequence[Ids]) -> dict[str, NDArray[Any]]:
    sizes = [
        np.ones(len(documents), np.int64) if text is None else np.diff(text.starts)[documents]
        for text, documents in zip(texts, kept, strict=True)
    ]
    starts = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64)
    entries = sorted(set().union(*(text.vocabulary.entries() for text in texts if text is not None)))
    numbers = {entry: number for number, entry in enumerate(entries, start=1)}
    placed = np.zeros(int(starts[-1]), np.uint32)
    joined = []
    first_document = 0
    for text, documents in zip(texts, kept, strict=True):
        if text is not None:
            to = starts[first_document : first_document + len(documents)]
            joined.append(_put_back(text, placed, documents=documents, to=to, numbers=numbers))
        first_document += len(documents)
    beside = np.concatenate([np.zeros((0, 2), np.int64), *joined])
    beside = beside[np.argsort(beside[:, 1], kind="stable")]

    def blocks() -> Iterator[Block]:
        for first in range(0, len(placed), BLOCK):
            low, high = np.searchsorted(beside[:, 1], [first, first + BLOCK])
            yield Block(first, placed[first : first + BLOCK], beside[low:high])

    by_number = np.concatenate([[NO_WORD], np.arange(len(entries))]).astype(np.uint32)
    return text_arrays(entries, blocks, terms=by_number, starts=starts)


def _put_back(
    text: StoredText, placed: NDArray[np.uint32], *, documents: Ids, to: Ids, numbers: dict[bytes, int]
) -> Ids:
    """Write the number of each word to its new places; return the joined words, a row (number, place) each."""
    is_kept = np.zeros(len(text.starts) - 1, np.bool_)
    is_kept[documents] = True
    moved = np.zeros(len(text.starts) - 1, np.int64)
    moved[documents] = to - text.starts[documents]
    new_numbers = np.fromiter((numbers[entry] for entry in text.vocabulary.entries()), np.int64)
    is_joined = text.vocabulary.is_joined(np.arange(len(new_numbers)))
    joined = []
    for first in range(0, len(new_numbers), _TERMS_AT_ONCE):
        terms = np.arange(first, min(first + _TERMS_AT_ONCE, len(new_numbers)))
        for places, owners in text.postings.each_place(terms):
            of = np.searchsorted(text.starts, places, "right") - 1
            keep = is_kept[of]
            new_places, new = (places + moved[of])[keep], new_numbers[owners[keep]]
            wide = is_joined[owners[keep]]
            placed[new_places[~wide]] = new[~wide]
            joined.append(np.stack([new[wide], new_places[wide]], axis=1))
    return np.concatenate([np.zeros((0, 2), np.int64), *joined])
