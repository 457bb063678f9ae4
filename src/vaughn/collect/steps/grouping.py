"""Looking for copies, similar pages and documents, and threads in a whole case, and taking that back.

Each kind is one run in one transaction; a run replaces the earlier one of its kind, which stays as history.
Copies are found first: they do not count afterwards, so nothing is said twice of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from vaughn.collect import duplicates, threads
from vaughn.collect.duplicates import Copies
from vaughn.collect.near import Likeness, NearGroup, near_groups
from vaughn.collect.shingles import Counts
from vaughn.collect.steps.texts import PageTable, TextsOfCase
from vaughn.collect.threads import MissingMessage
from vaughn.model import GroupKind, GroupMember, GroupRole, GroupScope
from vaughn.store import CaseFile, DocumentGroup, Progress

_COMPARING_PAGES = "Comparing pages"
_COMPARING_DOCUMENTS = "Comparing documents"
# Raised when other groups would come out of the same case; stored with each run.
RULES_VERSION = 1
_SHOWN = 200  # members of a group that are read at first


@dataclass(frozen=True, slots=True)
class Grouped:
    """How much was found.

    Args:
        copies: Documents that stand elsewhere too and do not count any more.
        similar_documents, similar_pages: Members of groups, the pivots included; `None` if not looked for.
        contained: Messages all of which stands in a later one.
        missing: Messages that are named or quoted and are not there.
    """

    duplicate_groups: int
    copies: int
    threads: int
    messages_in_threads: int
    contained: int
    missing: int
    document_groups: int | None = None
    similar_documents: int | None = None
    page_groups: int | None = None
    similar_pages: int | None = None


def group_documents(
    case: CaseFile,
    *,
    scope: GroupScope = GroupScope.GLOBAL,
    near: bool = True,
    likeness: Likeness | None = None,
    progress: Progress | None = None,
) -> Grouped:
    """Find and store what stands together in *case*.

    Args:
        scope: Among which documents copies are looked for.
        near: Whether similar pages and documents are looked for too.
    """
    copies = duplicates.copies_among(case.held_documents(), scope=scope)
    _store(case, GroupKind.DUPLICATE, duplicates.members_of(copies), scope=scope)
    with TextsOfCase(case.derived) as texts:
        texts.read(case, shingled=near, progress=progress)
        found = threads.threads_among(texts.messages())
        _store(case, GroupKind.THREAD, threads.members_of(found.threads))
        grouped = Grouped(
            len(copies),
            sum(len(one.others) for one in copies),
            len(found.threads),
            sum(len(thread.members) for thread in found.threads),
            sum(one.contained_in is not None for thread in found.threads for one in thread.members),
            len(found.missing),
        )
        if not near:
            return grouped
        return _near(case, texts, grouped, likeness=likeness or Likeness(), progress=progress)


def group_again(case: CaseFile, *, progress: Progress | None = None) -> Grouped:
    """Find what stands together as it was last looked for: after more records came in.

    Copies are looked for in the scope that counts, and similar pages only if they were looked for before; in a case
    that was never looked through, everywhere, and not at all.
    """
    known = case.current_grouping(GroupKind.DUPLICATE)
    near = case.current_grouping(GroupKind.NEAR_DUPLICATE_PAGE) is not None
    return group_documents(case, scope=known.scope if known else GroupScope.GLOBAL, near=near, progress=progress)


def _near(
    case: CaseFile, texts: TextsOfCase, grouped: Grouped, *, likeness: Likeness, progress: Progress | None
) -> Grouped:
    table = texts.pages()
    pages = near_groups(texts.page_sets(table), likeness, progress=_told(progress, _COMPARING_PAGES))
    by_document = near_groups(texts.document_sets(table), likeness, progress=_told(progress, _COMPARING_DOCUMENTS))
    ids = _each_once(table)
    parameters = asdict(likeness)
    _store(case, GroupKind.NEAR_DUPLICATE_PAGE, _page_members(pages, table), **parameters)
    _store(case, GroupKind.NEAR_DUPLICATE, _document_members(by_document, ids), **parameters)
    return Grouped(
        grouped.duplicate_groups,
        grouped.copies,
        grouped.threads,
        grouped.messages_in_threads,
        grouped.contained,
        grouped.missing,
        len(by_document),
        _size(by_document),
        len(pages),
        _size(pages),
    )


def copies_of(case: CaseFile, document_id: int) -> Copies | None:
    """Return a document with all its copies and where they stand; `None` if it has none.

    Whose copy it is does not matter: of a copy the same is returned as of the one that is shown.
    """
    group = _duplicates(case, document_id, limit=_SHOWN)
    if group is not None and group.size > len(group.members):
        group = _duplicates(case, document_id, limit=group.size)
    if group is None:
        return None
    wanted = [member.document_id for member in group.members]
    held = {document.id: document for document in case.held_documents(wanted)}
    first, *others = (held[number] for number in wanted)
    return Copies(first, tuple(others), group.members[0].basis)


def _duplicates(case: CaseFile, document_id: int, *, limit: int) -> DocumentGroup | None:
    groups = case.groups_of(document_id, limit=limit)
    return next((one for one in groups if one.grouping.kind is GroupKind.DUPLICATE), None)


def undo_groups(case: CaseFile, kind: GroupKind) -> None:
    """Take the groups of *kind* back; copies count again.

    Raises:
        StateError: If there are none.
    """
    with case.writing("groups.undone", kind=kind.value) as change:
        change.undo_grouping(kind)


def missing_messages(case: CaseFile) -> tuple[MissingMessage, ...]:
    """Return the messages that are named or quoted in the case and are not there."""
    with TextsOfCase(case.derived) as texts:
        texts.read(case, shingled=False, progress=None)
        return threads.threads_among(texts.messages()).missing


def _store(
    case: CaseFile,
    kind: GroupKind,
    members: Iterator[GroupMember],
    *,
    scope: GroupScope = GroupScope.GLOBAL,
    **parameters: float,
) -> None:
    text = json.dumps({"rules": RULES_VERSION, **parameters}, sort_keys=True)
    with case.writing("groups.found", kind=kind.value) as change:
        change.add_grouping(kind, scope, members=members, parameters=text)


def _told(progress: Progress | None, step: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(step, done, total)


def _each_once(table: PageTable) -> Counts:
    """Return the documents of *table* in its order."""
    documents = table.documents
    if not len(documents):
        return documents
    found: Counts = documents[[True, *(documents[1:] != documents[:-1]).tolist()]]
    return found


def _document_members(groups: Sequence[NearGroup], ids: Counts) -> Iterator[GroupMember]:
    for number, group in enumerate(groups, start=1):
        pivot = int(ids[group.pivot])
        yield GroupMember(number, pivot, 1, GroupRole.PRIMARY, "longest text", 1.0)
        for position, one in enumerate(group.members, start=2):
            document, like = int(ids[one.text]), int(ids[one.like])
            yield GroupMember(number, document, position, GroupRole.SIMILAR, one.basis, one.similarity, like)


def _page_members(groups: Sequence[NearGroup], table: PageTable) -> Iterator[GroupMember]:
    for number, group in enumerate(groups, start=1):
        pivot = int(table.documents[group.pivot])
        page = int(table.page_ids[group.pivot])
        yield GroupMember(number, pivot, 1, GroupRole.PRIMARY, "longest text", 1.0, page_id=page)
        for position, one in enumerate(group.members, start=2):
            document, page = int(table.documents[one.text]), int(table.page_ids[one.text])
            like = int(table.documents[one.like])
            yield GroupMember(
                number, document, position, GroupRole.SIMILAR, one.basis, one.similarity, like, page_id=page
            )


def _size(groups: Sequence[NearGroup]) -> int:
    return sum(1 + len(group.members) for group in groups)
