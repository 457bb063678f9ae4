"""The life of a child process: take a job, hold to its limits, answer, until the parent is gone.

Run as ``python -m vaughn.work.child``; standard input brings jobs, standard output takes answers.
Whatever libraries print goes nowhere.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import IO

from vaughn.formats.pages import Attempt, attempt, keep_files_open
from vaughn.work.limits import Limits, give_memory_back, hold_to, resident_bytes
from vaughn.work.messages import receive_trusted, send
from vaughn.work.protocol import Answer, Greeting, Job, Piece

_PR_SET_PDEATHSIG = 1
_PARENT_GONE = 0


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    jobs, answers = _pipes()
    greeting = receive_trusted(jobs)
    if not isinstance(greeting, Greeting):
        return
    _die_with(greeting.parent)
    sys.path[:] = list(greeting.import_path)
    keep_files_open()
    give_memory_back()
    waiting: SimpleQueue[Job] = SimpleQueue()
    # Reading in a thread of its own notices the parent's end while a job runs.
    threading.Thread(target=_listen, args=(jobs, waiting), daemon=True).start()
    while True:
        job = waiting.get()
        send(answers, _done(job, answers))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the pipes to the parent, and point the usual ones to nowhere."""
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    return jobs, answers


def _die_with(parent: int) -> None:
    """Ask the system (Linux) to end this process with its parent, even in the middle of a job."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(_PARENT_GONE)


def _listen(jobs: IO[bytes], waiting: SimpleQueue[Job]) -> None:
    while True:
        try:
            job = receive_trusted(jobs)
        except (EOFError, OSError):
            os._exit(_PARENT_GONE)
        if isinstance(job, Job):
            waiting.put(job)


def _done(job: Job, answers: IO[bytes]) -> Answer:
    hold_to(Limits(job.cpu_seconds, job.memory_bytes, job.file_bytes))
    try:
        function = getattr(importlib.import_module(job.module), job.function)
    except (ImportError, AttributeError):
        return Answer(Attempt(None, f"The program has no job {job.module}.{job.function}."), resident_bytes())
    if job.is_stream:
        return Answer(attempt(_sent, (answers, function, job.arguments), {}), resident_bytes())
    return Answer(attempt(function, job.arguments, job.named), resident_bytes())


def _sent(answers: IO[bytes], function: Callable[..., Iterable[object]], arguments: tuple[object, ...]) -> None:
    """Send every piece as it comes; a parent that does not take them holds this process up."""
    for piece in function(*arguments):
        send(answers, Piece(piece))


if __name__ == "__main__":
    main()
