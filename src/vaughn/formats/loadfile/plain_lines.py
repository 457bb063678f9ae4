"""Single lines of text for the formats that are read line by line (LFP, DII), in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vaughn.formats.loadfile.dialect import BOMS, Dialect
from vaughn.formats.loadfile.encoding import decoded_line
from vaughn.formats.loadfile.exact import BLANKS
from vaughn.formats.loadfile.lines import MAX_ROW_BYTES, LineReader, LongLine
from vaughn.formats.loadfile.log import FindingLog


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line that is not blank; `start` is its byte in the file."""

    text: str
    number: int
    start: int


def plain_lines(path: Path, dialect: Dialect, log: FindingLog) -> Iterator[PlainLine]:
    """Yield the lines of *path*; bytes that are no text and endless lines go to *log*."""
    start = len(BOMS[dialect.encoding]) if dialect.bom else 0
    for block in LineReader(path, dialect, start_byte=start, first_line=1).blocks():
        if isinstance(block, LongLine):
            log.add("LF017", f"The line has more than {MAX_ROW_BYTES >> 20} MB; it was left out.", line=block.line)
            continue
        for index in range(len(block)):
            number = block.first_line + index
            decoded = decoded_line(block.bytes_of(index, index), dialect.encoding)
            if decoded.lost:
                log.add("LF002", "Bytes of the line are no text; a replacement character stands for them.", line=number)
            elif decoded.foreign:
                log.add("LF004", "Letters of the line are in Windows-1252; they were read so.", line=number)
            if decoded.text.strip(BLANKS):
                yield PlainLine(decoded.text.strip(BLANKS), number, block.start_byte(index))
