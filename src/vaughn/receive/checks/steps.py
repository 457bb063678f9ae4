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
from vaughn.model import (
    BatesNumber,
    FileRole,
    Finding,
    InputError,
    Ledger,
    LoadFileError,
    Production,
    ProductionOrder,
    Requirement,
    SourceFile,
)
from vaughn.receive.checks.gathering import HASHES, Known, KnownDocument, RowFacts, document_facts, volume_of
from vaughn.receive.checks.ordered import FieldLine, field_lines
from vaughn.receive.checks.paging import ListedRows, page_facts, pages_read
from vaughn.receive.checks.run import NotRun, check, not_run
from vaughn.receive.facts import (
    NONE,
    ROLES,
    EarlierProduction,
    FileFacts,
    HashColumn,
    Ints,
    LoadFileFacts,
    MissingFiles,
    NumberBook,
    ProductionFacts,
    TextColumn,
)
from vaughn.receive.orders import find_order
from vaughn.receive.report import DeficiencyReport, ReportSource, deficiency_report
from vaughn.receive.rows import map_columns
from vaughn.receive.survey import Entry, Part, survey
from vaughn.store import CaseFile, FindingQuery, Progress, StoredLoadFile
from vaughn.work import Task, WorkerPool, open_load_file

CHECK_RUN = "check"
# A text file this small may hold nothing but a byte order mark and line ends; a larger one holds words.
SMALL_TEXT_BYTES = 200
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
    with case.writing("production.checked", production=production_id, findings=len(findings)) as change:
        run_id = change.add_check_run(production_id, CHECK_RUN, findings=findings, order=name)
    (progress or _quiet)("checking", 1, 1)
    return CheckResult(run_id, order, findings, field_lines(facts, order) if order else (), not_run(facts, order))


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
    facts = gathered(case, production, order, look_inside=False)
    stored = case.findings(FindingQuery(productions=(production_id,), limit=None))
    counts = case.counts(production_id)
    return deficiency_report(
        ReportSource(
            case=case.case(),
            production=production,
            order=order,
            findings=tuple(one.finding for one in stored.rows),
            fields=field_lines(facts, order) if order else (),
            not_run=not_run(facts, order),
            ledger=facts.ledger,
            load_files=facts.load_files,
            volumes=facts.documents.volume.values,
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
    files = list(case.source_files(production.id))
    file_rows = {file.id: row for row, file in enumerate(files)}
    stored = case.load_files(production.id)
    documents = [KnownDocument.of(one) for one in case.all_documents(production.id)]
    rows, lists = _rows_read(case, stored, documents, tell)
    hashes = _hashes(case, documents, files, rows, tell=tell) if look_inside else ()
    load_files = {one.id: row for row, one in enumerate(stored)}
    known = Known(documents, load_files, file_rows, {one.id: volume_of(one.path) for one in stored}, hashes)
    facts = document_facts(book, known, rows)
    pages = pages_read(
        case.page_batches(production.id),
        documents={document.id: row for row, document in enumerate(documents)},
        files=file_rows,
    )
    wants_images = look_inside and order is not None and order.images.requirement is not Requirement.NOT_OWED
    images = _images(case, files, np.unique(pages.file[pages.file >= 0]), tell) if wants_images else {}
    own_pages = page_facts(book, pages, facts, lists=lists, images=images)
    reported = case.findings(FindingQuery(productions=(production.id,), limit=None)).rows
    checked = {run.id for run in case.check_runs(production.id) if run.kind == CHECK_RUN}
    return ProductionFacts(
        name=production.name,
        agency=production.agency,
        released_on=production.released_on,
        book=book,
        documents=facts,
        pages=own_pages,
        files=_file_facts(case, files, _used(documents, stored, pages.file, file_rows), look_inside=look_inside),
        missing=MissingFiles(*(np.empty(0, np.int64),) * 2, (), *(np.empty(0, np.int64),) * 2),
        load_files=tuple(_load_file_facts(one) for one in stored),
        columns=rows.received(),
        reported=tuple(one.finding for one in reported if one.check_run_id not in checked),
        earlier=tuple(_earlier(case, production, book)),
        ledger=case.ledger(production.id) or Ledger(()),
        stamps_looked_for=bool((own_pages.stamp_read & (own_pages.document >= 0)).any()),
    )


def _rows_read(
    case: CaseFile, stored: tuple[StoredLoadFile, ...], documents: list[KnownDocument], tell: Progress
) -> tuple[RowFacts, dict[int, ListedRows]]:
    """Return what the rows of all load files say, joined with the documents."""
    facts = RowFacts(len(documents))
    lists: dict[int, ListedRows] = {}
    by_control: dict[str, int] = {}
    with WorkerPool(1) as pool:
        for number, one in enumerate(stored):
            tell("reading load files", number, len(stored))
            source = _opened(case, one, pool)
            if source is None:
                continue
            if source.kind is not LoadFileKind.PAGES:
                _documents_read(source, facts, _Rows(one.id, number, documents, by_control))
            if source.kind is not LoadFileKind.DOCUMENTS:
                listed = lists.setdefault(one.id, ListedRows(number))
                for batch in source.pages():
                    listed.put(batch)
    tell("reading load files", len(stored), len(stored))
    return facts, lists


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
    documents: list[KnownDocument]
    by_control: dict[str, int]

    def by_line(self) -> tuple[Ints, Ints]:
        pairs = [
            (one.row[1], row) for row, one in enumerate(self.documents) if one.row and one.row[0] == self.load_file_id
        ]
        table = np.asarray(sorted(pairs), np.int64).reshape(-1, 2)
        return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])

    def by_number(self) -> dict[str, int]:
        if not self.by_control:
            self.by_control.update({one.control: row for row, one in enumerate(self.documents)})
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


def _used(
    documents: list[KnownDocument], stored: tuple[StoredLoadFile, ...], pages: Ints, file_rows: dict[int, int]
) -> Ints:
    """Return the rows of files that a document, a page or a load file refers to."""
    ids = [
        *(one.native_file_id for one in documents),
        *(one.text_file_id for one in documents),
        *(one.source_file_id for one in stored),
    ]
    rows = np.asarray([file_rows[one] for one in ids if one is not None and one in file_rows], np.int64)
    return np.unique(np.concatenate((rows, pages[pages >= 0])))


def _file_facts(case: CaseFile, files: list[SourceFile], used: Ints, *, look_inside: bool) -> FileFacts:
    is_used = np.zeros(len(files), np.bool_)
    is_used[used] = True
    # What was refused has its own finding.
    is_used |= np.fromiter((file.refused is not None or file.blob is None for file in files), np.bool_, len(files))
    parts = survey([Entry(file.path, 0 if file.blob is None else file.blob.size_bytes) for file in files]).parts
    is_used |= np.fromiter((part is Part.LITTER for part in parts), np.bool_, len(files))
    unknown = np.full(len(files), NONE, np.int64)
    chars = unknown.copy()
    for row, file in enumerate(files):
        small = file.blob is not None and file.role is FileRole.TEXT and file.blob.size_bytes <= SMALL_TEXT_BYTES
        if small and look_inside and file.blob is not None:
            chars[row] = _letters(case.blobs.path(file.blob.sha256))
    return FileFacts(
        id=np.fromiter((file.id for file in files), np.int64, len(files)),
        path=[file.path for file in files],
        role=np.fromiter((ROLES.index(file.role) for file in files), np.int64, len(files)),
        media_type=TextColumn.of(file.media_type for file in files),
        size_bytes=np.fromiter((NONE if file.blob is None else file.blob.size_bytes for file in files), np.int64),
        pages=unknown,
        encoding=TextColumn.empty(len(files)),
        text_chars=chars,
        used=is_used,
        content=TextColumn.of(None if file.blob is None else file.blob.sha256 for file in files).codes,
    )


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
    case: CaseFile, documents: list[KnownDocument], files: list[SourceFile], rows: RowFacts, *, tell: Progress
) -> tuple[HashColumn, ...]:
    """Return the stated hashes of documents with a native, beside what the bytes give."""
    by_id = {file.id: file for file in files}
    found: list[HashColumn] = []
    for canonical in HASHES:
        stated = rows.column(canonical)
        owners = [
            row for row in np.flatnonzero(stated.codes >= 0).tolist() if documents[row].native_file_id is not None
        ]
        if not owners:
            continue
        actual: list[str | None] = []
        for done, row in enumerate(owners):
            if done % 200 == 0:
                tell("hashing natives", done, len(owners))
            file = by_id.get(documents[row].native_file_id or NONE)
            actual.append(_hash_of(case, file, canonical))
        texts = [stated[row] or "" for row in owners]
        found.append(HashColumn(rows.names[canonical], np.asarray(owners, np.int64), texts, actual))
    return tuple(found)


def _hash_of(case: CaseFile, file: SourceFile | None, canonical: str) -> str | None:
    """Return the hash of a file's bytes, `None` without bytes."""
    if file is None or file.blob is None:
        return None
    if canonical == "sha256":
        return file.blob.sha256
    digest = hashlib.new(canonical, usedforsecurity=False)
    with case.blobs.path(file.blob.sha256).open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _images(case: CaseFile, files: list[SourceFile], shown: Ints, tell: Progress) -> dict[int, tuple[ImageFacts, ...]]:
    """Return what the image files behind pages are made of, read in child processes; PDFs are not looked into."""
    wanted = [row for row in shown.tolist() if files[row].media_type.startswith("image/") and files[row].blob]
    found: dict[int, tuple[ImageFacts, ...]] = {}
    if not wanted:
        return found

    def tasks() -> Iterator[Task]:
        for row in wanted:
            blob = files[row].blob
            if blob is not None:
                yield Task(row, image_facts, (case.blobs.path(blob.sha256), files[row].media_type))

    with WorkerPool() as pool:
        for done, one in enumerate(pool.map_unordered(tasks())):
            if done % 200 == 0:
                tell("looking at images", done, len(wanted))
            value = one.outcome.value
            if isinstance(value, tuple | list) and isinstance(one.task.key, int):
                found[one.task.key] = tuple(value)
    return found


def _earlier(case: CaseFile, production: Production, book: NumberBook) -> Iterable[EarlierProduction]:
    """Return the numbers of the productions that were released, or received, before this one."""
    for other in case.productions():
        before = (other.released_on, other.id) < (production.released_on, production.id)
        replaced = other.name == production.replaces
        if other.id == production.id or not (before or replaced):
            continue
        ranges: list[tuple[BatesNumber, BatesNumber]] = [
            (one.begin, one.end or one.begin) for one in case.all_documents(other.id) if one.begin is not None
        ]
        yield EarlierProduction(
            other.name,
            book.column(begin for begin, _ in ranges),
            book.column(end for _, end in ranges),
            replaced,
        )
