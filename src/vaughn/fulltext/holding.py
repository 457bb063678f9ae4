"""Sets of documents put together: the cheap half of a question, before any place is looked at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vaughn.fulltext.segment import Holders, Ids, Mask

# From this share of all documents on, one yes or no a document is cheaper than numbers.
_MANY = 16


def every_document(size: int) -> Holders:
    """Return all documents of a segment."""
    return Holders(size, mask=np.ones(size, np.bool_))


def no_document(size: int) -> Holders:
    """Return none."""
    return Holders(size, numbers=np.zeros(0, np.int64))


def of_numbers(size: int, numbers: Ids) -> Holders:
    """Return the documents with these sorted *numbers*."""
    return Holders(size, numbers=numbers)


def those_in_all(sets: Sequence[Holders]) -> Holders:
    """Return the documents that are in every one of *sets* (one at least): the smallest leads."""
    numbered = sorted((held for held in sets if held.numbers is not None), key=len)
    masks = [held.mask for held in sets if held.mask is not None]
    if not numbered:
        mask = masks[0]
        for other in masks[1:]:
            mask = mask & other
        return Holders(sets[0].size, mask=mask)
    found = numbered[0].sorted_numbers()
    for mask in masks:
        found = found[mask[found]]
    for held in numbered[1:]:
        found = found[is_among(found, held)]
    return Holders(sets[0].size, numbers=found)


def those_in_any(sets: Sequence[Holders], *, size: int) -> Holders:
    """Return the documents that are in at least one of *sets*."""
    if not sets:
        return no_document(size)
    if len(sets) == 1:
        return sets[0]
    if all(held.numbers is not None for held in sets) and sum(len(held) for held in sets) * _MANY < size:
        return Holders(size, numbers=np.unique(np.concatenate([held.sorted_numbers() for held in sets])))
    mask = np.zeros(size, np.bool_)
    for held in sets:
        if held.mask is not None:
            mask |= held.mask
        else:
            mask[held.numbers] = True
    return Holders(size, mask=mask)


def those_without(held: Holders, gone: Holders) -> Holders:
    """Return the documents of *held* that are not in *gone*."""
    if held.mask is not None:
        mask = held.mask.copy()
        mask[gone.numbers if gone.numbers is not None else gone.as_mask()] = False
        return Holders(held.size, mask=mask)
    numbers = held.sorted_numbers()
    return Holders(held.size, numbers=numbers[~is_among(numbers, gone)])


def is_among(numbers: Ids, held: Holders) -> Mask:
    """Tell which of the sorted document *numbers* are in *held*."""
    if held.mask is not None:
        return held.mask[numbers]
    others = held.sorted_numbers()
    # A search for each of few numbers, or one pass over a table: whichever looks at less.
    if len(numbers) * _MANY < len(others) or held.size > (len(numbers) + len(others)) * 64:
        return _is_found(numbers, others)
    return held.as_mask()[numbers]


def _is_found(numbers: Ids, others: Ids) -> Mask:
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    at = np.searchsorted(others, numbers)
    at[at == len(others)] = 0
    found: Mask = others[at] == numbers
    return found
