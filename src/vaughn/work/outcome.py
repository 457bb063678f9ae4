"""How a task on a file ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from vaughn.formats.pages import Attempt


class FailureKind(Enum):
    """What kept a task from ending well."""

    REFUSED = "refused"  # the file was read and cannot be used
    CRASHED = "crashed"  # reading it took the child process down
    TOO_SLOW = "too slow"
    TOO_LARGE = "too large"  # it wanted more memory than one file may have
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task gave no value.

    Args:
        reason: One sentence in words a paralegal knows; fit to be the message of a finding.
        code: Code of the catalogue the failure becomes; `None` if the fault lies with the program.
    """

    kind: FailureKind
    reason: str
    code: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task brought: `value` if `failure` is `None`.

    Args:
        cpu_seconds: Processor time it took; `None` if it did not come to its end.
    """

    value: object
    failure: Failure | None = None
    cpu_seconds: float | None = field(default=None, compare=False)

    @property
    def is_done(self) -> bool:
        """Whether there is a value."""
        return self.failure is None


BROKE = Failure(
    FailureKind.CRASHED,
    "Reading the file made the reading program break down; the file is probably damaged.",
    "FL006",
    "Ask for the file again.",
)
TOO_SLOW = Failure(
    FailureKind.TOO_SLOW,
    "Reading the file took longer than any sound file of its size takes, and was stopped.",
    "FL006",
    "Ask for the file again.",
)
KILLED = Failure(
    FailureKind.TOO_LARGE,
    "The system ended the program that read the file, twice; most likely there was not enough memory.",
    "FL006",
    "Close other programs and try it again.",
)
STRANGE = Failure(
    FailureKind.CRASHED,
    "Reading the file brought an answer that makes no sense, and it was not trusted.",
    "FL006",
    "Ask for the file again.",
)
NOT_STARTED = Failure(
    FailureKind.CRASHED,
    "The program that reads files could not be started.",
    None,
    "Run `vaughn doctor`; it says what this machine offers.",
)
CANCELLED = Failure(FailureKind.CANCELLED, "The work was cancelled.", None, "Start it again to go on.")


def outcome_of(attempt: Attempt, cpu_seconds: float | None = None) -> Outcome:
    """Return the outcome that what a job did amounts to."""
    if attempt.refusal is None:
        return Outcome(attempt.value, None, cpu_seconds)
    kind = FailureKind.TOO_LARGE if attempt.out_of_memory else FailureKind.REFUSED
    return Outcome(None, Failure(kind, attempt.refusal, attempt.code, attempt.hint), cpu_seconds)
