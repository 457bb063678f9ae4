"""What the pages of a file are, whatever its type: sizes, words, pictures, facts.

Runs PDFium and Pillow: call it in a child process (`vaughn.work`). One bad page never stops a file: it
comes back as `TextSource.FAILED`. The libraries are loaded when the first file of their type is opened.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, runtime_checkable

from vaughn.formats import media
from vaughn.formats.content import (
    MARGIN_SHARE,
    ImageFacts,
    OcrReading,
    PackedPage,
    PageColumns,
    PageContent,
    PageScan,
    StampCandidate,
    TextLayer,
    packed,
)
from vaughn.formats.faults import FileRefused, Refusal, unreadable
from vaughn.formats.ocr_routing import scan_digest
from vaughn.formats.readers import ReadingRequest, reader_of
from vaughn.formats.stamps import in_margins, stamp_candidates
from vaughn.formats.text import read_text
from vaughn.formats.words import NO_WORDS, WordColumns, mean_confidence, unpack_columns
from vaughn.model import PageSize, TextSource

# A viewer shows one file and its neighbours; each open PDF file costs the memory of its page list.
KEPT_FILES = 4
LETTER = PageSize(612.0, 792.0)  # for pages whose own size cannot be read
MAX_PIXELS = 40_000_000  # see `vaughn.formats.pixels`


class PagedFile(Protocol):
    """One open file with pages, counted from 1; every call may raise `FileRefused` for its page alone."""

    @property
    def page_count(self) -> int:
        """How many pages the file has."""

    def close(self) -> None:
        """Give the file back."""

    def columns(self, page: int) -> PageColumns:
        """Return the size and the words of *page*."""

    def noted(self, page: int, words: WordColumns) -> WordColumns:
        """Return *words*, read from the picture of *page*, with what is written over the page after them."""

    def jpeg(self, page: int, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
        """Return a picture of *page*, *width_px* wide, less if that would be more than *max_pixels*."""

    def scan(self, page: int) -> PageScan:
        """Return *page* as a grey picture fit for OCR."""

    def facts(self, page: int) -> ImageFacts | None:
        """Return what the (largest) image of *page* is made of; `None` if it has none."""


@runtime_checkable
class PagesTogether(Protocol):
    """A file whose pages are read faster together than one by one."""

    def columns_between(self, first: int, last: int) -> Iterator[PageColumns]:
        """Yield pages *first* to *last*, those that cannot be read without words."""


class NativePages:
    """The pages of a record that is no paper: its words on a fixed grid; see `vaughn.formats.grid`."""

    def __init__(self, pages: Sequence[PackedPage]) -> None:
        self.packed = tuple(pages)

    @property
    def page_count(self) -> int:
        """How many sheets its words fill."""
        return len(self.packed)

    def close(self) -> None:
        """Nothing is held open."""

    def columns(self, page: int) -> PageColumns:
        """Return the size and the words of *page*."""
        own = self._page(page)
        return PageColumns(page, own.size, unpack_columns(own.packed), own.source, own.image_coverage)

    def noted(self, page: int, words: WordColumns) -> WordColumns:
        """Return *words*: nothing is written over *page*."""
        return words

    def jpeg(self, page: int, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
        """Return a picture of *page*, drawn from its words."""
        from vaughn.formats.grid import grid_jpeg  # noqa: PLC0415 -- reading needs no typesetter

        own = self._page(page)
        return grid_jpeg(unpack_columns(own.packed), own.size or LETTER, width_px=width_px, max_pixels=max_pixels)

    def scan(self, page: int) -> PageScan:
        """Refuse: what is text needs no OCR."""
        raise unreadable(f"Page {page} of a record without paper is no scan.")

    def facts(self, page: int) -> ImageFacts | None:
        """Return `None`: *page* has no image."""
        return None

    def _page(self, page: int) -> PackedPage:
        if not 1 <= page <= len(self.packed):
            raise unreadable(f"The record has no page {page}.")
        return self.packed[page - 1]


def has_pages(media_type: str) -> bool:
    """Tell whether files of *media_type* can be opened as pages."""
    if media_type.startswith(("audio/", "video/")):
        return False
    return media_type in media.PAGED_TYPES or media_type.startswith("text/") or reader_of(media_type) is not None


def open_paged(path: Path, media_type: str, *, passwords: tuple[str, ...] = ()) -> PagedFile:
    """Open the file at *path*, which is of *media_type*; *passwords* are tried in order on a locked one.

    Raises:
        FileRefused: If it cannot be read, or its type has no pages.
    """
    if media_type == media.PDF:
        from vaughn.formats.pdf import PdfPages  # noqa: PLC0415 -- PDFium stays out of processes that need none

        return PdfPages(path, passwords)
    if media_type in media.IMAGE_TYPES:
        from vaughn.formats.image import ImagePages  # noqa: PLC0415

        return ImagePages(path)
    if media_type == media.EMPTY:
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    pages = _native_pages(path, media_type, passwords)
    if pages:
        return NativePages(pages)
    raise unreadable(f"Files of the type {media_type} have no pages that can be shown.")


def _native_pages(path: Path, media_type: str, passwords: tuple[str, ...]) -> tuple[PackedPage, ...]:
    reader = reader_of(media_type)
    if reader is not None:
        return reader(ReadingRequest(path, media_type, path.name, passwords)).pages
    if media_type.startswith("text/"):
        from vaughn.formats.grid import grid_pages  # noqa: PLC0415

        return grid_pages(["\f".join(read_text(path).page_texts)])
    return ()


class KeptFiles:
    """The files opened last, held open so that the next page or range does not open its file again."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._files: OrderedDict[tuple[str, str, int, int, tuple[str, ...]], PagedFile] = OrderedDict()

    @contextmanager
    def lend(self, path: Path, media_type: str, passwords: tuple[str, ...] = ()) -> Iterator[PagedFile]:
        """Lend the open file at *path*; it is closed when enough others have been asked for.

        Raises:
            FileRefused: If it cannot be read, or its type has no pages.
        """
        state = path.stat()
        key = (str(path), media_type, state.st_size, state.st_mtime_ns, passwords)
        file = self._files.pop(key, None) or open_paged(path, media_type, passwords=passwords)
        self._files[key] = file
        try:
            yield file
        finally:
            while len(self._files) > self.most:
                _, oldest = self._files.popitem(last=False)
                oldest.close()


_KEPT = KeptFiles(0)


def keep_files_open() -> None:
    """Hold the last files open from now on; child processes say so when they start."""
    _KEPT.most = KEPT_FILES


def page_count(path: Path, media_type: str) -> int:
    """Return how many pages the file at *path* has.

    Raises:
        FileRefused: If it cannot be read, or its type has no pages.
    """
    with _KEPT.lend(path, media_type) as file:
        return file.page_count


def columns_of_pages(file: PagedFile, *, first: int = 1, last: int | None = None) -> Iterator[PageColumns]:
    """Yield pages *first* to *last* of *file* (both included; to the end if `None`) with their words as columns."""
    end = file.page_count if last is None else min(last, file.page_count)
    if isinstance(file, PagesTogether):
        yield from file.columns_between(max(1, first), end)
        return
    for number in range(max(1, first), end + 1):
        try:
            yield file.columns(number)
        except FileRefused:
            yield PageColumns(number, LETTER, NO_WORDS, TextSource.FAILED, 0.0)


def read_columns(path: Path, media_type: str, *, first: int = 1, last: int | None = None) -> Iterator[PageColumns]:
    """Yield pages *first* to *last* (both included; to the end if `None`) with their words as columns.

    Raises:
        FileRefused: If the file cannot be read, or its type has no pages.
    """
    with _KEPT.lend(path, media_type) as file:
        yield from columns_of_pages(file, first=first, last=last)


def read_pages(path: Path, media_type: str, *, first: int = 1, last: int | None = None) -> Iterator[PageContent]:
    """Yield pages *first* to *last* (both included; to the end if `None`) as values of the model.

    Raises:
        FileRefused: If the file cannot be read, or its type has no pages.
    """
    for page in read_columns(path, media_type, first=first, last=last):
        words = page.words.page_text()
        yield PageContent(page.number, page.size or LETTER, words.text, words.words, page.source, page.image_coverage)


def read_packed(
    path: Path, media_type: str, first: int = 1, last: int | None = None, *, passwords: tuple[str, ...] = ()
) -> tuple[PackedPage, ...]:
    """Return pages *first* to *last* ready to be stored, with candidates for their stamped numbers.

    Raises:
        FileRefused: If the file cannot be read, or its type has no pages.
    """
    with _KEPT.lend(path, media_type, passwords) as file:
        if isinstance(file, NativePages):
            return file.packed[max(1, first) - 1 : last]
        return packed_pages(file, first=first, last=last)


def packed_pages(
    file: PagedFile, *, first: int = 1, last: int | None = None, with_stamps: bool = True
) -> tuple[PackedPage, ...]:
    """Return pages *first* to *last* of *file* ready to be stored, with candidates for their stamped numbers."""
    pack = _packed if with_stamps else packed
    return tuple(pack(page) for page in columns_of_pages(file, first=first, last=last))


def render_page(
    path: Path,
    media_type: str,
    page: int,
    *,
    width_px: int,
    max_pixels: int = MAX_PIXELS,
    passwords: tuple[str, ...] = (),
) -> bytes:
    """Return a JPEG of *page*, *width_px* wide (less if that would be more than *max_pixels*).

    Raises:
        FileRefused: If the page cannot be read, or the type of the file has no pages to show.
    """
    with _KEPT.lend(path, media_type, passwords) as file:
        return file.jpeg(page, width_px=width_px, max_pixels=max_pixels)


def render_words(packed: bytes, size: PageSize, *, width_px: int, max_pixels: int = MAX_PIXELS) -> bytes:
    """Return a JPEG of a page of the grid, drawn from its stored words alone; see `render_page`.

    Raises:
        FileRefused: If the words are damaged, or no picture of the page is possible.
    """
    from vaughn.formats.grid import grid_jpeg  # noqa: PLC0415

    return grid_jpeg(unpack_columns(packed), size, width_px=width_px, max_pixels=max_pixels)


def ocr_page(path: Path, media_type: str, page: int, *, engine: str | None = None) -> PageContent:
    """Return what *page* says by OCR, hyphens at line ends kept.

    Args:
        engine: Name of one of `ocr_engines`; the best that is installed if `None`.

    Raises:
        FileRefused: If the page cannot be read, or the type of the file has no pages to show.
        ToolMissing: If OCR, or that engine, is not installed.
        UsageError: If there is no engine of that name.
    """
    read = _read_by_ocr(path, media_type, page, engine=engine)
    words = read.words.page_text()
    return PageContent(page, read.size or LETTER, words.text, words.words, read.source, read.image_coverage)


def ocr_packed(
    path: Path, media_type: str, page: int, engine: str | None = None, *, passwords: tuple[str, ...] = ()
) -> PackedPage:
    """Return what *page* says by OCR, ready to be stored; see `ocr_page`."""
    return _packed(_read_by_ocr(path, media_type, page, engine=engine, passwords=passwords))


def ocr_strips(path: Path, media_type: str, page: int) -> tuple[StampCandidate, ...]:
    """Return what may be the stamped number of *page*, reading its top and bottom margins alone.

    Raises:
        FileRefused: If the page cannot be read, or the type of the file has no pages to show.
        ToolMissing: If OCR is not installed.
    """
    from vaughn.formats.ocr import installed_engine  # noqa: PLC0415 -- OCR is an optional extra

    engine = installed_engine(None)
    scan = _scan(path, media_type, page)
    return stamp_candidates(engine.read_margins(scan, share=MARGIN_SHARE).page_text(), scan.size)


def page_scan_digest(path: Path, media_type: str, page: int) -> str:
    """Return the digest of what OCR would see of *page*; a page with the same digest was read already.

    Raises:
        FileRefused: If the page cannot be read, or the type of the file has no pages to show.
    """
    return scan_digest(_scan(path, media_type, page))


def page_layer(path: Path, media_type: str, page: int) -> TextLayer:
    """Return what the own text of *page* is, judged beside its picture: a hidden layer may have lost lines.

    Slow (30 ms): reading judges layers by their words alone.

    Raises:
        FileRefused: If the page cannot be read.
    """
    from vaughn.formats.pdf import PdfPages  # noqa: PLC0415 -- PDFium stays out of processes that need none

    with _KEPT.lend(path, media_type) as file:
        return file.judged_layer(page) if isinstance(file, PdfPages) else file.columns(page).layer


def _scan(path: Path, media_type: str, page: int, *, passwords: tuple[str, ...] = ()) -> PageScan:
    with _KEPT.lend(path, media_type, passwords) as file:
        return file.scan(page)


def _read_by_ocr(
    path: Path, media_type: str, page: int, *, engine: str | None, passwords: tuple[str, ...] = ()
) -> PageColumns:
    from vaughn.formats.ocr import installed_engine  # noqa: PLC0415 -- OCR is an optional extra

    reader = installed_engine(engine)
    scan = _scan(path, media_type, page, passwords=passwords)
    words = reader.read(scan)
    source = TextSource.OCR if len(words) else TextSource.EMPTY
    reading = OcrReading(str(reader.facts), scan_digest(scan), mean_confidence(words))
    with _KEPT.lend(path, media_type, passwords) as file:
        words = file.noted(page, words)
    return PageColumns(page, scan.size, words, source, 1.0, reading=reading)


def _packed(page: PageColumns) -> PackedPage:
    stamps = stamp_candidates(in_margins(page.words, page.size), page.size) if page.size and len(page.words) else ()
    return packed(page, stamps)


def image_facts(path: Path, media_type: str, *, first: int = 1, last: int | None = None) -> tuple[ImageFacts, ...]:
    """Return what the image of each page from *first* to *last* is made of; of PDF pages the one that covers most.

    Pages that cannot be read, and pages without an image, are left out.

    Raises:
        FileRefused: If the file cannot be read, or its type has no pages.
    """
    found = []
    with _KEPT.lend(path, media_type) as file:
        end = file.page_count if last is None else min(last, file.page_count)
        for number in range(max(1, first), end + 1):
            try:
                facts = file.facts(number)
            except FileRefused:
                continue
            if facts is not None:
                found.append(facts)
    return tuple(found)
