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
        is_cut: Whether text was left out because there is too much.
        hidden, remote: Texts that are not shown, addresses that would be fetched.
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
    remote: int = 0
    others: list[Finding] = field(default_factory=list)

    def add(self, inner: Faults) -> None:
        """Add what was wrong with a part of the message."""
        for name in ("broken", "missing", "guessed", "signed", "encrypted", "hidden", "remote", "others"):
            setattr(self, name, getattr(self, name) + getattr(inner, name))
        self.is_cut = self.is_cut or inner.is_cut
        self.divided = self.divided or inner.divided
        self.date = self.date or inner.date

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of the message."""
        if self == _NOTHING:
            return ()
        told = (
            ("IN001", len(self.broken), self._what_is_broken()),
            ("IN002", self.missing, "A file that the message names is not in it."),
            ("IN003", int(self.divided), "The message is one part of a divided one; the others are needed too."),
            ("IN004", int(self.signed > 0), "The content was read; whether the signature holds was not looked at."),
            ("FL012", self.encrypted, "A part of the message is encrypted."),
            ("IN007", int(self.date is not None), self.date or ""),
            ("IN010", self.hidden, "The message has text that mail programs do not show."),
            ("IN013", self.remote, "The message loads pictures or the like from elsewhere when it is shown."),
            ("IN014", int(self.is_cut), "The text is longer than can be kept; its end was left out."),
            ("IN008", self.guessed, "The character set is missing or wrong."),
        )
        return (*self.others, *(finding(code, words, count=count) for code, count, words in told if count))

    def _what_is_broken(self) -> str:
        sentences = list(dict.fromkeys(self.broken))
        more = "" if len(sentences) <= MOST_TOLD else f" And {len(sentences) - MOST_TOLD} more."
        return " ".join(sentences[:MOST_TOLD]) + more


_NOTHING = Faults()
