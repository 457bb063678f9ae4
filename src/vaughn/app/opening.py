"""How commands and the workbench open a case: who is writing, and what they are told to others who want to."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from vaughn.model import StateError
from vaughn.store import Actor, CaseFile


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def user_name() -> str:
    """Return the name under which this person is signed in to the computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"user {os.getuid()}" if sys.platform != "win32" else "unknown user"


def actor(command: str) -> Actor:
    """Return who writes: the user, running *command*."""
    return Actor(user_name(), now, command)


def open_to_write(path: Path, command: str, *, wait_seconds: float = 0.0) -> CaseFile:
    """Open a case for writing, waiting a while for another writer."""
    return CaseFile.open(path, write=True, wait_seconds=wait_seconds, actor=actor(command))


def open_to_read(path: Path, command: str) -> CaseFile:
    """Open a case for reading; one made by an older Vaughn is brought up to date first.

    Raises:
        CaseInUse: If that is needed and another process is writing.
        StateError: If the case was made by a newer Vaughn.
    """
    try:
        return CaseFile.open(path)
    except StateError:
        # Opening for writing brings the tables up to date, or says again why that cannot be.
        with open_to_write(path, command):
            return CaseFile.open(path)
