"""Does the fence hold? A child tries to get out of it and says how far it came."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vaughn.work.sandbox.fence import Level


@dataclass(frozen=True, slots=True)
class Trial:
    """What a child could do that it was not asked to do."""

    read_files: bool
    reached_network: bool
    started_programs: bool


@dataclass(frozen=True, slots=True)
class FenceReport:
    """The fence that children get here.

    Args:
        level: What was put up.
        trial: What a child behind it could do all the same; `None` if none could be started.
    """

    level: Level
    trial: Trial | None

    @property
    def holds(self) -> bool:
        """Whether the fence is as its level says, and is more than limits."""
        trial = self.trial
        if trial is None or not self.level.hides_network:
            return False
        return not (trial.reached_network or trial.started_programs or (trial.read_files and self.level.hides_files))


def try_the_fence(outside: str) -> Trial:
    """Return what this process can do; run it in a child. *outside* is a file that it was not given."""
    return Trial(_can(_read, outside), _can(_open_socket, ""), _can(_start_program, ""))


def _can(attempt: Callable[[str], object], place: str) -> bool:
    try:
        attempt(place)
    except OSError:
        return False
    return True


def _read(place: str) -> None:
    Path(place).read_bytes()


def _open_socket(_: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
        datagram.bind(("127.0.0.1", 0))


def _start_program(_: str) -> None:
    subprocess.run([sys.executable, "-I", "-S", "-c", ""], check=False)
