"""Values of the case in the shape the interface sends them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from vaughn.app.api import models
from vaughn.app.jobs import Job
from vaughn.app.people import People
from vaughn.app.versions import Versions
from vaughn.model import CATALOGUE, Ledger, Page, ProducedDocument
from vaughn.receive import DocumentMetadata, map_columns
from vaughn.store import CaseFile, Division, ListedDocument, SeverityCounts, StoredFinding, StoredLoadFile


def counts(found: SeverityCounts) -> models.Counts:
    """Return counts of findings."""
    return models.Counts(error=found.error, warning=found.warning, note=found.note)


def document_row(listed: ListedDocument, people: People) -> models.DocumentRow:
    """Return a row of the document table."""
    document = listed.document
    return models.DocumentRow(
        id=document.id,
        production_id=document.production_id,
        production=listed.production,
        agency=listed.agency,
        control=document.control,
        begin=None if document.begin is None else str(document.begin),
        end=None if document.end is None else str(document.end),
        page_count=document.page_count,
        first_page_id=document.first_page_id,
        kind=document.kind.value,
        custodian=document.custodian,
        language=document.language,
        title=document.title,
        sender=document.sender,
        recipients=document.recipients,
        sender_people=people.in_text(document.sender),
        recipients_people=people.in_text(document.recipients),
        date=document.date,
        file_name=document.file_name,
        parent_id=document.parent_id,
        family_id=document.family_id,
        family_size=listed.family_size,
        findings=counts(listed.findings),
        has_native=document.native_file_id is not None,
        has_text=document.text_file_id is not None,
    )


def page_row(page: Page) -> models.PageRow:
    """Return a page of a document."""
    return models.PageRow(
        id=page.id,
        number=page.number,
        label=page.label,
        width_pt=None if page.size is None else page.size.width_pt,
        height_pt=None if page.size is None else page.size.height_pt,
        text_source=page.text_source.value,
        stamped=page.stamped,
        language=page.language,
        missing=page.file_id is None,
    )


def version_rows(found: Versions) -> models.PageVersions:
    """Return the versions of a page's words."""
    shown, other = (
        None
        if one is None
        else models.WordVersion(version=one.reader.value, engine=one.engine, words=one.words, confidence=one.confidence)
        for one in (found.shown, found.other)
    )
    return models.PageVersions(shown=shown, other=other, why=found.why, chosen_by=found.chosen_by)


def finding_row(stored: StoredFinding) -> models.FindingRow:
    """Return a finding with the words of the catalogue."""
    found, place = stored.finding, stored.finding.place
    kind = CATALOGUE.get(found.code)
    return models.FindingRow(
        id=stored.id,
        production_id=stored.production_id,
        code=found.code,
        severity=found.severity.value,
        title=found.code if kind is None else kind.title,
        cure="" if kind is None else kind.cure,
        message=found.message,
        count=found.count,
        path=place.path,
        line=place.line,
        bates=place.bates,
        field=place.field,
        document_id=place.document_id,
        page_id=place.page_id,
    )


def ledger_rows(ledger: Ledger | None) -> list[models.LedgerRow]:
    """Return the lines of a ledger."""
    return [
        models.LedgerRow(
            subject=line.subject,
            expected=line.expected,
            parts=[models.LedgerPart(name=name, count=count) for name, count in line.parts],
            balances=line.balances,
        )
        for line in (() if ledger is None else ledger.lines)
    ]


def load_file_row(load_file: StoredLoadFile) -> models.LoadFileRow:
    """Return a load file as it was recognised."""
    rows = load_file.page_row_count if load_file.kind == "pages" else load_file.row_count
    return models.LoadFileRow(
        id=load_file.id,
        path=load_file.path,
        format=load_file.format,
        columns=_columns(load_file),
        rows=rows,
        dialect=_dialect(load_file.dialect),
    )


def _columns(load_file: StoredLoadFile) -> list[models.ColumnRow]:
    fields = map_columns(load_file.columns).fields
    return [models.ColumnRow(name=name, field=field) for name, field in zip(load_file.columns, fields, strict=True)]


def _dialect(text: str | None) -> dict[str, Any] | None:
    value = None if text is None else json.loads(text)
    return value if isinstance(value, dict) else None


def division_row(division: Division) -> models.DivisionRow:
    """Return how a large file was divided."""
    return models.DivisionRow(
        document_id=division.document_id,
        control=division.control,
        pages=division.pages,
        state=division.state.value,
        cuts=[
            models.CutRow(page=cut.page, evidence=cut.evidence, document_id=cut.document_id, control=cut.control)
            for cut in division.cuts
        ],
    )


def job_row(job: Job) -> models.JobRow:
    """Return a job as people see it."""
    return models.JobRow(
        id=job.id,
        kind=job.kind,
        production_id=job.production_id,
        state=job.state.value,
        step=job.step,
        done=job.done,
        total=job.total,
        started_at=None if job.started_at is None else job.started_at.isoformat(timespec="seconds"),
        ended_at=None if job.ended_at is None else job.ended_at.isoformat(timespec="seconds"),
        message=job.message,
    )


# A document of 7,934 pages stands in as many files; the first few tell enough.
_MAX_FILES = 50


def metadata_table(case: CaseFile, document: ProducedDocument, known: DocumentMetadata) -> models.MetadataTable:
    """Return what was received beside what was understood, how files were matched, and the files."""
    first = known.rows[0] if known.rows else None
    return models.MetadataTable(
        received=[
            models.ReceivedValue(column=value.column, value=value.value) for row in known.rows for value in row.values
        ],
        normalised=[
            *(models.NormalisedValue(field=name, value=value, column=None) for name, value in _stored(document)),
            *(
                models.NormalisedValue(field=field.field, value=field.value, column=field.column)
                for field in known.normalised
            ),
        ],
        source=None if first is None else models.SourcePlace(path=first.path, line=first.line),
        links=[
            models.LinkRow(role=link.role.value, path=link.path or "", matched_by=link.matched_by)
            for link in known.links
        ],
        files=_file_rows(case, document),
    )


def _stored(document: ProducedDocument) -> Iterator[tuple[str, str]]:
    """Return what lists and filters use: the program's own choice among the fields."""
    yield "control", document.control
    yield "kind", document.kind.value
    if document.date is not None:
        yield "date", document.date
    if document.language is not None:
        yield "language", document.language


def _file_rows(case: CaseFile, document: ProducedDocument) -> list[models.FileRow]:
    pages = case.pages(document.id, 1, _MAX_FILES)
    ids = dict.fromkeys([document.native_file_id, document.text_file_id, *(page.file_id for page in pages)])
    files = [case.source_file(file_id) for file_id in ids if file_id is not None]
    return [
        models.FileRow(
            role=file.role.value,
            path=file.path,
            size_bytes=None if file.blob is None else file.blob.size_bytes,
            media_type=file.media_type or None,
            sha256=None if file.blob is None else file.blob.sha256,
        )
        for file in files
        if file is not None
    ]
