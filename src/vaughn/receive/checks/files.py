"""Check 7: every file named is there, every file there is named."""

from __future__ import annotations

import numpy as np

from vaughn.model import FileRole, Finding, Place, finding
from vaughn.receive.checks.telling import Teller, counted, document_place, file_place, files_told
from vaughn.receive.facts import NONE, ROLES, ProductionFacts

_NEVER_STRAY = (FileRole.LOAD_FILE, FileRole.ARCHIVE)


def check_files(facts: ProductionFacts) -> list[Finding]:
    """Return the findings FL001, FL003, FL007 and FL015."""
    return [*missing_files(facts), *stray_files(facts), *empty_files(facts), *same_files(facts)]


def missing_files(facts: ProductionFacts) -> list[Finding]:
    """FL001: a load file names a file that was not handed over."""
    missing = facts.missing

    def place(row: int) -> Place:
        load_file, line, document = int(missing.load_file[row]), int(missing.line[row]), int(missing.document[row])
        stands = document_place(facts, document) if document != NONE else Place()
        return Place(
            facts.load_files[load_file].path if load_file != NONE else None,
            line if line != NONE else None,
            stands.bates,
            None,
            stands.document_id,
        )

    return Teller(
        "FL001",
        "file",
        place,
        lambda row: f"The {ROLES[int(missing.role[row])].value} file {missing.path[row]} is not in the production.",
        lambda rows: missing.load_file[rows],
    ).findings(np.arange(len(missing)))


def stray_files(facts: ProductionFacts) -> list[Finding]:
    """FL003: a file was handed over and no load file names it."""
    files = facts.files
    stray = ~files.used
    for role in _NEVER_STRAY:
        stray &= files.role != ROLES.index(role)
    return files_told(facts, "FL003", np.flatnonzero(stray), lambda _: "No row of any load file names this file.")


def empty_files(facts: ProductionFacts) -> list[Finding]:
    """FL007: a page image or a native has no bytes (an empty text file is TX002)."""
    files = facts.files
    owed = np.isin(files.role, [ROLES.index(FileRole.IMAGE), ROLES.index(FileRole.NATIVE)])
    return files_told(facts, "FL007", np.flatnonzero(owed & (files.size_bytes == 0)), lambda _: "The file has 0 bytes.")


def same_files(facts: ProductionFacts) -> list[Finding]:
    """FL015: files with the same bytes as an earlier one, told once with their number; empty files aside."""
    files = facts.files
    rows = np.flatnonzero((files.content >= 0) & (files.size_bytes > 0))
    _, first = np.unique(files.content[rows], return_index=True)
    again = np.setdiff1d(rows, rows[first])
    if not len(again):
        return []
    of = int(rows[np.argmax(files.content[rows] == files.content[again[0]])])
    return [
        finding(
            "FL015",
            f"The file is the same as {files.path[of]}; {counted(len(again), 'file')} repeat an earlier one.",
            place=file_place(facts, int(again[0])),
            count=len(again),
        )
    ]
