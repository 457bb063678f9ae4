"""Which delimiters a table uses, seen from its first lines: any pair, not a list of known ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vaughn.formats.loadfile.dialect import (
    CAPITAL_THORN,
    CONCORDANCE_NEWLINE,
    CONCORDANCE_QUALIFIER,
    CONCORDANCE_SEPARATOR,
    GARBLED_NEWLINE,
    GARBLED_QUALIFIER,
    VISIBLE_SEPARATOR,
)
from vaughn.formats.loadfile.fields import Form, split_by_rule

THORNS = (CONCORDANCE_QUALIFIER, CAPITAL_THORN, GARBLED_QUALIFIER)
# Separators of tables whose values need not be qualified, the surest first.
SEPARATORS = (CONCORDANCE_SEPARATOR, VISIBLE_SEPARATOR, "\t", "|", "\x1f", "^", ";", ",", "~")
# Between two qualifiers a separator is any character that is no letter, digit or blank.
_NO_SEPARATOR = re.compile(r"[\w \r\n\"']")


@dataclass(frozen=True, slots=True)
class Delimiters:
    """What stands between and around values."""

    separator: str
    qualifier: str | None

    @property
    def are_of_a_load_file(self) -> bool:
        """Whether nothing but a load file is written so."""
        return self.separator in {CONCORDANCE_SEPARATOR, VISIBLE_SEPARATOR} or self.qualifier in THORNS

    @property
    def newline_mark(self) -> str | None:
        """What stands for a line break inside a value."""
        if self.qualifier == GARBLED_QUALIFIER:
            return GARBLED_NEWLINE
        return CONCORDANCE_NEWLINE if self.are_of_a_load_file else None

    @property
    def table_format(self) -> str:
        """``csv``, ``tsv`` or ``dat``."""
        if self.qualifier in {'"', None} and self.separator in ",\t":
            return "csv" if self.separator == "," else "tsv"
        return "dat"


def recognised_delimiters(lines: Sequence[str]) -> Delimiters | None:
    """Return the delimiters of the table that begins with *lines*, or `None` if there is no table."""
    around = _from_qualified_line(lines[0])
    if around is not None:
        return around
    best: tuple[float, Delimiters] | None = None
    for separator in SEPARATORS:
        if separator not in lines[0]:
            continue
        delimiters = Delimiters(separator, _optional_qualifier(lines, separator))
        share = _regular_share(lines, delimiters)
        if share > 0 and (best is None or share > best[0]):
            best = (share, delimiters)
    return best[1] if best is not None else None


def _from_qualified_line(line: str) -> Delimiters | None:
    """Return the delimiters of a line that begins and ends with a qualifier."""
    text = line.strip(" ")
    qualifier = next((thorn for thorn in THORNS if text.startswith(thorn)), text[:1])
    if not qualifier or (qualifier.isalnum() and qualifier not in THORNS) or qualifier.isspace():
        return None
    if (qualifier in SEPARATORS and qualifier not in "^~|") or not text.endswith(qualifier) or len(text) < 2:
        return None
    mark = re.escape(qualifier)
    between = Counter(found for found in re.findall(rf"(?<={mark})(.)(?={mark})", text) if found != qualifier)
    for separator, _ in between.most_common():
        if not _NO_SEPARATOR.match(separator):
            return Delimiters(separator, qualifier)
    return Delimiters(CONCORDANCE_SEPARATOR, qualifier) if qualifier in THORNS else None


def _optional_qualifier(lines: Sequence[str], separator: str) -> str | None:
    """Return the qualifier that stands at the ends of some values, or `None`."""
    for qualifier in (*THORNS, '"', "^", "~"):
        if qualifier != separator and any(
            value.startswith(qualifier) and value.endswith(qualifier) and len(value) >= 2 * len(qualifier)
            for line in lines
            for value in line.split(separator)
        ):
            return qualifier
    if separator == ",":
        return '"'
    return CONCORDANCE_QUALIFIER if separator == CONCORDANCE_SEPARATOR else None


def _regular_share(lines: Sequence[str], delimiters: Delimiters) -> float:
    """Return the share of lines that have as many fields as the first (0 if that has one)."""
    splits = [split_by_rule(line, delimiters.separator, delimiters.qualifier) for line in lines]
    width = len(splits[0].values)
    if width < 2 or splits[0].form is not Form.CLEAN:
        return 0.0
    return sum(len(split.values) == width for split in splits) / len(splits)
