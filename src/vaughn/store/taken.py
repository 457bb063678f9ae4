"""Writing what is taken in: who handed it over, where files came from, documents made from them one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

import orjson

from vaughn.model import DocumentState, FileOrigin, Handover, MailAddress, RecordFacts, TextSource
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.given import NewFile, PageReading
from vaughn.store.given_taken import NewRecord, TakenRecord
from vaughn.store.schema import (
    CHECK_RUN,
    DOCUMENT,
    FILE_ORIGIN,
    FINDING,
    HANDOVER,
    OCR_CACHE,
    OTHER_WORDS,
    PAGE,
    PAGE_WORDS,
    RECORD,
    SOURCE_FILE,
    TASK,
)
from vaughn.store.storable import storable
from vaughn.store.transaction import Transaction, Value

_HANDOVER = tuple(field.name for field in fields(Handover))
_ORIGIN = tuple(field.name for field in fields(FileOrigin))
_DOCUMENT = (
    "id", "production_id", "ordinal", "state", "control", "first_page_id", "page_count", "parent_id", "family_id",
    "kind", "custodian", "title", "sender", "recipients", "date", "file_name", "native_file_id",
)  # fmt: skip
_PAGE = ("id", "file_id", "page_in_file", "width_pt", "height_pt", "text_source", "stamped", "layer")
# A mailing list of thousands is named in whole by the facts of the record; the list shows the first of them.
_MOST_RECIPIENTS = 4000


class TakenWrites(Transaction):
    """Handovers, origins of files, documents and their facts."""

    def set_handover(self, handover: Handover) -> None:
        """Store who handed a production over; what was stored of it before is replaced."""
        row: dict[str, Value] = {name: getattr(handover, name) for name in _HANDOVER}
        row["handed_on"] = handover.handed_on.isoformat()
        row["finished_at"] = moment_text(handover.finished_at) if handover.finished_at else None
        self.insert(HANDOVER, _HANDOVER, [[_plain(value) for value in row.values()]], replace=True)

    def add_origins(self, origins: Iterable[FileOrigin]) -> None:
        """Say where files came from; each file once."""
        self.insert(FILE_ORIGIN, _ORIGIN, (self._origin(one) for one in origins))

    def _origin(self, origin: FileOrigin) -> list[Value]:
        row = {name: getattr(origin, name) for name in _ORIGIN}
        row["part"] = None if origin.part is None else CODE[origin.part]
        return list(row.values())

    def set_file(self, file_id: int, file: NewFile) -> None:
        """Say what a file turned out to be; its path stays.

        A file that was refused may be stored later; bytes once stored are never taken away.
        """
        if file.blob is not None:
            self.update(SOURCE_FILE, ("sha256", "size_bytes"), [(file_id, file.blob.sha256, file.blob.size_bytes)])
        self.update(
            SOURCE_FILE, ("role", "media_type", "refused"), [(file_id, CODE[file.role], file.media_type, file.refused)]
        )

    def known_paths(self, production_id: int, paths: Iterable[str]) -> set[str]:
        """Return those of *paths* that stand in the production already."""
        rows = self.connection.exec_driver_sql(
            "SELECT path FROM source_file WHERE production_id = ? AND path IN (SELECT value FROM json_each(?))",
            (production_id, orjson.dumps([storable(path) for path in paths]).decode()),
        )
        return {row[0] for row in rows}

    def set_task_payloads(self, payloads: Iterable[tuple[int, str]]) -> None:
        """Keep with tasks what their work brought to light, given as (task, JSON)."""
        self.update(TASK, ("payload",), payloads)

    def set_origin_hashes(self, file_id: int, *, md5: str, sha1: str, modified_at: str | None) -> None:
        """Keep the hashes of a file that could not be read before."""
        self.update(FILE_ORIGIN, ("md5", "sha1", "modified_at"), [(file_id, md5, sha1, modified_at)])

    def forget_findings(self, check_run_id: int, paths: Iterable[str]) -> None:
        """Delete the findings of a run at *paths*: the files there are read anew."""
        sql = "SELECT id FROM finding WHERE check_run_id = ? AND path = ?"
        self._forget(check_run_id, [found for path in paths for found in self.ids(sql, check_run_id, storable(path))])

    def forget_unheld_findings(self, check_run_id: int, containers: Iterable[str]) -> None:
        """Delete the findings of a run below *containers* at paths that no file of the case has."""
        sql = (
            "SELECT f.id FROM finding f WHERE f.check_run_id = ?1 AND substr(f.path, 1, length(?2)) = ?2 AND NOT EXISTS"
            " (SELECT 1 FROM source_file s WHERE s.production_id = f.production_id AND s.path = f.path)"
        )
        for container in containers:
            self._forget(check_run_id, self.ids(sql, check_run_id, f"{storable(container)}/"))

    def _forget(self, check_run_id: int, stale: Sequence[int]) -> None:
        if not stale:
            return
        self.delete(FINDING, stale)
        counts = self.connection.exec_driver_sql(
            "SELECT coalesce(sum(severity = 0), 0), coalesce(sum(severity = 1), 0), coalesce(sum(severity = 2), 0)"
            " FROM finding WHERE check_run_id = ?",
            (check_run_id,),
        ).one()
        self.update(CHECK_RUN, ("errors", "warnings", "notes"), [(check_run_id, *counts)])

    # -- documents ------------------------------------------------------------------------------------------------

    def take_in(self, production_id: int, records: Sequence[NewRecord]) -> tuple[TakenRecord, ...]:
        """Make a document of each record, with contiguous pages, their words and its facts.

        Their places in the production are set by `set_ordinals` when all are in; until then they stand in the order
        they came.
        """
        families = self._families(records)
        taken, rows = [], []
        next_document, next_page = self.next_id(DOCUMENT), self.next_id(PAGE)
        for record in records:
            document_id = record.document_id or next_document
            next_document += record.document_id is None
            first_page = next_page if record.page_count else None
            next_page += record.page_count
            taken.append(TakenRecord(document_id, first_page))
            rows.append(_document(record, production_id, taken[-1], families.get(record.parent_id or 0)))
        fresh = [row for row, record in zip(rows, records, strict=True) if record.document_id is None]
        self.insert(DOCUMENT, _DOCUMENT, fresh)
        again = [row for row, record in zip(rows, records, strict=True) if record.document_id is not None]
        self.update(DOCUMENT, _DOCUMENT[4:], ((row[0], *row[4:]) for row in again))
        self._add_pages(records, taken)
        pairs = list(zip(records, taken, strict=True))
        self.insert(
            RECORD,
            ("document_id", "identity", "message_id", "facts"),
            [_facts(record, one.document_id) for record, one in pairs],
            replace=True,
        )
        self.update(FILE_ORIGIN, ("document_id",), [(record.file_id, one.document_id) for record, one in pairs])
        return tuple(taken)

    def _families(self, records: Sequence[NewRecord]) -> Mapping[int, int]:
        """Return the family of every parent; the first document of a family bears none."""
        parents = sorted({record.parent_id for record in records if record.parent_id is not None})
        sql = "SELECT coalesce(family_id, id) FROM document WHERE id = ?"
        return {parent: self.ids(sql, parent)[0] for parent in parents}

    def _add_pages(self, records: Sequence[NewRecord], taken: Sequence[TakenRecord]) -> None:
        self.insert(PAGE, _PAGE, _page_rows(records, taken))
        words: list[tuple[int, bytes, str | None]] = []
        for record, one in zip(records, taken, strict=True):
            first = one.first_page_id or 0
            words += [
                (first + at, page.words, page.engine) for at, page in enumerate(record.pages) if page.words is not None
            ]
        self.insert(PAGE_WORDS, ("page_id", "packed", "engine"), words)

    def set_ordinals(self, ordinals: Iterable[tuple[int, int]]) -> None:
        """Set the places of documents in their production, given as (document, place)."""
        self.update(DOCUMENT, ("ordinal",), ordinals)

    # -- words that are not shown, words of pictures ----------------------------------------------------------------

    def set_other_words(self, pages: Iterable[PageReading], *, engine: str) -> None:
        """Keep the version of pages' words that is not shown, and who read it; the last one counts."""
        rows = [(page.page_id, engine, page.words) for page in pages if page.words is not None]
        self.insert(OTHER_WORDS, ("page_id", "engine", "packed"), rows, replace=True)

    def keep_ocr(self, digest: str, engine: str, packed: bytes) -> None:
        """Keep what OCR read from a picture under the hash of its pixels; what is kept stays."""
        if not self.ids("SELECT id FROM ocr_cache WHERE digest = ? AND engine = ?", digest, engine):
            self.add(OCR_CACHE, [{"digest": digest, "engine": engine, "packed": packed}])


def _plain(value: Value) -> Value:
    return storable(value) if isinstance(value, str) else value


def _document(record: NewRecord, production_id: int, taken: TakenRecord, family_id: int | None) -> tuple[Value, ...]:
    facts = record.facts
    texts = (
        record.custodian,
        facts.title,
        _name_of(facts.author),
        _recipients(facts),
        facts.date.text() if facts.date else None,
        record.file_name,
    )
    return (
        taken.document_id,
        production_id,
        taken.document_id,
        CODE[DocumentState.CURRENT],
        storable(record.control),
        taken.first_page_id,
        record.page_count,
        record.parent_id,
        family_id,
        CODE[facts.kind],
        *(_plain(text) for text in texts),
        record.file_id,
    )


def _name_of(address: MailAddress | None) -> str | None:
    return (str(address) or None) if address is not None else None


def _recipients(facts: RecordFacts) -> str | None:
    named = "; ".join(str(address) for address in (*facts.to, *facts.cc, *facts.bcc))
    if len(named) > _MOST_RECIPIENTS:
        named = named[:_MOST_RECIPIENTS].rpartition("; ")[0] + "; …"
    return named or None


def _facts(record: NewRecord, document_id: int) -> tuple[Value, ...]:
    message_id = record.facts.message_id
    return document_id, record.identity, _plain(message_id), storable(record.facts.to_json())


def _page_rows(records: Sequence[NewRecord], taken: Sequence[TakenRecord]) -> Iterator[tuple[Value, ...]]:
    unread = CODE[TextSource.UNREAD]
    for record, one in zip(records, taken, strict=True):
        first = one.first_page_id or 0
        for at, page in enumerate(record.pages):
            size = (page.size.width_pt, page.size.height_pt) if page.size else (None, None)
            layer = None if page.layer is None else CODE[page.layer]
            yield first + at, record.file_id, at + 1, *size, CODE[page.text_source], page.stamped, layer
        for at in range(len(record.pages), record.page_count):
            yield first + at, record.file_id, at + 1, None, None, unread, None, None
