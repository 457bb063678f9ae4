"""The beginning of a file, as far as recognising it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vaughn.formats.loadfile.encoding import Encoding

SAMPLE_BYTES = 256 << 10
SAMPLE_LINES = 100
# What may stand on a line without making it more than blank.
BLANKS = " \t\r\n\x1a\0\ufeff"


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file.

    Args:
        raw: Its first bytes, the byte order mark apart.
        text: The same as text, broken characters replaced.
        lines: Its first whole lines that are not blank, without their ends.
        first_line: Number of the first of `lines`, from 1.
        first_end: Byte of the file after the first of `lines` and its line end.
    """

    raw: bytes
    encoding: Encoding
    text: str
    lines: tuple[str, ...]
    first_line: int
    first_end: int

    @property
    def line_end(self) -> str:
        """What lines end with: CR LF, LF, CR or a mixture."""
        feeds = self.text.count("\n")
        if _newline(self.text) == "\r":
            return "\r"
        if feeds == 0:
            return "\r\n"
        both = self.text.count("\r\n")
        return "\r\n" if both == feeds else "\n" if both == 0 else "mixed"


def sample_of(head: bytes, encoding: Encoding, *, is_whole: bool, newline: str | None = None) -> Sample:
    """Return the sample that *head*, the first bytes of a file, is; the last line counts only if it *is_whole*.

    Args:
        newline: What ends every line, if that is known.
    """
    raw = head[encoding.bom_bytes :]
    text = raw.decode(encoding.name, "replace")
    mark = (newline or _newline(text)).encode(encoding.name)
    lines: list[str] = []
    first_line = first_end = 0
    for number, (line, end, is_ended) in enumerate(_raw_lines(raw, mark), start=1):
        decoded = line.decode(encoding.name, "replace").rstrip("\r")
        if not decoded.strip(BLANKS) or not (is_ended or is_whole):
            continue
        if not lines:
            first_line, first_end = number, encoding.bom_bytes + end
        lines.append(decoded)
        if len(lines) == SAMPLE_LINES:
            break
    return Sample(raw, encoding, text, tuple(lines), first_line, first_end)


def _newline(text: str) -> str:
    """Return the character that ends lines: CR only where it stands alone more often than LF stands at all."""
    alone = text.count("\r") - text.count("\r\n")
    return "\r" if alone > text.count("\n") else "\n"


def _raw_lines(raw: bytes, newline: bytes) -> Iterator[tuple[bytes, int, bool]]:
    """Yield each line without its newline, the byte after it, and whether a newline ends it."""
    width, start = len(newline), 0
    while start < len(raw):
        found = raw.find(newline, start)
        while found >= 0 and found % width:
            found = raw.find(newline, found + 1)
        if found < 0:
            yield raw[start:], len(raw), False
            return
        yield raw[start:found], found + width, True
        start = found + width
