"""In which order do documents stand? As their files lay on the disk, each followed by what came out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaughn.store import TakenFile


def in_tree_order(files: Sequence[TakenFile]) -> Iterator[TakenFile]:
    """Yield *files* (in the order of their ids) with what came out of each right behind it."""
    inside: dict[int | None, list[TakenFile]] = {}
    for file in files:
        inside.setdefault(file.container_id, []).append(file)
    for group in inside.values():
        group.sort(key=lambda file: (file.position, file.file_id))
    waiting = list(reversed(inside.get(None, [])))
    while waiting:
        file = waiting.pop()
        yield file
        waiting += reversed(inside.get(file.file_id, []))
