"""Messages written out for the tests, and what reading them brings."""

from __future__ import annotations

from pathlib import Path

from vaughn.formats.readers import Reading, ReadingRequest, reader_of
from vaughn.formats.words import unpack_columns

EML = "message/rfc822"


def read(data: bytes, folder: Path, *, kind: str = EML, name: str = "message.eml") -> Reading:
    """Return *data* as read from a file."""
    path = folder / "bytes"
    path.write_bytes(data)
    reader = reader_of(kind)
    assert reader is not None
    return reader(ReadingRequest(path, kind, name))


def text(reading: Reading) -> str:
    """Return what the pages of *reading* say."""
    return "\n".join(unpack_columns(page.packed).text for page in reading.pages)


def codes(reading: Reading) -> set[str]:
    """Return the codes of the findings."""
    return {one.code for one in reading.findings}


def mail(head: str = "", body: str = "Hello.\n") -> bytes:
    """Return a message with the usual fields, *head* first."""
    fields = "From: Ann <ann@example.org>\nTo: bob@example.org\nSubject: Plan\nMessage-ID: <1@example.org>\n"
    return f"{head}{fields}Date: Mon, 17 Jan 2011 09:03:00 -0500\n\n{body}".encode()


def multipart(*parts: str, kind: str = "mixed", closed: bool = True) -> bytes:
    """Return a message of *parts*, each with its own header fields."""
    body = "".join(f"--=_b\n{part}\n" for part in parts) + ("--=_b--\n" if closed else "")
    return mail(f'MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="=_b"\n', body)
