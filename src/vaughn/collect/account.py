"""Is every file accounted for? For every container and for the whole: what was to come against what became of it.

Expected is what the container itself claims (or what lay on the disk, counted before copying); the rest is counted
from the rows of the case. The two are made independently of each other, so that a loss shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from vaughn.collect.lineage import FileTask, Members
from vaughn.collect.rules import BY_HASH, BY_RULE
from vaughn.model import DocumentState, FileRole, Finding, Ledger, LedgerLine, finding
from vaughn.store import TakenFile, TaskState

LEFT_OUT = frozenset({BY_HASH, BY_RULE})


class Fate(Enum):
    """What became of one file."""

    TAKEN_IN = "taken in"
    DUPLICATE = "duplicate"
    REFUSED = "refused"  # no bytes of it are in the case
    FAILED = "failed"  # its bytes are in the case and could not be read
    LEFT_OUT = "left out by rule"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many files of one type, or for one reason, met one fate."""

    name: str
    fate: Fate
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """What was to come out of one container, and what became of it.

    Args:
        file_id: The container, `None` for the whole that was handed over.
        expected: As the container claims or the disk showed; where a container does not say, as it was handed out.
        is_claimed: Whether it said so itself.
        unseen: Refused before anything of them came out; findings name them.
        by_type: Files by media type and fate.
        by_reason: Refused, failed and left-out files by finding code.
        children: Containers and documents with parts inside it, in their order.
    """

    file_id: int | None
    name: str
    media_type: str
    expected: int
    is_claimed: bool
    fates: tuple[Counted, ...]
    unseen: int
    by_type: tuple[Counted, ...]
    by_reason: tuple[Counted, ...]
    children: tuple[Account, ...]

    def count(self, fate: Fate) -> int:
        """Return how many files directly inside met *fate*."""
        own = sum(one.count for one in self.fates if one.fate is fate)
        return own + self.unseen if fate is Fate.REFUSED else own

    @property
    def accounted(self) -> int:
        """How many files have met some fate."""
        return sum(self.count(fate) for fate in Fate)

    @property
    def balances(self) -> bool:
        """Whether as many are accounted for as were expected, here and in everything inside."""
        return self.expected == self.accounted and all(child.balances for child in self.children)

    def line(self) -> LedgerLine:
        """Return the account as a line of the ledger, what is inside aside."""
        parts = tuple((fate.value, self.count(fate)) for fate in Fate if self.count(fate))
        return LedgerLine(self.name, self.expected, parts)

    def walk(self) -> Iterator[Account]:
        """Yield this account and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


def fate_of(file: TakenFile) -> Fate:
    """Return what became of a file."""
    if file.refused is not None:
        return Fate.LEFT_OUT if file.refused in LEFT_OUT else Fate.REFUSED
    if file.task is TaskState.FAILED:
        return Fate.FAILED
    if file.task is not TaskState.DONE:
        return Fate.WAITING
    return Fate.DUPLICATE if file.state is DocumentState.DUPLICATE else Fate.TAKEN_IN


def account_of(files: Sequence[TakenFile], *, handed_over: int, name: str) -> Account:
    """Return the account of a whole taking in.

    Args:
        handed_over: How many files lay there, counted before anything was copied.
    """
    inside: dict[int | None, list[TakenFile]] = {}
    for file in files:
        inside.setdefault(file.container_id, []).append(file)
    built: dict[int | None, list[Account]] = {}
    # Files come after the ones they came out of, so going backwards has every child before its parent.
    for file in reversed(files):
        members = _members(file)
        if file.role is FileRole.ARCHIVE or file.file_id in inside:
            own = inside.get(file.file_id, [])
            claimed = members.claimed if members else None
            unseen = members.withheld if members else 0
            expected = _expected(file, members, len(own))
            children = tuple(reversed(built.pop(file.file_id, [])))
            made = _account(file, own, expected, claimed=claimed is not None, unseen=unseen, children=children)
            built.setdefault(file.container_id, []).append(made)
    whole = TakenFile(0, None, 0, None, name, FileRole.OTHER, "", None, None, None, None, None, None)
    children = tuple(reversed(built.pop(None, [])))
    return _account(whole, inside.get(None, []), handed_over, claimed=True, unseen=0, children=children)


def _members(file: TakenFile) -> Members | None:
    return FileTask.from_payload(file.payload).members if file.payload else None


def _expected(file: TakenFile, members: Members | None, rows: int) -> int:
    if members is None:
        return rows
    return members.claimed if members.claimed is not None else members.handed + members.withheld


def _account(
    file: TakenFile,
    inside: Sequence[TakenFile],
    expected: int,
    *,
    claimed: bool,
    unseen: int,
    children: tuple[Account, ...],
) -> Account:
    fates = [(fate_of(one), one) for one in inside]
    reasons = [
        ((one.refused or one.code or "FL006"), fate)
        for fate, one in fates
        if fate in {Fate.REFUSED, Fate.FAILED, Fate.LEFT_OUT}
    ]
    return Account(
        file.file_id or None,
        file.path,
        file.media_type,
        expected,
        claimed,
        _counted(Counter(("", fate) for fate, _ in fates)),
        unseen,
        _counted(Counter((one.media_type, fate) for fate, one in fates)),
        _counted(Counter(reasons)),
        children,
    )


def _counted(found: Mapping[tuple[str, Fate], int]) -> tuple[Counted, ...]:
    order = {fate: place for place, fate in enumerate(Fate)}
    return tuple(
        Counted(name, fate, count)
        for (name, fate), count in sorted(found.items(), key=lambda one: (one[0][0], order[one[0][1]]))
    )


def ledger_of(account: Account, files: Sequence[TakenFile]) -> Ledger:
    """Return the account as lines: the whole, each container, and all that stood inside documents in one line."""
    containers = {file.file_id for file in files if file.role is FileRole.ARCHIVE}
    lines = [LedgerLine("files handed over", account.expected, account.line().parts)]
    inside = [one for one in account.walk() if one.file_id is not None and one.file_id not in containers]
    lines += [
        LedgerLine(f"in {one.name}", one.expected, one.line().parts)
        for one in account.walk()
        if one.file_id in containers
    ]
    if inside:
        totals = {fate: sum(one.count(fate) for one in inside) for fate in Fate}
        parts = tuple((fate.value, count) for fate, count in totals.items() if count)
        lines.append(LedgerLine("attached or embedded", sum(one.expected for one in inside), parts))
    lines.append(LedgerLine("files in the case", len(files), _kinds(files)))
    return Ledger(tuple(lines))


def _kinds(files: Sequence[TakenFile]) -> tuple[tuple[str, int], ...]:
    found = Counter(
        "without bytes"
        if file.sha256 is None
        else "containers"
        if file.role is FileRole.ARCHIVE
        else "documents"
        if file.document_id is not None
        else "waiting"
        for file in files
    )
    names = ("documents", "containers", "without bytes", "waiting")
    return tuple((name, found[name]) for name in names if found[name])


def balance(ledger: Ledger) -> tuple[Finding, ...]:
    """Return a finding for every line that does not come out."""
    return tuple(
        finding(
            "LG001",
            f"{line.subject}: {line.expected} expected, {sum(count for _, count in line.parts)} accounted for.",
        )
        for line in ledger.lines
        if not line.balances
    )
