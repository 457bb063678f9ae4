"""Load files written so that reading gives every value back; what a format cannot carry is refused.

A file is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from vaughn.formats.loadfile.batches import PageRow
from vaughn.formats.loadfile.dialect import BOMS, Dialect
from vaughn.formats.loadfile.exact import BLANKS
from vaughn.model import InputError

# IPRO's type codes as most writers use them; readers go by the file itself.
LFP_TYPES = {"tif": "2", "tiff": "2", "jpg": "4", "jpeg": "4", "pdf": "7"}


def write_dat(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], *, dialect: Dialect) -> int:
    """Write a table of documents and return how many rows it has; every value is qualified if the dialect can.

    Raises:
        InputError: If a value cannot be carried: no such letter in the encoding, the newline mark itself, a
            delimiter or line break where nothing qualifies it, or a row of another width than the header.
    """
    names = tuple(columns)

    def lines(put: Callable[[str, int], None]) -> int:
        number = 0
        if dialect.has_header:
            put(_row_text(names, dialect, where="header"), 0)
        for number, row in enumerate(rows, start=1):
            where = f"row {number}"
            if len(row) != len(names):
                raise InputError(f"{path.name}, {where}: {len(row)} values, the header has {len(names)}.")
            if dialect.has_header and [value.strip().casefold() for value in row] == [
                name.strip().casefold() for name in names
            ]:
                raise InputError(f"{path.name}, {where}: the row repeats the header and would be skipped.")
            put(_row_text(row, dialect, where=where), number)
        return number

    return _write(path, dialect, lines)


def _row_text(row: Sequence[str], dialect: Dialect, *, where: str) -> str:
    text = dialect.separator.join(_value_text(value, dialect, where=where) for value in row)
    if not text.strip(BLANKS.replace(dialect.separator, "")):
        raise InputError(f"{where}: a blank line would be no row.", hint="Write it with a text qualifier.")
    return text


def _value_text(value: str, dialect: Dialect, *, where: str) -> str:
    mark, qualifier = dialect.newline_mark, dialect.qualifier
    if mark is not None:
        if mark in value:
            raise InputError(f"{where}: a value holds the newline mark itself.", hint="Choose another newline mark.")
        value = value.replace("\n", mark)
    if "\0" in value:
        raise InputError(f"{where}: a value holds a null character.", hint="Take it out; it is no text.")
    if qualifier is not None:
        return qualifier + value.replace(qualifier, qualifier * 2) + qualifier
    if dialect.separator in value or "\n" in value or "\r" in value:
        raise InputError(
            f"{where}: a value holds a separator or a line break, and nothing qualifies it.",
            hint="Write the table with a text qualifier.",
        )
    return value


def write_opt(path: Path, pages: Iterable[PageRow], *, dialect: Dialect) -> int:
    """Write an Opticon page list and return how many rows it has; folder and box columns stay blank.

    Raises:
        InputError: If a key, volume or path holds a comma, quote, line break or blanks at its ends, if a page
            count stands on a row that begins no document, or if the page inside the file would not come back.
    """

    def lines(put: Callable[[str, int], None]) -> int:
        before: PageRow | None = None
        number = 0
        for number, page in enumerate(pages, start=1):
            for text in (page.key, page.volume, page.path):
                _refuse(text, ',"\r\n\0', where=f"{path.name}, row {number}")
            if not page.key:
                raise InputError(f"{path.name}, row {number}: the page has no number.")
            if page.page_in_file != _page_by_position(page, before):
                raise InputError(
                    f"{path.name}, row {number}: page {page.page_in_file} of its file stands out of order.",
                    hint="An OPT cannot name a page inside a file; name every page of it in order.",
                )
            if page.declared >= 0 and not page.is_break:
                raise InputError(f"{path.name}, row {number}: a page count stands inside a document.")
            count = str(page.declared) if page.declared >= 0 else ""
            put(f"{page.key},{page.volume},{page.path},{'Y' if page.is_break else ''},,,{count}", number)
            before = page
        return number

    return _write(path, dialect, lines)


def _page_by_position(page: PageRow, before: PageRow | None) -> int:
    if before is None or page.is_break or page.path != before.path:
        return 1
    return before.page_in_file + 1


def write_lfp(path: Path, pages: Iterable[PageRow], *, dialect: Dialect) -> int:
    """Write an IPRO page list and return how many rows it has.

    Raises:
        InputError: If a key, volume or path holds a comma, semicolon, line break or blanks at its ends, or if a
            page count is given (the format has no place for it).
    """

    def lines(put: Callable[[str, int], None]) -> int:
        number = 0
        for number, (page, following) in enumerate(_with_next(pages), start=1):
            where = f"{path.name}, row {number}"
            for text in (page.key, page.volume, page.path):
                _refuse(text, ",;\r\n\0", where=where)
            folder, _, name = page.path.rpartition("\\")
            comes_back = folder.strip().rstrip("\\/") == folder and name.strip() == name
            if not page.key or not name or not comes_back or (not folder and name != page.path):
                raise InputError(f"{where}: the page needs a number, and its path a file name and plain folders.")
            if page.declared >= 0:
                raise InputError(f"{where}: an LFP has no place for a page count.")
            if page.volume.startswith("@"):
                raise InputError(f"{where}: the name of a volume cannot begin with @.")
            alone = page.page_in_file == 1 and (following is None or following.path != page.path)
            offset = 0 if alone else page.page_in_file
            kind = LFP_TYPES.get(name.rpartition(".")[2].lower(), "2")
            put(
                f"IM,{page.key},{'D' if page.is_break else ''},{offset},@{page.volume};{folder};{name};{kind},0", number
            )
        return number

    return _write(path, dialect, lines)


def _with_next(pages: Iterable[PageRow]) -> Iterator[tuple[PageRow, PageRow | None]]:
    held: PageRow | None = None
    for page in pages:
        if held is not None:
            yield held, page
        held = page
    if held is not None:
        yield held, None


def _refuse(text: str, characters: str, *, where: str) -> None:
    bad = next((character for character in characters if character in text), None)
    if bad is not None:
        raise InputError(f"{where}: the format cannot carry {bad!r}.", hint="Rename the file or the volume.")
    if text != text.strip(BLANKS).strip():
        raise InputError(f"{where}: blanks at the ends of a value would be lost.", hint="Take them out.")


def _write(path: Path, dialect: Dialect, lines: Callable[[Callable[[str, int], None]], int]) -> int:
    """Write the lines that *lines* puts; nothing is left at *path* if one cannot be written."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            if dialect.bom:
                stream.write(BOMS[dialect.encoding])
            count = lines(_LineWriter(stream, dialect, path.name).put)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


class _LineWriter:
    def __init__(self, stream: BinaryIO, dialect: Dialect, name: str) -> None:
        self._stream = stream
        self._encoding = dialect.encoding
        ends = ("\r\n", "\n") if dialect.line_end == "mixed" else (dialect.line_end,)
        self._ends = [end.encode(dialect.encoding) for end in ends]
        self._name = name
        self._is_first = not dialect.bom

    def put(self, text: str, number: int) -> None:
        """Write one line; *number* is the row it belongs to."""
        if self._is_first and text.startswith("\ufeff"):
            raise InputError(f"{self._name}: the first value begins with a byte order mark.", hint="Take it out.")
        self._is_first = False
        try:
            self._stream.write(text.encode(self._encoding))
        except UnicodeEncodeError as error:
            raise InputError(
                f"{self._name}, row {number}: a character does not exist in {self._encoding}.", hint="Write UTF-8."
            ) from error
        self._stream.write(self._ends[number % len(self._ends)])
