"""What stands in an order profile: TOML in, a `ProductionOrder` out, mistakes named with their line.

title = "..."              source = "..."           banner = "..."  (may be left out)
load_files = ["dat"]       native_kinds = []        custodians = []         date_order = "MDY"
[images]  requirement, file_types, compression, min_dpi, bits_per_pixel, cites
[text]    requirement, encoding
[[fields]] name, field, requirement, applies_to, cites, confirmed
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any, cast

from vaughn.model import (
    FIELD_BY_ID,
    DocumentKind,
    FieldSpec,
    ImageSpec,
    InputError,
    ProductionOrder,
    Requirement,
)

APPLIES_TO = (
    "all",
    "electronic",
    "parent",
    "family",
    *(kind.value for kind in DocumentKind if kind is not DocumentKind.UNKNOWN),
)
LOAD_FILES = ("documents", "pages", "dat", "csv", "tsv", "xlsx", "opt", "lfp", "dii", "edrm")
DATE_ORDERS = ("MDY", "DMY", "YMD")
FILE_TYPES = ("tiff", "jpeg", "png", "jp2", "pdf")
REQUIREMENTS = tuple(requirement.value for requirement in Requirement)
HINT = "The keys of a profile are listed in docs/reference/orders.md."


def read_order(text: str, *, name: str) -> ProductionOrder:
    """Return the order that *text* describes; *name* is the file's name without ``.toml``.

    Raises:
        InputError: If a line is no TOML, or a key is unknown, missing or has a value it cannot have.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}.toml: {error}.", hint="The file must be TOML.") from error
    whole = _Table(name, text, "", table)
    whole.only(
        "title",
        "source",
        "banner",
        "fields",
        "images",
        "text",
        "native_kinds",
        "load_files",
        "custodians",
        "date_order",
    )
    fields = tuple(_field(part) for part in whole.tables("fields"))
    names = [spec.name for spec in fields]
    for place, spec in enumerate(names):
        if spec in names[:place]:
            raise whole.tables("fields")[place].wrong("name", f"{spec!r} is already the name of an earlier field")
    words = whole.table("text")
    words.only("requirement", "encoding")
    return ProductionOrder(
        name=name,
        title=whole.text("title"),
        source=whole.text("source"),
        banner=whole.maybe_text("banner"),
        fields=fields,
        images=_images(whole.table("images")),
        text=Requirement(words.one_of("requirement", REQUIREMENTS, "not owed")),
        text_encoding=words.maybe_text("encoding"),
        native_kinds=whole.texts("native_kinds", tuple(kind.value for kind in DocumentKind)),
        load_files=whole.texts("load_files", LOAD_FILES),
        custodians=whole.texts("custodians", None),
        date_order=whole.one_of("date_order", DATE_ORDERS, "") or None,
    )


def _images(part: _Table) -> ImageSpec:
    part.only("requirement", "file_types", "compression", "min_dpi", "bits_per_pixel", "cites")
    return ImageSpec(
        requirement=Requirement(part.one_of("requirement", REQUIREMENTS, "not owed")),
        file_types=part.texts("file_types", FILE_TYPES),
        compression=part.maybe_text("compression"),
        min_dpi=part.maybe_count("min_dpi", 2400),
        bits_per_pixel=part.maybe_count("bits_per_pixel", 64),
        cites=part.maybe_text("cites") or "",
    )


def _field(part: _Table) -> FieldSpec:
    part.only("name", "field", "requirement", "applies_to", "cites", "confirmed")
    field = part.text("field")
    if field not in FIELD_BY_ID:
        raise part.wrong("field", f"{field!r} is not a field the program knows")
    return FieldSpec(
        name=part.text("name"),
        field=field,
        requirement=Requirement(part.one_of("requirement", REQUIREMENTS, "required")),
        applies_to=part.one_of("applies_to", APPLIES_TO, "all"),
        cites=part.text("cites"),
        confirmed=part.flag("confirmed", missing=True),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of a profile, and where it stands.

    Args:
        header: How the table begins in the file (``[images]``), empty for the top of the file.
        number: Which of the tables with that header, from 0.
    """

    profile: str
    source: str
    header: str
    values: dict[str, Any]
    number: int = 0

    def only(self, *keys: str) -> None:
        for key in self.values:
            if key not in keys:
                raise self.wrong(key, f"is no key here; possible are {', '.join(keys)}")

    def text(self, key: str) -> str:
        value = self.maybe_text(key)
        if value is None:
            raise self.wrong(key, "is missing")
        return value

    def maybe_text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.wrong(key, "must be a text in quotation marks that is not empty")
        return value

    def texts(self, key: str, allowed: tuple[str, ...] | None) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, "must be a list of texts")
        for one in value:
            if allowed is not None and one not in allowed:
                raise self.wrong(key, f"{one!r} is not possible here; possible are {', '.join(allowed)}")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...], missing: str) -> str:
        value = self.values.get(key, missing)
        if value not in (*allowed, missing):
            raise self.wrong(key, f"{value!r} is not possible here; possible are {', '.join(allowed)}")
        return cast(str, value)

    def maybe_count(self, key: str, most: int) -> int | None:
        value = self.values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= most):
            raise self.wrong(key, f"must be a whole number from 1 to {most}")
        return value

    def flag(self, key: str, *, missing: bool) -> bool:
        value = self.values.get(key, missing)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false, without quotation marks")
        return value

    def table(self, key: str) -> _Table:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"must be a table that begins with [{key}]")
        return _Table(self.profile, self.source, f"[{key}]", value)

    def tables(self, key: str) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, f"must be tables that each begin with [[{key}]]")
        return [_Table(self.profile, self.source, f"[[{key}]]", one, place) for place, one in enumerate(value)]

    def wrong(self, key: str, what: str) -> InputError:
        """Return the error that names the key, its table and its line."""
        where = f" of {self.header} number {self.number + 1}" if self.header.startswith("[[") else f" in {self.header}"
        return InputError(
            f"{self.profile}.toml, line {self._line(key)}: {key}{where if self.header else ''} {what}.", hint=HINT
        )

    def _line(self, key: str) -> int:
        """Return the line of *key*, or that of its table if it is not written there."""
        lines = self.source.splitlines()
        start, seen = 0, -1
        for place, line in enumerate(lines):
            if self.header and line.split("#")[0].strip().replace(" ", "") == self.header:
                seen += 1
                if seen == self.number:
                    start = place
                    break
        for place in range(start, len(lines)):
            if place > start and lines[place].lstrip().startswith("[") and self.header:
                break
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*[=.]|\s*\[+\s*{re.escape(key)}\s*\]", lines[place]):
                return place + 1
        return start + 1
