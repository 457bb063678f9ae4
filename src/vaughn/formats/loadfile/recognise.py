"""Whether a file is a load file, and of which kind: judged by its content, never by its name alone.

The name counts in one case only: a file called .dat, .opt, .lfp or .dii that is empty or no text was meant as
a load file, so it is reported as one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind
from vaughn.formats.loadfile.delimiters import Delimiters, recognised_delimiters
from vaughn.formats.loadfile.dialect import GARBLED_QUALIFIER, Dialect
from vaughn.formats.loadfile.encoding import Encoding, recognised_encoding
from vaughn.formats.loadfile.evidence import guessed_columns, is_document_list, is_header
from vaughn.formats.loadfile.fields import Form, split_by_rule
from vaughn.formats.loadfile.opt import OptFile, is_opt
from vaughn.formats.loadfile.table import Header, TableFile
from vaughn.model import LoadFileError, field_named

SAMPLE_BYTES = 256 << 10
SAMPLE_LINES = 100
LOAD_FILE_SUFFIXES = {".dat": LoadFileKind.DOCUMENTS, ".opt": LoadFileKind.PAGES, ".lfp": LoadFileKind.PAGES}
LOAD_FILE_SUFFIXES[".dii"] = LoadFileKind.BOTH


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file.

    Args:
        raw: Its first bytes, the byte order mark apart.
        text: The same as text, broken characters replaced.
        lines: Its first whole lines that are not blank.
        is_whole: Whether the file ends within the sample.
    """

    raw: bytes
    encoding: Encoding
    text: str
    lines: tuple[str, ...]
    is_whole: bool


def recognise(path: Path, *, name: str) -> LoadFile | None:
    """Return the load file that *path* is, or `None` if it is none.

    Args:
        name: Path as the production writes it; findings name it.

    Raises:
        LoadFileError: If the file cannot be opened or read at all.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(SAMPLE_BYTES)
    except OSError as error:
        raise LoadFileError(
            f"{name} cannot be read: {os.strerror(error.errno or 0)}.", hint="Check the disk."
        ) from error
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if size == 0:
        return _unreadable(name, suffix, code="LF001", message="The load file is empty.")
    if _is_binary(head):
        return _unreadable(name, suffix, code="LF016", message="The file is not text.")
    sample = _sample(head, is_whole=size <= len(head))
    if not sample.lines:
        return None
    if is_opt(sample.lines):
        return OptFile(path, name, dialect=_dialect(sample, Delimiters(",", '"'), has_header=False))
    return _table(path, name, sample)


def _unreadable(name: str, suffix: str, *, code: str, message: str) -> LoadFile | None:
    kind = LOAD_FILE_SUFFIXES.get(suffix)
    if kind is None:
        return None
    load_file = LoadFile(name, file_format=suffix[1:], kind=kind)
    load_file.first_log.add(code, message, line=1)
    return load_file


def _is_binary(head: bytes) -> bool:
    return b"\0" in head and recognised_encoding(head).name in {"utf-8", "cp1252"}


def _sample(head: bytes, *, is_whole: bool) -> Sample:
    encoding = recognised_encoding(head)
    raw = head[encoding.bom_bytes :]
    text = raw.decode(encoding.name, "replace")
    newline = "\n" if "\n" in text else "\r"
    lines = text.split(newline)
    if not is_whole and len(lines) > 1:
        lines.pop()  # cut off by the sample
    kept = [stripped for line in lines[: SAMPLE_LINES * 2] if (stripped := line.rstrip("\r")).strip(" \t\x1a\0\ufeff")]
    return Sample(raw, encoding, text, tuple(kept[:SAMPLE_LINES]), is_whole)


def _line_end(text: str) -> str:
    feeds = text.count("\n")
    if feeds == 0:
        return "\r" if "\r" in text else "\r\n"
    both = text.count("\r\n")
    return "\r\n" if both == feeds else "\n" if both == 0 else "mixed"


def _dialect(sample: Sample, delimiters: Delimiters, *, has_header: bool) -> Dialect:
    return Dialect(
        encoding=sample.encoding.name,
        bom=sample.encoding.declared,
        separator=delimiters.separator,
        qualifier=delimiters.qualifier,
        newline_mark=delimiters.newline_mark,
        line_end=_line_end(sample.text),
        has_header=has_header,
    )


def _table(path: Path, name: str, sample: Sample) -> LoadFile | None:
    delimiters = recognised_delimiters(sample.lines)
    if delimiters is None:
        return None
    splits = [split_by_rule(line, delimiters.separator, delimiters.qualifier) for line in sample.lines]
    first, width = splits[0].values, len(splits[0].values)
    rows = [split.values for split in splits if split.form is Form.CLEAN and len(split.values) == width]
    has_header = is_header(first)
    body = rows[1:] if has_header else rows
    if not (delimiters.are_of_a_load_file or (has_header and is_document_list(first, body))):
        return None
    dialect = _dialect(sample, delimiters, has_header=has_header)
    header = _header(sample, dialect, first if has_header else guessed_columns(rows or [first]))
    table = TableFile(path, name, file_format=delimiters.table_format, dialect=dialect, header=header)
    _tell_first_findings(table, sample, dialect)
    return table


def _header(sample: Sample, dialect: Dialect, columns: tuple[str, ...]) -> Header:
    """Return where the first row begins, blank lines before the header skipped."""
    bom = sample.encoding.bom_bytes
    if not dialect.has_header:
        return Header(columns, "", bom, 1)
    before = sample.text.index(sample.lines[0])
    end = sample.text.find(dialect.newline, before + len(sample.lines[0]))
    end = len(sample.text) if end < 0 else end + 1
    end_byte = bom + len(sample.text[:end].encode(dialect.encoding))
    return Header(columns, sample.lines[0], end_byte, sample.text.count(dialect.newline, 0, end) + 1)


def _tell_first_findings(table: TableFile, sample: Sample, dialect: Dialect) -> None:
    log, columns = table.first_log, table.columns
    line = sample.text.count(dialect.newline, 0, sample.text.index(sample.lines[0])) + 1
    if not sample.encoding.declared and not sample.raw.isascii():
        log.add("LF003", f"No byte order mark; the file was read as {dialect.encoding}.", line=line)
    if dialect.qualifier == GARBLED_QUALIFIER:
        log.add("LF021", "The text qualifier is a thorn that went through a wrong encoding.", line=line)
    elif table.format == "dat" and not dialect.is_concordance:
        log.add("LF020", f"Separator {_shown(dialect.separator)}, qualifier {_shown(dialect.qualifier)}.", line=line)
    if not dialect.has_header:
        log.add("LF005", "The first line is a row; the columns were named by what stands in them.", line=line)
    seen: set[str] = set()
    for column in columns:
        if column in seen:
            log.add("LF007", f"Two columns are called {column!r}; both are kept.", line=line, field=column)
        elif dialect.has_header and field_named(column) is None:
            log.add("LF008", f"The column {column!r} is not known.", line=line, field=column)
        seen.add(column)
    known = {field.id for column in columns if (field := field_named(column)) is not None}
    if not known & {"beg_bates", "doc_id"} and (table.format == "dat" or not known & {"file_name", "production_path"}):
        log.add("LF025", "No column holds the number of a document's first page.", line=line)


def _shown(delimiter: str | None) -> str:
    return "none" if delimiter is None else f"U+{ord(delimiter):04X}" if len(delimiter) == 1 else repr(delimiter)
