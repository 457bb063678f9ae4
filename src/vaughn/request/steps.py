"""What is done to the requests of a case: the only part of this room that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vaughn.formats.letters import Letter, LetterFormat, written_letter
from vaughn.model import Confidence, Entity, InputError, Jurisdiction, key_from
from vaughn.request.agencies import AgencyTable, read_agencies
from vaughn.request.clocks import RequestClock, request_clocks
from vaughn.request.items import AnsweredDocument, Coverage, coverage, item_tree
from vaughn.request.kinds import AGENCY, LETTER, REQUEST
from vaughn.request.letters import filled, letter_values, shipped_template, written_day
from vaughn.request.states import require_move
from vaughn.store import CaseFile, NewSource

BY_HAND = NewSource("by-hand", "Entered by hand", kind="entered by hand")
_LETTERS = NewSource("letters", "Letters written with this program", kind="letter")


@dataclass(frozen=True, slots=True)
class ImportedAgencies:
    """What became of a table of agencies."""

    added: int
    known: int
    table: AgencyTable


def import_agencies(case: CaseFile, content: bytes, *, name: str) -> ImportedAgencies:
    """Store the agencies of a CSV table; rows already in the case add only what is new.

    Raises:
        InputError: If the table cannot be read, or a value cannot be; names its line. Nothing is stored then.
    """
    table = read_agencies(content, name=name)
    keys = {row.values["name"].casefold(): row.key for row in table.rows}
    keys |= {row.values["short"].casefold(): row.key for row in table.rows if "short" in row.values}
    added = 0
    with case.writing("agencies.imported", rows=len(table.rows)) as change:
        source = change.source_id(NewSource(key_from("agencies", name), f"Table of agencies {name}", kind="table"))
        for row in table.rows:
            values = {field: [value] for field, value in row.values.items() if field != "parent"}
            parent = row.values.get("parent")
            if parent is not None:
                values["parent"] = [f"agency/{keys.get(parent.casefold()) or key_from(parent)}"]
                if parent.casefold() not in keys:
                    change.enter(AGENCY, key_from(parent), {"name": [parent]}, source_id=source)
            try:
                added += bool(change.enter(AGENCY, row.key, values, source_id=source))
            except InputError as error:
                raise InputError(f"{name}, line {row.line}: {error.message}", hint=error.hint) from None
    return ImportedAgencies(added, len(table.rows) - added, table)


def set_state(case: CaseFile, reference: str, state: str) -> None:
    """Move a request along the table of states; the states it had stay in the log.

    Raises:
        InputError, StateError: See `require_move`.
    """
    request = known_request(case, reference)
    before = request.value("state")
    require_move(before, state)
    if before == state:
        return
    with case.writing("request.moved", request=request.id) as change:
        source = change.source_id(BY_HAND)
        change.replace(REQUEST, request.id, "state", state, source_id=source)


def known_request(case: CaseFile, reference: str) -> Entity:
    """Return the request named ``request/key`` or only ``key``.

    Raises:
        InputError: If there is none; lists those there are.
    """
    found = case.entity(reference if "/" in reference else f"request/{reference}")
    if found is None or found.kind != "request" or found.is_withdrawn:
        known = ", ".join(entity.key for entity in case.entities("request")) or "none yet"
        raise InputError(f"There is no request {reference[:120]!r} in this case.", hint=f"Requests: {known}.")
    return found


def clocks(
    case: CaseFile, law: Jurisdiction, reference: str | None = None, *, open_only: bool = False
) -> tuple[RequestClock, ...]:
    """Return what is or was owed on one request (on all).

    Args:
        open_only: Leave out requests that are over: nobody owes anything on a closed one any more.
    """
    entities = case.entities()
    over = ("closed", "withdrawn") if open_only else ()
    held = [one for one in entities if one.kind == "request" and one.value("state") not in over]
    requests = [known_request(case, reference)] if reference else held
    return tuple(clock for request in requests for clock in request_clocks(request, entities, law))


def case_coverage(case: CaseFile) -> Coverage:
    """Return items against agencies, with the loaded documents that were entered as answers."""
    entities = case.entities()
    entered = {control for entity in entities for control in entity.values("covered_by")}
    agencies = {production.id: production.agency for production in case.productions()}
    found = []
    for control in sorted(entered):
        for match in case.at_bates(control):
            document = case.document(match.document_id)
            if document is not None:
                found.append(AnsweredDocument(control, agencies[document.production_id]))
                break
    return coverage(entities, found)


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Which letter is to be written.

    Args:
        template: Its text; `None` is the template that comes with the program.
        extra: Values that are not in the case, by the name the template uses.
    """

    request: str
    kind: str
    on: date
    template: str | None = None
    extra: Mapping[str, str] | None = None


def write_letter(case: CaseFile, order: LetterOrder, kind: LetterFormat, *, law: Jurisdiction) -> bytes:
    """Return a letter as a file, and keep it in the case with its text.

    Raises:
        InputError: If the template needs a value that is not there.
    """
    request = known_request(case, order.request)
    entities = case.entities()
    due = {
        clock.rule: written_day(clock.entry.due)
        for clock in request_clocks(request, entities, law)
        if clock.entry.due is not None
    }
    values = letter_values(request, entities, tree=item_tree(entities), today=order.on, due=due)
    letter = filled(order.template or shipped_template(order.kind), {**values, **(order.extra or {})})
    with case.writing("letter.written", request=request.id) as change:
        source = change.source_id(_LETTERS)
        key = key_from(request.key, order.kind, order.on.isoformat())
        content = written_letter(letter, kind, made_at=change.actor.clock())
        change.enter(
            LETTER,
            key,
            {
                "title": [letter.subject],
                "request": [request.reference],
                "kind": [order.kind],
                "direction": ["sent"],
                "on": [order.on.isoformat()],
                "text": [_text_of(letter)],
            },
            source_id=source,
            confidence=Confidence.CONFIRMED,
        )
        blob = case.blobs.add_bytes(content)
        change.add_entity_file(
            change.entity_id(LETTER.id, key), f"{key}.{kind.value}", blob=blob, media_type=_MEDIA_TYPES[kind]
        )
    return content


_MEDIA_TYPES = {
    LetterFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    LetterFormat.PDF: "application/pdf",
    LetterFormat.TXT: "text/plain",
}


def _text_of(letter: Letter) -> str:
    parts = (part if isinstance(part, str) else "\n".join(f"- {point}" for point in part) for part in letter.paragraphs)
    return "\n\n".join(parts)
