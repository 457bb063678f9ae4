"""One child process as its parent sees it: started, given jobs, watched, replaced."""

from __future__ import annotations

import itertools
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

from vaughn.work.limits import GROWTH_BYTES, TASKS_PER_CHILD, Limits
from vaughn.work.messages import receive_plain, send
from vaughn.work.outcome import (
    BROKE,
    CANCELLED,
    KILLED,
    NOT_STARTED,
    STRANGE,
    TOO_SLOW,
    Failure,
    Outcome,
    outcome_of,
)
from vaughn.work.protocol import Answer, Greeting, Job, Piece, Ready
from vaughn.work.sandbox import (
    Fence,
    Level,
    best_level,
    blob_folder_or_self,
    import_places,
    program_places,
    start_in,
    told_to_children,
)
from vaughn.work.scratch import new_scratch, remove_scratch

_PACKAGE_FOLDER = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from vaughn.work.child import main; main()"
# The libraries below NumPy and OpenVINO would otherwise start a thread for every processor in every child.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
# Reading PDF files walks through memory far and wide; in pages of 2 MB (glibc, Linux) that takes some percent less.
_LARGE_PAGES = ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
_WATCH_TICK_SECONDS = 0.5
_END_SECONDS = 5.0


class _Watchdog:
    """Ends children that a task has held for too long. One thread for the whole program."""

    def __init__(self) -> None:
        self._deadlines: dict[int, tuple[float, Callable[[], None]]] = {}
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._started = False

    def watch(self, seconds: float, on_late: Callable[[], None]) -> int:
        """Call *on_late* if `unwatch` is not called within *seconds*."""
        with self._changed:
            if not self._started:
                self._started = True
                threading.Thread(target=self._look, name="vaughn-watchdog", daemon=True).start()
            number = next(self._numbers)
            self._deadlines[number] = (time.monotonic() + seconds, on_late)
            if len(self._deadlines) == 1:
                self._changed.notify()
        return number

    def unwatch(self, number: int) -> None:
        """Forget the deadline *number*."""
        with self._changed:
            self._deadlines.pop(number, None)

    def _look(self) -> None:
        while True:
            with self._changed:
                self._changed.wait(_WATCH_TICK_SECONDS if self._deadlines else None)
                now = time.monotonic()
                late = [number for number, (deadline, _) in self._deadlines.items() if deadline < now]
                calls = [self._deadlines.pop(number)[1] for number in late]
            for call in calls:
                call()


_WATCHDOG = _Watchdog()
# Linux ends a child when the *thread* that started it ends: this one lasts as long as the program.
_STARTER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vaughn-starter")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a child may reach.

    Args:
        readable: Files and folders it may read, besides the program.
        spool: Folder it may write in, besides one of its own for temporary files.
        level: The fence; the strongest this machine offers, if not given.
    """

    readable: frozenset[str] = frozenset()
    spool: Path | None = None
    level: Level | None = None

    def covers(self, places: Iterable[str]) -> bool:
        """Tell whether each of *places* is, or lies in, what may be read."""
        return all(place in self.readable or self._holds(place) for place in places)

    def _holds(self, place: str) -> bool:
        own = self.readable if self.spool is None else (*self.readable, str(self.spool.absolute()))
        return any(place == folder or place.startswith(folder.rstrip(os.sep) + os.sep) for folder in own)


def places_of(job: Job) -> frozenset[str]:
    """Return what a child must be able to read for *job*: the paths among its arguments, by their cases' blobs.

    Paths count that are arguments, or fields of dataclasses that are.
    """
    given = [*job.arguments, *job.named.values()]
    for one in tuple(given):
        if is_dataclass(one):
            given += [getattr(one, field.name) for field in fields(one)]
    return frozenset(blob_folder_or_self(one) for one in given if isinstance(one, Path))


class ChildProcess:
    """One child. Not for two threads at once, but `kill` may be called from anywhere.

    Args:
        reach: What it may read and write; fixed for its life.
        first: The job it is started for.
    """

    def __init__(self, reach: Reach, first: Job) -> None:
        more = {place for place in places_of(first) if not reach.covers((place,))}
        self.reach = replace(reach, readable=reach.readable | more)
        self.level: Level | None = None
        self._scratch = new_scratch(reach.spool)
        self._tasks = 0
        self._least_bytes: int | None = None
        self._grown = False
        self._killed_for: Failure | None = None
        spools = () if reach.spool is None else (str(reach.spool.absolute()),)
        fence = Fence(reach.level or best_level(), tuple(sorted(self.reach.readable)), (str(self._scratch), *spools))
        program = program_places()
        try:
            self._process = _STARTER.submit(_started, fence, program).result()
        except BaseException:
            remove_scratch(self._scratch)
            raise
        try:
            send(self._stdin, Greeting(os.getpid(), import_places(), fence, program, first.module))
        except OSError:
            self._killed_for = BROKE

    @property
    def is_fresh(self) -> bool:
        """Whether it has done nothing yet."""
        return self._tasks == 0

    @property
    def is_worn(self) -> bool:
        """Whether it has done or grown so much that a fresh one should take its place."""
        is_dead = self._killed_for is not None or self._process.poll() is not None
        return is_dead or self._grown or self._tasks >= TASKS_PER_CHILD

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def resident_bytes(self) -> int | None:
        """Memory it held after its last task; `None` if unknown."""
        return self._resident_bytes

    _resident_bytes: int | None = None

    def run(self, job: Job) -> Outcome:
        """Return what *job* brought. A child that failed other than by refusing is dead afterwards."""
        word = self._next_word(job, ask=True)
        if isinstance(word, Piece):
            self.kill(STRANGE)
            return Outcome(None, STRANGE)
        return self._ended(word)

    def stream(self, job: Job) -> Iterator[Outcome]:
        """Yield the pieces that *job* brings as they come; only the last outcome may be a failure.

        The wall clock runs while the child is waited for, not while the caller uses a piece.
        """
        word = self._next_word(job, ask=True)
        while isinstance(word, Piece):
            yield Outcome(word.value)
            word = self._next_word(job, ask=False)
        ended = self._ended(word)
        if not ended.is_done:
            yield ended

    def _next_word(self, job: Job, *, ask: bool) -> Answer | Piece | Failure:
        """Return what the child says next, after telling it of *job* if *ask*."""
        watch = _WATCHDOG.watch(Limits(job.cpu_seconds, job.memory_bytes).wall_seconds, self.late)
        try:
            if ask:
                send(self._stdin, job)
            word = receive_plain(self._stdout)
            if isinstance(word, Ready):
                self.level = word.level
                word = receive_plain(self._stdout)
        except (EOFError, OSError):
            return self._cause_of_death()
        except pickle.UnpicklingError:
            word = None
        finally:
            _WATCHDOG.unwatch(watch)
        if isinstance(word, Answer | Piece):
            return word
        self.kill(STRANGE)
        return STRANGE

    def _ended(self, word: Answer | Failure) -> Outcome:
        if isinstance(word, Failure):
            return Outcome(None, word)
        self._tasks += 1
        self._weigh(word.resident_bytes)
        return outcome_of(word.attempt, word.cpu_seconds)

    def kill(self, why: Failure = CANCELLED) -> None:
        """End the child now, whatever it is doing; its job ends with *why*."""
        if self._killed_for is None:
            self._killed_for = why
        self._process.kill()

    def close(self) -> None:
        """End the child and give its pipes back."""
        self._process.kill()
        self._process.wait(_END_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue
        remove_scratch(self._scratch)

    @property
    def _stdin(self):  # type: ignore[no-untyped-def]
        return self._process.stdin

    @property
    def _stdout(self):  # type: ignore[no-untyped-def]
        return self._process.stdout

    def late(self) -> None:
        """End the child because its task has taken too long."""
        self.kill(TOO_SLOW)

    def _weigh(self, resident_bytes: int | None) -> None:
        self._resident_bytes = resident_bytes
        if resident_bytes is None:
            return
        self._least_bytes = min(self._least_bytes or resident_bytes, resident_bytes)
        self._grown = resident_bytes - self._least_bytes > GROWTH_BYTES

    def _cause_of_death(self) -> Failure:
        try:
            code = self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait(_END_SECONDS)
        if self._killed_for is not None:
            return self._killed_for
        if self.level is None:
            return NOT_STARTED
        if sys.platform != "win32" and code in _told_by(signal.SIGXCPU):
            return TOO_SLOW
        if sys.platform != "win32" and code in _told_by(signal.SIGKILL):
            return KILLED  # nobody here did it: the system was short of memory
        return BROKE


def _told_by(number: int) -> tuple[int, int]:
    """Return the exit codes of a child that this signal ended: its own, and as a shell or bubblewrap tells it."""
    return -number, 128 + number


def child_environment() -> dict[str, str]:
    """Return the environment in which children are started."""
    name, setting = _LARGE_PAGES
    return told_to_children(os.environ) | _ONE_THREAD | {name: ":".join(filter(None, (os.environ.get(name), setting)))}


def _started(fence: Fence, program: tuple[str, ...]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-c", _START, str(_PACKAGE_FOLDER)]
    if fence.level is Level.BUBBLEWRAP:
        command = [*start_in((*program, *fence.readable), fence.writable, folder=fence.writable[0]), *command]
    return subprocess.Popen(  # noqa: S603 -- our own interpreter, our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=child_environment(),
        start_new_session=os.name == "posix",  # Ctrl-C is for the parent, which ends its children itself
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
