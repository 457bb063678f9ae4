"""Which members of a set are looked at, drawn so that anybody can draw them again.

A draw is a counter put through SHA-256 (FIPS 180-4): draw *k* of a stratum is the text ``seed,name,k`` (``seed,k``
without strata) in UTF-8; its digest, read as one number, modulo the number of members gives the member, counted
from 0 in the sorted order. A member drawn before is passed over. Dividing 256 bits by a frame of a billion members
favours none of them by more than 1 in 10^68, so no draw is thrown away for evenness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256

from vaughn.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Stratum:
    """One part of a frame: its members in the order of their code points, each once.

    Raises:
        InputError: If the name or a member holds a tab or a line end, or the members are not sorted.
    """

    name: str
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        if any(set(text) & set("\t\r\n") for text in (self.name, *self.members)):
            raise InputError("A sample's members and strata are named without tabs and line ends.")
        if any(left >= right for left, right in zip(self.members, self.members[1:], strict=False)):
            raise InputError("The members of a stratum are sorted, each once.")


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that could be drawn, in strata sorted by name; one stratum without a name if it is not divided.

    Raises:
        InputError: If two strata have one name.
    """

    strata: tuple[Stratum, ...]

    def __post_init__(self) -> None:
        names = [stratum.name for stratum in self.strata]
        if names != sorted(set(names)):
            raise InputError("The strata of a sample are sorted by name, each name once.")

    @property
    def size(self) -> int:
        """Return how many members it has."""
        return sum(len(stratum.members) for stratum in self.strata)

    @property
    def digest(self) -> str:
        """Return the SHA-256 over one line for each member: stratum, tab, member, line feed."""
        told = sha256()
        for stratum in self.strata:
            for member in stratum.members:
                told.update(f"{stratum.name}\t{member}\n".encode())
        return told.hexdigest()


def frame_of(members: Iterable[str], *, stratum_of: Mapping[str, str] | None = None) -> Frame:
    """Return the frame of *members*, doubles counted once; undivided without *stratum_of*.

    Raises:
        InputError: If a member is in no stratum.
    """
    parts: dict[str, set[str]] = {}
    for member in members:
        name = "" if stratum_of is None else stratum_of.get(member)
        if name is None:
            raise InputError("A member of the sample's frame is in no stratum.")
        parts.setdefault(name, set()).add(member)
    return Frame(tuple(Stratum(name, tuple(sorted(parts[name]))) for name in sorted(parts)))


def proportional(frame: Frame, total: int, *, at_least: int = 0) -> dict[str, int]:
    """Return how many to draw from each stratum, in proportion to its members (largest remainders; ties by name).

    Args:
        at_least: Drawn from each stratum that has as many, even if *total* is exceeded by it.

    Raises:
        InputError: If *total* is below 0 or above the size of the frame.
    """
    if not 0 <= total <= frame.size:
        raise InputError(f"{total:,} cannot be drawn from {frame.size:,}.", hint="Draw at most all of them.")
    shares = {one.name: Fraction(total * len(one.members), max(frame.size, 1)) for one in frame.strata}
    counts = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: (counts[name] - shares[name], name))
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return {one.name: max(counts[one.name], min(at_least, len(one.members))) for one in frame.strata}


class Drawn(Enum):
    """What came of one draw."""

    TAKEN = "taken"
    REPEATED = "drawn before"
    REPLACED = "replaced"  # it could not be looked at; the next draw of its stratum stands in for it


@dataclass(frozen=True, slots=True)
class Draw:
    """One line of the draw log.

    Args:
        number: Which draw of its stratum, from 1: the counter that was hashed.
        place: Of the member among those of its stratum, from 1.
        reason: Why it was replaced; empty otherwise.
    """

    stratum: str
    number: int
    digest: str
    place: int
    member: str
    outcome: Drawn
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, from what, and how to draw it again.

    Args:
        asked: How many were to be drawn from each stratum, in the order of the frame.
        draws: The whole log, stratum by stratum.
    """

    seed: str
    frame_digest: str
    frame_size: int
    asked: tuple[int, ...]
    draws: tuple[Draw, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Return the members to look at, in the order drawn."""
        return tuple(draw.member for draw in self.draws if draw.outcome is Drawn.TAKEN)

    @property
    def is_short(self) -> bool:
        """Return whether a stratum ran out of members that can be looked at."""
        return len(self.members) < sum(self.asked)


def draw_sample(
    frame: Frame, counts: Mapping[str, int], *, seed: str, unusable: Mapping[str, str] | None = None
) -> Sample:
    """Return *counts* members of each stratum, each member at most once.

    A larger sample with the same seed holds the smaller one, and replacing a member leaves the others drawn.

    Args:
        counts: By name of the stratum; a stratum left out is not drawn from.
        unusable: Members that turned out not to be readable, with the reason. Each one drawn is logged and replaced by
            the next draw of its stratum. That supposes that they are like the others: the log shows how many there are.

    Raises:
        InputError: If the seed is empty, a stratum is unknown, or more is asked of it than it has.
    """
    if not seed or "," in seed:
        raise InputError("A sample needs a seed without commas.", hint="Any word or number agreed on beforehand.")
    unknown = sorted(set(counts) - {stratum.name for stratum in frame.strata})
    if unknown:
        raise InputError(f"The sample's frame has no stratum {unknown[0]!r}.")
    asked = tuple(counts.get(stratum.name, 0) for stratum in frame.strata)
    draws: list[Draw] = []
    for stratum, count in zip(frame.strata, asked, strict=True):
        if not 0 <= count <= len(stratum.members):
            raise InputError(f"{count:,} cannot be drawn from {len(stratum.members):,}.")
        draws.extend(_draws(stratum, count, seed=seed, unusable=unusable or {}))
    return Sample(seed, frame.digest, frame.size, asked, tuple(draws))


def _draws(stratum: Stratum, count: int, *, seed: str, unusable: Mapping[str, str]) -> list[Draw]:
    draws: list[Draw] = []
    seen: set[int] = set()
    taken = number = 0
    start = f"{seed},{stratum.name}," if stratum.name else f"{seed},"
    while taken < count and len(seen) < len(stratum.members):
        number += 1
        digest = sha256(f"{start}{number}".encode())
        place = int.from_bytes(digest.digest()) % len(stratum.members)
        member = stratum.members[place]
        reason = ""
        if place in seen:
            outcome = Drawn.REPEATED
        elif member in unusable:
            outcome, reason = Drawn.REPLACED, unusable[member]
        else:
            outcome = Drawn.TAKEN
            taken += 1
        seen.add(place)
        draws.append(Draw(stratum.name, number, digest.hexdigest(), place + 1, member, outcome, reason))
    return draws
