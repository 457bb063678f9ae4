"""Where a failure of ours is written down: the kind of error and the lines of our code, never a value.

The text of an unknown exception may quote a record, so it is left out.
"""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

_MAX_LOG_BYTES = 1_000_000


def state_folder() -> Path:
    """Return the user's own folder for what Vaughn remembers between runs; it need not exist."""
    chosen = os.environ.get("VAUGHN_STATE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Vaughn"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Vaughn"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "vaughn"


def log_failure(error: BaseException) -> Path:
    """Append where *error* came from to the log and return the log's path; never fails itself."""
    path = state_folder() / "vaughn.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _MAX_LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        with path.open("a", encoding="utf-8") as log:
            log.write(failure_text(error, at=datetime.now(UTC)))
    except OSError:
        pass  # A full disk must not hide the message that is about to be shown.
    return path


def failure_text(error: BaseException, *, at: datetime) -> str:
    """Return the kinds of errors in the chain and the lines of code they passed."""
    lines = [f"== {at.isoformat(timespec='seconds')}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines += [
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"
