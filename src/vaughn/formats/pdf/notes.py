"""What is written over a PDF page instead of on it: filled form fields, comments, free text, stamps.

PDFium's text of a page leaves all of it out. It is added after the page's own words, each piece on a line of its
own with what it is in brackets, and every word of it has the rectangle of its annotation for a box. Links and the
pop-up windows of comments say nothing of their own; an annotation's drawn appearance is not read.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pypdfium2 import raw

from vaughn.formats.pdf.paper import Paper
from vaughn.formats.pdf.pdfium import PdfFile, Sheet
from vaughn.formats.pdf.words import visible
from vaughn.formats.words import NO_CONFIDENCE, WordColumns, code_points, runs_of

# A form has some hundred fields a page; a page made to hang readers has millions.
MAX_NOTES = 5_000
MAX_NOTE_CHARACTERS = 100_000
MAX_STRING_BYTES = 16_000_000
MAX_PAGE_CHARACTERS = 1_000_000
_KINDS = {
    raw.FPDF_ANNOT_TEXT: "comment",
    raw.FPDF_ANNOT_FREETEXT: "free text",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_HIGHLIGHT: "comment",
    raw.FPDF_ANNOT_UNDERLINE: "comment",
    raw.FPDF_ANNOT_SQUIGGLY: "comment",
    raw.FPDF_ANNOT_STRIKEOUT: "struck out",
    raw.FPDF_ANNOT_CARET: "comment",
    raw.FPDF_ANNOT_INK: "comment",
    raw.FPDF_ANNOT_LINE: "comment",
    raw.FPDF_ANNOT_SQUARE: "comment",
    raw.FPDF_ANNOT_CIRCLE: "comment",
    raw.FPDF_ANNOT_POLYGON: "comment",
    raw.FPDF_ANNOT_POLYLINE: "comment",
    raw.FPDF_ANNOT_FILEATTACHMENT: "attached file",
    raw.FPDF_ANNOT_SOUND: "sound",
    raw.FPDF_ANNOT_MOVIE: "film",
    raw.FPDF_ANNOT_SCREEN: "film",
    raw.FPDF_ANNOT_REDACT: "redaction mark",
    raw.FPDF_ANNOT_WATERMARK: "watermark",
    raw.FPDF_ANNOT_WIDGET: "form field",
}
_PRESSED = frozenset({raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON})
_SILENT = frozenset({raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE})
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW | raw.FPDF_ANNOT_FLAG_INVISIBLE


@dataclass(frozen=True, slots=True)
class Note:
    """One thing written over a page.

    Args:
        kind: What it is, e.g. ``comment``, ``form field``.
        label: Name of the field or of who wrote it; may be empty.
        rectangle: Left, bottom, right, top in PDF space.
    """

    kind: str
    label: str
    text: str
    is_hidden: bool
    rectangle: tuple[float, float, float, float]

    @property
    def line(self) -> str:
        """The note as it stands in the text of its page; empty if it says nothing."""
        if not self.text:
            return ""
        joint = " by " if self.label and self.kind != "form field" else " " if self.label else ""
        return f"[{'hidden ' if self.is_hidden else ''}{self.kind}{joint}{self.label}] {self.text}"


def notes_of(file: PdfFile, page: Sheet, counted: Counter[str] | None = None) -> tuple[Note, ...]:
    """Return what is written over *page* of *file*; *counted* gets one for each annotation, by its kind."""
    count = min(MAX_NOTES, int(raw.FPDFPage_GetAnnotCount(page.raw)))
    if count <= 0:
        return ()
    found, room = [], MAX_PAGE_CHARACTERS
    for place in range(count):
        handle = raw.FPDFPage_GetAnnot(page.raw, place)
        if not handle:
            continue
        try:
            note = _note(file, handle)
        finally:
            raw.FPDFPage_CloseAnnot(handle)
        if note is None:
            continue
        if counted is not None:
            counted[note.kind] += 1
        room -= len(note.text)
        if note.text and room > 0:
            found.append(note)
    return tuple(found)


def with_notes(words: WordColumns, notes: Sequence[Note], paper: Paper, *, are_placed: bool = True) -> WordColumns:
    """Return *words* with what the *notes* say after them.

    Args:
        are_placed: Whether the words of the notes get boxes. On scans they do not: words with boxes count as words
            of the page, and a page without words of its own is read by OCR.
    """
    said = [note for note in notes if note.line]
    if not said:
        return words
    text = words.text.rstrip()
    starts, ends, boxes = [words.starts], [words.ends], [words.boxes]
    placed, seen = visible(paper, np.array([note.rectangle for note in said], dtype=np.float64))
    seen &= are_placed
    for place, note in enumerate(said):
        text += "\n\n" if place == 0 and text else "\n" if text else ""
        if seen[place]:
            first, last = runs_of(code_points(note.line))
            starts.append(first + np.int32(len(text)))
            ends.append(last + np.int32(len(text)))
            boxes.append(np.repeat(placed[place : place + 1], len(first), axis=0))
        text += note.line
    added = sum(map(len, starts[1:]))
    scores = words.confidences
    if scores is not None:
        scores = np.concatenate((scores, np.full(added, NO_CONFIDENCE, dtype=scores.dtype)))
    return WordColumns(
        text,
        np.concatenate(starts),
        np.concatenate(ends),
        np.concatenate(boxes),
        are_runs=words.are_runs and bool(seen.all()),
        confidences=scores,
    )


def _note(file: PdfFile, handle: Any) -> Note | None:
    """Return what one annotation says; `None` for links, pop-up windows and the like."""
    subtype = int(raw.FPDFAnnot_GetSubtype(handle))
    kind = _KINDS.get(subtype)
    if kind is None:
        return None
    is_field = subtype == raw.FPDF_ANNOT_WIDGET
    label, text = _field(file, handle) if is_field else (_string(handle, b"T"), _string(handle, b"Contents"))
    if subtype == raw.FPDF_ANNOT_REDACT and not text:
        text = _string(handle, b"OverlayText")
    hidden = bool(int(raw.FPDFAnnot_GetFlags(handle)) & _UNSEEN)
    return Note(kind, " ".join(label.split())[:200], text, hidden, _rectangle(handle))


def _rectangle(handle: Any) -> tuple[float, float, float, float]:
    sides: Any = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(handle, sides):
        nowhere = float("nan")
        return (nowhere, nowhere, nowhere, nowhere)
    across, up = sorted((sides.left, sides.right)), sorted((sides.bottom, sides.top))
    return (across[0], up[0], across[1], up[1])


def _field(file: PdfFile, handle: Any) -> tuple[str, str]:
    """Return name and value of a form field; no value if it is empty, not pressed, or a plain button."""
    form = file.form
    if form is None:
        return _string(handle, b"T"), _string(handle, b"V")
    kind = int(raw.FPDFAnnot_GetFormFieldType(form, handle))
    name = _read(lambda room, size: raw.FPDFAnnot_GetFormFieldName(form, handle, room, size))
    if kind in _SILENT:
        return name, ""
    if kind in _PRESSED:
        state = _string(handle, b"AS")
        return name, "" if state == "Off" else state
    return name, _read(lambda room, size: raw.FPDFAnnot_GetFormFieldValue(form, handle, room, size))


def _string(handle: Any, key: bytes) -> str:
    return _read(lambda room, size: raw.FPDFAnnot_GetStringValue(handle, key, room, size))


def _read(ask: Any) -> str:
    """Return a text that PDFium writes in UTF-16, without controls and blanks around it."""
    size = int(ask(None, 0))
    if not 2 < size <= MAX_STRING_BYTES:
        return ""
    room = (ctypes.c_ushort * (size // 2 + 1))()
    ask(room, size)
    text = bytes(room)[: size - 2].decode("utf-16-le", "replace")[:MAX_NOTE_CHARACTERS]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign if sign in "\n\t" or sign.isprintable() else " " for sign in text).strip()
