"""The pages of a PDF file as the rest of the program asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from vaughn.formats.content import ImageFacts, PageColumns, PageScan, TextLayer
from vaughn.formats.layer import kind_of_layer
from vaughn.formats.pdf.fax import FaxGroups
from vaughn.formats.pdf.images import FAX, image_coverage, main_image
from vaughn.formats.pdf.layer import ink_covered, is_hidden
from vaughn.formats.pdf.notes import notes_of, with_notes
from vaughn.formats.pdf.paper import paper_of
from vaughn.formats.pdf.pdfium import PdfFile, Sheet, open_pdf
from vaughn.formats.pdf.render import picture_of
from vaughn.formats.pdf.words import words_of
from vaughn.formats.pixels import MAX_PIXELS, OCR_DPI, OCR_MAX_PIXELS, fitting, screen_bytes
from vaughn.formats.words import WordColumns
from vaughn.model import TextSource

# On a page with more of it under pictures, notes are no words of the page: it may have to be read by OCR.
MIN_SCAN_COVERAGE = 0.4
# PDFium keeps the objects of every page it has shown, 40 to 100 KB a scanned page; opening again takes 30 ms.
REOPEN_AFTER_PAGES = 400


class PdfPages:
    """The pages of one open PDF file; see `vaughn.formats.reading.PagedFile`.

    Args:
        passwords: Tried in order if the file does not open without one.

    `note_counts` says how many annotations of each kind the pages had whose words were asked for.
    """

    def __init__(self, path: Path, passwords: Sequence[str] = ()) -> None:
        self._path, self._passwords = path, tuple(passwords)
        self._file: PdfFile = open_pdf(path, self._passwords)
        self._served = 0
        self._fax = FaxGroups(path, self._file.password)
        self.note_counts: Counter[str] = Counter()

    @property
    def file(self) -> PdfFile:
        """The open file itself; not to be closed."""
        return self._file

    @property
    def page_count(self) -> int:
        """How many pages the file has."""
        return self._file.page_count

    def close(self) -> None:
        """Give the file back."""
        self._fax.close()
        self._file.close()

    @contextmanager
    def _sheet(self, page: int) -> Iterator[Sheet]:
        """Lend *page*, opening the file anew from time to time so that what PDFium keeps of old pages goes."""
        if self._served >= REOPEN_AFTER_PAGES and not self._file.rebuilt:
            self._file.close()
            self._file = open_pdf(self._path, self._passwords)
            self._served = 0
        self._served += 1
        with self._file.page(page) as sheet:
            yield sheet

    def columns(self, page: int) -> PageColumns:
        """Return the words of *page* and how much of it is image."""
        with self._sheet(page) as sheet:
            paper = paper_of(sheet)
            words = words_of(sheet, paper)
            coverage = image_coverage(sheet, paper)
            hidden = is_hidden(sheet, paper, coverage=coverage)
            layer = kind_of_layer(words.text, is_hidden=hidden)
            source = TextSource.EMBEDDED if words.text.strip() else TextSource.EMPTY
            notes = notes_of(self._file, sheet, self.note_counts)
            if notes:
                is_own_text = source is TextSource.EMBEDDED and coverage < MIN_SCAN_COVERAGE
                words = with_notes(words, notes, paper, are_placed=is_own_text)
            return PageColumns(page, paper.size, words, source, coverage, layer)

    def noted(self, page: int, words: WordColumns) -> WordColumns:
        """Return *words*, read from the picture of *page*, with what is written over the page after them."""
        with self._sheet(page) as sheet:
            return with_notes(words, notes_of(self._file, sheet), paper_of(sheet))

    def judged_layer(self, page: int) -> TextLayer:
        """Return what the own text of *page* is, looked at beside its picture: a layer may have lost lines.

        Takes fifty times as long as reading the words: it is asked for when OCR is about to be queued.
        """
        with self._sheet(page) as sheet:
            paper = paper_of(sheet)
            words = words_of(sheet, paper)
            hidden = is_hidden(sheet, paper, coverage=image_coverage(sheet, paper))
            ink = ink_covered(sheet, paper, words) if hidden else None
            return kind_of_layer(words.text, is_hidden=hidden, ink_covered=ink)

    def jpeg(self, page: int, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
        """Return a picture of *page*."""
        with self._sheet(page) as sheet:
            width, height = fitting(paper_of(sheet).size, width_px=width_px, max_pixels=max_pixels)
            return screen_bytes(picture_of(sheet, width_px=width, height_px=height))

    def scan(self, page: int) -> PageScan:
        """Return *page* as a grey picture fit for OCR."""
        with self._sheet(page) as sheet:
            size = paper_of(sheet).size
            width_px = round(size.width_pt * OCR_DPI / 72)
            width, height = fitting(size, width_px=width_px, max_pixels=OCR_MAX_PIXELS)
            picture = picture_of(sheet, width_px=width, height_px=height)
            return PageScan(np.asarray(picture.convert("L")), size)

    def facts(self, page: int) -> ImageFacts | None:
        """Return what the image is made of that covers most of *page*."""
        with self._sheet(page) as sheet:
            facts = main_image(sheet, paper_of(sheet), number=page)
        if facts is None or facts.compression != FAX:
            return facts
        group = self._fax.group(page, width_px=facts.width_px, height_px=facts.height_px)
        return replace(facts, compression=group or FAX)
