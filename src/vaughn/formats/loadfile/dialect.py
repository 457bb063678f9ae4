"""How the rows of one delimited load file are written: encoding, delimiters, line ends."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

# Concordance's own delimiters: DC4 between fields, thorn around values, registered sign for a line break.
CONCORDANCE_SEPARATOR = "\x14"
CONCORDANCE_QUALIFIER = "\u00fe"
CONCORDANCE_NEWLINE = "\u00ae"
CAPITAL_THORN = "\u00de"
# A thorn written in UTF-8, read as Windows-1252 and written in UTF-8 again.
GARBLED_QUALIFIER = "\u00c3\u00be"
GARBLED_NEWLINE = "\u00c2\u00ae"
# What a DC4 looks like after some editors made it visible.
VISIBLE_SEPARATOR = "\u00b6"

UNIT_BYTES = {"utf-8": 1, "cp1252": 1, "utf-16-le": 2, "utf-16-be": 2}
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""How rows are written.

    Args:
        encoding: ``utf-8``, ``cp1252``, ``utf-16-le`` or ``utf-16-be``.
        bom: Whether a byte order mark stands at the start of the file.
        separator: One character between fields.
        qualifier: What stands around values (doubled inside one), or `None`.
        newline_mark: What stands for a line break inside a value; `None` if a real one does.
        line_end: ``"\r\n"``, ``"\n"``, ``"\r"`` or ``"mixed"`` (the first two in one file).
        has_header: Whether the first row names the columns.
    """

    encoding: str
    bom: bool
    separator: str
    qualifier: str | None
    newline_mark: str | None
    line_end: str
    has_header: bool

    def __post_init__(self) -> None:
        if self.encoding not in UNIT_BYTES:
            raise ValueError(f"no encoding of load files: {self.encoding}")
        if len(self.separator) != 1 or self.separator == self.qualifier:
            raise ValueError("the separator is one character and not the qualifier")
        if self.qualifier == "" or self.newline_mark == "":
            raise ValueError("an absent qualifier or newline mark is None")
        if self.line_end not in {"\r\n", "\n", "\r", "mixed"}:
            raise ValueError("lines end with CR LF, LF, CR or a mixture")

    @property
    def unit_bytes(self) -> int:
        """How many bytes one unit of the encoding has: 1, or 2 in UTF-16."""
        return UNIT_BYTES[self.encoding]

    @property
    def newline(self) -> str:
        r"""The character that ends every line: ``"\n"`` (a CR may stand before it) or ``"\r"``."""
        return "\r" if self.line_end == "\r" else "\n"

    @property
    def is_concordance(self) -> bool:
        """Whether the delimiters are the usual ones of a DAT."""
        return self.separator == CONCORDANCE_SEPARATOR and self.qualifier == CONCORDANCE_QUALIFIER

    def to_json(self) -> str:
        """Return the dialect as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Dialect:
        """Return the dialect that `to_json` wrote."""
        return cls(**json.loads(text))
