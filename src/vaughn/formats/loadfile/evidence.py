"""What speaks for a file being a load file: names in its first row and the look of its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vaughn.model import field_named

# A number of a page: a prefix of letters (digits and punctuation may stand in it) and at least three digits.
_NUMBER = re.compile(r"^(?=.*[A-Za-z])[A-Za-z0-9][\w .&-]{0,60}?\d{3,18}(?:[-_. ]?[A-Za-z]{1,3})?$")
_PATH = re.compile(r"^[^\n]{0,400}[\\/.][^\\/\n]{0,200}\.[A-Za-z0-9]{1,5}$|^[^\n\\/]{1,200}\.[A-Za-z][A-Za-z0-9]{1,4}$")
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
# Names that make a list of documents of a column with ids.
STRONG = frozenset({"end_bates", "beg_attach", "end_attach", "parent_id", "family_range", "page_count"})
# Names that need values to speak for them, since other tables have them too.
WEAK = frozenset({"doc_id", "text_path", "native_path", "production_path", "file_name"})
MOST = 0.8


def looks_like_number(value: str) -> bool:
    """Tell whether *value* looks like a Bates number of the usual kind."""
    return _NUMBER.match(value.strip()) is not None


def looks_like_path(value: str) -> bool:
    """Tell whether *value* looks like the path or name of a file."""
    return _PATH.match(value.strip()) is not None


def _is_data(value: str) -> bool:
    """Tell whether *value* is more likely a value than the name of a column."""
    text = value.strip()
    if not text or field_named(text) is not None:
        return False
    return looks_like_number(text) or looks_like_path(text) or _DATE.match(text) is not None or text.isdigit()


def is_header(row: Sequence[str]) -> bool:
    """Tell whether *row* names columns: at least one name is known, or nothing in it looks like a value."""
    known = sum(field_named(name) is not None for name in row)
    data = sum(_is_data(value) for value in row)
    return known > data if known else data == 0 and any(value.strip() for value in row)


def _field_id(name: str) -> str | None:
    field = field_named(name)
    return field.id if field is not None else None


def most(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    """Tell whether *test* holds for most of the values that are not empty, and there is one."""
    filled = [value for value in values if value.strip()]
    return bool(filled) and sum(test(value) for value in filled) >= MOST * len(filled)


def is_document_list(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table is a list of produced documents, by its column names and its first rows."""
    fields = [_field_id(name) for name in columns]
    known = {field for field in fields if field}
    if "beg_bates" in known and ("end_bates" in known or not rows):
        return True
    for place, field in enumerate(fields):
        values = [row[place] for row in rows if place < len(row)]
        if field == "beg_bates" and most(values, looks_like_number):
            return True
        if field == "doc_id" and known & STRONG and most(values, looks_like_number):
            return True
        if field in WEAK - {"doc_id"} and most(values, looks_like_path):
            return True
    return False


def guessed_columns(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return names for the columns of a table without a header, guessed from its values; else ``Column 3``."""
    width = max(len(row) for row in rows)
    names: list[str] = []
    numbers = ["Begin Bates", "End Bates", "Begin Attachment", "End Attachment"]
    for place in range(width):
        values = [row[place] for row in rows if place < len(row)]
        name = f"Column {place + 1}"
        if place == len(names) and numbers and most(values, looks_like_number):
            name = numbers.pop(0)
        elif most(values, looks_like_path):
            is_text = most(values, lambda value: value.lower().endswith(".txt"))
            name = "Text Path" if is_text else "Native Path"
        names.append(name if name not in names else f"Column {place + 1}")
    return tuple(names)
