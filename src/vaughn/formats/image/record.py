"""An image file read as a record: facts of its making, its pages; words come later, by OCR."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from vaughn.formats.content import ImageFacts
from vaughn.formats.faults import FileRefused
from vaughn.formats.image.chain import ChainEnd, page_chain
from vaughn.formats.image.frames import ImageFile
from vaughn.formats.image.pages import ImagePages
from vaughn.formats.readers.content import PAGES_AT_ONCE, Reading, ReadingRequest
from vaughn.formats.reading import packed_pages
from vaughn.model import DocumentKind, Finding, FoundValue, TextSource, finding

GLANCE_PX = 64  # JPEG is decoded at an eighth of its size then
_ENDS = {
    ChainEnd.CUT: "The chain of pages in the TIFF file is cut off after page {}. What came after is lost.",
    ChainEnd.LOOP: "The chain of pages in the TIFF file comes back to an earlier page after page {}.",
    ChainEnd.LONG: "The TIFF file claims more than {} pages. The rest was not read.",
}


def read_image(request: ReadingRequest) -> Reading:
    """Return the image file of *request* as a record. Each of its first pages is decoded once, to see that it can be.

    Raises:
        FileRefused: If it is empty, or none of its first pages can be read.
    """
    with closing(ImagePages(request.path)) as opened:
        count, made, first = opened.page_count, opened.file.making(), opened.file.facts(1)
        pages = packed_pages(opened, first=1, last=PAGES_AT_ONCE, with_stamps=False)
        refused = _refused_pages(opened.file, len(pages))
    if len(refused) == len(pages):
        raise refused[1]
    facts = replace(made, kind=_kind(first, count), found=(*_technical(first), *made.found))
    shown = tuple(replace(page, source=TextSource.FAILED) if page.number in refused else page for page in pages)
    return Reading(facts, count, shown, findings=(*_broken_pages(refused), *_broken_chain(request, count)))


def _refused_pages(file: ImageFile, last: int) -> dict[int, FileRefused]:
    """Return the pages up to *last* that cannot be decoded, and why."""
    refused = {}
    for page in range(1, last + 1):
        try:
            file.picture(page, width_px=GLANCE_PX)
        except FileRefused as error:
            refused[page] = error
    return refused


def _kind(first: ImageFacts, count: int) -> DocumentKind:
    """Return paper for what scanners and fax machines make: several pages, or one bit a pixel."""
    return DocumentKind.PAPER if count > 1 or first.bits_per_pixel == 1 else DocumentKind.IMAGE


def _technical(first: ImageFacts) -> tuple[FoundValue, ...]:
    said = [("Format", first.format), ("Size", f"{first.width_px} x {first.height_px} pixels")]
    if first.compression:
        said.append(("Compression", first.compression))
    if first.bits_per_pixel:
        said.append(("Bits per pixel", str(first.bits_per_pixel)))
    if first.dpi_x and first.dpi_y:
        said.append(("Resolution", f"{first.dpi_x:g} x {first.dpi_y:g} dpi"))
    return tuple(FoundValue(name, value) for name, value in said)


def _broken_pages(refused: dict[int, FileRefused]) -> tuple[Finding, ...]:
    return tuple(finding(error.code, error.message) for error in refused.values())


def _broken_chain(request: ReadingRequest, count: int) -> tuple[Finding, ...]:
    if request.media_type != "image/tiff":
        return ()
    with request.path.open("rb") as file:
        chain = page_chain(file)
    if chain is None or (chain.end is ChainEnd.CLOSED and len(chain.places) <= count):
        return ()
    if len(chain.places) > count:
        message = f"The TIFF file lists {len(chain.places)} pages, and {count} of them can be reached."
        return (finding("IN022", message, count=len(chain.places) - count),)
    return (finding("IN022", _ENDS[chain.end].format(count)),)
