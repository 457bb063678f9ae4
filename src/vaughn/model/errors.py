"""Which ways of not being able to go on there are, and the exit code of each.

    VaughnError
    ├── UsageError          2  the command was called wrongly
    ├── InputError          3  what was handed in cannot be used
    │   └── LoadFileError   3  a load file cannot be read at all
    ├── StateError          4  the case is not in a state that allows this
    │   └── CaseInUse       4  another process is writing to the case
    ├── IntegrityError      5  the case no longer says what it said when it was written
    ├── ToolMissing         6  a program or package that is needed is not installed
    └── UnprovenRedaction   7  a redaction could not be proved; nothing was handed out

A fault *in the records* is never raised: it is a `Finding` (see `vaughn.model.findings`).
"""

from __future__ import annotations


class VaughnError(Exception):
    """Something that stops the work, told in words a paralegal knows.

    Args:
        message: What is wrong and where. Never what a document says.
        hint: What to do next.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(VaughnError):
    """The command was called wrongly."""

    exit_code = 2


class InputError(VaughnError):
    """What was handed in cannot be used."""

    exit_code = 3


class LoadFileError(InputError):
    """A load file cannot be read at all (single bad rows are findings)."""


class StateError(VaughnError):
    """The case is not in a state that allows this."""

    exit_code = 4


class CaseInUse(StateError):
    """Another process is writing to the case."""


class IntegrityError(VaughnError):
    """The case no longer says what it said when it was written."""

    exit_code = 5


class ToolMissing(VaughnError):
    """A program or package that is needed is not installed."""

    exit_code = 6


class UnprovenRedaction(VaughnError):
    """A redaction could not be proved, so nothing was handed out."""

    exit_code = 7
