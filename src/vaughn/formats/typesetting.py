"""Values set on paper by typst with the fonts of its wheel; nothing is read from disk or network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import typst

# Letters the fonts of the wheel have for certain: Latin, Greek and Cyrillic with their marks, and usual punctuation.
_ALWAYS_THERE = ((0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x400, 0x45F), (0x2010, 0x2026), (0x20AC, 0x20AC))


def typeset(template: bytes, name: str, values: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Return the bytes of a PDF/UA-1 file: tagged, with its language and its title.

    The words travel to the typesetter as values, never as its code. The same values give the same bytes.
    A letter that the fonts lack (a name in Chinese) is written as its number, ``[U+4E2D]``.

    Args:
        template: A document for typst that reads its words from ``sys.inputs.<name>`` as JSON.
        made_at: Aware; stands in the properties of the file.
    """
    text = json.dumps(values, ensure_ascii=False)
    made = made_at.astimezone(UTC).replace(microsecond=0)
    try:
        return _compiled(template, name, text, made)
    except typst.TypstError:
        return _compiled(template, name, json.dumps(_with_pictures(values), ensure_ascii=False), made)


def _compiled(template: bytes, name: str, text: str, made: datetime) -> bytes:
    pdf: object = typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={name: text},
        pdf_standards=["ua-1"],
        timestamp=made,
    )
    assert isinstance(pdf, bytes), "one PDF is asked for"  # noqa: S101 - narrows the type, says no more
    return pdf


def _with_pictures(value: object) -> object:
    """Return the same values with every letter the fonts may lack written as its number; line ends stay."""
    if isinstance(value, str):
        return "".join(map(_with_picture, value))
    if isinstance(value, Mapping):
        return {key: _with_pictures(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_pictures(part) for part in value]
    return value


def _with_picture(letter: str) -> str:
    code = ord(letter)
    is_there = letter == "\n" or any(first <= code <= last for first, last in _ALWAYS_THERE)
    return letter if is_there else f"[U+{code:04X}]"
