"""Which documents belong together? Parents, families and their first documents, from whatever the load file says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vaughn.receive.coded import CodedTexts, codes_of
from vaughn.receive.values import read_many

Int64s = npt.NDArray[np.int64]
# "ABC-001 - ABC-003": the range is divided at a dash with blanks around it, at "to", or at a long dash.
_RANGE = re.compile(r"\s+-\s+|\s*[–—]\s*|\s+to\s+|\s*;\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FamilyColumns:
    """What a document list says about families; an empty sequence for a column it does not have."""

    parent_id: Sequence[str]
    child_ids: Sequence[str]
    beg_attach: Sequence[str]
    family_range: Sequence[str]


@dataclass(frozen=True, slots=True)
class Families:
    """Ordinal of each document's parent (-1: none) and of its family's first document (itself if alone)."""

    parent: Int64s
    family: Int64s


def families(columns: FamilyColumns, find: Callable[[Sequence[str]], Int64s], *, controls: Sequence[str]) -> Families:
    """Return the families of all documents; a named parent wins over a range, a range over a list of children.

    Args:
        find: Gives the document that begins with each of some numbers, -1 where there is none.
    """
    parent = np.full(len(controls), -1, np.int64)
    if _says_anything(columns.child_ids):
        children = [(ordinal, child) for ordinal, text in enumerate(columns.child_ids) for child in read_many(text)]
        found = find([child for _, child in children]).tolist()
        for (ordinal, _), child in zip(children, found, strict=True):
            if child not in {-1, ordinal}:
                parent[child] = ordinal
    for texts, reader in (
        (columns.family_range, family_begin),
        (columns.beg_attach, str.strip),
        (columns.parent_id, str.strip),
    ):
        if _says_anything(texts):
            different, place = codes_of(CodedTexts(texts))
            heads = find([reader(text) for text in different])[place]
            named = (heads >= 0) & (heads != np.arange(len(heads)))
            parent[named] = heads[named]
    parent, root = _roots(parent)
    return Families(parent, root)


def _says_anything(texts: Sequence[str]) -> bool:
    return any(texts.values if isinstance(texts, CodedTexts) else texts)


def family_begin(text: str) -> str:
    """Return where a written family range begins."""
    return _RANGE.split(text.strip(), maxsplit=1)[0].strip()


def _roots(parent: Int64s) -> tuple[Int64s, Int64s]:
    """Return parents and the first document of every family; who is its own ancestor stands alone."""
    own = np.arange(len(parent), dtype=np.int64)
    root = np.where(parent >= 0, parent, own)
    # Each round doubles the distance: after these, only circles have not arrived.
    for _ in range(len(parent).bit_length() + 1):
        root = root[root]
    circle = parent[root] >= 0
    return np.where(circle, -1, parent), np.where(circle, own, root)
