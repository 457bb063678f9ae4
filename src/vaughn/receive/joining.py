"""How do several document lists make one? A second list adds to the first; repeated numbers are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vaughn.model import Finding, finding
from vaughn.receive.rows import DocumentRows

# Which list is the document list where several name the same documents.
_RANK = {"dat": 0, "edrm": 1, "dii": 2, "lfp": 3}
# A second list of the same documents repeats most of the numbers of the first.
_SAME_DOCUMENTS = 0.5
MOST_SINGLE = 50


@dataclass(frozen=True, slots=True)
class Extra:
    """Row of a second list that names a document of the first."""

    ordinal: int
    list: int
    row: int


@dataclass(frozen=True, slots=True)
class JoinedList:
    """One document list: which rows became documents, in order, and what became of the others."""

    rows: DocumentRows
    kept: npt.NDArray[np.int64]
    refused: int
    merged: int


@dataclass(frozen=True, slots=True)
class Joined:
    """All document lists as one: lists in order, documents numbered through them."""

    lists: tuple[JoinedList, ...]
    ordinal_of: dict[str, int]
    controls: list[str]
    extras: tuple[Extra, ...]
    findings: tuple[Finding, ...]


def join_lists(lists: Sequence[DocumentRows]) -> Joined:
    """Return the documents of all lists, each begin number once."""
    ordinal_of: dict[str, int] = {}
    controls: list[str] = []
    extras: list[Extra] = []
    joined: list[JoinedList] = []
    found: list[Finding] = []
    owner: list[int] = []
    for place, rows in enumerate(sorted(lists, key=lambda rows: (_RANK.get(rows.format, 9), rows.name))):
        keys = [text.strip() for text in rows.texts("beg_bates")]
        second = place > 0 and _is_second(keys, ordinal_of)
        kept, refused, merged, unnumbered = [], [], 0, []
        for row, key in enumerate(keys):
            ordinal = ordinal_of.get(key, -1) if key else -1
            if ordinal >= 0 and second and owner[ordinal] != place:
                extras.append(Extra(ordinal, place, row))
                merged += 1
            elif ordinal >= 0:
                refused.append((row, ordinal))
            else:
                if key:
                    ordinal_of[key] = len(controls)
                else:
                    unnumbered.append(row)
                controls.append(key or f"{rows.name.rpartition('/')[2]} line {int(rows.lines[row])}")
                owner.append(place)
                kept.append(row)
        joined.append(JoinedList(rows, np.array(kept, np.int64), len(refused), merged))
        found += _told(
            rows,
            [row for row, _ in refused],
            "LF014",
            "The begin number stands on an earlier row too; this row is refused",
        )
        if "beg_bates" in rows.map.fields:
            found += _told(rows, unnumbered, "LF015", "The row has no begin number; it is kept under its line")
    return Joined(tuple(joined), ordinal_of, controls, tuple(extras), tuple(found))


def _is_second(keys: Sequence[str], known: dict[str, int]) -> bool:
    filled = [key for key in keys if key]
    return bool(filled) and sum(1 for key in filled if key in known) > _SAME_DOCUMENTS * len(filled)


def _told(rows: DocumentRows, which: Sequence[int], code: str, message: str) -> list[Finding]:
    if len(which) <= MOST_SINGLE:
        return [finding(code, f"{message}.", place=rows.place(row)) for row in which]
    return [finding(code, f"{message}; {len(which)} rows.", place=rows.place(which[0]), count=len(which))]
