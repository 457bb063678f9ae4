"""How a file that cannot be read says so: the code of the finding it becomes, and words for it."""

from __future__ import annotations

from enum import Enum

from vaughn.model import InputError


class Refusal(Enum):
    """Why a file was refused; the value is the code of the catalogue."""

    UNREADABLE = "FL006"
    EMPTY = "FL007"
    TOO_LARGE = "FL011"
    LOCKED = "FL012"


class FileRefused(InputError):
    """One file cannot be read; everything around it can.

    Args:
        refusal: Which finding the file becomes.
    """

    def __init__(self, message: str, *, refusal: Refusal, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.refusal = refusal

    @property
    def code(self) -> str:
        """Code of the catalogue, e.g. ``FL006``."""
        return self.refusal.value


def unreadable(what: str) -> FileRefused:
    """Return the refusal of a file that is broken; *what* says how, without its name."""
    return FileRefused(what, refusal=Refusal.UNREADABLE, hint="Ask for the file again.")
