"""Telling which language pages are in, from their words; a document is in the language of most of its pages.

It can be run at any time, as often as one likes, and killed at any moment: pages are looked at whose words came
since it ran last, all of them in a case that an older version made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaughn.formats.pages import FileRefused, language_of, unpack_text
from vaughn.model import NO_LANGUAGE
from vaughn.store import CaseFile, PackedWords

Progress = Callable[[str, int, int], None]
_STEP = "telling languages"
_PAGES_AT_ONCE = 2000


def tell_languages(case: CaseFile, production_id: int, *, progress: Progress | None = None) -> int:
    """Say of every page of a production with words which language they are in; return how many were looked at."""
    untold = case.untold_pages(production_id)
    for first in range(0, len(untold), _PAGES_AT_ONCE):
        if progress is not None:
            progress(_STEP, first, len(untold))
        part = slice(first, first + _PAGES_AT_ONCE)
        pages = dict.fromkeys(untold.page_ids[part].tolist(), NO_LANGUAGE)
        pages.update(_told(case.packed_words_of(list(pages))))
        with case.writing("pages.told", production=production_id) as change:
            change.set_page_languages(pages.items())
            change.renew_document_languages(untold.document_ids[part].tolist())
            change.note(pages=len(pages))
    return len(untold)


def _told(words: Iterable[PackedWords]) -> Iterable[tuple[int, str]]:
    for one in words:
        try:
            yield one.page_id, language_of(unpack_text(one.packed)) or NO_LANGUAGE
        except FileRefused:
            continue  # damaged words tell nothing; `vaughn verify` names them
