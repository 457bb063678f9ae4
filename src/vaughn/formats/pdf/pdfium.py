"""How the program calls PDFium: the few raw functions it needs, and opening a file.

PDFium is not thread-safe and may crash on hostile files: call this module in child processes only.
What PDFium refuses is rebuilt once with qpdf (through pikepdf) and tried again.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from vaughn.formats.faults import FileRefused, Refusal, unreadable

# A rebuilt file is held in memory; above this size a broken file stays refused.
MAX_REBUILD_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """One loaded page: PDFium's handle of it. pypdfium2's own wrapper costs as much as the text of a short page."""

    raw: Any


class PdfFile:
    """One open PDF file. Close it, or use it in a ``with``.

    Args:
        rebuilt: Whether the file was broken and is read from a rebuilt copy.
        password: What opened it; `None` if it opens without one.
    """

    def __init__(self, document: pypdfium2.PdfDocument, *, rebuilt: bool, password: str | None = None) -> None:
        self.document = document
        self.rebuilt = rebuilt
        self.password = password
        self.page_count: int = len(document)
        self._form: Any | None = None
        self._has_form: bool | None = None

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self.document.close()

    @property
    def form(self) -> Any | None:
        """PDFium's handle of the file's form, made at the first question; `None` if it has no form."""
        if self._has_form is None:
            self._has_form = False
            with contextlib.suppress(pypdfium2.PdfiumError):
                self.document.init_forms()
            if self.document.formenv is not None:
                self._form, self._has_form = self.document.formenv.raw, True
        return self._form

    @contextmanager
    def page(self, number: int) -> Iterator[Sheet]:
        """Lend page *number* (from 1) for as long as the ``with`` lasts.

        Raises:
            FileRefused: If the file has no such page or it cannot be read.
        """
        if not 1 <= number <= self.page_count:
            raise unreadable(f"The file has {self.page_count} pages; page {number} is not among them.")
        handle = raw.FPDF_LoadPage(self.document.raw, number - 1)
        if not handle:
            raise unreadable(f"Page {number} of the PDF file is broken.")
        try:
            yield Sheet(handle)
        finally:
            raw.FPDF_ClosePage(handle)


def open_pdf(path: Path, passwords: Sequence[str] = ()) -> PdfFile:
    """Open the PDF file at *path*, rebuilding it in memory if PDFium refuses it.

    Args:
        passwords: Tried in order if it does not open without one.

    Raises:
        FileRefused: If it is empty, needs another password, or cannot be read even after a rebuild.
    """
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    try:
        document, password = _unlocked(path, passwords)
    except pypdfium2.PdfiumError:
        return _rebuilt(path, size_bytes, passwords)
    if len(document) > 0:
        return PdfFile(document, rebuilt=False, password=password)
    document.close()
    return _rebuilt(path, size_bytes, passwords)


def _unlocked(source: Path | bytes, passwords: Sequence[str]) -> tuple[pypdfium2.PdfDocument, str | None]:
    """Return the opened document and the password that opened it.

    Raises:
        FileRefused: If none does.
        PdfiumError: If PDFium cannot read the file.
    """
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(source, password=password), password
        except pypdfium2.PdfiumError as error:
            if error.err_code != raw.FPDF_ERR_PASSWORD:
                raise
    raise _locked(tried=len(passwords))


def _locked(*, tried: int) -> FileRefused:
    what = f"None of the {tried} passwords given opens it." if tried > 1 else "The password given does not open it."
    return FileRefused(
        f"The PDF file needs a password.{f' {what}' if tried else ''}",
        refusal=Refusal.LOCKED,
        hint="Ask for the password or an open copy.",
    )


def _rebuilt(path: Path, size_bytes: int, passwords: Sequence[str]) -> PdfFile:
    import pikepdf  # noqa: PLC0415 -- 40 ms, needed for broken files only

    if size_bytes > MAX_REBUILD_BYTES:
        raise unreadable("The PDF file is broken and too large to be repaired.")
    for password in ("", *passwords):
        copy = io.BytesIO()
        try:
            with pikepdf.open(path, password=password) as pdf:
                pdf.save(copy, encryption=False)
            document = pypdfium2.PdfDocument(copy.getvalue())
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, RuntimeError, TypeError, AttributeError):
            raise unreadable("The PDF file is broken and could not be repaired.") from None
        if len(document) == 0:
            document.close()
            raise unreadable("The PDF file has no pages.")
        return PdfFile(document, rebuilt=True, password=password or None)
    raise _locked(tried=len(passwords))


def bookmarks(file: PdfFile, *, most: int, depth: int) -> list[tuple[int, str, int]]:
    """Return up to *most* bookmarks of *file* as (page from 1, title, level from 0); those to no page are left out."""
    found: list[tuple[int, str, int]] = []
    try:
        for mark in file.document.get_toc(max_depth=depth):
            target = mark.get_dest()
            index = target.get_index() if target is not None else None
            if index is not None and 0 <= index < file.page_count:
                found.append((index + 1, mark.get_title(), mark.level))
            if len(found) >= most:
                break
    except pypdfium2.PdfiumError:
        return found
    return found


def _quick(function: Any, *argument_types: Any, gives: Any = ctypes.c_int) -> Callable[..., Any]:
    """Return *function* of PDFium without the checks and the lock hand-over that cost more than the call itself."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(gives, *argument_types)(address or 0)


_POINTER = ctypes.c_void_p
# Called once a word: half the time of reading a page went into their wrappers. Without argument types they take what
# `ctypes` passes as it is; addresses as a `pointer_to` them.
count_rectangles = _quick(raw.FPDFText_CountRects)
get_rectangle = _quick(raw.FPDFText_GetRect)

char_index = _quick(raw.FPDFText_GetCharIndexFromTextIndex, _POINTER, ctypes.c_int)
get_text = _quick(raw.FPDFText_GetText, _POINTER, ctypes.c_int, ctypes.c_int, _POINTER)
object_of_page = _quick(raw.FPDFPage_GetObject, gives=_POINTER)
object_of_form = _quick(raw.FPDFFormObj_GetObject, _POINTER, ctypes.c_ulong, gives=_POINTER)
object_type = _quick(raw.FPDFPageObj_GetType, _POINTER)
text_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, _POINTER)


def address_of(handle: object) -> int:
    """Return the address behind a handle of PDFium."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def pointer_to(address: int) -> object:
    """Return *address* as the functions without argument types take it quickest."""
    return ctypes.byref(ctypes.c_char.from_address(address))


@contextmanager
def text_page(page: Sheet) -> Iterator[object | None]:
    """Lend PDFium's text handle of *page*; `None` if PDFium cannot make one."""
    handle = raw.FPDFText_LoadPage(page.raw)
    try:
        yield handle or None
    finally:
        if handle:
            raw.FPDFText_ClosePage(handle)
