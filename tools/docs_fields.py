"""What docs/reference/fields.md says, made from model/fields.py.

`python tools/docs_fields.py` rewrites the page; a test fails when it differs from the program.
"""

from __future__ import annotations

from pathlib import Path

from vaughn.model import FIELDS, FieldKind

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "fields.md"

HOW_READ = {
    FieldKind.TEXT: "kept as received",
    FieldKind.NUMBER: "a Bates number: prefix, digits with their width, perhaps a suffix",
    FieldKind.COUNT: "a whole number; thousands separators are allowed",
    FieldKind.DATE: "a day",
    FieldKind.TIME: "a time of day",
    FieldKind.MOMENT: "a day, perhaps with a time",
    FieldKind.ZONE: "a time zone or an offset from UTC",
    FieldKind.PEOPLE: "several people, parted by semicolons",
    FieldKind.MANY: "several values, parted by semicolons",
    FieldKind.PATH: "a path inside the production",
    FieldKind.HASH: "hexadecimal digits",
    FieldKind.FLAG: "yes or no",
}

HEAD = """# Fields

<!-- Made by tools/docs_fields.py from src/vaughn/model/fields.py: change it there. -->

A load file names its columns as it likes.
Vaughn looks a name up without regard to upper and lower case, blanks and punctuation.
So `Begin Bates`, `BEG_BATES` and `begbates` are one name.
A column with an unknown name is kept as received, can be shown and exported, and is reported as [LF008](findings.md).
Whatever the column, the value as received stays beside the value as read, for ever.

## How values are read

| kind | is read as |
| --- | --- |
"""

FIELDS_HEAD = """
## Known fields

The order is the order of columns in tables and exports.

| field | kind | column names |
| --- | --- | --- |
"""


def page() -> str:
    """Return the whole page."""
    kinds = "".join(f"| {kind.value} | {HOW_READ[kind]} |\n" for kind in FieldKind)
    fields = "".join(
        f"| `{field.id}` | {field.kind.value} | {', '.join(f'`{name}`' for name in field.names)} |\n"
        for field in FIELDS
    )
    return HEAD + kinds + FIELDS_HEAD + fields


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
