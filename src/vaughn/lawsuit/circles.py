"""Circles in who answers whom: found in one walk, however deep, so that nothing that follows the arrows runs forever.

Strongly connected parts by Tarjan's algorithm (SIAM J. Comput. 1, 1972, 146-160), without recursion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def circles(arrows: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each group of nodes that lead back to themselves, in the order of *arrows*.

    Arrows to what is not a key of *arrows* are left out.
    """
    order = {node: place for place, node in enumerate(arrows)}
    for group in _connected(arrows):
        if len(group) > 1 or group[0] in arrows[group[0]]:
            yield tuple(sorted(group, key=order.__getitem__))


def _connected(arrows: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    seen: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for start in arrows:
        if start in seen:
            continue
        walk = [(start, iter(arrows[start]))]
        seen[start] = low[start] = len(seen)
        path.append(start)
        on_path.add(start)
        while walk:
            node, following = walk[-1]
            for after in following:
                if after not in arrows:
                    continue
                if after not in seen:
                    seen[after] = low[after] = len(seen)
                    path.append(after)
                    on_path.add(after)
                    walk.append((after, iter(arrows[after])))
                    break
                if after in on_path:
                    low[node] = min(low[node], seen[after])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == seen[node]:
                    yield _cut(path, on_path, node)


def _cut(path: list[str], on_path: set[str], node: str) -> list[str]:
    """Take everything from *node* on off the path and return it."""
    group: list[str] = []
    while not group or group[-1] != node:
        group.append(path.pop())
    on_path.difference_update(group)
    return group
