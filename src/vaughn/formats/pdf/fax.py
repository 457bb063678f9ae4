"""Whether fax-packed images of a PDF are Group 3 or Group 4; PDFium does not say, the image's dictionary does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

MAX_FORM_DEPTH = 3
_FILTER = "/CCITTFaxDecode"


class FaxGroups:
    """The fax-packed images of the PDF file at *path*; opened at the first question."""

    def __init__(self, path: Path, password: str | None = None) -> None:
        self._path, self._password = path, password
        self._pdf: pikepdf.Pdf | None = None

    def group(self, page: int, *, width_px: int, height_px: int) -> str | None:
        """Return ``G3`` or ``G4`` for the image of that many pixels on *page*; `None` if it cannot be told."""
        try:
            if self._pdf is None:
                self._pdf = pikepdf.open(self._path, password=self._password or "")
            for image in _images(self._pdf.pages[page - 1].obj, depth=0):
                if (int(image.get("/Width", 0)), int(image.get("/Height", 0))) == (width_px, height_px):
                    return _group(image)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError):
            return None
        return None

    def close(self) -> None:
        """Give the file back."""
        if self._pdf is not None:
            self._pdf.close()


def _images(owner: pikepdf.Object, *, depth: int) -> Iterator[pikepdf.Object]:
    resources = owner.get("/Resources", pikepdf.Dictionary())
    for name in resources.get("/XObject", pikepdf.Dictionary()).keys():  # noqa: SIM118 -- no mapping of Python
        thing = resources["/XObject"][name]
        if thing.get("/Subtype") == "/Image":
            yield thing
        elif thing.get("/Subtype") == "/Form" and depth < MAX_FORM_DEPTH:
            yield from _images(thing, depth=depth + 1)


def _group(image: pikepdf.Object) -> str | None:
    """Return the group by the parameter K (ISO 32000-1, table 11): below 0 is Group 4."""
    filters, parameters = image.get("/Filter"), image.get("/DecodeParms", pikepdf.Dictionary())
    if isinstance(filters, pikepdf.Array):
        place = [str(one) for one in filters].index(_FILTER)
        parameters = parameters[place] if isinstance(parameters, pikepdf.Array) else parameters
    elif str(filters) != _FILTER:
        return None
    coding = parameters.get("/K", 0) if isinstance(parameters, pikepdf.Dictionary) else 0
    return "G4" if int(coding) < 0 else "G3"
