"""A wish that long work on a case stop at the next good moment: a small file, so that whoever only reads can ask.

One process writes to a case, for hours; who watches it cannot write to the database meanwhile. The worker looks at
this file between batches, stores what it has, gives its tasks back, and stops until somebody goes on.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaughn.model import StateError
from vaughn.store.chain import moment_text

_NAME = "paused.json"


class WorkPaused(StateError):
    """Somebody asked for a pause; nothing went wrong."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Who asked, and when; `None` if the file does not say."""

    by: str | None
    at: datetime | None


def ask(folder: Path, *, by: str, at: datetime) -> None:
    """Ask for a pause of the work on the case in *folder*; asking again changes nothing."""
    if asked(folder) is not None:
        return
    partial = folder / f"{_NAME}.{os.getpid()}"
    partial.write_text(json.dumps({"by": by, "at": moment_text(at)}), encoding="utf-8")
    partial.replace(folder / _NAME)


def asked(folder: Path) -> Pause | None:
    """Return the pause that was asked for, if any. Costs a look into a folder."""
    try:
        text = (folder / _NAME).read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Pause(None, None)
    try:
        said = json.loads(text)
        return Pause(str(said["by"]), datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError):
        return Pause(None, None)


def take_back(folder: Path) -> bool:
    """Let work go on; return whether a pause had been asked for."""
    try:
        (folder / _NAME).unlink()
    except FileNotFoundError:
        return False
    return True
