"""How is a joined production written? Load files, documents, pages, links, tasks, findings and ledger in one change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from vaughn.formats.loadfile import LoadFile
from vaughn.model import FileRole, Finding, Ledger, ProductionState, SourceFile
from vaughn.receive.assemble import Assembly, PageTable
from vaughn.receive.attach import Attached
from vaughn.receive.bates_column import BatesColumn
from vaughn.receive.tasks import RowTextTask, TextTask, first_pages, reading_tasks
from vaughn.store import (
    BulkLoad,
    CaseFile,
    DocumentColumns,
    NewLink,
    NewLoadFile,
    NewTask,
    PageColumns,
    RawRow,
    Writing,
)

# Rows handed to the database at once: enough to be quick, few enough to be small; whole leaves of the seals.
_CHUNK = 32 << 8
READ_TASK = "read"
TEXT_TASK = "text"
ROW_TEXT_TASK = "row text"


@dataclass(frozen=True, slots=True)
class Linked:
    """A production joined and accounted for, ready to be stored; files are counted by their place in `files`."""

    files: Sequence[SourceFile]
    load_files: Sequence[tuple[int, LoadFile]]
    assembly: Assembly
    attached: Attached
    pages: PageTable
    roles: Mapping[int, FileRole]
    ledger: Ledger
    findings: Sequence[Finding]


def store(case: CaseFile, production_id: int, linked: Linked) -> None:
    """Store everything; a production that is stopped before the end has nothing of it."""
    with case.writing("production.linked", production=production_id) as change:
        load_file_ids = _store_load_files(change, production_id, linked)
        with change.bulk_load(production_id) as load:
            first_document, first_page = load.first_document_id, load.first_page_id
            _store_documents(load, linked, load_file_ids)
            _store_pages(load, linked)
        change.add_links(_links(linked, first_document, load_file_ids))
        _store_tasks(change, production_id, linked, first_page=first_page, load_file_ids=load_file_ids)
        for role in FileRole:
            change.set_file_roles([linked.files[file].id for file, own in linked.roles.items() if own is role], role)
        change.add_check_run(production_id, "load", findings=_placed(linked, first_document))
        change.set_ledger(production_id, linked.ledger)
        change.set_production_state(production_id, ProductionState.READING)


def _store_load_files(change: Writing, production_id: int, linked: Linked) -> list[int]:
    rows = {part.rows.load_file: part.rows for part in linked.assembly.joined.lists}
    page_rows = {paging.rows.load_file: len(paging.rows) for paging in linked.assembly.pagings}
    ids = []
    for number, (place, load_file) in enumerate(linked.load_files):
        new = NewLoadFile(
            linked.files[place].id,
            load_file.format,
            load_file.kind.value,
            load_file.dialect.to_json() if load_file.dialect is not None else None,
            load_file.columns,
            len(rows[number]) if number in rows else 0,
            page_rows.get(number, 0),
        )
        load_file_id = change.add_load_file(production_id, new)
        ids.append(load_file_id)
        own = rows.get(number)
        if own is not None and own.raws is not None:
            change.add_raw_rows(
                RawRow(load_file_id, int(line), tuple(json.loads(raw)))
                for line, raw in zip(own.places.lines, own.raws, strict=True)
            )
    return ids


def _runs(
    first: np.ndarray[tuple[int], np.dtype[np.int64]], second: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> Iterator[slice]:
    """Yield stretches in which both columns stay the same, no longer than a chunk."""
    size = len(first)
    if not size:
        return
    breaks = np.flatnonzero((first[1:] != first[:-1]) | (second[1:] != second[:-1])) + 1
    edges = [0, *breaks.tolist(), size]
    for start, end in pairwise(edges):
        for at in range(start, end, _CHUNK):
            yield slice(at, min(end, at + _CHUNK))


def _store_documents(load: BulkLoad, linked: Linked, load_file_ids: Sequence[int]) -> None:
    table, attached = linked.assembly.documents, linked.attached
    size = len(table)
    starts, counts = first_pages(linked.pages.document, size=size)
    page_list = np.full(size, -1, np.int64)
    filled = counts > 0
    page_list[filled] = linked.pages.page_list[starts[filled]]
    file_ids = np.array([file.id for file in linked.files] or [0], np.int64)
    for part in _runs(table.load_file, page_list):
        number, pages = int(table.load_file[part.start]), int(page_list[part.start])
        load.documents(
            DocumentColumns(
                page_count=counts[part].tolist(),
                control=_controls(linked, part),
                prefix=_spelled(table.begin, table.begin.prefixes, table.begin.prefix, part),
                begin_number=_known(table.begin.number[part]),
                end_number=_ends(linked, part, counts[part]),
                width=[width or None for width in table.begin.width[part].tolist()],
                suffix=_spelled(table.begin, table.begin.suffixes, table.begin.suffix, part),
                parent_id=_ids(table.parent[part], load.first_document_id),
                family_id=_families(table.family, part, load.first_document_id),
                kind=table.kind[part],
                custodian=table.custodian[part],
                title=table.title[part],
                sender=table.sender[part],
                recipients=table.recipients[part],
                date=table.date[part],
                file_name=table.file_name[part],
                native_file_id=_named(attached.native[part], file_ids),
                text_file_id=_named(attached.text[part], file_ids),
                load_file_id=load_file_ids[number] if number >= 0 else None,
                row_line=_known(table.line[part]),
                row_start=_known(table.start[part]),
                row_end=_known(table.stop[part]),
                page_load_file_id=load_file_ids[pages] if pages >= 0 else None,
            )
        )  # fmt: skip


def _spelled(column: BatesColumn, names: Sequence[str], codes: np.ndarray, part: slice) -> list[str | None]:
    """Return a part of each number as text, `None` where there is no number."""
    pairs = zip(codes[part].tolist(), column.number[part].tolist(), strict=True)
    return [names[code] if number >= 0 else None for code, number in pairs]


def _controls(linked: Linked, part: slice) -> list[str | None]:
    """Return what documents are called where that is not their begin number as printed."""
    table = linked.assembly.documents
    numbers = table.begin.number[part].tolist()
    if linked.load_files:
        # Rows are called by their begin number, and a number that was read is spelled as it was written.
        controls: list[str | None] = [None] * len(numbers)
        for place in np.flatnonzero(table.begin.number[part] < 0).tolist():
            controls[place] = table.control[part.start + place]
        return controls
    return [
        None if number >= 0 and str(table.begin.at(part.start + place)) == control else control
        for place, (control, number) in enumerate(zip(table.control[part], numbers, strict=True))
    ]


def _ends(linked: Linked, part: slice, counts: np.ndarray) -> list[int | None]:
    """Return end numbers: by the pages where none is given; unknown if it lies before the begin (BN002 tells it)."""
    table = linked.assembly.documents
    codes = {prefix: code for code, prefix in enumerate(table.begin.prefixes)}
    prefixes = np.array([codes.get(prefix, -1) for prefix in table.end.prefixes], np.int64)
    first, last = table.begin.number[part].astype(np.int64), table.end.number[part]
    is_range = (last >= first) & (prefixes[table.end.prefix[part]] == table.begin.prefix[part])
    stated = np.where(is_range, last, -1)
    return _known(np.where(first < 0, -1, np.where(last < 0, first + np.maximum(counts, 1) - 1, stated)))


def _families(family: np.ndarray, part: slice, first: int) -> list[int | None] | None:
    """Return the families' ids, unknown for the first document of a family; `None` if each stands alone."""
    own = family[part]
    others = own != np.arange(part.start, part.start + len(own))
    if not others.any():
        return None
    return [value + first if other else None for value, other in zip(own.tolist(), others.tolist(), strict=True)]


def _known(column: np.ndarray) -> list[int | None]:
    values: list[int | None] = column.tolist()
    if column.min(initial=0) < 0:
        values = [value if value is not None and value >= 0 else None for value in values]
    return values


def _ids(column: np.ndarray, first: int) -> list[int | None] | None:
    return _known(np.where(column >= 0, column + first, -1)) if column.max(initial=-1) >= 0 else None


def _named(column: np.ndarray, ids: np.ndarray) -> list[int | None] | None:
    return _known(np.where(column >= 0, ids[np.maximum(column, 0)], -1)) if column.max(initial=-1) >= 0 else None


def _store_pages(load: BulkLoad, linked: Linked) -> None:
    pages = linked.pages
    file_ids = np.array([file.id for file in linked.files] or [0], np.int64)
    for start in range(0, len(pages), _CHUNK):
        part = slice(start, start + _CHUNK)
        labels = pages.label[part]
        load.pages(
            PageColumns(
                page_in_file=pages.page_in_file[part].tolist(),
                file_id=_named(pages.file[part], file_ids),
                label=labels if any(label is not None for label in labels) else None,
                list_start=_known(pages.list_start[part]),
            )
        )


def _links(linked: Linked, first_document: int, load_file_ids: Sequence[int]) -> Iterator[NewLink]:
    """Yield the links that are not plainly the path in the document's own row."""
    for found in linked.attached.found_by:
        yield NewLink(found.document + first_document, found.role, linked.files[found.file].id, None, found.matched_by)
    lists = linked.assembly.joined.lists
    for extra in linked.assembly.joined.extras:
        rows = lists[extra.list].rows
        source = linked.files[linked.load_files[rows.load_file][0]].id
        line = int(rows.places.lines[extra.row])
        yield NewLink(extra.ordinal + first_document, FileRole.LOAD_FILE, source, f"line {line}", "begin number")


def _store_tasks(
    change: Writing, production_id: int, linked: Linked, *, first_page: int, load_file_ids: Sequence[int]
) -> None:
    ids = [file.id for file in linked.files]
    reading = reading_tasks(linked.pages, ids, first_page_id=first_page)
    texts = _text_tasks(linked, first_page)
    rows = _row_text_tasks(linked, first_page, load_file_ids)
    for kind, tasks in ((READ_TASK, reading), (TEXT_TASK, texts), (ROW_TEXT_TASK, rows)):
        change.add_tasks(production_id, kind, (NewTask(task.key, task.payload()) for task in tasks))


def _row_text_tasks(linked: Linked, first_page: int, load_file_ids: Sequence[int]) -> Iterator[RowTextTask]:
    table = linked.assembly.documents
    starts, counts = first_pages(linked.pages.document, size=len(table))
    for part in linked.assembly.joined.lists:
        column = part.rows.map.column_of("text_path")
        if part.rows.load_file not in linked.attached.inline or column is None:
            continue
        own = (table.load_file == part.rows.load_file) & (counts > 0) & (table.start >= 0)
        for document in np.flatnonzero(own).tolist():
            place = int(table.start[document]), int(table.stop[document])
            pages = first_page + int(starts[document]), int(counts[document])
            yield RowTextTask(load_file_ids[part.rows.load_file], *place, column, *pages)


def _text_tasks(linked: Linked, first_page: int) -> Iterator[TextTask]:
    size = len(linked.assembly.documents)
    starts, counts = first_pages(linked.pages.document, size=size)
    for document in np.flatnonzero((linked.attached.text >= 0) & (counts > 0)).tolist():
        file = linked.files[int(linked.attached.text[document])]
        yield TextTask(file.id, first_page + int(starts[document]), int(counts[document]))
    for found in linked.attached.found_by:
        if found.role is FileRole.TEXT and found.file != int(linked.attached.text[found.document]) and found.page > 1:
            page = found.page
            if page <= int(counts[found.document]):
                yield TextTask(
                    linked.files[found.file].id, first_page + int(starts[found.document]) + page - 1, 1, page
                )


def _placed(linked: Linked, first_document: int) -> list[Finding]:
    """Return the findings with the documents that their lines and numbers mean."""
    by_line: dict[str, dict[int, int]] = {}
    wanted = {found.place.path for found in linked.findings if found.place.line is not None}
    wanted_lines = np.array([found.place.line or 0 for found in linked.findings], np.int64)
    wanted_numbers = {found.place.bates for found in linked.findings if found.place.bates is not None}
    first = 0
    for part in linked.assembly.joined.lists:
        if part.rows.name in wanted:
            lines = part.rows.places.lines[part.kept]
            places = np.flatnonzero(np.isin(lines, wanted_lines)).tolist()
            by_line[part.rows.name] = {int(lines[place]): first + place for place in places}
        first += len(part.kept)
    known = _documents_called(linked, wanted_numbers)
    placed = []
    for found in linked.findings:
        place = found.place
        ordinal = by_line.get(place.path or "", {}).get(place.line or -1)
        if ordinal is None and place.bates is not None:
            ordinal = known.get(place.bates)
        if ordinal is None or found.count > 1:
            placed.append(found)
        else:
            placed.append(replace(found, place=replace(place, document_id=first_document + ordinal)))
    return placed


def _documents_called(linked: Linked, names: set[str]) -> dict[str, int]:
    """Return the documents of those *names* that are begin numbers, or whatever else a document is called."""
    ordered = sorted(names)
    places = linked.assembly.joined.find(ordered).tolist()
    known = {name: place for name, place in zip(ordered, places, strict=True) if place >= 0}
    others = names - known.keys()
    if others:
        controls = enumerate(linked.assembly.documents.control)
        known |= {control: place for place, control in controls if control in others}
    return known
