"""One page of a record without the names to hide: its text and its picture, or why there is no picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vaughn.formats.image import public_picture
from vaughn.model import Box, InputError, Span, UnprovenRedaction, Word
from vaughn.publish.contents import PublishedPage
from vaughn.publish.hiding import NamesToHide

# Wide enough to read twelve-point type; 1,700 would be the width of a 200 dpi scan, at twice the bytes.
PICTURE_WIDTH_PX = 1_200


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What the public gets of a page.

    Args:
        image_note: Phrase that says why there is no picture.
        covered: How many stretches of its text were covered.
    """

    text: str | None
    webp: bytes | None
    width_px: int
    height_px: int
    image_note: str
    covered: int


def public_text(page: PublishedPage, names: NamesToHide) -> str | None:
    """Return the text of *page* with names covered.

    Raises:
        UnprovenRedaction: If a name still shows.
    """
    if page.text is None or not names:
        return page.text
    text = names.covered(page.text)
    if names.show_in(text):
        raise UnprovenRedaction(f"A name to hide would show in the text of {page.bates}; the site was not finished.")
    return text


def public_page(
    page: PublishedPage, names: NamesToHide, *, read_image: Callable[[bytes], str] | None = None
) -> PublicPage:
    """Return what the public gets of *page*.

    A name in the text whose place on the page is not known keeps the picture away; so does a page nobody has read.
    """
    text = public_text(page, names)
    spans = names.spans(page.text) if page.text else ()
    note = "no_image"
    if page.image is not None:
        try:
            if names and page.text is None:
                return PublicPage(text, None, 0, 0, "image_withheld_unread", 0)
            boxes = _boxes(page, spans)
            picture = public_picture(page.image(), width_px=PICTURE_WIDTH_PX, size=page.size, cover=boxes)
            if not spans or read_image is None or not names.show_in(read_image(picture.webp)):
                return PublicPage(text, picture.webp, picture.width_px, picture.height_px, "", len(spans))
            note = "image_withheld_hidden"
        except UnprovenRedaction:
            note = "image_withheld_hidden"
        except InputError:
            note = "image_withheld_broken"
    return PublicPage(text, None, 0, 0, note, len(spans))


def _boxes(page: PublishedPage, spans: tuple[Span, ...]) -> tuple[Box, ...]:
    """Return the boxes of all words that *spans* touch.

    Raises:
        UnprovenRedaction: If a letter of a span stands in no word whose place is known.
    """
    if not spans:
        return ()
    words = sorted(page.words() if page.words is not None else (), key=lambda word: word.span.start)
    found: list[Box] = []
    for span in spans:
        touching = [word for word in words if word.span.start < span.end and span.start < word.span.end]
        if not _covers(touching, span, page.text or ""):
            raise UnprovenRedaction(f"A name on {page.bates} has no known place in the picture.")
        found += [word.box for word in touching]
    return tuple(found)


def _covers(words: list[Word], span: Span, text: str) -> bool:
    known = {place for word in words for place in range(word.span.start, word.span.end)}
    return all(place in known for place in range(span.start, span.end) if text[place].isalnum())
