"""Records that were taken in: where they came from, what they say of themselves, what they stand together with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Path

from vaughn.app.api import record_models as rows
from vaughn.app.api.documents import DocumentId, known_document
from vaughn.app.api.errors import NotFound
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.record_shapes import facts_row, file_facts, handover_row, place_row
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.document_text import document_text
from vaughn.app.lineage import Lineage, lineage_of
from vaughn.app.wording import compared_words
from vaughn.formats.pages import HTML_TYPES
from vaughn.model import GroupKind, GroupMember, GroupRole, ProducedDocument
from vaughn.store import DocumentGroup
from vaughn.work.renditions import suffix_for

router = APIRouter()
_MAX_MEMBERS = 300
_MAX_DEPTH = 60
_SHEET_TYPES = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-excel",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.oasis.opendocument.spreadsheet-template",
        "application/vnd.oasis.opendocument.spreadsheet",
        "text/csv",
        "text/tab-separated-values",
    }
)


@router.get("/api/documents/{document_id}/record")
def record(case: TheCase, document_id: DocumentId) -> rows.RecordDetail:
    """Return where a document came from and what it says of itself."""
    known = known_document(case, document_id)
    stored, lineage = case.file.record(document_id), lineage_of(case.file, known)
    production = case.file.production(known.production_id)
    name = "" if production is None else production.name
    return rows.RecordDetail(
        facts=None if stored is None else facts_row(stored.facts, case.people()),
        found=[rows.FoundRow(name=one.name, value=one.value) for one in (() if stored is None else stored.facts.found)],
        handover=None if lineage.handover is None else handover_row(lineage.handover, name),
        places=[place_row(step) for step in lineage.steps] if lineage.handover is not None else [],
        file=None if lineage.own is None else file_facts(lineage.own),
        custodian=known.custodian,
        language=known.language,
        views=views_of(lineage),
    )


def views_of(lineage: Lineage) -> list[str]:
    """Return the ways to look at a document besides its pages."""
    own = lineage.own
    if own is None or own.file.blob is None:
        return []
    media_type = own.file.media_type
    found = {
        "html": media_type in HTML_TYPES,
        "sheets": media_type in _SHEET_TYPES,
        "office": suffix_for(media_type) is not None,
    }
    return [name for name, is_there in found.items() if is_there]


@router.get("/api/documents/{document_id}/groups")
def groups(case: TheCase, document_id: DocumentId) -> rows.GroupsOfDocument:
    """Return the copies of a document, the documents like it, and the thread it stands in."""
    known_document(case, document_id)
    found = case.file.groups_of(document_id, limit=_MAX_MEMBERS)
    copies = [group for group in found if group.grouping.kind is GroupKind.DUPLICATE]
    near = [group for group in found if group.grouping.kind in _NEAR]
    threads = [group for group in found if group.grouping.kind is GroupKind.THREAD]
    return rows.GroupsOfDocument(
        copies=[_copy(case, member) for member in _members(copies)],
        copies_size=_size(copies),
        near=[_near(case, member) for member in _members(near)],
        near_size=_size(near),
        thread=_thread(case, [member for group in threads[:1] for member in group.members]),
        thread_size=_size(threads[:1]),
    )


_NEAR = (GroupKind.NEAR_DUPLICATE, GroupKind.NEAR_DUPLICATE_PAGE)


def _members(found: Iterable[DocumentGroup]) -> list[GroupMember]:
    return [member for group in found for member in group.members]


def _size(found: Iterable[DocumentGroup]) -> int:
    return sum(group.size for group in found)


def _document(case: OpenCase, document_id: int) -> ProducedDocument:
    document = case.file.document(document_id)
    if document is None:
        raise NotFound("A document of the group is gone.")
    return document


def _copy(case: OpenCase, member: GroupMember) -> rows.CopyRow:
    document = _document(case, member.document_id)
    production = case.file.production(document.production_id)
    file = None if document.native_file_id is None else case.file.source_file(document.native_file_id)
    return rows.CopyRow(
        document_id=document.id,
        control=document.control,
        production_id=document.production_id,
        production="" if production is None else production.name,
        custodian=document.custodian,
        path=None if file is None else file.path,
        is_shown=member.role is GroupRole.PRIMARY,
        basis=member.basis,
    )


def _near(case: OpenCase, member: GroupMember) -> rows.NearRow:
    document = _document(case, member.document_id)
    return rows.NearRow(
        document_id=document.id,
        control=document.control,
        title=document.title or document.file_name,
        date=document.date,
        similarity=member.similarity,
        is_pivot=member.role is GroupRole.PRIMARY,
        basis=member.basis,
        page_id=member.page_id,
    )


def _thread(case: OpenCase, members: list[GroupMember]) -> list[rows.ThreadRow]:
    parents = {member.document_id: member.parent_id for member in members}
    found = []
    for member in members:
        document = _document(case, member.document_id)
        found.append(
            rows.ThreadRow(
                document_id=document.id,
                control=document.control,
                title=document.title,
                sender=document.sender,
                date=document.date,
                depth=_depth(member.document_id, parents),
                is_inclusive=member.role is not GroupRole.CONTAINED,
                basis=member.basis,
                parent_id=member.parent_id,
            )
        )
    return found


def _depth(document_id: int, parents: Mapping[int, int | None]) -> int:
    depth, at = 0, parents.get(document_id)
    while at is not None and at in parents and depth < _MAX_DEPTH:
        depth, at = depth + 1, parents[at]
    return depth


@router.get("/api/documents/{document_id}/compare/{other_id}")
def compare(
    case: TheCase, document_id: DocumentId, other_id: Annotated[int, Path(ge=0, le=MAX_NUMBER)]
) -> rows.Comparison:
    """Return the words of two documents side by side."""
    first, second = known_document(case, document_id), known_document(case, other_id)
    found = compared_words(document_text(case.file, first), document_text(case.file, second))
    return rows.Comparison(
        first=first.control,
        second=second.control,
        same_words=found.same_words,
        first_words=found.first_words,
        second_words=found.second_words,
        cut=found.is_cut,
        pieces=[
            rows.ComparedPiece(kind=piece.kind.value, first=piece.first, second=piece.second) for piece in found.pieces
        ],
    )
