"""Facts of the lawsuit: kinds, sources, entities; entering, preferring, withdrawing."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse

from vaughn.app.api import suit_models as models
from vaughn.app.api.errors import NotFound
from vaughn.app.api.exports import attachment
from vaughn.app.api.filters import MAX_NUMBER
from vaughn.app.api.workbench import OpenCase, TheCase
from vaughn.app.facts import BY_HAND, EnteredFacts, all_kinds, enter_facts, kind_named, set_rank, title_of
from vaughn.app.suit import suit_of
from vaughn.lawsuit import Cite, cites_of
from vaughn.model import Confidence, Entity, EntityKind, InputError, Rank, Statement, contradicted_fields, require_key
from vaughn.store import NewSource

router = APIRouter()
StatementId = Annotated[int, PathParameter(ge=1, le=MAX_NUMBER)]


@router.get("/api/suit/kinds")
def kinds() -> list[models.KindRow]:
    """Return every kind of entity with its fields: what forms are made from."""
    return [_kind_row(kind) for kind in all_kinds().values()]


@router.get("/api/suit/sources")
def sources(case: TheCase) -> list[models.SourceRow]:
    """Return where the facts of the case stand."""
    return [
        models.SourceRow(
            id=source.id,
            key=source.key,
            title=source.title,
            citation=source.citation,
            kind=source.kind,
            url=source.url,
        )
        for source in case.file.sources()
    ]


@router.get("/api/suit/entities")
def entities(
    case: TheCase, kind: Annotated[list[str] | None, Query(max_length=60)] = None, *, withdrawn: bool = False
) -> list[models.EntityRow]:
    """Return the entities of some kinds (of all), in the order they were entered."""
    for kind_id in kind or ():
        kind_named(kind_id)
    return [entity_row(entity) for entity in case.file.entities(*(kind or ()), withdrawn=withdrawn)]


@router.get("/api/suit/entities/{kind}/{key}")
def entity(case: TheCase, kind: str, key: str) -> models.EntityDetail:
    """Return one entity with its files, and what names it."""
    return _detail(case, f"{kind}/{key}")


@router.get("/api/suit/entities/{kind}/{key}/citations")
def citations(case: TheCase, kind: str, key: str) -> list[models.CitationRow]:
    """Return what the texts of an entity cite."""
    reference = _known(case, f"{kind}/{key}").reference
    return [
        models.CitationRow(
            field=cite.field, kind=cite.citation.kind.value, cited=cite.citation.normalised, address=_address(cite)
        )
        for cite in cites_of(suit_of(case.file), reference)
    ]


def _address(cite: Cite) -> str | None:
    if cite.bates is not None:
        return f"/b/{quote(cite.bates)}"
    return None if cite.leads_to is None else f"/e/{cite.leads_to}"


@router.get("/api/suit/files/{file_id}", response_class=FileResponse)
def entity_file(case: TheCase, file_id: StatementId) -> FileResponse:
    """Download a paper that belongs to an entity; a browser never shows it by itself."""
    held = next((one for one in case.file.entity_files() if one.id == file_id), None)
    if held is None:
        raise NotFound("There is no such file in this case.")
    return FileResponse(
        case.file.blobs.path(held.sha256), media_type="application/octet-stream", headers=attachment(held.name)
    )


@router.post("/api/suit/entities/{kind}/{key}/statements")
def enter(case: TheCase, kind: str, key: str, form: models.FactsForm) -> models.EntityDetail:
    """Say something of an entity; a new one is made."""
    facts = EnteredFacts(
        f"{kind}/{key}",
        form.values,
        source=_source(form.source),
        confidence=Confidence(form.confidence),
        note=form.note,
    )
    with case.writing() as writable:
        enter_facts(writable, facts)
    return _detail(case, facts.reference)


@router.post("/api/suit/entities/{kind}/{key}/withdraw")
def withdraw(case: TheCase, kind: str, key: str, form: models.WithdrawnForm) -> models.EntityDetail:
    """Take an entity out of what is shown, or back in; nothing is deleted."""
    known = _known(case, f"{kind}/{key}")
    with case.writing() as writable, writable.writing("entity.withdrawn", entity=known.id) as change:
        change.withdraw_entity(known.id, withdrawn=form.is_withdrawn)
    return _detail(case, known.reference)


@router.post("/api/suit/statements/{statement_id}/rank")
def rank(case: TheCase, statement_id: StatementId, form: models.RankForm) -> models.StatementRow:
    """Prefer a statement, let it count like others, or withdraw it."""
    with case.writing() as writable:
        set_rank(writable, statement_id, Rank(form.rank))
    changed = next(
        one for entity in case.file.entities(withdrawn=True) for one in entity.statements if one.id == statement_id
    )
    return _statement_row(changed)


def entity_row(entity: Entity) -> models.EntityRow:
    """Return an entity as the interface sends it."""
    kind = all_kinds().get(entity.kind)
    return models.EntityRow(
        reference=entity.reference,
        kind=entity.kind,
        key=entity.key,
        title=title_of(entity),
        is_withdrawn=entity.is_withdrawn,
        statements=[_statement_row(one) for one in _in_order(entity)],
        contradicted=[field.id for field in contradicted_fields(entity, kind)] if kind else [],
    )


def _in_order(entity: Entity) -> list[Statement]:
    counting = [
        one for field in dict.fromkeys(one.field for one in entity.statements) for one in entity.statements_of(field)
    ]
    return [*counting, *(one for one in entity.statements if one.rank is Rank.WITHDRAWN)]


def _known(case: OpenCase, reference: str) -> Entity:
    found = case.file.entity(reference)
    if found is None:
        raise NotFound("There is no such entity in this case.")
    return found


def _detail(case: OpenCase, reference: str) -> models.EntityDetail:
    found = _known(case, reference)
    return models.EntityDetail(
        **entity_row(found).model_dump(),
        files=[
            models.EntityFileRow(id=held.id, name=held.name, size_bytes=held.size_bytes, media_type=held.media_type)
            for held in case.file.entity_files(found.id)
        ],
        named_by=[
            other.reference
            for other in case.file.entities()
            if any(one.value == reference and one.rank is not Rank.WITHDRAWN for one in other.statements)
        ],
    )


def _kind_row(kind: EntityKind) -> models.KindRow:
    return models.KindRow(
        id=kind.id,
        title=kind.title,
        title_field=kind.title_field,
        fields=[
            models.FieldRow(
                id=field.id,
                title=field.title,
                kind=field.kind.value,
                is_many=field.is_many,
                choices=list(field.choices),
                refers_to=list(field.refers_to),
            )
            for field in kind.fields
        ],
    )


def _statement_row(one: Statement) -> models.StatementRow:
    return models.StatementRow(
        id=one.id,
        field=one.field,
        value=one.value,
        source_id=one.source_id,
        confidence=one.confidence.value,
        rank=one.rank.value,
        note=one.note,
        at=one.at.isoformat(timespec="seconds"),
    )


def _source(form: models.SourceForm | None) -> NewSource:
    if form is None or form.key is None:
        return BY_HAND
    if not form.title.strip():
        raise InputError("The source has no title.", hint="Write what it is, e.g. Order of 7 February 2011.")
    return NewSource(
        require_key(form.key), form.title.strip(), form.citation.strip(), form.kind.strip(), form.url or None
    )
