"""Which small number stands for which state in the case file; a number is never given a second meaning."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from vaughn.model import (
    Confidence,
    DocumentKind,
    DocumentState,
    FileRole,
    GroupingState,
    GroupKind,
    GroupRole,
    GroupScope,
    LayerState,
    PartRole,
    ProductionState,
    Rank,
    Severity,
    TextSource,
)
from vaughn.store.stored import DivisionState, JobState, TaskState

E = TypeVar("E", bound=Enum)

# The order of each tuple is what is on disk: new members go to the end.
_NUMBERED: tuple[tuple[Enum, ...], ...] = (
    (ProductionState.COPYING, ProductionState.LINKING, ProductionState.READING, ProductionState.LOADED),
    (FileRole.LOAD_FILE, FileRole.IMAGE, FileRole.TEXT, FileRole.NATIVE, FileRole.ARCHIVE, FileRole.OTHER),
    (DocumentState.CURRENT, DocumentState.DIVIDED, DocumentState.UNDONE, DocumentState.DUPLICATE),
    (
        DocumentKind.EMAIL,
        DocumentKind.ATTACHMENT,
        DocumentKind.SPREADSHEET,
        DocumentKind.PRESENTATION,
        DocumentKind.TEXT_DOCUMENT,
        DocumentKind.IMAGE,
        DocumentKind.PAPER,
        DocumentKind.MEDIA,
        DocumentKind.OTHER,
        DocumentKind.UNKNOWN,
    ),
    (
        TextSource.UNREAD,
        TextSource.EMBEDDED,
        TextSource.TEXT_FILE,
        TextSource.OCR,
        TextSource.EMPTY,
        TextSource.FAILED,
        TextSource.DOUBTFUL,
    ),
    (Severity.ERROR, Severity.WARNING, Severity.NOTE),
    (DivisionState.APPLIED, DivisionState.UNDONE),
    (JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.FAILED),
    (TaskState.WAITING, TaskState.LEASED, TaskState.DONE, TaskState.FAILED),
    (
        Confidence.CONFIRMED,
        Confidence.STATED,
        Confidence.COMPUTED,
        Confidence.INFERRED,
        Confidence.NOT_CONFIRMED,
    ),
    (Rank.PREFERRED, Rank.NORMAL, Rank.WITHDRAWN),
    (PartRole.MEMBER, PartRole.ATTACHMENT, PartRole.EMBEDDED),
    (GroupKind.DUPLICATE, GroupKind.NEAR_DUPLICATE, GroupKind.NEAR_DUPLICATE_PAGE, GroupKind.THREAD),
    (GroupScope.GLOBAL, GroupScope.CUSTODIAN),
    (GroupRole.PRIMARY, GroupRole.COPY, GroupRole.SIMILAR, GroupRole.INCLUSIVE, GroupRole.CONTAINED),
    (GroupingState.CURRENT, GroupingState.UNDONE),
    (
        LayerState.HIDDEN,
        LayerState.WHOLE,
        LayerState.LOST_LINES,
        LayerState.UNTESTED,
        LayerState.POOR,
        LayerState.UNREADABLE,
        LayerState.SCANTY,
    ),
)

CODE: dict[Enum, int] = {member: code for members in _NUMBERED for code, member in enumerate(members)}
_MEMBERS: dict[type[Enum], tuple[Enum, ...]] = {type(members[0]): members for members in _NUMBERED}


def decoded(kind: type[E], code: int) -> E:
    """Return the member of *kind* that *code* stands for.

    Raises:
        IndexError: If no member has that code.
    """
    member = _MEMBERS[kind][code]
    assert isinstance(member, kind)  # noqa: S101 - the table above is built that way
    return member
