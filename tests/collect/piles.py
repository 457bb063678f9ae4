"""Small piles of records made for tests, and cases to take them into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from vaughn.collect import HandedOver, TakeInOptions, TakenIn, take_in
from vaughn.model import Case, Finding
from vaughn.store import Actor, CaseFile, FindingQuery
from vaughn.work import InlineExecutor

HANDED = HandedOver("ICE, Office of the CIO", date(2011, 1, 17), custodian="Palmer, Jon", device="laptop")

PLAIN = TakeInOptions()


def clock() -> datetime:
    """Return one moment, always."""
    return datetime(2011, 1, 18, 12, tzinfo=UTC)


def new_case(folder: Path) -> CaseFile:
    """Return an empty case, open for writing."""
    return CaseFile.create(folder / "case", Case("NDLON v. ICE"), actor=Actor("a paralegal", clock))


def write_pile(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def message(subject: str, body: str = "Text.", *, attached: bytes | None = None, name: str = "note.txt") -> bytes:
    """Return a message, with one attached file if given."""
    head = f"From: jon@ice.gov\r\nTo: amy@ice.gov\r\nSubject: {subject}\r\nDate: Mon, 17 Jan 2011 14:03:00 -0500\r\n"
    head += f"Message-ID: <{subject}.{len(body)}@ice.gov>\r\nMIME-Version: 1.0\r\n"
    if attached is None:
        return f"{head}Content-Type: text/plain\r\n\r\n{body}\r\n".encode()
    parts = (
        f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{body}\r\n'
        f'--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    return parts.encode() + attached + b"\r\n--b--\r\n"


def mailbox(*messages: bytes) -> bytes:
    """Return an mbox."""
    return b"".join(
        b"From jon@ice.gov Mon Jan 17 14:03:00 2011\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in messages
    )


def taken(case: CaseFile, pile: Path, *, handed: HandedOver = HANDED, options: TakeInOptions = PLAIN) -> TakenIn:
    """Take a pile in, without child processes for reading."""
    with InlineExecutor() as executor:
        return take_in(case, pile, handed=handed, options=options, executor=executor)


def findings(case: CaseFile) -> list[Finding]:
    """Return all findings."""
    return [row.finding for row in case.findings(FindingQuery(limit=None)).rows]


def codes(case: CaseFile) -> list[str]:
    """Return the codes of all findings, sorted."""
    return sorted(found.code for found in findings(case))
