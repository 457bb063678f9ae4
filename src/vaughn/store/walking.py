"""What was handed over, as it lies on the disk: every file once, in a fixed order; links and devices are only named."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from vaughn.model import InputError
from vaughn.store.storable import storable


class EntryKind(Enum):
    """What stands at a path on the disk or in an archive."""

    FILE = "file"
    LINK = "link"
    DEVICE = "device"  # pipes, sockets and devices
    UNREADABLE = "unreadable"  # a folder that may not be listed


# Code of the finding that what is no file becomes, and what it is called there.
REFUSAL_CODE = {EntryKind.LINK: "FL009", EntryKind.DEVICE: "FL009", EntryKind.UNREADABLE: "FL006"}
REFUSAL_WORDS = {
    EntryKind.LINK: "A link was refused and not followed.",
    EntryKind.DEVICE: "A pipe, socket or device was refused and not followed.",
    EntryKind.UNREADABLE: "A folder that may not be listed was refused and not followed.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing found while walking; `path` is relative, ``/`` between folders.

    Args:
        real: The path as the disk has it, if it holds bytes that are no text; `path` spells them out.
    """

    path: str
    size_bytes: int
    kind: EntryKind = EntryKind.FILE
    real: str | None = None

    def below(self, root: Path) -> Path:
        """Return where it lies, if *root* was walked."""
        return root if root.is_file() else root / (self.real or self.path)


def walk(path: Path) -> Iterator[Entry]:
    """Yield everything under *path* in the order of names; links and devices are named and never followed.

    Raises:
        InputError: If there is nothing at *path*, or it is itself a link or device.
    """
    try:
        status = path.lstat()
    except OSError as error:
        raise InputError(
            f"{path} cannot be opened: {error.strerror}.", hint="Look whether the path is right."
        ) from error
    if stat.S_ISREG(status.st_mode):
        yield _entry(path.name, status.st_size)
    elif stat.S_ISDIR(status.st_mode):
        yield from _walk_folder(path)
    else:
        raise InputError(f"{path} is a link or a device.", hint="Name the folder or file itself.")


def require_something(path: Path) -> None:
    """Make sure that there is something to be walked at *path*.

    Raises:
        InputError: If there is nothing, a link, or an empty folder.
    """
    if not path.exists() and not path.is_symlink():
        raise InputError(f"There is nothing at {path}.", hint="Look whether the path is right.")
    if path.is_symlink():
        raise InputError(f"{path} is a link.", hint="Name the folder or file itself.")
    if path.is_dir() and next(path.iterdir(), None) is None:
        raise InputError(f"{path} is empty.", hint="Name the folder that holds the records.")


def _entry(real: str, size_bytes: int, kind: EntryKind = EntryKind.FILE) -> Entry:
    path = storable(real)
    return Entry(path, size_bytes, kind, None if path == real else real)


def _walk_folder(folder: Path) -> Iterator[Entry]:
    waiting: list[tuple[Path, str]] = [(folder, "")]
    while waiting:
        here, lead = waiting.pop()
        try:
            children = sorted(here.iterdir())
        except OSError:
            yield _entry(lead.rstrip("/") or here.name, 0, EntryKind.UNREADABLE)
            continue
        folders = []
        for child in children:
            name = lead + child.name
            try:
                status = child.lstat()
            except OSError:
                yield _entry(name, 0, EntryKind.UNREADABLE)
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append((child, f"{name}/"))
            elif stat.S_ISREG(status.st_mode):
                yield _entry(name, status.st_size)
            else:
                yield _entry(name, 0, EntryKind.LINK if stat.S_ISLNK(status.st_mode) else EntryKind.DEVICE)
        waiting += reversed(folders)
