"""Who may write: one process at a time, by a lock of the operating system.

The lock dies with its process, so nothing is ever left locked; the file beside it that names the holder
is only read when the lock is really held.
"""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from vaughn.model import CaseInUse
from vaughn.store.given import Actor

_LOCK = "writer.lock"
_HOLDER = "writer.json"


class WriterLock:
    """The right to write to one case, held until `release`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Not per thread: a job may end in another thread than the one that opened the case.
        self._lock = FileLock(folder / _LOCK, thread_local=False)

    def acquire(self, actor: Actor, *, wait_seconds: float) -> None:
        """Take the lock, waiting up to *wait_seconds*.

        Raises:
            CaseInUse: If another process (or another opening in this one) still holds it.
        """
        try:
            self._lock.acquire(timeout=max(wait_seconds, 0.0), poll_interval=0.05)
        except Timeout as error:
            raise CaseInUse(
                f"{self._folder.name} is being written to by {self._holder()}.",
                hint="Wait until it has finished, or end it; reading the case is possible meanwhile.",
            ) from error
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": actor.clock().isoformat(timespec="seconds"),
            "command": actor.command,
            "actor": actor.name,
        }
        partial = self._folder / f"{_HOLDER}.part"
        partial.write_text(json.dumps(holder), encoding="utf-8")
        partial.replace(self._folder / _HOLDER)

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._lock.is_locked:
            (self._folder / _HOLDER).unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> str:
        try:
            known = json.loads((self._folder / _HOLDER).read_text(encoding="utf-8"))
            said = f"process {int(known['pid'])} on {known['host']} since {known['since']}"
            return f"{said} ({known['command']})" if known["command"] else said
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


class SoleWriter:
    """The right to write to a derived folder (an index), held until `release`; its holder is not named."""

    def __init__(self, path: Path) -> None:
        """Prepare the lock file *path*; nothing is written yet."""
        self._lock = FileLock(path, thread_local=False)

    def acquire(self) -> bool:
        """Take the lock if it is free; return whether it was."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        self._lock.release()
