"""Which files make up the index: one small file for each generation, written when all it names are on the disk.

A new generation has a new name, so nothing that a reader holds open is ever replaced (Windows would refuse it), and
a kill at any moment leaves the last complete one. The files of the last two generations are kept; a reader that was
overtaken by more finds a file gone and begins again with the newest.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from vaughn.fulltext.postings.arrays import sync_folder
from vaughn.fulltext.postings.entries import Column, ColumnKind
from vaughn.fulltext.tokens import TOKENS_VERSION

# Change this when files are laid out in another way: an index of another version counts as none.
_LAYOUT_VERSION = 1
_KEPT_GENERATIONS = 2
_NAME = re.compile(r"index-(\d{8})\.json")
_SEGMENT = re.compile(r"(\d{6})[-.]")
_OURS = re.compile(r"(?:index-\d{8}\.json|names-\d{8}\.json|\d{6}(?:-\d{8})?\.(?:words|columns|gone))(?:\.part)?")


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """The files of one segment, and how large it is."""

    number: int
    words: str
    columns: str
    gone: str | None
    documents: int
    places: int
    gone_documents: int = 0

    def names(self) -> tuple[str, ...]:
        """Return the names of all its files."""
        return tuple(name for name in (self.words, self.columns, self.gone) if name is not None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of the index."""

    generation: int
    columns: tuple[Column, ...] = ()
    segments: tuple[SegmentFiles, ...] = field(default=())
    names: str | None = None
    last_segment: int = 0

    def files(self) -> set[str]:
        """Return the names of all files that belong to it."""
        own = {name for segment in self.segments for name in segment.names()} | {_file_name(self.generation)}
        return own if self.names is None else own | {self.names}


def newest_manifest(folder: Path) -> Manifest:
    """Return the newest complete generation in *folder*; generation 0, without segments, if there is none."""
    for number in sorted(_numbers(folder), reverse=True):
        manifest = _read(folder / _file_name(number))
        if manifest is not None:
            return manifest
    return Manifest(0)


def newest_number(folder: Path) -> int:
    """Return the highest number that a generation in *folder* has, complete or not; 0 if there is none."""
    return max(_numbers(folder), default=0)


def last_segment_number(folder: Path) -> int:
    """Return the highest number that a file of a segment in *folder* has, used or left over; 0 if there is none."""
    return max((int(match[1]) for path in folder.iterdir() if (match := _SEGMENT.match(path.name))), default=0)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make *manifest* the newest generation: its files must be on the disk already."""
    body = json.dumps(asdict(manifest), default=lambda kind: kind.value)
    text = json.dumps({"layout": _LAYOUT_VERSION, "tokens": TOKENS_VERSION, "crc": zlib.crc32(body.encode())})
    write_text(folder / _file_name(manifest.generation), f"{text}\n{body}\n")


def write_text(path: Path, text: str) -> None:
    """Write the new file *path*, whole and on the disk or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    part.replace(path)
    sync_folder(path.parent)


def remove_left_over(folder: Path) -> None:
    """Delete files of the index that no kept generation names; what Windows holds open stays for the next time."""
    kept: set[str] = set()
    for number in sorted(_numbers(folder), reverse=True)[:_KEPT_GENERATIONS]:
        manifest = _read(folder / _file_name(number))
        if manifest is not None:
            kept |= manifest.files()
    for path in list(folder.iterdir()):
        if _OURS.fullmatch(path.name) and path.name not in kept:
            try:
                path.unlink(missing_ok=True)
            except PermissionError:
                continue


def _file_name(generation: int) -> str:
    return f"index-{generation:08d}.json"


def _numbers(folder: Path) -> Iterable[int]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return ()
    return [int(match[1]) for name in names if (match := _NAME.fullmatch(name))]


def _read(path: Path) -> Manifest | None:
    try:
        first, body, _ = path.read_text(encoding="utf-8").split("\n")
        about = json.loads(first)
        if about != {"layout": _LAYOUT_VERSION, "tokens": TOKENS_VERSION, "crc": zlib.crc32(body.encode())}:
            return None
        known = json.loads(body)
        return Manifest(
            known["generation"],
            tuple(Column(column["name"], ColumnKind(column["kind"])) for column in known["columns"]),
            tuple(SegmentFiles(**segment) for segment in known["segments"]),
            known["names"],
            known["last_segment"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
