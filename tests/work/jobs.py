"""Jobs that misbehave, for the tests of `vaughn.work`; children import them by name."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from vaughn.formats.pages import FileRefused, MemberPiece, Refusal

_used: list[int] = []


def double(number: int) -> int:
    _used.append(number)
    return 2 * number


def crash_if_used() -> Iterator[str]:
    """Break down where `double` has run before."""
    if _used:
        crash()
    yield "whole"


def refuse() -> None:
    raise FileRefused("The file is empty.", refusal=Refusal.EMPTY)


def fail_with_secret() -> None:
    raise ValueError("what the document says")


def crash() -> None:
    ctypes.string_at(0)


def loop() -> None:
    while True:
        pass


def hang() -> None:
    threading.Event().wait()


def swallow_memory() -> int:
    return len(bytearray(64 * 1024**3))


_TOKEN = os.urandom(8)


def own_token() -> bytes:
    """Return what tells this process from others; in a world of its own every child has the same number."""
    return _TOKEN


def pid_then_wait(path: str, seconds: float) -> None:
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    threading.Event().wait(seconds)


def answer_with_code() -> object:
    return os.system


def print_noise() -> int:
    print("noise on standard output")
    os.write(1, b"more noise")
    return 7


_KEPT: list[bytearray] = []


def grow(megabytes: int) -> bytes:
    _KEPT.append(bytearray(b"x") * (megabytes * 1024 * 1024))
    return _TOKEN


def numbers_then_crash(count: int) -> Iterator[int]:
    yield from range(count)
    crash()


def look_and_hang(path: Path, name: str) -> None:
    hang()


def look_and_crash(path: Path, name: str) -> None:
    crash()


def look_and_swallow(path: Path, name: str) -> int:
    return swallow_memory()


def look_and_loop(path: Path, name: str) -> None:
    loop()


def first_member_then_crash(path: Path, name: str, known: frozenset[str]) -> Iterator[MemberPiece]:
    yield MemberPiece("whole.txt", b"all of it", is_last=True)
    yield MemberPiece("half.txt", b"the beginning", is_last=False)
    crash()


def tokens(count: int) -> Iterator[bytes]:
    """Yield what tells this process from others, several times."""
    for _ in range(count):
        yield _TOKEN


def be_killed_once(folder: str) -> str:
    """End this process from outside, as a system short of memory does, unless that was done before."""
    note = Path(folder) / "killed"
    if not note.exists():
        note.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
