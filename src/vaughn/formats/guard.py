"""What becomes of one file whose reading goes wrong in a way nobody foresaw: a refusal, not a stop.

This is the per-file guard of the program, one of the two places that catch every exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vaughn.formats.faults import FileRefused, Refusal
from vaughn.model import VaughnError


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a job on one file: a value, or a refusal in words with the code of its finding.

    Args:
        refusal: `None` if the job came to its end; *value* counts then.
        code: Code of the catalogue, or `None` if the fault lies with the program and not with the file.
        out_of_memory: Whether the file needed more memory than the process may have.
    """

    value: object
    refusal: str | None = None
    code: str | None = None
    hint: str | None = None
    out_of_memory: bool = False


def attempt(job: Callable[..., object], arguments: tuple[object, ...], named: dict[str, object]) -> Attempt:
    """Return what *job* returns for the arguments, or why it did not.

    Exceptions of other libraries are told by their class alone: their text may hold what a document says.
    """
    try:
        return Attempt(job(*arguments, **named))
    except FileRefused as error:
        return Attempt(None, error.message, error.code, error.hint)
    except VaughnError as error:
        return Attempt(None, error.message, None, error.hint)
    except MemoryError:
        return Attempt(
            None, "The file needs more memory than one file may have.", Refusal.UNREADABLE.value, out_of_memory=True
        )
    except Exception as error:  # noqa: BLE001 -- the guard: one bad file never stops a batch
        kind = type(error).__name__
        return Attempt(
            None, f"The file could not be read ({kind}).", Refusal.UNREADABLE.value, "Ask for the file again."
        )
