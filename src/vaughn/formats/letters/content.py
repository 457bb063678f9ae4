"""What a letter is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be written: where it goes, what it is about, what it says.

    Args:
        address: Lines.
        on: The date in words; empty if the template has none.
        paragraphs: Each a text, or a list of points where it is a tuple.
    """

    address: tuple[str, ...]
    on: str
    subject: str
    paragraphs: tuple[str | tuple[str, ...], ...]
