"""How much one task on one file may take, and how a child process is held to it.

Memory and processor time are held by the system on POSIX (`setrlimit`); everywhere a wall clock in the
parent is the backstop. On Windows the wall clock and the recycling of grown children are all there is.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from dataclasses import dataclass
from functools import lru_cache

MIB = 1024 * 1024
# PDFium, Pillow and NumPy need 0.4 GiB of addresses; the worst file of 1,625 peaked at 0.44 GiB resident.
PAGE_MEMORY_BYTES = 2048 * MIB
# OpenVINO maps its models and grows with the shapes it has seen: 2.9 GiB resident after 30 pages.
OCR_MEMORY_BYTES = 8192 * MIB
# Reading takes 2 ms a page; the slowest sound page of 5,239 took half a second.
BASE_CPU_SECONDS = 5.0
CPU_SECONDS_PER_PAGE = 0.5
OCR_CPU_SECONDS_PER_PAGE = 60.0
RENDER_CPU_SECONDS = 20.0
# A machine under load gives a task a small share of a processor: at load 15 the wall showed 12 times the work.
WALL_PER_CPU_SECOND = 12.0
MIN_WALL_SECONDS = 30.0
# A child that has done this much, or grown this much since it was warm, is replaced by a fresh one.
TASKS_PER_CHILD = 2000
GROWTH_BYTES = 250 * MIB
# A child writes no file larger than this (temporary copies of broken PDF files).
FILE_BYTES = 1024 * MIB
# A sheet of the largest size with 20 short values a row takes 1.5 GiB as cells; a directory of a million members 1 GiB.
LOAD_FILE_MEMORY_BYTES = 4096 * MIB
# A workbook of one MB holds about 30,000 rows, read in 2 s; an archive of one MB unpacks to 300 MB at most, in 3 s.
LOAD_FILE_CPU_SECONDS = 20.0
CPU_SECONDS_PER_MB = 8.0
# Parameters of mallopt(3) and their values. Pictures of pages are large and short-lived: with a threshold that does
# not grow, each is given back to the system when it is freed. Two arenas serve many threads that mostly wait.
_MALLOPT = ((-8, 2), (-3, MIB // 4), (-1, MIB // 2))  # M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take.

    Args:
        memory_bytes: Address space of the child (POSIX).
        cpu_seconds: Processor time of this task (POSIX).
        file_bytes: Largest file the child may write (POSIX).
    """

    cpu_seconds: float = BASE_CPU_SECONDS
    memory_bytes: int = PAGE_MEMORY_BYTES
    file_bytes: int = FILE_BYTES

    @property
    def wall_seconds(self) -> float:
        """When the parent gives up, whatever the child is doing."""
        return max(MIN_WALL_SECONDS, self.cpu_seconds * WALL_PER_CPU_SECOND)


PAGE_LIMITS = Limits(RENDER_CPU_SECONDS)
OCR_LIMITS = Limits(OCR_CPU_SECONDS_PER_PAGE, OCR_MEMORY_BYTES)


def reading_limits(pages: int) -> Limits:
    """Return the limits of a task that reads the words of *pages* pages."""
    return Limits(BASE_CPU_SECONDS + CPU_SECONDS_PER_PAGE * max(1, pages))


def loading_limits(size_bytes: int) -> Limits:
    """Return the limits of a task that reads a load file or an archive of *size_bytes* as a whole.

    An archive inside an archive is unpacked into a temporary file; the archive's own limits hold it down.
    """
    seconds = LOAD_FILE_CPU_SECONDS + CPU_SECONDS_PER_MB * size_bytes / 1e6
    return Limits(seconds, LOAD_FILE_MEMORY_BYTES, max(FILE_BYTES, 64 * size_bytes))


def hold_to(limits: Limits) -> None:
    """Hold this process to *limits* from now on; does nothing where the system offers nothing."""
    try:
        import resource  # noqa: PLC0415 -- POSIX only
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, int(spent_seconds() + limits.cpu_seconds) + 1),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, value in wanted:
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of them and refuses others
            _, hard = resource.getrlimit(kind)
            soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (soft, hard))


def spent_seconds() -> float:
    """Return the processor time this process has used.

    Linux lets the clock of a process that is held to a limit run behind by up to a tick of 4 ms; not what it tells of
    the resources used.
    """
    try:
        import resource  # noqa: PLC0415 -- POSIX only
    except ImportError:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def give_memory_back() -> None:
    """Have this process give freed memory back to the system at once; does nothing where its C library cannot."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        for parameter, value in _MALLOPT:
            mallopt(parameter, value)


def resident_bytes() -> int | None:
    """Return the memory this process holds now; `None` where the system does not say."""
    try:
        return int(os.pread(_own_memory(), 64, 0).split()[1]) * 4096
    except (OSError, ValueError, IndexError, AttributeError):
        return None


@lru_cache(maxsize=1)
def _own_memory() -> int:
    """Return the open file that tells this process's memory: opened once, it is read in a microsecond."""
    return os.open("/proc/self/statm", os.O_RDONLY)
