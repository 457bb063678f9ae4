"""How a task on a file ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
    """What a task brought: `value` if `failure` is `None`."""

    value: object
    failure: Failure | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is a value."""
        return self.failure is None
