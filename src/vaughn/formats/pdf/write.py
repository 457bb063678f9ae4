"""How a PDF of plain typewritten pages is written: text in Courier, nothing else.

Follows ISO 32000-1, the parts any reader knows: a page tree, one compressed content stream a page,
two of the fourteen standard fonts, a cross-reference table. The same pages give the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vaughn.model import InputError, PageSize

# Every glyph of Courier is this many times the font size wide (Adobe font metrics).
COURIER_ADVANCE = 0.6
# Signs that Courier lacks and ZapfDingbats has, with their code there.
_DINGBATS = {"■": b"n"}
_CATALOG, _PAGES, _COURIER, _DINGBAT_FONT = 1, 2, 3, 4
_FIRST_PAGE = 5


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words on one line: where their left end and baseline stand, in points from the top left."""

    x_pt: float
    y_pt: float
    text: str


@dataclass(frozen=True, slots=True)
class TextPage:
    """One page of runs, all in one font size."""

    size: PageSize
    font_size_pt: float
    runs: tuple[TextRun, ...]


def write_pdf(path: Path, pages: Sequence[TextPage]) -> None:
    """Write *pages* to *path*.

    Raises:
        InputError: If there is no page, or a character is in neither font.
    """
    if not pages:
        raise InputError(f"{path.name}: a PDF needs at least one page.")
    path.write_bytes(pdf_bytes(pages))


def pdf_bytes(pages: Sequence[TextPage]) -> bytes:
    """Return the PDF file that shows *pages*.

    Raises:
        InputError: If a character is in neither font.
    """
    kids = b" ".join(b"%d 0 R" % (_FIRST_PAGE + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages %d 0 R >>" % _PAGES,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
    ]
    for page in pages:
        objects += _page_objects(page, number=len(objects) + 1)
    return _file(objects)


def _page_objects(page: TextPage, *, number: int) -> Iterable[bytes]:
    content = zlib.compress(_content(page))
    yield (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Contents %d 0 R"
        b" /Resources << /Font << /C %d 0 R /Z %d 0 R >> >> >>"
    ) % (
        _PAGES,
        _number(page.size.width_pt),
        _number(page.size.height_pt),
        number + 1,
        _COURIER,
        _DINGBAT_FONT,
    )
    yield b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content)


def _content(page: TextPage) -> bytes:
    """Return the drawing operators of one page."""
    size = _number(page.font_size_pt)
    parts = [b"BT"]
    font = b""
    for run in page.runs:
        x = run.x_pt
        for wanted, piece, width in _pieces(run.text, page.font_size_pt):
            if wanted != font:
                parts.append(b"/%s %s Tf" % (wanted, size))
                font = wanted
            parts.append(b"1 0 0 1 %s %s Tm" % (_number(x), _number(page.size.height_pt - run.y_pt)))
            parts.append(b"(%s) Tj" % piece)
            x += width
    parts.append(b"ET")
    return b"\n".join(parts)


def _pieces(text: str, font_size_pt: float) -> Iterable[tuple[bytes, bytes, float]]:
    """Cut *text* where the font changes; yield font name, escaped bytes and width in points."""
    start = 0
    for index in range(len(text) + 1):
        if index < len(text) and (text[index] in _DINGBATS) == (text[start] in _DINGBATS):
            continue
        if index > start:
            piece = text[start:index]
            yield (
                b"Z" if piece[0] in _DINGBATS else b"C",
                _escaped(piece),
                len(piece) * COURIER_ADVANCE * font_size_pt,
            )
        start = index


def _escaped(text: str) -> bytes:
    if text[0] in _DINGBATS:
        return b"".join(_DINGBATS[sign] for sign in text)
    try:
        raw = text.encode("cp1252")
    except UnicodeEncodeError as error:
        raise InputError(f"The character U+{ord(text[error.start]):04X} cannot be written in Courier.") from error
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode("ascii")


def _file(objects: Sequence[bytes]) -> bytes:
    """Return header, numbered objects, cross-reference table and trailer."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, _CATALOG, start)
    return bytes(out)
