"""What was wrong with a message, gathered while it is read, and told as findings in the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaughn.model import Finding, finding

MOST_TOLD = 3


@dataclass(slots=True)
class Faults:
    """Counts and sentences; nothing here says what a message says.

    Args:
        broken: Sentences for IN001, in the order they were met.
        missing: Files that are named and are not there.
        guessed: Places whose characters were guessed.
        signed: Signatures that were not verified.
        encrypted: Parts that cannot be read without a key.
    """

    broken: list[str] = field(default_factory=list)
    missing: int = 0
    guessed: int = 0
    signed: int = 0
    encrypted: int = 0
    divided: bool = False
    date: str | None = None
    is_cut: bool = False
    hidden: int = 0
    others: list[Finding] = field(default_factory=list)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of the message."""
        found = list(self.others)
        if self.broken:
            told = list(dict.fromkeys(self.broken))
            more = "" if len(told) <= MOST_TOLD else f" And {len(told) - MOST_TOLD} more."
            found.append(finding("IN001", " ".join(told[:MOST_TOLD]) + more, count=len(self.broken)))
        if self.missing:
            found.append(finding("IN002", "A file that the message names is not in it.", count=self.missing))
        if self.divided:
            found.append(finding("IN003", "The message is one part of a divided one; the others are needed too."))
        if self.signed:
            found.append(finding("IN004", "The content was read; whether the signature holds was not looked at."))
        if self.encrypted:
            found.append(finding("FL012", "A part of the message is encrypted.", count=self.encrypted))
        if self.date is not None:
            found.append(finding("IN007", self.date))
        if self.guessed:
            found.append(finding("IN008", "The character set is missing or wrong.", count=self.guessed))
        return tuple(found)
