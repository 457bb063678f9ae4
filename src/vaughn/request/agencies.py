"""Agencies with their contacts from a table, and a request as the fields of FOIA.gov's interface."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vaughn.model import Entity, InputError, key_from
from vaughn.request.kinds import AGENCY

MAX_ROWS = 10_000
# Names of columns people use, folded, beside the ids and titles of the fields themselves.
_COLUMNS: Mapping[str, str] = {
    "agency": "name",
    "component": "name",
    "abbreviation": "short",
    "acronym": "short",
    "parentagency": "parent",
    "foiaofficer": "contact",
    "emailaddress": "email",
    "telephone": "phone",
    "website": "portal",
    "url": "portal",
}
DESCRIPTION_LIMIT = 10_000  # code points of a description or explanation at FOIA.gov


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One row of a table of agencies.

    Args:
        key: Made of the short name, else the name.
        values: Field id to text as it stands in the table; the parent as its name.
    """

    line: int
    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """A table of agencies as it was understood; `faults` name rows and columns that were not."""

    rows: tuple[AgencyRow, ...]
    unknown_columns: tuple[str, ...]
    faults: tuple[str, ...]


def read_agencies(content: bytes, *, name: str) -> AgencyTable:
    """Read a CSV table of agencies: one row each, a header with the names of the fields.

    Raises:
        InputError: If it is no CSV in UTF-8 or Windows-1252, or no column is a name.
    """
    rows = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        header = next(rows, [])
        body = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{name}, line {rows.line_num}: {error}.", hint="Save it as CSV with a header.") from None
    if len(body) > MAX_ROWS:
        raise InputError(f"{name} has {len(body):,} rows; {MAX_ROWS:,} agencies fit.")
    fields = [_field(column) for column in header]
    if "name" not in fields:
        raise InputError(
            f"{name}: no column is called name or agency.", hint="Add a header line, e.g. name,short,email."
        )
    found: list[AgencyRow] = []
    faults: list[str] = []
    for line, row in body:
        if len(row) != len(header):
            faults.append(f"Line {line} has {len(row)} cells, the header {len(header)}; it was left out.")
            continue
        values = {field: cell.strip() for field, cell in zip(fields, row, strict=True) if field and cell.strip()}
        if "name" not in values:
            faults.append(f"Line {line} names no agency; it was left out.")
            continue
        found.append(AgencyRow(line, key_from(values.get("short") or values["name"]), values))
    unknown = tuple(column for column, field in zip(header, fields, strict=True) if field is None and column.strip())
    return AgencyTable(tuple(found), unknown, tuple(faults))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _field(column: str) -> str | None:
    folded = _folded(column)
    for field in AGENCY.fields:
        if folded in (_folded(field.id), _folded(field.title)):
            return field.id
    return _COLUMNS.get(folded)


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def foia_gov_fields(request: Entity, agency: Entity | None, requesters: Sequence[Entity]) -> dict[str, str | bool]:
    """Return *request* under the names of FOIA.gov's request interface (its drafts of version 1.1.0).

    Who asks and where they live is not in the case: those fields are left out, to be filled in by the person.

    Raises:
        InputError: If a text is longer than the interface takes.
    """
    fields: dict[str, str | bool] = {
        "version": "1.1.0",
        "request_id": request.key,
        "agency": "" if agency is None else _parent_or_own(agency),
        "agency_component_name": "" if agency is None else agency.value("name") or agency.key,
        "company_organization": "; ".join(one.value("name") or one.key for one in requesters),
        "request_category": request.value("fee_category") or "",
        "request_description": request.value("text") or "",
        "fee_amount_willing": request.value("fee_willing") or "",
        "fee_waiver": request.value("waiver_asked") == "yes",
        "fee_waiver_explanation": request.value("waiver_reason") or "",
        "expedited_processing": request.value("expedition_asked") == "yes",
        "expedited_processing_explanation": request.value("expedition_reason") or "",
    }
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > DESCRIPTION_LIMIT:
            raise InputError(f"{name} has {len(value):,} letters; FOIA.gov takes {DESCRIPTION_LIMIT:,}.")
    return fields


def _parent_or_own(agency: Entity) -> str:
    parent = agency.value("parent")
    return agency.value("short") or agency.key if parent is None else parent.partition("/")[2]
