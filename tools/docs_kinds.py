"""What docs/reference/facts.md says, made from the kinds of entities that the rooms declare.

`python tools/docs_kinds.py` rewrites the page; a test fails when it differs from the program.
"""

from __future__ import annotations

from pathlib import Path

from vaughn.app.facts import all_kinds
from vaughn.model import EntityField, ValueKind

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "facts.md"

HOW_WRITTEN = {
    ValueKind.TEXT: "one line",
    ValueKind.PROSE: "text of several lines, Markdown",
    ValueKind.DATE: "`2010-02-03`, or `2010-02`, or `2010` if no more is known",
    ValueKind.NUMBER: "a whole number",
    ValueKind.MONEY: "dollars: `1200000` or `25.50`",
    ValueKind.CHOICE: "one of the words listed",
    ValueKind.REFERENCE: "`kind/key` of another entity, which must be in the case",
    ValueKind.YES_NO: "`yes` or `no`",
    ValueKind.LINK: "a web address that begins with `http://` or `https://`",
    ValueKind.DOCKET_NUMBER: "a docket number: `1:10-cv-03488` or `10 Civ. 3488`",
}

HEAD = """# Facts

<!-- Made by tools/docs_kinds.py from the kinds.py of the rooms: change it there. -->

What people say of a request, a lawsuit and its public page is kept as facts.
A fact is: a thing of some kind has a field, and the field has a value, according to a source.
A thing is called `kind/key`; the key is yours to choose, in lower-case letters, digits, dots and hyphens.
A field marked *many* can hold several values that are all true.
Any other field with two values is [contradicted](../how-to/docket.md#where-sources-contradict-each-other).
Enter facts with [`vaughn docket add`](commands.md#vaughn-docket) or in the workbench.

## How values are written

| value | is written as |
| --- | --- |
"""


def page() -> str:
    """Return the whole page."""
    values = "".join(f"| {kind.value} | {HOW_WRITTEN[kind]} |\n" for kind in ValueKind)
    parts = [HEAD + values]
    for kind in all_kinds().values():
        rows = "".join(f"| `{field.id}` | {field.title} | {_value(field)} |\n" for field in kind.fields)
        parts.append(f"\n## `{kind.id}`\n\n{kind.title}.\n\n| field | means | value |\n| --- | --- | --- |\n{rows}")
    return "".join(parts)


def _value(field: EntityField) -> str:
    more = ", many" if field.is_many else ""
    words = ", ".join(f"`{word}`" for word in field.choices or field.refers_to)
    return f"{field.kind.value}{more}" + (f": {words}" if words else "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
