"""Whether every number of the input is accounted for.

One line compares what the input says with what became of it:
``expected = documents + refused + duplicate``, or ``pages = images = ranges``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One equation of the ledger.

    Args:
        subject: What is counted, e.g. ``"rows of VOL001.DAT"``.
        expected: How many the input names.
        parts: What became of them, in order: (name, count), e.g. ``("documents", 13)``.
    """

    subject: str
    expected: int
    parts: tuple[tuple[str, int], ...]

    @property
    def balances(self) -> bool:
        """Whether the parts add up to what was expected."""
        return self.expected == sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines of one production."""

    lines: tuple[LedgerLine, ...]

    @property
    def balances(self) -> bool:
        """Whether every line balances."""
        return all(line.balances for line in self.lines)
