"""The two versions of a page's words as people see them: which is in use, why, and a person's choice of the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vaughn.formats.pages import mean_confidence, unpack_columns
from vaughn.fulltext import enter_page, forget_pages, tell_languages
from vaughn.model import LayerState, Page, StateError, TextSource
from vaughn.store import OWN_LAYER, CaseFile

CHOSEN, DOUBTFUL, SAYS_MORE = "chosen", "doubtful", "says more"
_FAULTS = frozenset({LayerState.POOR, LayerState.UNREADABLE, LayerState.SCANTY, LayerState.LOST_LINES})


class Reader(Enum):
    """Where a version of a page's words comes from."""

    OWN = "own"  # the file brought them
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page's words.

    Args:
        engine: That read them, if that was kept.
        words: How many there are.
        confidence: How sure OCR was, 0 to 100.
    """

    reader: Reader
    engine: str | None
    words: int
    confidence: int | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The version that is shown and searched, the other one if there is one, and why it is that way round.

    Args:
        why: `CHOSEN`, what is wrong with the file's own words (the value of a `LayerState`, `DOUBTFUL` if that was
            not kept), or `SAYS_MORE` where these are shown.
        chosen_by: Who chose, if a person did.
    """

    shown: Version | None
    other: Version | None
    why: str | None
    chosen_by: str | None


def versions_of(case: CaseFile, page: Page) -> Versions:
    """Return the versions of the words of *page*."""
    packed, other = case.packed_words(page.id), case.other_words(page.id)
    is_ocr = page.text_source is TextSource.OCR
    shown = None if packed is None else _version(packed, Reader.OCR if is_ocr else Reader.OWN, case.reader_of(page.id))
    if other is None:
        return Versions(shown, None, None, None)
    of_other = (Reader.OWN, None) if other.engine == OWN_LAYER else (Reader.OCR, other.engine)
    return Versions(shown, _version(other.packed, *of_other), _why(page, other.chosen_by), other.chosen_by)


def _version(packed: bytes, reader: Reader, engine: str | None) -> Version:
    columns = unpack_columns(packed)
    return Version(reader, engine, len(columns) or len(columns.text.split()), mean_confidence(columns))


def _why(page: Page, chosen_by: str | None) -> str:
    if chosen_by is not None:
        return CHOSEN
    if page.text_source is not TextSource.OCR:
        return SAYS_MORE
    return page.layer.value if page.layer in _FAULTS and page.layer is not None else DOUBTFUL


def choose_version(case: CaseFile, page: Page, reader: Reader) -> bool:
    """Show and search the words of *page* from *reader*; tell whether that changed anything.

    The other version is kept, and choosing it takes this choice back; the event log names who chose.

    Raises:
        StateError: If there is one version alone.
    """
    if case.other_words(page.id) is None:
        raise StateError("There is one version of this page's words.")
    forget_pages(case, [page.id])
    with case.writing("page.words_chosen") as change:
        changed = change.choose_words(page.id, own=reader is Reader.OWN)
        change.note(page=page.id, version=reader.value)
    document = case.document_of_page(page.id)
    if document is not None:
        tell_languages(case, document.production_id)
    enter_page(case, page.id)
    return changed
