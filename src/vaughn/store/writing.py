"""What can be written to a case; every method works inside one transaction (see `CaseFile.writing`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import orjson
from sqlalchemy import select

from vaughn.model import Case, FileRole, InputError, Production, ProductionState
from vaughn.store.bulk import BulkLoad
from vaughn.store.chain import moment_text
from vaughn.store.codes import CODE
from vaughn.store.divide import DivisionWrites
from vaughn.store.entities import EntityWrites
from vaughn.store.given import NewFile, NewLink, NewLoadFile, NewRange, PageReading, RawRow
from vaughn.store.groups import GroupWrites
from vaughn.store.judge import CheckWrites
from vaughn.store.labour import WorkWrites
from vaughn.store.schema import (
    CASE,
    DOCUMENT,
    LINK,
    LOAD_FILE,
    PAGE,
    PAGE_WORDS,
    PRODUCTION,
    RAW_ROW,
    SOURCE_FILE,
)
from vaughn.store.storable import storable
from vaughn.store.taken import TakenWrites
from vaughn.store.versions import VersionWrites


class Writing(DivisionWrites, CheckWrites, EntityWrites, GroupWrites, TakenWrites, VersionWrites, WorkWrites):
    """One change of the case. Ids of new rows are returned; nothing is visible to readers before the end."""

    def set_case(self, case: Case) -> None:
        """Change what the case is called."""
        self.update(CASE, ("caption", "court", "docket_number"), [(1, case.caption, case.court, case.docket_number)])

    def add_production(
        self,
        name: str,
        agency: str,
        *,
        released_on: date,
        source: str,
        replaces: str | None = None,
        order: str | None = None,
    ) -> Production:
        """Add a production in state COPYING, received now.

        Raises:
            InputError: If the case already has a production of that name.
        """
        if self.connection.execute(select(PRODUCTION.c.id).where(PRODUCTION.c.name == name)).first():
            raise InputError(f"The case already has a production {name!r}.", hint="Give this one another name.")
        received_at = self.actor.clock()
        (production_id,) = self.add(
            PRODUCTION,
            [
                {
                    "name": name,
                    "agency": agency,
                    "released_on": released_on.isoformat(),
                    "received_at": moment_text(received_at),
                    "state": CODE[ProductionState.COPYING],
                    "source": source,
                    "replaces": replaces,
                    "order_name": order,
                }
            ],
        )
        return Production(
            production_id,
            name,
            agency,
            released_on,
            received_at,
            ProductionState.COPYING,
            source,
            replaces,
            order,
        )

    def set_production_state(self, production_id: int, state: ProductionState) -> None:
        """Say how far a production has come."""
        self.require_production(production_id)
        self.update(PRODUCTION, ("state",), [(production_id, CODE[state])])

    def set_production_order(self, production_id: int, order: str | None) -> None:
        """Say which production-order profile a production is held against."""
        self.require_production(production_id)
        self.update(PRODUCTION, ("order_name",), [(production_id, order)])

    def add_files(self, production_id: int, files: Sequence[NewFile]) -> list[int]:
        """Add files as they were handed over; a path stands once in a production."""
        return self.add(
            SOURCE_FILE,
            [
                {
                    "production_id": production_id,
                    "path": storable(file.path),
                    "role": CODE[file.role],
                    "sha256": file.blob.sha256 if file.blob else None,
                    "size_bytes": file.blob.size_bytes if file.blob else None,
                    "media_type": file.media_type,
                    "refused": file.refused,
                }
                for file in files
            ],
        )

    def set_file_roles(self, file_ids: Iterable[int], role: FileRole) -> None:
        """Say what files turned out to be for."""
        self.update(SOURCE_FILE, ("role",), [(file_id, CODE[role]) for file_id in file_ids])

    def set_ranges(self, production_id: int, ranges: Iterable[NewRange]) -> None:
        """Give numbers to documents; what they are called stays."""
        held = list(ranges)
        self.update(
            DOCUMENT,
            ("prefix", "begin_number", "end_number", "width", "suffix"),
            [
                (one.document_id, one.begin.prefix, one.begin.number, one.end.number, one.begin.width, one.begin.suffix)
                for one in held
            ],
        )
        self.add_prefixes(production_id, {one.begin.prefix for one in held})

    def add_load_file(self, production_id: int, load_file: NewLoadFile) -> int:
        """Add a recognised load file; return its id."""
        (load_file_id,) = self.add(
            LOAD_FILE,
            [
                {
                    "production_id": production_id,
                    "source_file_id": load_file.source_file_id,
                    "format": load_file.format,
                    "kind": load_file.kind,
                    "dialect": load_file.dialect,
                    "columns": orjson.dumps(load_file.columns).decode(),
                    "row_count": load_file.row_count,
                    "page_row_count": load_file.page_row_count,
                }
            ],
        )
        return load_file_id

    def set_load_file_counts(self, load_file_id: int, *, row_count: int | None, page_row_count: int | None) -> None:
        """Say how many rows a load file turned out to have."""
        self.update(LOAD_FILE, ("row_count", "page_row_count"), [(load_file_id, row_count, page_row_count)])

    def add_raw_rows(self, rows: Iterable[RawRow]) -> None:
        """Keep rows of formats without byte rows as they were received."""
        self.add(
            RAW_ROW,
            [
                {
                    "load_file_id": row.load_file_id,
                    "line": row.line,
                    "row_values": orjson.dumps(row.values).decode(),
                }
                for row in rows
            ],
        )

    def bulk_load(self, production_id: int) -> BulkLoad:
        """Return what documents and pages of a production are loaded with (a context manager)."""
        self.require_production(production_id)
        return BulkLoad(self, production_id)

    def add_links(self, links: Iterable[NewLink]) -> None:
        """Say how files were joined to documents."""
        self.add(
            LINK,
            [
                {
                    "document_id": link.document_id,
                    "role": CODE[link.role],
                    "file_id": link.file_id,
                    "path": link.path,
                    "matched_by": link.matched_by,
                }
                for link in links
            ],
        )

    def save_pages(self, readings: Iterable[PageReading]) -> None:
        """Store what was read from pages; a later reading of a page replaces the earlier, its language is told anew."""
        held = list(readings)
        self.update(
            PAGE,
            ("width_pt", "height_pt", "text_source", "stamped", "language"),
            [
                (
                    reading.page_id,
                    float(reading.size.width_pt) if reading.size else None,
                    float(reading.size.height_pt) if reading.size else None,
                    CODE[reading.text_source],
                    reading.stamped,
                    None,
                )
                for reading in held
            ],
        )
        layers = [(reading.page_id, CODE[reading.layer]) for reading in held if reading.layer is not None]
        self.update(PAGE, ("layer",), layers)
        self.insert(
            PAGE_WORDS,
            ("page_id", "packed", "engine"),
            [(reading.page_id, reading.words, reading.engine) for reading in held if reading.words is not None],
            replace=True,
        )
        wordless = [reading.page_id for reading in held if reading.words is None]
        self.delete(PAGE_WORDS, [page_id for page_id in wordless if self._has_words(page_id)])

    def _has_words(self, page_id: int) -> bool:
        return bool(self.ids("SELECT 1 FROM page_words WHERE page_id = ?", page_id))
