"""What parent and child say to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vaughn.formats.pages import Attempt
from vaughn.work.limits import FILE_BYTES, Limits
from vaughn.work.sandbox import Fence, Level


@dataclass(frozen=True, slots=True)
class Greeting:
    """First word of the parent.

    Args:
        parent: Its process id.
        import_path: Where it finds its modules; the child takes it over.
        fence: What it may do; raised before it sees a file.
        program: Folders the program itself is read from.
        first_module: Module of its first job, to be loaded while nothing hostile was read.
    """

    parent: int
    import_path: tuple[str, ...]
    fence: Fence
    program: tuple[str, ...]
    first_module: str


@dataclass(frozen=True, slots=True)
class Ready:
    """First word of the child: its fence stands."""

    level: Level


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


def job_of(
    function: Callable[..., object], arguments: tuple[object, ...], limits: Limits, *, is_stream: bool = False
) -> Job:
    """Return the call of *function* within *limits*. Paths become absolute: a child stands in a folder of its own."""
    return Job(
        function.__module__,
        function.__qualname__,
        tuple(one.absolute() if isinstance(one, Path) else one for one in arguments),
        limits.cpu_seconds,
        limits.memory_bytes,
        is_stream=is_stream,
        file_bytes=limits.file_bytes,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a stream; an `Answer` without value follows the last."""

    value: object


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job.

    Args:
        resident_bytes: Memory the child holds now; `None` if unknown.
        cpu_seconds: Processor time the job took.
    """

    attempt: Attempt
    resident_bytes: int | None
    cpu_seconds: float
