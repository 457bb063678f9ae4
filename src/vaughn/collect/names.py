"""What is a file called that came out of another one? Its name is data: shown, never opened, never twice."""

from __future__ import annotations

import re
from collections.abc import Container

# Longer names are shown up to here; the whole name stands among the facts of the record that holds the file.
MOST_LETTERS = 500
_LONGEST_SUFFIX = 20  # no type of file has a longer one
_BETWEEN_FOLDERS = re.compile(r"[/\\]")


def part_name(name: str) -> str:
    """Return what a part is called beneath its document: one level, never empty."""
    flat = _BETWEEN_FOLDERS.sub("_", name).strip("\0") or "unnamed"
    return flat if len(flat) <= MOST_LETTERS else _shortened(flat)


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        return name[: MOST_LETTERS - 1] + "…"
    return f"{stem[: MOST_LETTERS - len(suffix) - 2]}….{suffix}"


def name_once(path: str, taken: Container[str]) -> str:
    """Return *path*, or with a number behind its stem if it is among those *taken*."""
    if path not in taken:
        return path
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    for number in range(2, 1_000_000):
        numbered = f"{folder}{slash}{stem or suffix}~{number}{dot if stem else ''}{suffix if stem else ''}"
        if numbered not in taken:
            return numbered
    raise ValueError("too many files of one name")


def last_name(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2] or path
