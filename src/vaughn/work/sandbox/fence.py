"""Which fence this machine can put around a child, and what it means."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from vaughn.model import UsageError
from vaughn.work.sandbox.bubblewrap import bubblewrap_works
from vaughn.work.sandbox.landlock import landlock_version, open_only
from vaughn.work.sandbox.seccomp import refuse_calls, seccomp_offered

# For a machine on which a fence is in the way; `vaughn doctor` shows the effect.
SETTING = "VAUGHN_SANDBOX"


class Level(Enum):
    """How strong the fence is, from the strongest; each holds limits on memory and time where the system has them."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    LIMITS = "limits"

    @property
    def hides_files(self) -> bool:
        """Whether other files than the records and the program are out of reach."""
        return self in {Level.BUBBLEWRAP, Level.LANDLOCK}

    @property
    def hides_network(self) -> bool:
        """Whether no network can be reached, and no other program started."""
        return self is not Level.LIMITS

    @property
    def means(self) -> str:
        """What it means, in words anybody understands."""
        return _MEANS[self]


_MEANS = {
    Level.BUBBLEWRAP: "a file that takes over its reader finds no other files, no network and no other programs",
    Level.LANDLOCK: "a file that takes over its reader cannot open other files, reach a network or start a program",
    Level.SECCOMP: "a file that takes over its reader cannot reach a network or start a program,"
    " but it can read what you can read",
    Level.LIMITS: "a file that takes over its reader can do what you can do on this computer;"
    " crashes, memory and time are held",
}


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence around one child.

    Args:
        readable: Files and folders it may read, besides the program.
        writable: Folders it may write in; the first is for its temporary files.
    """

    level: Level
    readable: tuple[str, ...]
    writable: tuple[str, ...]


@lru_cache(maxsize=1)
def levels_here() -> tuple[Level, ...]:
    """Return the levels this machine offers, the strongest first."""
    offered = [Level.LIMITS]
    if seccomp_offered():
        offered.insert(0, Level.SECCOMP)
        if landlock_version() > 0:
            offered.insert(0, Level.LANDLOCK)
        if bubblewrap_works():
            offered.insert(0, Level.BUBBLEWRAP)
    return tuple(offered)


def best_level() -> Level:
    """Return the level that children get: the strongest here, or what `VAUGHN_SANDBOX` asks for.

    Raises:
        UsageError: If the setting is no level, or one that this machine does not offer.
    """
    asked = os.environ.get(SETTING)
    if asked is None:
        return levels_here()[0]
    names = ", ".join(level.value for level in levels_here())
    for level in levels_here():
        if level.value == asked.lower():
            return level
    raise UsageError(f"{SETTING} is {asked!r}, which this machine does not offer.", hint=f"It offers: {names}.")


def raise_fence(fence: Fence, program: tuple[str, ...]) -> None:
    """Put *fence* around this process, for good. Bubblewrap was there before Python; the filter goes inside it.

    Raises:
        OSError: If the system does not do it.
    """
    if fence.level is Level.LIMITS or not sys.platform.startswith("linux"):
        return
    if fence.level.hides_files and landlock_version() > 0:
        open_only((*program, *fence.readable), fence.writable)
    refuse_calls()
