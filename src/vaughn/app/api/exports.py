"""Lists as downloads: CSV in pieces while it is read, XLSX through a temporary file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from vaughn.formats.lists import Cell, csv_pieces, write_xlsx

_PIECE_BYTES = 1 << 16
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListFormat(Enum):
    """What a list can be downloaded as."""

    CSV = "csv"
    XLSX = "xlsx"


def attachment(name: str) -> dict[str, str]:
    """Return the header that makes the browser save under *name* instead of showing anything (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " ._-") else "_" for letter in name)
    plain = plain.strip(" .")[:150] or "file"
    printable = "".join(letter if letter.isprintable() and letter not in '\\/:*?"<>|' else "_" for letter in name)
    encoded = quote(printable.strip(" .")[-150:].encode("utf-8", "replace") or b"file", safe="")
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"}


def list_download(name: str, kind: ListFormat, *, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return a list as a download under *name*."""
    headers = attachment(f"{name}.{kind.value}")
    if kind is ListFormat.CSV:
        return StreamingResponse(csv_pieces(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)
    return StreamingResponse(_workbook(columns, rows), media_type=_XLSX, headers=headers)


def _workbook(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="vaughn-") as folder:
        path = Path(folder) / "list.xlsx"
        write_xlsx(path, columns, rows)
        yield from file_pieces(path)


def file_pieces(path: Path) -> Iterator[bytes]:
    """Return a file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
