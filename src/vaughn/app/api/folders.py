"""Looking through the user's own disk to name a path: names and sizes, nothing is opened."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import APIRouter
from pydantic import BaseModel

from vaughn.model import InputError

router = APIRouter()
# A folder of a million images is named, not browsed.
MAX_ENTRIES = 5000


class NamedPath(BaseModel):
    """A folder."""

    name: str
    path: str


class NamedFile(NamedPath):
    """A file; `size_bytes` is 0 where it cannot be told."""

    size_bytes: int


class Folder(BaseModel):
    """What is in a folder; `cut` where it holds more than is listed."""

    path: str
    parent: str | None
    folders: list[NamedPath]
    files: list[NamedFile]
    cut: bool


@router.get("/api/folders")
def folder(path: str = "") -> Folder:
    """List a folder of this computer; the home folder if none is named."""
    chosen = Path(path) if path else Path.home()
    if "\0" in path or not chosen.is_absolute():
        raise InputError("The path is not complete.", hint="Write the whole path, from the first folder on.")
    try:
        entries = sorted(_visible(chosen), key=lambda entry: entry.name.casefold())
    except OSError as error:
        raise InputError(f"The folder cannot be opened: {_reason(error)}.", hint="Choose another folder.") from error
    shown = entries[:MAX_ENTRIES]
    return Folder(
        path=str(chosen),
        parent=str(chosen.parent) if chosen.parent != chosen else None,
        folders=[NamedPath(name=entry.name, path=entry.path) for entry in shown if _is_folder(entry)],
        files=[
            NamedFile(name=entry.name, path=entry.path, size_bytes=_size(entry))
            for entry in shown
            if not _is_folder(entry)
        ],
        cut=len(entries) > MAX_ENTRIES,
    )


def _visible(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        # Names that are no Unicode cannot be sent as JSON; they can be named on the command line.
        return [entry for entry in entries if not entry.name.startswith(".") and _is_text(entry.name)]


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
