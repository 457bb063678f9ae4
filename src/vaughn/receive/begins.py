"""Which document begins with a number, exactly as written? Looked up for whole columns, without a text a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from vaughn.receive.bates_column import BatesColumn
from vaughn.receive.packed import slim

Int64s = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# Numbers of one form are kept as a sorted column if there are so many of them, others as texts.
_MANY = 64
_MOST_FORMS = 32
_MOST_WIDTH = 64
# Numbers looked up together: enough to be quick, few enough to be small.
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class _Form:
    """Numbers that differ in their digits only, in order, and where each stands."""

    prefix: str
    suffix: str
    width: int
    numbers: Int64s
    rows: Int64s


@dataclass(frozen=True, slots=True)
class Begins:
    """Documents by begin number, those of one form as sorted columns and the odd ones as texts."""

    _forms: tuple[_Form, ...] = ()
    _texts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, column: BatesColumn, texts: Sequence[str]) -> Begins:
        """Return the first row of each number; *texts* are the numbers as written, an empty one is none."""
        rest = np.ones(len(column), dtype=bool)
        forms = []
        for mask in _forms_of(column):
            rest &= ~mask
            forms.append(_form(column, np.flatnonzero(mask)))
        odd: dict[str, int] = {}
        for row in np.flatnonzero(rest).tolist():
            if texts[row]:
                odd.setdefault(texts[row], row)
        return cls(tuple(forms), odd)

    def numbered(self, ordinals: Int64s) -> Begins:
        """Return the same numbers for the documents that the rows became, -1 for none."""
        forms = [replace(form, rows=ordinals[form.rows]) for form in self._forms]
        return Begins(tuple(forms), {text: int(ordinals[row]) for text, row in self._texts.items()})

    def joined(self, later: Begins) -> Begins:
        """Return these documents and the *later* ones."""
        return Begins(self._forms + later._forms, {**later._texts, **self._texts})

    def find(self, column: BatesColumn, texts: Sequence[str]) -> Int64s:
        """Return what each number stands for, -1 where no document begins with it."""
        found = [self._found(column, texts, at) for at in range(0, len(column), _AT_ONCE)]
        return np.concatenate([np.zeros(0, np.int32), *found])

    def _found(self, column: BatesColumn, texts: Sequence[str], at: int) -> Int64s:
        """Return what some numbers from *at* on stand for."""
        column = column.stretch(at, at + _AT_ONCE)
        found = np.full(len(column), -1, np.int64)
        for form in self._forms:
            own = _spelled_alike(column, form)
            if own is None:
                continue
            own &= found < 0
            numbers = column.number[own]
            place = np.minimum(np.searchsorted(form.numbers, numbers), len(form.numbers) - 1)
            found[own] = np.where(form.numbers[place] == numbers, form.rows[place], -1)
        for row in np.flatnonzero(found < 0).tolist() if self._texts else ():
            found[row] = self._texts.get(texts[at + row], -1)
        return slim(found)


def _forms_of(column: BatesColumn) -> list[Bools]:
    """Return masks of the commonest forms that numbers of a column have."""
    if not len(column):
        return []
    form = (column.prefix.astype(np.int64) * len(column.suffixes) + column.suffix) * _MOST_WIDTH + column.width
    form[column.number < 0] = -1
    if form[0] >= 0 and (form == form[0]).all():
        return [np.ones(len(column), dtype=bool)]
    kinds, counts = np.unique(form, return_counts=True)
    common = np.argsort(-counts, kind="stable")[:_MOST_FORMS].tolist()
    return [form == kinds[one] for one in common if counts[one] >= _MANY and kinds[one] >= 0]


def _form(column: BatesColumn, rows: Int64s) -> _Form:
    first = int(rows[0])
    numbers = column.number[rows]
    if (numbers[1:] <= numbers[:-1]).any():
        order = np.argsort(numbers, kind="stable")
        order = order[np.append(True, np.diff(numbers[order]) > 0)]
        rows, numbers = rows[order], numbers[order]
    return _Form(
        column.prefixes[column.prefix[first]],
        column.suffixes[column.suffix[first]],
        int(column.width[first]),
        numbers,
        rows,
    )


def _spelled_alike(column: BatesColumn, form: _Form) -> Bools | None:
    """Return which numbers of a column have a form; `None` if none can."""
    if form.prefix not in column.prefixes or form.suffix not in column.suffixes:
        return None
    prefix, suffix = column.prefixes.index(form.prefix), column.suffixes.index(form.suffix)
    own: Bools = (column.width == form.width) & (column.number >= 0)
    if len(column.prefixes) > 1:
        own &= column.prefix == prefix
    if len(column.suffixes) > 1:
        own &= column.suffix == suffix
    return own
