"""A letter as a file; letters of any script, nothing read from disk or network."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from enum import Enum
from importlib.resources import files

from vaughn.formats.letters.content import Letter
from vaughn.formats.typesetting import typeset


class LetterFormat(Enum):
    """What a letter can be written as."""

    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"


def written_letter(letter: Letter, kind: LetterFormat, *, made_at: datetime) -> bytes:
    """Return *letter* as the bytes of a file.

    Args:
        made_at: Stands in the properties of the file; aware.
    """
    match kind:
        case LetterFormat.DOCX:
            return _docx(letter, made_at)
        case LetterFormat.PDF:
            return _pdf(letter, made_at)
        case LetterFormat.TXT:
            return plain_text(letter).encode()


def plain_text(letter: Letter) -> str:
    """Return *letter* as plain text with blank lines between its parts."""
    parts = [letter.on, "\n".join(letter.address), f"Re: {letter.subject}"]
    parts.extend(
        part if isinstance(part, str) else "\n".join(f"- {point}" for point in part) for part in letter.paragraphs
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _docx(letter: Letter, made_at: datetime) -> bytes:
    # Few commands write letters, and it is slow to load.
    from docx import Document  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _storable(letter.subject), "", ""
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    if letter.on:
        document.add_paragraph(_storable(letter.on))
    if letter.address:
        document.add_paragraph(_storable("\n".join(letter.address)))
    document.add_paragraph().add_run(_storable(f"Re: {letter.subject}")).bold = True
    for part in letter.paragraphs:
        if isinstance(part, str):
            document.add_paragraph(_storable(part))
        else:
            for point in part:
                document.add_paragraph(_storable(point), style="List Bullet")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _storable(text: str) -> str:
    """Return *text* without the control characters XML cannot hold."""
    return "".join(letter for letter in text if letter in "\n\t" or letter >= " ")


def _pdf(letter: Letter, made_at: datetime) -> bytes:
    made = made_at.astimezone(UTC)
    values = {
        "subject": letter.subject,
        "on": letter.on,
        "address": list(letter.address),
        "paragraphs": [part if isinstance(part, str) else list(part) for part in letter.paragraphs],
        "day": [made.year, made.month, made.day],
    }
    template = (files("vaughn.formats.letters") / "letter.typ").read_bytes()
    return typeset(template, "letter", values, made_at=made_at)
