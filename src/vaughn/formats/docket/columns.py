"""Which column of a table of entries is which: by a given map, by known names, by what stands below.

A name that may mean two things ("Docket No." is the entry's or the case's) is decided by the values; a column
that stays unclear is not guessed: it is named, so that the person who imports can say what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from vaughn.formats.docket.dates import court_date
from vaughn.formats.docket.names import docket_number

# Share of the values that must look like it, for a name that may mean two things.
ENOUGH = 0.8
_SAMPLE_ROWS = 200


class EntryField(Enum):
    """What a column of a table of entries can be."""

    NUMBER = "number"
    DATE_FILED = "date filed"
    DATE_ENTERED = "date entered"
    DESCRIPTION = "description"
    SHORT = "short description"
    FILED_BY = "filed by"
    DOCUMENT_ID = "document id"
    URL = "address"
    CASE_NUMBER = "case number"
    COURT = "court"
    CASE_NAME = "case name"


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column is taken for.

    Args:
        field: `None` for a column that is kept as it is.
        is_unclear: Whether a person should say what it is.
    """

    header: str
    field: EntryField | None
    is_unclear: bool = False


_NAMES: dict[EntryField, str] = {
    EntryField.NUMBER: "#|no|num|number|docno|documentno|documentnumber|document#|doc#|dkt|dktno|dkt#|ecf|ecfno|ecf#|"
    "ecfnumber|ecfdocketno|entry|entryno|entry#|entrynumber|docketentry|docketentryno|docketentrynumber|docket#|dktentry",
    EntryField.DATE_FILED: "date|datefiled|filed|filedon|filingdate|fileddate|filedate|docketdate|day",
    EntryField.DATE_ENTERED: "dateentered|entered|enteredon|entrydate|entereddate|dateofentry",
    EntryField.DESCRIPTION: "description|dockettext|text|entrytext|event|longdescription|docketentrytext|details|title",
    EntryField.SHORT: "shortdescription|short|documenttype|doctype|type|entrytype|summary",
    EntryField.FILED_BY: "filedby|filer|filingparty|submittedby",
    EntryField.DOCUMENT_ID: "pacerdocid|documentid|docid|doc1",
    EntryField.URL: "url|link|documenturl|address",
    EntryField.CASE_NUMBER: "casenumber|caseno|case#|civilactionno|indexno",
    EntryField.COURT: "court|courtid",
    EntryField.CASE_NAME: "casename|caption|casetitle",
}
_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split("|")}
# Words that may stand over a "yes" as well as over a day.
_PERHAPS_DAYS = {"filed", "entered", "day"}
# Names that the values decide: of an entry or of the case.
_EITHER = {"docketno", "docketnumber", "docket", "docketnum"}


def folded_header(header: str) -> str:
    """Return a header's letters, digits and number sign, in lower case."""
    return "".join(letter for letter in header.casefold() if letter.isalnum() or letter == "#")


def column_uses(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, given: Mapping[str, EntryField | None] | None = None
) -> tuple[ColumnUse, ...]:
    """Return what each column is; *given* says it by header and wins, `None` in it keeps a column as it is."""
    told = {folded_header(header): field for header, field in (given or {}).items()}
    taken = {field for field in told.values() if field is not None}
    found: list[ColumnUse] = []
    for place, header in enumerate(headers):
        name = folded_header(header)
        if name in told:
            found.append(ColumnUse(header, told[name]))
            continue
        values = [row[place].strip() for row in rows[:_SAMPLE_ROWS] if place < len(row) and row[place].strip()]
        field = _by_values(values) if name in _EITHER else _BY_NAME.get(name)
        if name in _PERHAPS_DAYS and not _looks(values, lambda v: court_date(v) is not None):
            field = None
        if field in taken or (field is None and bool(values)):
            found.append(ColumnUse(header, None, is_unclear=True))
            continue
        if field is not None:
            taken.add(field)
        found.append(ColumnUse(header, field))
    return tuple(found)


def _by_values(values: Sequence[str]) -> EntryField | None:
    if _looks(values, lambda value: value.isdigit() and len(value) <= 6):
        return EntryField.NUMBER
    if _looks(values, lambda value: docket_number(value).core != value or ":" in value):
        return EntryField.CASE_NUMBER
    return None


def _looks(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Tell whether enough of *values* pass *test*; no values at all pass."""
    return sum(test(value) for value in values) >= ENOUGH * len(values)
