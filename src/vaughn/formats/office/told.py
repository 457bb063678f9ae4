"""What a reader of an Office file notices on its way, counted, and told as findings at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from vaughn.model import Finding, finding

_PLURALS = {
    "change of form": "changes of form",
    "stretch of text": "stretches of text",
    "file on the network": "files on the network",
    "kept copy of the data of a pivot table": "kept copies of the data of pivot tables",
}


class Told:
    """Counts, by what is counted: ``hidden["row"] += 3``. Names are in the singular."""

    def __init__(self) -> None:
        self.hidden: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.external: Counter[str] = Counter()
        self.macros = 0
        self.partly: dict[str, int] = {}
        self.guessed: str | None = None

    def part_left_out(self, why: str) -> None:
        """Note that something could not be read; *why* is a whole sentence without what the document says."""
        self.partly[why] = self.partly.get(why, 0) + 1

    def findings(self) -> tuple[Finding, ...]:
        """Return what was noticed, one finding a kind."""
        found: list[Finding] = []
        if self.guessed:
            found.append(
                finding("IN008", f"Nothing says how the letters are encoded; they read well as {self.guessed}.")
            )
        if self.hidden:
            found.append(finding("IN010", f"Hidden: {_listed(self.hidden)}.", count=self.hidden.total()))
        if self.changes:
            found.append(finding("IN011", f"There are {_listed(self.changes)}.", count=self.changes.total()))
        if self.macros:
            found.append(finding("IN012", "There is a macro inside; it was not run.", count=self.macros))
        if self.external:
            message = f"It refers to others: {_listed(self.external)}. None was followed."
            found.append(finding("IN013", message, count=self.external.total()))
        found += [finding("IN014", why, count=count) for why, count in self.partly.items()]
        return tuple(found)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count} {name if count == 1 else _PLURALS.get(name, name + 's')}" for name, count in counts.items()
    )
