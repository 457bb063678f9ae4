"""Dividing one large document into the documents inside it, and taking that back; pages keep their ids."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from vaughn.model import DocumentKind, DocumentState, InputError, StateError
from vaughn.store.codes import CODE
from vaughn.store.given import NewCut
from vaughn.store.read_documents import division
from vaughn.store.schema import DIVISION, DOCUMENT
from vaughn.store.stored import Cut, Division, DivisionState
from vaughn.store.transaction import Transaction


class DivisionWrites(Transaction):
    """Divisions of documents."""

    def divide(self, document_id: int, cuts: Sequence[NewCut]) -> Division:
        """Cut a document at the pages named and let the parts count instead of it.

        Parts of an earlier division that begin and end at the same pages are used again, with their ids.

        Raises:
            InputError: If there is no such document, it was itself cut out of another, or the first cut is not
                page 1, or cuts are not in order inside it.
        """
        whole = self.connection.exec_driver_sql(
            "SELECT production_id, state, first_page_id, page_count, control, load_file_id FROM document WHERE id = ?",
            (document_id,),
        ).fetchone()
        if whole is None:
            raise InputError(f"There is no document {document_id} in this case.")
        starts = [cut.page for cut in cuts]
        if not starts or starts[0] != 1 or starts != sorted(set(starts)) or starts[-1] > whole.page_count:
            raise InputError(
                f"These pages do not divide a document of {whole.page_count} pages.",
                hint="Name the first page of each document, beginning with page 1, in order.",
            )
        before = division(self.connection, document_id)
        reusable = self._parts(before, whole.first_page_id)
        ordinal = self.ids("SELECT max(ordinal) FROM document WHERE production_id = ?", whole.production_id)[0]
        made: list[Cut] = []
        ends = [*starts[1:], whole.page_count + 1]
        for cut, end in zip(cuts, ends, strict=True):
            part_id = reusable.get((cut.page, end - cut.page))
            values = _part(
                cut, production_id=whole.production_id, first_page_id=whole.first_page_id, page_count=end - cut.page
            )
            if part_id is None:
                ordinal += 1
                (part_id,) = self.add(DOCUMENT, [{**values, "ordinal": ordinal}])
            else:
                self.update(DOCUMENT, tuple(values), [(part_id, *values.values())])
            made.append(Cut(cut.page, cut.evidence, part_id, cut.control))
        self.add_prefixes(whole.production_id, [cut.begin.prefix for cut in cuts if cut.begin])
        used = {cut.document_id for cut in made}
        left = [(part_id, CODE[DocumentState.UNDONE]) for part_id in reusable.values() if part_id not in used]
        self.update(DOCUMENT, ("state",), left)
        self.update(DOCUMENT, ("state",), [(document_id, CODE[DocumentState.DIVIDED])])
        stored = orjson.dumps([[cut.page, cut.evidence, cut.document_id, cut.control] for cut in made]).decode()
        if before is None:
            self.add(
                DIVISION,
                [
                    {
                        "document_id": document_id,
                        "production_id": whole.production_id,
                        "state": CODE[DivisionState.APPLIED],
                        "cuts": stored,
                    }
                ],
            )
        else:
            row_id = self.ids("SELECT id FROM division WHERE document_id = ?", document_id)[0]
            self.update(DIVISION, ("state", "cuts"), [(row_id, CODE[DivisionState.APPLIED], stored)])
        return Division(
            document_id,
            whole.production_id,
            before.control if before else "",
            whole.page_count,
            DivisionState.APPLIED,
            tuple(made),
        )

    def undo_division(self, document_id: int) -> Division:
        """Let the large document count again instead of its parts. Raises `StateError` if it is not divided."""
        return self._switch(document_id, to=DivisionState.UNDONE)

    def apply_division(self, document_id: int) -> Division:
        """Let the parts count again instead of the large document. Raises `StateError` if it was never divided."""
        return self._switch(document_id, to=DivisionState.APPLIED)

    def _switch(self, document_id: int, *, to: DivisionState) -> Division:
        held = division(self.connection, document_id)
        if held is None:
            raise StateError(f"Document {document_id} was never divided.")
        whole = DocumentState.DIVIDED if to is DivisionState.APPLIED else DocumentState.CURRENT
        part = DocumentState.CURRENT if to is DivisionState.APPLIED else DocumentState.UNDONE
        self.update(
            DOCUMENT, ("state",), [(document_id, CODE[whole]), *((cut.document_id, CODE[part]) for cut in held.cuts)]
        )
        self.update(
            DIVISION,
            ("state",),
            [(self.ids("SELECT id FROM division WHERE document_id = ?", document_id)[0], CODE[to])],
        )
        changed = division(self.connection, document_id)
        assert changed is not None  # noqa: S101 - it was there above
        return changed

    def _parts(self, held: Division | None, first_page_id: int | None) -> dict[tuple[int, int], int]:
        if held is None or first_page_id is None:
            return {}
        rows = self.connection.exec_driver_sql(
            "SELECT id, first_page_id, page_count FROM document WHERE production_id = ?"
            " AND first_page_id BETWEEN ? AND ? AND id <> ?",
            (held.production_id, first_page_id, first_page_id + held.pages - 1, held.document_id),
        )
        return {(first - first_page_id + 1, count): part_id for part_id, first, count in rows}


def _part(cut: NewCut, *, production_id: int, first_page_id: int, page_count: int) -> dict[str, str | int | None]:
    return {
        "production_id": production_id,
        "state": CODE[DocumentState.CURRENT],
        "control": None if cut.begin and str(cut.begin) == cut.control else cut.control,
        "prefix": cut.begin.prefix if cut.begin else None,
        "begin_number": cut.begin.number if cut.begin else None,
        "end_number": cut.end.number if cut.end else None,
        "width": cut.begin.width if cut.begin else None,
        "suffix": (cut.begin.suffix or None) if cut.begin else None,
        "first_page_id": first_page_id + cut.page - 1,
        "page_count": page_count,
        "kind": CODE[DocumentKind.UNKNOWN],
    }
