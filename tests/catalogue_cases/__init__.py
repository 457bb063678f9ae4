"""For each finding code: something that triggers it and something near it that does not.

Every module in this folder has a list `CASES`. A room that reports a code adds its case in a module of
its own; `tests/test_catalogue_cases.py` runs them all and fails for a code without one.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vaughn.model import Finding


@dataclass(frozen=True)
class Case:
    """One code's pair of inputs.

    Args:
        triggers: Returns the findings of an input with the fault; handed an empty folder to make files in.
        near: The same for an input that is close to it and right.
        line: Line the finding must name, if it has one.
        bates: Number the finding must name, if it has one.
    """

    code: str
    triggers: Callable[[Path], Iterable[Finding]]
    near: Callable[[Path], Iterable[Finding]]
    line: int | None = None
    bates: str | None = None


def all_cases() -> list[Case]:
    """Return the cases of every module in this folder."""
    found: list[Case] = []
    for module in pkgutil.iter_modules(__path__, __name__ + "."):
        cases: Sequence[Case] = importlib.import_module(module.name).CASES
        found += cases
    return found
