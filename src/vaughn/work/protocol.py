"""What parent and child say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from vaughn.formats.pages import Attempt
from vaughn.work.limits import FILE_BYTES


@dataclass(frozen=True, slots=True)
class Greeting:
    """First word of the parent.

    Args:
        parent: Its process id.
        import_path: Where it finds its modules; the child takes it over.
    """

    parent: int
    import_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One function to call, named by module and name.

    Args:
        is_stream: Whether what it returns is sent piece by piece.
        file_bytes: Largest file it may write.
    """

    module: str
    function: str
    arguments: tuple[object, ...]
    cpu_seconds: float
    memory_bytes: int
    named: dict[str, object] = field(default_factory=dict)
    is_stream: bool = False
    file_bytes: int = FILE_BYTES


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a stream; an `Answer` without value follows the last."""

    value: object


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job.

    Args:
        resident_bytes: Memory the child holds now; `None` if unknown.
    """

    attempt: Attempt
    resident_bytes: int | None
