"""The work on a docket file that a child process does: the file read, and the text of each of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.docket import DocketFile, EntryField, EntryReading, read_docket, read_entry_text


@dataclass(frozen=True, slots=True)
class ReadCase:
    """One case of a docket file.

    Args:
        readings: What the text of each entry says, in the order of `file.entries`.
    """

    file: DocketFile
    readings: tuple[EntryReading, ...]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A docket file, case by case; findings stand at the first."""

    cases: tuple[ReadCase, ...]


def read_docket_file(path: str, name: str, columns: Mapping[str, EntryField | None] | None) -> ReadFile:
    """Return what the file at *path* says.

    Raises:
        InputError: If it is no docket.
    """
    file = read_docket(Path(path), name=name, columns=columns)
    return ReadFile(tuple(_read(case) for case in file.cases()))


def _read(case: DocketFile) -> ReadCase:
    names = _names(case)
    return ReadCase(
        case,
        tuple(read_entry_text(entry.description or entry.short_description, parties=names) for entry in case.entries),
    )


def _names(case: DocketFile) -> tuple[str, ...]:
    return tuple(_distinct(party.name for party in case.parties))


def _distinct(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(name for name in names if name)
