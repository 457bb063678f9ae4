"""The folder of a site: a file is written only if its bytes are new, and what belongs to no page is taken away."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from vaughn.model import StateError

# What is smaller is put together in memory and compared there.
SMALL_BYTES = 1_000_000
MARKER = "vaughn-site.txt"
MARKER_TEXT = (
    "This folder is a public site made by `vaughn publish`.\n"
    "Whatever else lies here is taken away when the site is made again, except names that begin with a dot,\n"
    "CNAME, _headers, _redirects, robots.txt and favicon.ico.\n"
)
# What a host wants to find at the root of a site, put there by hand.
KEPT = frozenset({"CNAME", "_headers", "_redirects", "robots.txt", "favicon.ico", MARKER})


class SiteFolder:
    """Writes a site into *root*.

    Raises:
        StateError: If *root* holds files and is no site of ours.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        if root.exists() and not root.is_dir():
            raise StateError(f"{root.name} is a file, not a folder.", hint="Name a folder for the site.")
        root.mkdir(parents=True, exist_ok=True)
        there = [entry.name for entry in os.scandir(root)]
        if MARKER not in there and any(not name.startswith(".") and name not in KEPT for name in there):
            raise StateError(
                f"{root.name} holds files that are not a site of Vaughn.",
                hint="Name an empty folder: what lies in the folder of a site is taken away when it is made again.",
            )
        if MARKER not in there:
            (root / MARKER).write_text(MARKER_TEXT, encoding="utf-8", newline="\n")
        self.existing = _files(root)
        self._base = f"{root}{os.sep}"
        self._folders: set[str] = set()
        self._expected: set[str] = set()
        self.written = 0
        self.unchanged = 0
        self.removed = 0

    def expect(self, paths: Iterable[str]) -> None:
        """Say that *paths* belong to the site as they are."""
        self._expected.update(paths)

    def put(self, path: str, text: str) -> None:
        """Write *text* to *path*, unless it says that already."""
        self.put_bytes(path, text.encode("utf-8", "replace"))

    def put_bytes(self, path: str, data: bytes) -> None:
        """Write *data* to *path*, unless it holds them already."""
        self._expected.add(path)
        full = self._base + path
        if path in self.existing:
            with open(full, "rb") as there:  # noqa: PTH123 - twice as quick as Path.open, for every page of a site
                if there.read(len(data) + 1) == data:
                    self.unchanged += 1
                    return
            self._replace(full, data)
        else:
            self._make_folder(path)
            _write_new(full, data)
            self.existing.add(path)
        self.written += 1

    def put_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        """Write a file that may be large, piece by piece."""
        pieces = iter(pieces)
        first = bytearray()
        for piece in pieces:
            first += piece
            if len(first) > SMALL_BYTES:
                self._put_large(path, chain((bytes(first),), pieces))
                return
        self.put_bytes(path, bytes(first))

    def _put_large(self, path: str, pieces: Iterable[bytes]) -> None:
        self._expected.add(path)
        self._make_folder(path)
        temporary = Path(f"{self._base}{path}.part")
        with temporary.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        target = Path(self._base + path)
        if path in self.existing and _same(temporary, target):
            temporary.unlink()
            self.unchanged += 1
            return
        temporary.replace(target)
        self.existing.add(path)
        self.written += 1

    def read(self, path: str) -> str | None:
        """Return what *path* says, `None` if there is no such file."""
        if path not in self.existing:
            return None
        return Path(self._base + path).read_text("utf-8", "replace")

    def take_away(self, paths: Iterable[str]) -> None:
        """Remove *paths*, as far as they are there."""
        for path in paths:
            if path in self.existing:
                Path(self._base + path).unlink(missing_ok=True)
                self.existing.discard(path)
                self._expected.discard(path)
                self.removed += 1

    def take_away_the_rest(self) -> None:
        """Remove every file that belongs to no page, and folders that are empty then."""
        self.take_away(sorted(self.existing - self._expected))
        for folder, _, _ in os.walk(self._root, topdown=False):
            if Path(folder) != self._root and not _is_kept(folder, self._root) and not os.listdir(folder):  # noqa: PTH208
                Path(folder).rmdir()

    def _replace(self, full: str, data: bytes) -> None:
        temporary = Path(f"{full}.part")
        temporary.write_bytes(data)
        temporary.replace(full)

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            Path(self._base + folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def _write_new(path: str, data: bytes) -> None:
    """Write a file that is not there; three calls of the system, where `open` makes seven."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(1 << 20):
            if piece != second.read(1 << 20):
                return False
    return True


def _is_kept(folder: str, root: Path) -> bool:
    return Path(folder).relative_to(root).parts[0].startswith(".")


def _files(root: Path) -> set[str]:
    """Return every file of the site, ``/`` between folders; what is kept by hand is not of the site."""
    found: set[str] = set()
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if not prefix and (entry.name.startswith(".") or entry.name in KEPT):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found.add(prefix + entry.name)
    return found
