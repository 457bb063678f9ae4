"""Bringing the index up to what the case holds: missing pages are entered, pages that moved or went are taken out.

It can be run at any time, as often as one likes, and killed at any moment: what is missing is found by
comparing the two, not by remembering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from vaughn.formats.pages import FileRefused, read_text, unpack_text
from vaughn.fulltext.index import TextIndex
from vaughn.fulltext.results import WHOLE_DOCUMENT, Ids, PageEntry
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]
_STEP = "Entering words into the text index"
# Pages fetched together: large enough to keep SQLite busy, small enough for progress to be seen.
_PAGES_AT_ONCE = 2000


def catch_up(case: CaseFile, index: TextIndex, *, thorough: bool = False, progress: Progress | None = None) -> int:
    """Enter every page with words that is not yet in the index; return how many were entered.

    A production of which as many pages are entered as have words is passed over, unless *thorough*: that is
    needed after documents were divided, when pages stand in other documents than before.

    Raises:
        CaseInUse: If another process is writing to the index.
    """
    return sum(
        _catch_up_production(case, index, production_id=production.id, progress=progress)
        for production in case.productions()
        if thorough or not _is_level(case, index, production_id=production.id)
    )


def _is_level(case: CaseFile, index: TextIndex, *, production_id: int) -> bool:
    due = case.worded_page_count(production_id) + len(case.pageless_documents(production_id))
    return due == index.count(production_id)


def pages_behind(case: CaseFile, index: TextIndex) -> int:
    """Return about how many pages with words cannot be searched yet (exact once nothing is read or divided)."""
    return max(0, case.worded_page_count() - len(index))


def forget_pages(case: CaseFile, page_ids: Sequence[int]) -> None:
    """Take pages out of the index whose words are about to be replaced: `catch_up` enters the new ones.

    It comes before the words are stored: whatever is cut off in between, the old words are not found any more.
    """
    index = TextIndex(case.fulltext)
    if len(index):
        index.remove(page_ids=page_ids)


def enter_page(case: CaseFile, page_id: int) -> None:
    """Enter the words of one page that was forgotten, at once."""
    index, document = TextIndex(case.fulltext), case.document_of_page(page_id)
    if len(index) and document is not None:
        text = _text_of(case.packed_words(page_id))
        index.add([PageEntry(document.production_id, document.id, page_id, text)])


def _catch_up_production(case: CaseFile, index: TextIndex, *, production_id: int, progress: Progress | None) -> int:
    due = case.worded_pages(production_id)
    there = index.indexed(production_id)
    whole = np.array(case.pageless_documents(production_id), np.int64)
    due_keys = _keys(
        np.concatenate([due.document_ids, whole]),
        np.concatenate([due.page_ids, np.full(len(whole), WHOLE_DOCUMENT, np.int64)]),
    )
    there_keys = _keys(there.document_ids, there.page_ids)
    gone = ~np.isin(there_keys, due_keys)
    missing = ~np.isin(_keys(due.document_ids, due.page_ids), there_keys)
    _take_out(index, there.document_ids[gone], there.page_ids[gone])
    pages, documents = due.page_ids[missing], due.document_ids[missing]
    new = np.setdiff1d(whole, there.document_ids[there.page_ids == WHOLE_DOCUMENT])
    if not len(pages) and not len(new):
        return 0
    entries = _page_entries(case, production_id, pages=pages, documents=documents, progress=progress)
    return index.add(chain(entries, _whole_entries(case, new.tolist())), replace=False)


def _keys(documents: Ids, pages: Ids) -> Ids:
    # One number for each pair: page ids are counted from 1 over the whole case and stay far below 2**40.
    return (documents << 40) | pages


def _take_out(index: TextIndex, documents: Ids, pages: Ids) -> None:
    whole = documents[pages == WHOLE_DOCUMENT]
    paged = pages[pages != WHOLE_DOCUMENT]
    if len(whole) or len(paged):
        index.remove(page_ids=paged.tolist(), document_ids=whole.tolist())


def _page_entries(
    case: CaseFile, production_id: int, *, pages: Ids, documents: Ids, progress: Progress | None
) -> Iterator[PageEntry]:
    for first in range(0, len(pages), _PAGES_AT_ONCE):
        if progress is not None:
            progress(_STEP, first, len(pages))
        some = pages[first : first + _PAGES_AT_ONCE].tolist()
        packed = {words.page_id: words.packed for words in case.packed_words_of(some)}
        for page_id, document_id in zip(some, documents[first : first + _PAGES_AT_ONCE].tolist(), strict=True):
            yield PageEntry(production_id, document_id, page_id, _text_of(packed.get(page_id)))
    if progress is not None:
        progress(_STEP, len(pages), len(pages))


def _whole_entries(case: CaseFile, document_ids: Sequence[int]) -> Iterator[PageEntry]:
    for document_id in document_ids:
        document = case.document(document_id)
        if document is None or document.text_file_id is None:
            continue
        file = case.source_file(document.text_file_id)
        # Entered empty where there is no file, so that it is not looked for again.
        text = "" if file is None or file.blob is None else _text_in(case.blobs.path(file.blob.sha256))
        yield PageEntry(document.production_id, document.id, WHOLE_DOCUMENT, text)


def _text_of(packed: bytes | None) -> str:
    # Damaged words are entered empty, so that the rest can be searched; `vaughn verify` names them.
    try:
        return "" if packed is None else unpack_text(packed)
    except FileRefused:
        return ""


def _text_in(path: Path) -> str:
    try:
        return read_text(path).text
    except FileRefused:
        return ""  # Receiving has reported it.
