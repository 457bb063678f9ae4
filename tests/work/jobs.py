"""Jobs that misbehave, for the tests of `vaughn.work`; children import them by name."""

from __future__ import annotations

import ctypes
import os
import threading
from pathlib import Path

from vaughn.formats.pages import FileRefused, Refusal


def double(number: int) -> int:
    return 2 * number


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


def own_pid() -> int:
    return os.getpid()


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


def grow(megabytes: int) -> int:
    _KEPT.append(bytearray(b"x") * (megabytes * 1024 * 1024))
    return os.getpid()
