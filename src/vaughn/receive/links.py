"""The file that a path in a load file means.

Load files are written on other machines: backslashes, drives, shares, a volume's name that is no folder, other
upper and lower case. A path is data and never opened: it is compared with the list of files that were handed
over, longest common tail first, and one that climbs out of the volume (``..``) is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

# Results that are no file.
MISSING = -1
ESCAPED = -2
UNNAMED = -3

_DRIVE = re.compile(r"^[A-Za-z]:")
# LFP and DII name a volume before the path: "@VOL001;IMAGES\0001;file.tif", "@VOL001:IMAGES\file.tif".
_AT_VOLUME = re.compile(r"^@(?P<volume>[^;:\\/]*)[;:]")
_VOLUME_LIKE = re.compile(r"^.*\d$")


class How(IntEnum):
    """How a path led to its file; what differs from the plain way is told in a finding."""

    EXACT = 0
    CASE = 1  # upper and lower case differ
    REROOTED = 2  # leading folders that are no folders were left out
    ABSOLUTE = 3  # drive or share was left out
    AMBIGUOUS = 4  # several files fit; the nearest was taken
    NUMBER = 5  # no path: the file is named by the begin number
    NONE = 9


@dataclass(frozen=True, slots=True)
class Link:
    """Where a path led: index of the file, or `MISSING`, `ESCAPED`, `UNNAMED`."""

    index: int
    how: How


NO_FILE = Link(MISSING, How.NONE)
REFUSED = Link(ESCAPED, How.NONE)
NOTHING_NAMED = Link(UNNAMED, How.NONE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the paths of one load file count from: its volume's folder, and its own folder for ``..``."""

    root: str
    folder: str


def folded_path(path: str) -> str:
    """Return *path* as it is compared: NFC, case-folded."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def plain_path(written: str) -> tuple[str, bool]:
    """Return *written* with ``/``, without drive, share, volume form and ``./``; and whether it was absolute."""
    text = written.strip().strip('"').strip()
    at = _AT_VOLUME.match(text)
    if at is not None:
        text = f"{at['volume']}/{text[at.end() :].replace(';', '/')}"
    text = text.replace("\\", "/")
    absolute = text.startswith("//")
    if _DRIVE.match(text) is not None:
        text, absolute = text[2:], True
    return "/".join(part for part in (p.strip() for p in text.split("/")) if part not in {"", "."}), absolute


def _resolved(path: str, origin: Origin) -> str | None:
    """Return a path with ``..`` as one without, counted from the top; `None` if it leaves the volume."""
    parts = path.split("/")
    # `..` at the start counts from the load file's own folder, as its writer saw it; elsewhere from the volume.
    start = origin.folder if parts[0] == ".." else origin.root
    stack = start.split("/") if start else []
    for part in parts:
        if part != "..":
            stack.append(part)
        elif stack:
            stack.pop()
        else:
            return None
    whole = "/".join(stack)
    inside = not origin.root or whole == origin.root or whole.startswith(f"{origin.root}/")
    return whole if inside else None


@dataclass(slots=True)
class FileTable:
    """All files that were handed over, found by exact path, by folded path and by name."""

    paths: Sequence[str]
    exact: dict[str, int] = field(init=False)
    _folded: dict[str, list[int]] = field(init=False)
    _names: dict[str, list[int]] = field(init=False)
    has_name: Callable[[str], bool] = field(init=False)
    """Tells whether any file has a folded name."""

    def __post_init__(self) -> None:
        self.exact = {path: index for index, path in enumerate(self.paths)}
        self._folded, self._names = {}, {}
        for index, path in enumerate(self.paths):
            folded = folded_path(path)
            self._folded.setdefault(folded, []).append(index)
            self._names.setdefault(folded.rpartition("/")[2], []).append(index)
        self.has_name = self._names.__contains__

    def find(self, written: str, origin: Origin) -> Link:
        """Return the file that *written* means in a load file standing at *origin*."""
        path, absolute = plain_path(written)
        if not path:
            return NOTHING_NAMED
        if ".." in path.split("/"):
            whole = _resolved(path, origin)
            return REFUSED if whole is None else (self._at(whole) or NO_FILE)
        # The volume's folder first, then every folder above it: one load file may list several volumes.
        base = origin.root
        while True:
            found = self._at(f"{base}/{path}" if base else path)
            if found is not None:
                return Link(found.index, How.ABSOLUTE) if absolute and found.how is How.EXACT else found
            if not base:
                return self._by_tail(path, origin, absolute=absolute)
            base = base.rpartition("/")[0]

    def _at(self, whole: str) -> Link | None:
        exact = self.exact.get(whole)
        if exact is not None:
            return Link(exact, How.EXACT)
        same = self._folded.get(folded_path(whole))
        if same is None:
            return None
        if len(same) > 1:
            return Link(same[0], How.AMBIGUOUS)
        # A name that differs in its Unicode form only is the same name.
        form = unicodedata.normalize("NFC", self.paths[same[0]]) == unicodedata.normalize("NFC", whole)
        return Link(same[0], How.EXACT if form else How.CASE)

    def _by_tail(self, path: str, origin: Origin, *, absolute: bool) -> Link:
        """Return the file with the longest common tail, inside the volume first, then nearest to it."""
        parts = folded_path(path).split("/")
        near = folded_path(origin.root).split("/") if origin.root else []
        ranks = {
            index: rank
            for index in self._names.get(parts[-1], ())
            if (rank := _rank(folded_path(self.paths[index]).split("/"), parts, near)) is not None
        }
        if not ranks:
            return NO_FILE
        best = max(ranks.values())
        winners = [index for index, rank in ranks.items() if rank == best]
        if len(winners) > 1:
            return Link(winners[0], How.AMBIGUOUS)
        return Link(winners[0], How.ABSOLUTE if absolute else How.REROOTED)


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    """Return how many leading parts two paths share."""
    count = 0
    for own, other in zip(first, second, strict=False):
        if own != other:
            break
        count += 1
    return count


def _rank(candidate: list[str], parts: list[str], near: list[str]) -> tuple[int, int, int] | None:
    """Return (inside the volume, common tail, way shared with the volume), or `None` if the match means nothing.

    ``00000001.tif`` stands in every volume: a name of digits alone needs a folder in common, and what is left of
    both paths must not name two different volumes.
    """
    tail = _common(reversed(candidate), reversed(parts))
    if parts[-1].partition(".")[0].isdigit():
        own, other = candidate[: len(candidate) - tail], parts[: len(parts) - tail]
        differ = bool(own and other) and own[-1] != other[-1] and _VOLUME_LIKE.match(other[-1]) is not None
        if tail < min(2, len(parts)) or differ:
            return None
    head = _common(candidate, near)
    return (1 if head == len(near) else 0, tail, head)


@dataclass(frozen=True, slots=True)
class LinkColumn:
    """Links of many paths at once: file index (or a negative result), `How` and a hash of the path for each."""

    index: npt.NDArray[np.int64]
    how: npt.NDArray[np.int8]
    hashes: npt.NDArray[np.int64]


# Paths looked up together: what one of them teaches helps from the next ones on.
_AT_ONCE = 4096
_NOWHERE = int(How.NONE)


@dataclass(slots=True)
class PathReader:
    """Finds the files of a long column: what one slow look-up taught is tried first on the next path."""

    table: FileTable
    origin: Origin
    _drop: str = ""
    _put: str = field(init=False)
    _learned: How = How.EXACT

    def __post_init__(self) -> None:
        self._put = f"{self.origin.root}/" if self.origin.root else ""

    def column(self, written: Sequence[str]) -> LinkColumn:
        """Return the link of every path in *written*."""
        distinct = list(dict.fromkeys(written))
        indices: list[int] = []
        hows: list[int] = []
        for at in range(0, len(distinct), _AT_ONCE):
            self._add_links(distinct[at : at + _AT_ONCE], indices, hows)
        index, how = np.array(indices, dtype=np.int64), np.array(hows, dtype=np.int8)
        hashes = np.fromiter(map(hash, distinct), np.int64, len(distinct))
        if len(distinct) == len(written):
            return LinkColumn(index, how, hashes)
        place = dict(zip(distinct, range(len(distinct)), strict=True))
        places = np.fromiter(map(place.__getitem__, written), np.int64, len(written))
        return LinkColumn(index[places], how[places], hashes[places])

    def _add_links(self, texts: Sequence[str], indices: list[int], hows: list[int]) -> None:
        """Add the links of different paths: by the way learned, else none if no file has the name, else slowly."""
        joined = "\n".join(texts).replace("\\", "/")
        slashed = joined.split("\n")
        is_plain = len(slashed) == len(texts) and joined.isascii() and ".." not in joined and ";" not in joined
        if not is_plain:
            for text in texts:
                index, how = self._find(text)
                indices.append(index)
                hows.append(how)
            return
        drop, put, learned = self._drop, self._put, int(self._learned)
        if drop or put:
            slashed = [put + text[len(drop) :] if text.startswith(drop) else "" for text in slashed]
        hits = list(map(self.table.exact.get, slashed))
        found = [MISSING if hit is None else hit for hit in hits]
        ways = [_NOWHERE if hit is None else learned for hit in hits]
        if None in hits:
            has_name = self.table.has_name
            names = [path.rpartition("/")[2].lstrip() for path in joined.lower().split("\n")]
            for place, (hit, name) in enumerate(zip(hits, names, strict=True)):
                if hit is None and (has_name(name) or not name[-1:].isalnum()):
                    found[place], ways[place] = self._find(texts[place])
        indices += found
        hows += ways

    def _find(self, text: str) -> tuple[int, int]:
        slashed = text.replace("\\", "/")
        if slashed.startswith(self._drop):
            hit = self.table.exact.get(self._put + slashed[len(self._drop) :])
            if hit is not None:
                return hit, self._learned
        if not slashed or slashed.isspace():
            return UNNAMED, How.NONE
        name = slashed.rpartition("/")[2]
        if name.isascii() and name[-1:].isalnum() and ".." not in slashed and ";" not in name:  # noqa: SIM102
            if not self.table.has_name(name.lower().lstrip()):
                return MISSING, How.NONE
        link = self.table.find(text, self.origin)
        if link.how in {How.REROOTED, How.ABSOLUTE}:
            self._learn(slashed, self.table.paths[link.index], link.how)
        return link.index, link.how

    def _learn(self, slashed: str, path: str, how: How) -> None:
        tail = _common(reversed(path.split("/")), reversed(slashed.split("/")))
        rest = "/".join(path.split("/")[-tail:]) if tail else ""
        if rest and slashed.endswith(rest):
            self._drop, self._put, self._learned = slashed[: -len(rest)], path[: -len(rest)], how
