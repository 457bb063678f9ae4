"""Dividing one large document into the documents inside it, and taking that back; pages keep their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import orjson

from vaughn.model import DocumentKind, DocumentState, InputError, StateError
from vaughn.store.codes import CODE
from vaughn.store.given import NewCut
from vaughn.store.languages import LanguageWrites
from vaughn.store.read_documents import division, documents_by_id
from vaughn.store.schema import DIVISION, DOCUMENT
from vaughn.store.stored import Cut, Division, DivisionState


@dataclass(frozen=True, slots=True)
class _Whole:
    """The large document."""

    id: int
    production_id: int
    first_page_id: int
    page_count: int
    control: str


class DivisionWrites(LanguageWrites):
    """Divisions of documents."""

    def divide(self, document_id: int, cuts: Sequence[NewCut]) -> Division:
        """Cut a document at the pages named and let the parts count instead of it.

        Parts of an earlier division that begin and end at the same pages are used again, with their ids.

        Raises:
            InputError: If there is no such document, it is itself part of a divided one, or the cuts do not begin
                with page 1 or are not in order inside it.
        """
        whole = self._whole(document_id)
        starts = [cut.page for cut in cuts]
        if not starts or starts[0] != 1 or starts != sorted(set(starts)) or starts[-1] > whole.page_count:
            raise InputError(
                f"These pages do not divide a document of {whole.page_count} pages.",
                hint="Name the first page of each document, beginning with page 1, in order.",
            )
        earlier = self._parts(whole)
        made = self._made_parts(whole, cuts, earlier)
        self.add_prefixes(whole.production_id, [cut.begin.prefix for cut in cuts if cut.begin])
        left = set(earlier.values()) - {cut.document_id for cut in made}
        self.update(DOCUMENT, ("state",), [(part_id, CODE[DocumentState.UNDONE]) for part_id in sorted(left)])
        self.update(DOCUMENT, ("state",), [(document_id, CODE[DocumentState.DIVIDED])])
        self._save(whole, made)
        return Division(
            document_id, whole.production_id, whole.control, whole.page_count, DivisionState.APPLIED, tuple(made)
        )

    def _whole(self, document_id: int) -> _Whole:
        (found,) = documents_by_id(self.connection, [document_id]) or (None,)
        if found is None:
            raise InputError(f"There is no document {document_id} in this case.")
        if found.first_page_id is None:
            raise InputError(f"Document {document_id} has no pages to divide.")
        around = self.ids(
            "SELECT document.id FROM division JOIN document ON document.id = document_id"
            " WHERE document.id <> ?1 AND first_page_id <= ?2 AND first_page_id + page_count > ?2",
            document_id,
            found.first_page_id,
        )
        if around:
            raise InputError(
                f"Document {document_id} is part of document {around[0]}.", hint="Move the cuts of that document."
            )
        return _Whole(document_id, found.production_id, found.first_page_id, found.page_count, found.control)

    def _made_parts(self, whole: _Whole, cuts: Sequence[NewCut], earlier: Mapping[tuple[int, int], int]) -> list[Cut]:
        ordinal = self.ids("SELECT max(ordinal) FROM document WHERE production_id = ?", whole.production_id)[0]
        made: list[Cut] = []
        ends = [*(cut.page for cut in cuts[1:]), whole.page_count + 1]
        for cut, end in zip(cuts, ends, strict=True):
            values = _part(cut, whole, page_count=end - cut.page)
            part_id = earlier.get((cut.page, end - cut.page))
            if part_id is None:
                ordinal += 1
                (part_id,) = self.add(DOCUMENT, [{**values, "ordinal": ordinal}])
            else:
                self.update(DOCUMENT, tuple(values), [(part_id, *values.values())])
            made.append(Cut(cut.page, cut.evidence, part_id, cut.control))
        self.renew_document_languages([cut.document_id for cut in made])
        return made

    def _save(self, whole: _Whole, made: Sequence[Cut]) -> None:
        cuts = orjson.dumps([[cut.page, cut.evidence, cut.document_id, cut.control] for cut in made]).decode()
        state = CODE[DivisionState.APPLIED]
        known = self.ids("SELECT id FROM division WHERE document_id = ?", whole.id)
        if known:
            self.update(DIVISION, ("state", "cuts"), [(known[0], state, cuts)])
        else:
            row: dict[str, str | int | None] = {
                "document_id": whole.id,
                "production_id": whole.production_id,
                "state": state,
                "cuts": cuts,
            }
            self.add(DIVISION, [row])

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
        states = [(document_id, CODE[whole]), *((cut.document_id, CODE[part]) for cut in held.cuts)]
        self.update(DOCUMENT, ("state",), states)
        known = self.ids("SELECT id FROM division WHERE document_id = ?", document_id)
        self.update(DIVISION, ("state",), [(known[0], CODE[to])])
        return replace(held, state=to)

    def _parts(self, whole: _Whole) -> dict[tuple[int, int], int]:
        """Return the documents ever cut from *whole* by first page and number of pages."""
        rows = self.connection.exec_driver_sql(
            "SELECT id, first_page_id, page_count FROM document WHERE first_page_id BETWEEN ? AND ? AND id <> ?",
            (whole.first_page_id, whole.first_page_id + whole.page_count - 1, whole.id),
        )
        return {(first - whole.first_page_id + 1, count): part_id for part_id, first, count in rows}


def _part(cut: NewCut, whole: _Whole, *, page_count: int) -> dict[str, str | int | None]:
    begin = cut.begin
    return {
        "production_id": whole.production_id,
        "state": CODE[DocumentState.CURRENT],
        "control": None if begin and str(begin) == cut.control else cut.control,
        "prefix": begin.prefix if begin else None,
        "begin_number": begin.number if begin else None,
        "end_number": cut.end.number if cut.end else None,
        "width": begin.width if begin else None,
        "suffix": (begin.suffix or None) if begin else None,
        "first_page_id": whole.first_page_id + cut.page - 1,
        "page_count": page_count,
        "kind": CODE[DocumentKind.UNKNOWN],
    }
