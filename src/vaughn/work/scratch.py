"""Where children write temporary files: a folder each, gone with the child; one left by a killed program goes later."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from pathlib import Path

_PREFIX = "vaughn-work-"
_lock = threading.Lock()
_own: dict[Path, Path] = {}


def new_scratch(base: Path | None = None) -> Path:
    """Return a new empty folder for one child, in *base* or where temporary files of this system go."""
    parent = _own_folder(Path(tempfile.gettempdir()) if base is None else base)
    return Path(tempfile.mkdtemp(dir=parent))


def remove_scratch(folder: Path) -> None:
    """Remove *folder* with whatever the child left in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _own_folder(base: Path) -> Path:
    """Return this program's folder in *base*, made at first, when what killed programs left there is removed."""
    with _lock:
        folder = _own.get(base)
        if folder is None or not folder.is_dir():
            _remove_left_over(base)
            folder = _own[base] = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
            atexit.register(remove_scratch, folder)
    return folder


def _remove_left_over(base: Path) -> None:
    for folder in base.glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)) and not folder.is_symlink():
            remove_scratch(folder)


def _is_alive(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it; the system's own cleaning has to do
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
