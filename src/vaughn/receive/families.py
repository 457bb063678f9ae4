"""Which documents belong together? Parents, families and their first documents, from whatever the load file says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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


def families(columns: FamilyColumns, ordinal_of: Mapping[str, int], *, controls: Sequence[str]) -> Families:
    """Return the families of all documents; a named parent wins over a range, a range over a list of children."""
    parent = np.full(len(controls), -1, np.int64)
    for ordinal, text in enumerate(columns.child_ids):
        if text:
            _adopt(parent, ordinal, [ordinal_of.get(child, -1) for child in read_many(text)])
    for texts, reader in (
        (columns.family_range, family_begin),
        (columns.beg_attach, str.strip),
        (columns.parent_id, str.strip),
    ):
        before, head = "", -1
        for ordinal, (text, own) in enumerate(zip(texts, controls, strict=False)):
            if not text or text == own:
                continue
            if text != before:
                before, head = text, ordinal_of.get(reader(text), -1)
            if head not in {-1, ordinal}:
                parent[ordinal] = head
    parent, root = _roots(parent)
    return Families(parent, root)


def _adopt(parent: Int64s, ordinal: int, children: Sequence[int]) -> None:
    for child in children:
        if child not in {-1, ordinal}:
            parent[child] = ordinal


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
