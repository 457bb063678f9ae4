"""Checks over a production in a case: its facts gathered, the checks run, what they find stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from vaughn.formats.loadfile import LoadFile, LoadFileKind
from vaughn.formats.pages import FileRefused, ImageFacts, image_facts
from vaughn.model import Finding, InputError, Ledger, LoadFileError, Production, ProductionOrder, Requirement
from vaughn.receive.checks.columns import rows_of
from vaughn.receive.checks.filing import CaseFiles, case_files, file_facts
from vaughn.receive.checks.gathering import CaseDocuments, Known, RowFacts, case_documents, document_facts, volume_of
from vaughn.receive.checks.ordered import FieldLine, field_lines
from vaughn.receive.checks.paging import ImageColumns, Listing, labels_of, page_facts, pages_read
from vaughn.receive.checks.run import NotRun, check, not_run
from vaughn.receive.checks.summary import CheckSummary, digest_of, packed, summary_path, unpacked
from vaughn.receive.facts import (
    NONE,
    DocumentFacts,
    EarlierProduction,
    HashColumn,
    Ints,
    LoadFileFacts,
    MissingFiles,
    NumberBook,
    ProductionFacts,
)
from vaughn.receive.orders import find_order
from vaughn.receive.report import DeficiencyReport, ReportSource, deficiency_report
from vaughn.receive.rows import map_columns
from vaughn.store import CaseFile, CheckRun, FindingQuery, Progress, StoredLoadFile
from vaughn.work import Task, WorkerPool, open_load_file

CHECK_RUN = "check"
_CHUNK_BYTES = 1 << 20


def _quiet(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one run of the checks found.

    Args:
        findings: Of this run alone; what loading reported is not repeated.
    """

    run_id: int
    order: ProductionOrder | None
    findings: tuple[Finding, ...]
    fields: tuple[FieldLine, ...]
    not_run: tuple[NotRun, ...]


def check_production(
    case: CaseFile, production_id: int, order_name: str | None = None, *, progress: Progress | None = None
) -> CheckResult:
    """Run all checks over one production and store what they find, in place of the last run's findings.

    Args:
        order_name: Name or path of an order profile; without it the one the production was received with.

    Raises:
        InputError: If there is no such production or profile.
        StateError: If the case was opened for reading.
    """
    production = _production(case, production_id)
    name = order_name or production.order
    order = find_order(name) if name else None
    facts = gathered(case, production, order, progress=progress)
    (progress or _quiet)("checking", 0, 1)
    findings = tuple(check(facts, order))
    summary = _summary(facts, order)
    data = packed(summary)
    summary_path(case.derived, production_id).write_bytes(data)
    with case.writing("production.checked", production=production_id, findings=len(findings)) as change:
        run_id = change.add_check_run(production_id, CHECK_RUN, findings=findings, order=name)
        change.note(check_run=run_id, summary=digest_of(data))
    (progress or _quiet)("checking", 1, 1)
    return CheckResult(run_id, order, findings, summary.fields, summary.not_run)


def _summary(facts: ProductionFacts, order: ProductionOrder | None) -> CheckSummary:
    fields = field_lines(facts, order) if order else ()
    return CheckSummary(fields, not_run(facts, order), facts.documents.volume.values)


def _kept_summary(case: CaseFile, run: CheckRun, order: ProductionOrder | None) -> CheckSummary | None:
    """Return what the check *run* knew, `None` if it is not kept as that check wrote it."""
    event = case.last_event("production.checked", production=run.production_id)
    path = summary_path(case.derived, run.production_id)
    if event is None or event.objects.get("check_run") != run.id or not path.is_file():
        return None
    data = path.read_bytes()
    return unpacked(data, order) if digest_of(data) == event.objects.get("summary") else None


def production_report(
    case: CaseFile, production_id: int, *, made_at: datetime, version: str, order_name: str | None = None
) -> DeficiencyReport:
    """Return the deficiency report of a production from what is stored: run `check_production` first.

    Args:
        order_name: As in `check_production`; without it the order of the last run.

    Raises:
        InputError: If there is no such production or profile.
    """
    production = _production(case, production_id)
    runs = [run for run in case.check_runs(production_id) if run.kind == CHECK_RUN]
    name = order_name or (runs[0].order if runs else production.order)
    order = find_order(name) if name else None
    summary = _kept_summary(case, runs[0], order) if runs and name == runs[0].order else None
    if summary is None:
        summary = _summary(gathered(case, production, order, look_inside=False), order)
    stored = case.findings(FindingQuery(productions=(production_id,), limit=None))
    counts = case.counts(production_id)
    return deficiency_report(
        ReportSource(
            case=case.case(),
            production=production,
            order=order,
            findings=tuple(one.finding for one in stored.rows),
            fields=summary.fields,
            not_run=summary.not_run,
            ledger=case.ledger(production_id) or Ledger(()),
            load_files=tuple(_load_file_facts(one) for one in case.load_files(production_id)),
            volumes=summary.volumes,
            documents=counts.documents,
            pages=counts.pages,
            files=counts.files,
            made_at=made_at,
            version=version,
            head=case.head().hash,
        )
    )


def _production(case: CaseFile, production_id: int) -> Production:
    production = case.production(production_id)
    if production is None:
        raise InputError(f"There is no production {production_id} in this case.", hint="List them with `vaughn check`.")
    return production


def gathered(
    case: CaseFile,
    production: Production,
    order: ProductionOrder | None,
    *,
    look_inside: bool = True,
    progress: Progress | None = None,
) -> ProductionFacts:
    """Return the facts of a production: the case's tables, and the load files read once more.

    Args:
        look_inside: Whether to open images and natives (their form and hashes); a report needs neither.
    """
    tell = progress or _quiet
    book = NumberBook()
    files = case_files(case.file_batches(production.id))
    stored = case.load_files(production.id)
    documents = case_documents(case.document_batches(production.id), book)
    with WorkerPool(1) as pool:
        rows = _rows_read(case, stored, RowFacts(documents, book), documents=documents, pool=pool, tell=tell)
        hashes = _hashes(case, documents, files, rows, tell=tell) if look_inside else ()
        load_files = {one.id: row for row, one in enumerate(stored)}
        known = Known(documents, load_files, files.id, {one.id: volume_of(one.path) for one in stored}, hashes)
        facts = document_facts(known, rows)
        columns = rows.received()
        del rows, known
        pages = pages_read(case.page_batches(production.id), book, documents=documents.id, files=files.id)
        label = labels_of(pages, facts)
        listing = Listing(book, pages, label)
        _page_lists_read(case, stored, listing, pool=pool, tell=tell)
    wants_images = look_inside and order is not None and order.images.requirement is not Requirement.NOT_OWED
    images = _images(case, files, np.unique(pages.file[pages.file >= 0]), tell) if wants_images else ImageColumns()
    used = _used(facts, stored, pages.file, files)
    own_pages = page_facts(book, pages, label, listing=listing, images=images)
    del pages, label, listing
    reported = case.findings(FindingQuery(productions=(production.id,), limit=None)).rows
    checked = {run.id for run in case.check_runs(production.id) if run.kind == CHECK_RUN}
    return ProductionFacts(
        name=production.name,
        agency=production.agency,
        released_on=production.released_on,
        book=book,
        documents=facts,
        pages=own_pages,
        files=file_facts(
            files, used, letters=(lambda sha256: _letters(case.blobs.path(sha256))) if look_inside else None
        ),
        missing=MissingFiles(*(np.empty(0, np.int64),) * 2, (), *(np.empty(0, np.int64),) * 2),
        load_files=tuple(_load_file_facts(one) for one in stored),
        columns=columns,
        reported=tuple(one.finding for one in reported if one.check_run_id not in checked),
        earlier=tuple(_earlier(case, production, book)),
        ledger=case.ledger(production.id) or Ledger(()),
        stamps_looked_for=bool((own_pages.stamp_read & (own_pages.document >= 0)).any()),
    )


def _rows_read(
    case: CaseFile,
    stored: tuple[StoredLoadFile, ...],
    facts: RowFacts,
    *,
    documents: CaseDocuments,
    pool: WorkerPool,
    tell: Progress,
) -> RowFacts:
    """Fill *facts* with what the rows of all document lists say."""
    by_control: dict[str, int] = {}
    for number, one in enumerate(stored):
        tell("reading load files", number, 2 * len(stored))
        source = _opened(case, one, pool)
        if source is not None and source.kind is not LoadFileKind.PAGES:
            _documents_read(source, facts, _Rows(one.id, number, documents, by_control))
    return facts


def _page_lists_read(
    case: CaseFile, stored: tuple[StoredLoadFile, ...], listing: Listing, *, pool: WorkerPool, tell: Progress
) -> None:
    for number, one in enumerate(stored):
        tell("reading load files", len(stored) + number, 2 * len(stored))
        source = _opened(case, one, pool) if one.kind != LoadFileKind.DOCUMENTS.value else None
        if source is not None and source.kind is not LoadFileKind.DOCUMENTS:
            listing.put(source.pages(), list_id=one.id, load_file=number)
    tell("reading load files", 2 * len(stored), 2 * len(stored))


def _opened(case: CaseFile, one: StoredLoadFile, pool: WorkerPool) -> LoadFile | None:
    if one.sha256 is None:
        return None
    try:
        return open_load_file(case.blobs.path(one.sha256), name=one.path, pool=pool)
    except (LoadFileError, FileRefused):
        return None  # loading has reported it


@dataclass(slots=True)
class _Rows:
    """Which document each row of one load file is: by its line, or by its begin number in a second list."""

    load_file_id: int
    number: int
    documents: CaseDocuments
    by_control: dict[str, int]

    def by_line(self) -> tuple[Ints, Ints]:
        rows = np.flatnonzero(self.documents.load_file_id == self.load_file_id)
        lines = self.documents.line[rows]
        order = np.argsort(lines, kind="stable")
        return lines[order], rows[order]

    def by_number(self) -> dict[str, int]:
        if not self.by_control:
            self.by_control.update({control: row for row, control in enumerate(self.documents.control[:])})
        return self.by_control


def _documents_read(source: LoadFile, facts: RowFacts, rows: _Rows) -> None:
    lines, owners = rows.by_line()
    mapped = map_columns(source.columns)
    begin = mapped.column_of("beg_bates")
    for batch in source.documents():
        place = np.minimum(np.searchsorted(lines, batch.lines), max(len(lines) - 1, 0))
        hit = lines[place] == batch.lines if len(lines) else np.zeros(len(batch), np.bool_)
        owner = np.where(hit, owners[place] if len(owners) else NONE, NONE)
        if not len(lines) and begin is not None:  # a second list of documents that another list brought in
            known = rows.by_number()
            owner = np.asarray([known.get(text.strip(), NONE) for text in batch.column(begin)], np.int64)
        for column, (name, canonical) in enumerate(zip(mapped.columns, mapped.fields, strict=True)):
            facts.put(rows.number, name, canonical, rows=owner, values=batch.column(column))


def _used(documents: DocumentFacts, stored: tuple[StoredLoadFile, ...], pages: Ints, files: CaseFiles) -> Ints:
    """Return the rows of files that a document, a page or a load file refers to."""
    lists = rows_of(files.id, [one.source_file_id for one in stored])
    rows = [np.unique(column[column >= 0]) for column in (documents.native, documents.text, pages, lists)]
    return np.concatenate(rows)


def _letters(path: Path) -> int:
    """Return how many letters and digits a small text holds, whatever its encoding."""
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = data.decode("utf-16" if wide else "utf-8", "replace").replace("\ufffd", "x")
    return sum(1 for letter in text if letter.isalnum())


def _load_file_facts(one: StoredLoadFile) -> LoadFileFacts:
    rows = max(one.row_count or 0, one.page_row_count or 0)
    return LoadFileFacts(one.id, one.path, one.format, one.kind, one.columns, rows, dialect_in_words(one.dialect))


_MARKS = {"\x14": "0x14", "\t": "tab", ",": "comma", "|": "pipe", "^": "caret", ";": "semicolon", "®": "®"}


def dialect_in_words(dialect: str | None) -> str:
    """Return a stored dialect as a reader sees it: ``utf-8, separator 0x14, qualifier þ``."""
    if dialect is None:
        return ""
    values = json.loads(dialect)

    def mark(key: str) -> str:
        value = values.get(key)
        if value is None:
            return f"no {key.replace('_', ' ')}"
        return (
            f"{key.replace('_', ' ')} {_MARKS.get(value, value if value.isprintable() else f'0x{ord(value[0]):02x}')}"
        )

    encoding = f"{values.get('encoding', '')}{' with byte order mark' if values.get('bom') else ''}"
    header = "" if values.get("has_header", True) else ", no header line"
    return f"{encoding}, {mark('separator')}, {mark('qualifier')}{header}"


def _hashes(
    case: CaseFile, documents: CaseDocuments, files: CaseFiles, rows: RowFacts, *, tell: Progress
) -> tuple[HashColumn, ...]:
    """Return the stated hashes of documents with a native that are not what the bytes give."""
    natives = rows_of(files.id, documents.native_file_id)
    found: list[HashColumn] = []
    for canonical, builder in rows.hashes.items():
        owners = np.flatnonzero(builder.stated != b"") if len(builder.stated) else np.empty(0, np.int64)
        other: list[tuple[int, str, str]] = []
        for done, row in enumerate(owners.tolist()):
            if done % 200 == 0:
                tell("hashing natives", done, len(owners))
            digest = files.sha256(int(natives[row])) if natives[row] >= 0 else None
            actual = _hash_of(case, digest, canonical) if digest is not None else None
            stated = bytes(builder.stated[row]).decode("ascii")
            if actual is not None and actual != stated:
                other.append((row, stated, actual))
        if other:
            row_numbers = np.asarray([row for row, _, _ in other], np.int64)
            stated_texts, actual_texts = [one for _, one, _ in other], [one for _, _, one in other]
            found.append(HashColumn(rows.names[canonical], row_numbers, stated_texts, actual_texts))
    return tuple(found)


def _hash_of(case: CaseFile, sha256: str, canonical: str) -> str:
    """Return the hash of a file's bytes."""
    if canonical == "sha256":
        return sha256
    digest = hashlib.new(canonical, usedforsecurity=False)
    with case.blobs.path(sha256).open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _images(case: CaseFile, files: CaseFiles, shown: Ints, tell: Progress) -> ImageColumns:
    """Return what the image files behind pages are made of, read in child processes; PDFs are not looked into."""
    found = ImageColumns()
    is_image = np.asarray([value.startswith("image/") for value in files.media_type.values] + [False], np.bool_)
    wanted = shown[is_image[files.media_type.codes[shown]] & (files.size_bytes[shown] >= 0)].tolist()
    if not wanted:
        return found

    def tasks() -> Iterator[Task]:
        for row in wanted:
            sha256 = files.sha256(row)
            if sha256 is not None:
                yield Task(row, image_facts, (case.blobs.path(sha256), files.media_type[row]))

    with WorkerPool() as pool:
        for done, one in enumerate(pool.map_unordered(tasks())):
            if done % 200 == 0:
                tell("looking at images", done, len(wanted))
            value = one.outcome.value
            if isinstance(value, tuple | list) and isinstance(one.task.key, int):
                found.put(one.task.key, [facts for facts in value if isinstance(facts, ImageFacts)])
    return found


def _earlier(case: CaseFile, production: Production, book: NumberBook) -> Iterable[EarlierProduction]:
    """Return the numbers of the productions that were released, or received, before this one."""
    for other in case.productions():
        before = (other.released_on, other.id) < (production.released_on, production.id)
        replaced = other.name == production.replaces
        if other.id == production.id or not (before or replaced):
            continue
        documents = case_documents(case.document_batches(other.id), book)
        numbered = documents.begin.known
        # A document without end ends where it begins: `span_of` reads it so.
        yield EarlierProduction(other.name, documents.begin.rows(numbered), documents.end.rows(numbered), replaced)
