"""What can be read of records that were taken in; a part of `CaseReading`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from vaughn.model import FileOrigin, Handover
from vaughn.store import read_taken, versions
from vaughn.store.given_taken import RecordPage, StoredRecord, TakenFile
from vaughn.store.read_taken import OtherWords, ReadTwin
from vaughn.store.versions import LayeredPage


class TakenReading:
    """Handovers, origins and facts; every answer from one snapshot."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def handover(self, production_id: int) -> Handover | None:
        """Return who handed a production over, `None` if it was received and not taken in."""
        with self._reading() as connection:
            return read_taken.handover(connection, production_id)

    def handovers(self) -> tuple[Handover, ...]:
        """Return all handovers, oldest production first."""
        with self._reading() as connection:
            return read_taken.handovers(connection)

    def origin(self, file_id: int) -> FileOrigin | None:
        """Return where a file came from, `None` if it was received and not taken in."""
        with self._reading() as connection:
            return read_taken.origin(connection, file_id)

    def origin_of_document(self, document_id: int) -> FileOrigin | None:
        """Return where the file a document was made from came from."""
        with self._reading() as connection:
            return read_taken.origin_of_document(connection, document_id)

    def origins(self, production_id: int) -> Iterator[FileOrigin]:
        """Return where the files of a production came from, in the order of their ids; memory stays flat."""
        with self._reading() as connection:
            yield from read_taken.origins(connection, production_id)

    def record(self, document_id: int) -> StoredRecord | None:
        """Return what a document says of itself, `None` if it was not taken in."""
        with self._reading() as connection:
            return read_taken.record(connection, document_id)

    def records(self, production_id: int | None = None) -> Iterator[StoredRecord]:
        """Return the facts of a production's documents (of all), copies and all, in the order of their ids."""
        with self._reading() as connection:
            yield from read_taken.records(connection, production_id)

    def taken_files(self, production_id: int, *, kinds: Sequence[str]) -> Iterator[TakenFile]:
        """Return the files of a taking in with what became of them, in the order of their ids.

        Args:
            kinds: Of the tasks that read files, by whose key the file is named; a file has one of them.
        """
        with self._reading() as connection:
            yield from read_taken.taken_files(connection, production_id, kinds=kinds)

    def taken_files_of(
        self, production_id: int, file_ids: Sequence[int], *, kinds: Sequence[str]
    ) -> tuple[TakenFile, ...]:
        """Return some files of a taking in, in the order of their ids; see `taken_files`."""
        with self._reading() as connection:
            return tuple(read_taken.taken_files_of(connection, production_id, file_ids, kinds=kinds))

    def taken_file(self, production_id: int, file_id: int, *, kinds: Sequence[str]) -> TakenFile | None:
        """Return one file of a taking in; see `taken_files`."""
        return next(iter(self.taken_files_of(production_id, [file_id], kinds=kinds)), None)

    def read_twins(self, hashes: Sequence[str], *, kind: str) -> tuple[ReadTwin, ...]:
        """Return documents made from bytes with these *hashes* that were read to their end, the first of each type."""
        with self._reading() as connection:
            return tuple(read_taken.read_twins(connection, hashes, kind=kind))

    def record_pages(self, document_id: int) -> tuple[RecordPage, ...]:
        """Return the pages of a document with their words, as they would be stored again."""
        with self._reading() as connection:
            return read_taken.record_pages(connection, document_id)

    def parts_of(self, file_id: int) -> tuple[int, ...]:
        """Return the files that came out of a file, in their order."""
        with self._reading() as connection:
            return read_taken.parts_of(connection, file_id)

    def other_words(self, page_id: int) -> OtherWords | None:
        """Return the version of a page's words that is not shown, `None` if there is one version."""
        with self._reading() as connection:
            return read_taken.other_words(connection, page_id)

    def reader_of(self, page_id: int) -> str | None:
        """Return which engine read the words of a page, with its version; `None` if they are the file's own."""
        with self._reading() as connection:
            return versions.reader_of(connection, page_id)

    def layered_page_count(self, production_id: int) -> int:
        """Return how many pages of a production have layers that were not held against their pictures yet."""
        with self._reading() as connection:
            return versions.layered_page_count(connection, production_id)

    def layered_pages(self, production_id: int, *, most: int | None) -> tuple[LayeredPage, ...]:
        """Return the first *most* pages of a production whose layers were not held against their pictures, or all."""
        with self._reading() as connection:
            return versions.layered_pages(connection, production_id, most=most)

    def kept_ocr(self, digest: str, engine: str) -> bytes | None:
        """Return the packed words that OCR read from a picture with this hash, `None` if it has not."""
        with self._reading() as connection:
            return read_taken.kept_ocr(connection, digest, engine)
