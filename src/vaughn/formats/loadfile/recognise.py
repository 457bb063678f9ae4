"""Whether a file is a load file, and of which kind: judged by its content, never by its name alone.

The name counts in one case only: a file called .dat, .opt, .lfp or .dii that is empty or no text was meant as
a load file, so it is reported as one.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from vaughn.formats.loadfile.batches import LoadFile, LoadFileKind
from vaughn.formats.loadfile.delimiters import Delimiters, recognised_delimiters
from vaughn.formats.loadfile.dialect import BOMS, GARBLED_QUALIFIER, Dialect
from vaughn.formats.loadfile.dii import DiiFile, is_dii
from vaughn.formats.loadfile.edrm import EdrmFile, is_edrm
from vaughn.formats.loadfile.encoding import MAX_CONTROL_SHARE, Encoding, control_share, recognised_encoding
from vaughn.formats.loadfile.evidence import guessed_columns, is_document_list, is_header
from vaughn.formats.loadfile.fields import Form, finished, split_by_rule
from vaughn.formats.loadfile.lfp import LfpFile, is_lfp
from vaughn.formats.loadfile.opt import OptFile, is_opt
from vaughn.formats.loadfile.sample import BLANKS, SAMPLE_BYTES, Sample, sample_of
from vaughn.formats.loadfile.sheet import recognised_workbook
from vaughn.formats.loadfile.table import Header, TableFile
from vaughn.model import LoadFileError, field_named

# Beginnings of files that may be workbooks (a zip archive, an OLE file) and of files that are no load file.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
FOREIGN = (
    b"%PDF-", b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"RIFF",
    b"SQLite format 3", b"{\\rtf", b"\x7fELF", b"MZ\x90",
)  # fmt: skip
TNEF = b"\x78\x9f\x3e\x22"
PAGE_LIST_SUFFIXES = {".opt", ".lfp", ".dii"}
LOAD_FILE_SUFFIXES = {".dat": LoadFileKind.DOCUMENTS, ".opt": LoadFileKind.PAGES, ".lfp": LoadFileKind.PAGES}
LOAD_FILE_SUFFIXES[".dii"] = LoadFileKind.BOTH


def needs_child(path: Path, *, name: str) -> bool:
    """Tell, by its first bytes, whether *path* is of a kind that only a child process may open: workbooks and XML.

    Raises:
        LoadFileError: If the file cannot be read at all.
    """
    head, size = _head(path, name)
    if head.startswith((*WORKBOOKS, *FOREIGN)) or _is_binary(head):
        return head.startswith(WORKBOOKS)
    return is_edrm(sample_of(head, recognised_encoding(head), is_whole=size <= len(head)).text)


def recognise(path: Path, *, name: str) -> LoadFile | None:
    """Return the load file that *path* is, or `None` if it is none.

    Args:
        name: Path as the production writes it; findings name it.

    Raises:
        LoadFileError: If the file cannot be opened or read at all.
        FileRefused: If it is a workbook beyond the limits.
    """
    head, size = _head(path, name)
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if size == 0:
        return _unreadable(name, suffix, code="LF001", message="The load file is empty.")
    if head.startswith((*WORKBOOKS, *FOREIGN)):
        workbook = recognised_workbook(path, name) if head.startswith(WORKBOOKS) else None
        message = f"The file is called {suffix} and is something else."
        return workbook or _unreadable(name, suffix, code="LF023", message=message)
    if _is_binary(head):
        is_mail = head.startswith(TNEF)  # winmail.dat, the body of a mail: no load file in spite of its name
        return None if is_mail else _unreadable(name, suffix, code="LF016", message="The file is not text.")
    return _text_load_file(path, name, suffix, sample_of(head, recognised_encoding(head), is_whole=size <= len(head)))


def _text_load_file(path: Path, name: str, suffix: str, sample: Sample) -> LoadFile | None:
    """Return the load file that a text is; one that bears the name of a page list and is none is told."""
    if not sample.text.strip(BLANKS):
        return _unreadable(name, suffix, code="LF001", message="The load file holds nothing but blanks.")
    if not sample.lines:
        message = f"The first line has more than {SAMPLE_BYTES >> 10} KB; no header can be so long."
        return _unreadable(name, suffix, code="LF017", message=message)
    load_file = _by_first_lines(path, name, sample)
    if suffix not in PAGE_LIST_SUFFIXES:
        return load_file
    if load_file is None:
        return _unreadable(name, suffix, code="LF023", message=f"The file is called {suffix} and is none.")
    if load_file.format != suffix[1:]:
        message = f"The file is called {suffix} and is of the format {load_file.format}; it was read as that."
        load_file.first_log.add("LF023", message, line=1)
    return load_file


def _head(path: Path, name: str) -> tuple[bytes, int]:
    """Return the first bytes of a file, and its size."""
    try:
        with path.open("rb") as stream:
            return stream.read(SAMPLE_BYTES), path.stat().st_size
    except OSError as error:
        raise LoadFileError(f"{name} cannot be read: {error.strerror}.", hint="Check the disk.") from error


def _by_first_lines(path: Path, name: str, sample: Sample) -> LoadFile | None:
    if not sample.lines:
        return None
    if is_edrm(sample.text):
        return EdrmFile(path, name)
    plain = _dialect(sample, Delimiters(",", '"'), has_header=False)
    if is_lfp(sample.lines):
        return LfpFile(path, name, dialect=plain)
    if is_dii(sample.lines):
        return DiiFile(path, name, dialect=plain)
    if is_opt(sample.lines):
        return OptFile(path, name, dialect=plain)
    return _table(path, name, sample)


def _unreadable(name: str, suffix: str, *, code: str, message: str) -> LoadFile | None:
    kind = LOAD_FILE_SUFFIXES.get(suffix)
    if kind is None:
        return None
    load_file = LoadFile(name, file_format=suffix[1:], kind=kind)
    load_file.first_log.add(code, message, line=1)
    return load_file


def _is_binary(head: bytes) -> bool:
    """Tell whether *head* is no text; nulls at its end (a disk that was full) do not count."""
    if recognised_encoding(head).name in {"utf-16-le", "utf-16-be"}:
        return False
    return control_share(head.rstrip(b"\0")) > MAX_CONTROL_SHARE or not head.strip(b"\0")


def _dialect(sample: Sample, delimiters: Delimiters, *, has_header: bool) -> Dialect:
    return Dialect(
        encoding=sample.encoding.name,
        bom=sample.encoding.declared,
        separator=delimiters.separator,
        qualifier=delimiters.qualifier,
        newline_mark=delimiters.newline_mark,
        line_end=sample.line_end,
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


def open_table(path: Path, dialect: Dialect, *, name: str, columns: tuple[str, ...] = ()) -> LoadFile:
    """Return the table at *path* in a dialect that is already known, e.g. the one a case remembers.

    Args:
        columns: Names of the columns if the dialect has no header; the header's own names else.

    Raises:
        LoadFileError: If the file cannot be read, or has no header where the dialect says there is one.
    """
    head, size = _head(path, name)
    encoding = Encoding(dialect.encoding, len(BOMS[dialect.encoding]) if dialect.bom else 0)
    sample = sample_of(head, encoding, is_whole=size <= len(head), newline=dialect.newline)
    if not dialect.has_header:
        header = Header(columns, "", encoding.bom_bytes, 1)
    elif not sample.lines:
        raise LoadFileError(f"{name} has no header line.", hint="Ask for the load file again.")
    else:
        values = split_by_rule(sample.lines[0], dialect.separator, dialect.qualifier).values
        header = _header(sample, dialect, finished(values, dialect))
    table_format = Delimiters(dialect.separator, dialect.qualifier).table_format
    return TableFile(path, name, file_format=table_format, dialect=dialect, header=header)


def _header(sample: Sample, dialect: Dialect, columns: tuple[str, ...]) -> Header:
    """Return where the first row begins, blank lines before the header skipped."""
    if not dialect.has_header:
        return Header(columns, "", sample.encoding.bom_bytes, 1)
    return Header(columns, sample.lines[0], sample.first_end, sample.first_line + 1)


def _tell_first_findings(table: TableFile, sample: Sample, dialect: Dialect) -> None:
    log, columns = table.first_log, table.columns
    line = sample.first_line
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
