"""Small productions made for tests: real PDF bytes, DAT and OPT lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.model import Case
from vaughn.store import Actor, CaseFile

T, Q = "\x14", "þ"


def pdf_bytes(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with one page for each list of lines, the last line of a page at its foot."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for place, lines in enumerate(pages):
        stream = _page_stream(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * place} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _page_stream(lines: Sequence[str]) -> bytes:
    pieces = []
    for place, line in enumerate(lines):
        y = 30 if place == len(lines) - 1 and len(lines) > 1 else 740 - 14 * place
        x = 440 if y == 30 else 60
        text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        pieces.append(b"BT /F 10 Tf %d %d Td (" % (x, y) + text.encode("cp1252", "replace") + b") Tj ET")
    return b"\n".join(pieces)


def dat(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a Concordance DAT in UTF-8."""
    lines = [T.join(f"{Q}{value}{Q}" for value in row) for row in [columns, *rows]]
    return ("\r\n".join(lines) + "\r\n").encode()


def opt(rows: Sequence[tuple[str, str, bool, int | None]]) -> bytes:
    """Return an OPT of (page number, path, document break, page count) rows."""
    lines = [f"{key},VOL001,{path},{'Y' if first else ''},,,{count or ''}" for key, path, first, count in rows]
    return ("\r\n".join(lines) + "\r\n").encode()


def write_tree(root: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write *files* under *root* and return it."""
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def small_volume(root: Path) -> Path:
    """Write a volume of three documents with six pages: a two-page e-mail, its attachment, a scan with a native."""
    columns = (
        "Begin Bates", "End Bates", "Begin Attach", "End Attach", "Custodian", "From", "To", "Email Subject",
        "Date Sent", "Time Sent", "Time Zone", "File Name", "Text Link", "Native Link",
    )  # fmt: skip
    rows = [
        ("ABC0000001", "ABC0000002", "ABC0000001", "ABC0000005", "Unit 1", "a@agency.example", "b@agency.example",
         "Opting out", "04/27/2010", "3:04 PM", "EST", "", r"\VOL001\TEXT\ABC0000001.txt", ""),
        ("ABC0000003", "ABC0000005", "ABC0000001", "ABC0000005", "Unit 1", "", "", "", "", "", "", "budget.xlsx",
         r"\VOL001\TEXT\ABC0000003.txt", r"\VOL001\NATIVES\ABC0000003.xlsx"),
        ("ABC0000006", "ABC0000006", "", "", "Unit 2", "", "", "", "", "", "", "", "", ""),
    ]  # fmt: skip
    pages = [
        ("ABC0000001", r"IMAGES\0001\ABC0000001.pdf", True, 2),
        ("ABC0000002", r"IMAGES\0001\ABC0000001.pdf", False, None),
        ("ABC0000003", r"IMAGES\0001\ABC0000003.pdf", True, 3),
        ("ABC0000004", r"IMAGES\0001\ABC0000003.pdf", False, None),
        ("ABC0000005", r"IMAGES\0001\ABC0000003.pdf", False, None),
        ("ABC0000006", r"IMAGES\0001\ABC0000006.pdf", True, 1),
    ]
    return write_tree(
        root,
        {
            "VOL001/DATA/VOL001.DAT": dat(columns, rows),
            "VOL001/DATA/VOL001.OPT": opt(pages),
            "VOL001/IMAGES/0001/ABC0000001.pdf": pdf_bytes(
                [["The field office asked to opt out", "ABC0000001"], ["of the programme", "ABC0000002"]]
            ),
            "VOL001/IMAGES/0001/ABC0000003.pdf": pdf_bytes(
                [["Budget one", "ABC0000003"], ["Budget two", "ABC0000004"], ["Budget three", "ABC0000005"]]
            ),
            "VOL001/IMAGES/0001/ABC0000006.pdf": pdf_bytes([[]]),
            "VOL001/TEXT/ABC0000001.txt": "The field office asked\fof the programme",
            "VOL001/TEXT/ABC0000003.txt": "Budget one\fBudget two\fBudget three",
            "VOL001/TEXT/ABC0000006.txt": "A scanned page",
            "VOL001/NATIVES/ABC0000003.xlsx": b"PK\x05\x06" + b"\0" * 18,
            "VOL001/Thumbs.db": b"litter",
        },
    )


def a_clock() -> datetime:
    """Return one moment, always the same."""
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


ACTOR = Actor("tester", a_clock, "test")
RELEASED_ON = date(2011, 1, 17)


def new_case(path: Path) -> CaseFile:
    """Return a new case, open for writing."""
    return CaseFile.create(path, Case("Clinic v. Agency"), actor=ACTOR)
