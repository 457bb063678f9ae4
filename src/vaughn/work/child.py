"""The life of a child process: stand behind a fence, take a job, hold to its limits, answer, until the parent is gone.

Run as ``python -m vaughn.work.child``; standard input brings jobs, standard output takes answers.
Whatever libraries print goes nowhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import importlib.util
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from vaughn.formats.pages import Attempt, attempt, keep_files_open
from vaughn.work.limits import Limits, give_memory_back, hold_to, resident_bytes, spent_seconds
from vaughn.work.messages import receive_trusted, send
from vaughn.work.protocol import Answer, Greeting, Job, Piece, Ready
from vaughn.work.sandbox import Level, raise_fence

_PR_SET_PDEATHSIG = 1
_PARENT_GONE = 0
# What readers load when the first file of a type comes.
_LIBRARIES = ("numpy", "PIL.Image", "pypdfium2", "pikepdf", "lxml.etree", "python_calamine", "docx")


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    jobs, answers = _pipes()
    greeting = receive_trusted(jobs)
    if not isinstance(greeting, Greeting):
        return
    _die_with(greeting)
    sys.path[:] = list(greeting.import_path)
    keep_files_open()
    give_memory_back()
    _load(greeting.first_module)
    gc.freeze()  # What is loaded stays: to look through it again for garbage takes 40 ms each time.
    _stand_behind(greeting)
    send(answers, Ready(greeting.fence.level))
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


def _die_with(greeting: Greeting) -> None:
    """Ask the system (Linux) to end this process with its parent, even in the middle of a job."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    # In a world of its own a process cannot see its parent; bubblewrap ends it.
    if greeting.fence.level is not Level.BUBBLEWRAP and os.getppid() != greeting.parent:
        os._exit(_PARENT_GONE)


def _load(module: str) -> None:
    """Load what the first job needs, and what libraries Python has not compiled yet, while it can keep the result.

    Behind the fence Python cannot write down what it compiled, and each child would compile it again.
    """
    with contextlib.suppress(ImportError):
        importlib.import_module(module)
    for name in _LIBRARIES:
        with contextlib.suppress(ImportError, ValueError):
            found = importlib.util.find_spec(name)
            if found is not None and found.cached is not None and not Path(found.cached).exists():
                importlib.import_module(name)


def _stand_behind(greeting: Greeting) -> None:
    """Raise the fence; go on in the folder for temporary files."""
    raise_fence(greeting.fence, greeting.program)
    scratch = greeting.fence.writable[0]
    os.chdir(scratch)
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        os.environ[name] = scratch
    tempfile.tempdir = None


def _listen(jobs: IO[bytes], waiting: SimpleQueue[Job]) -> None:
    while True:
        try:
            job = receive_trusted(jobs)
        except (EOFError, OSError):
            os._exit(_PARENT_GONE)
        if isinstance(job, Job):
            waiting.put(job)


def _done(job: Job, answers: IO[bytes]) -> Answer:
    begun = spent_seconds()
    hold_to(Limits(job.cpu_seconds, job.memory_bytes, job.file_bytes))
    result = _tried(job, answers)
    return Answer(result, resident_bytes(), spent_seconds() - begun)


def _tried(job: Job, answers: IO[bytes]) -> Attempt:
    try:
        function = getattr(importlib.import_module(job.module), job.function)
    except (ImportError, AttributeError):
        return Attempt(None, f"The program has no job {job.module}.{job.function}.")
    if job.is_stream:
        return attempt(_sent, (answers, function, job.arguments), {})
    return attempt(function, job.arguments, job.named)


def _sent(answers: IO[bytes], function: Callable[..., Iterable[object]], arguments: tuple[object, ...]) -> None:
    """Send every piece as it comes; a parent that does not take them holds this process up."""
    for piece in function(*arguments):
        send(answers, Piece(piece))


if __name__ == "__main__":
    main()
