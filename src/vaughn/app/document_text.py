"""What documents and pages say, put together from the case."""

from __future__ import annotations

from vaughn.formats.pages import FileRefused, WordColumns, pack_words, read_text, unpack_columns, unpack_text
from vaughn.model import PageText, ProducedDocument
from vaughn.store import CaseFile

_NO_WORDS = pack_words(PageText("", ()))


def page_words(case: CaseFile, page_id: int) -> WordColumns:
    """Return the words of a page; none if it was not read or has none."""
    return unpack_columns(page_words_packed(case, page_id))


def page_words_packed(case: CaseFile, page_id: int) -> bytes:
    """Return the words of a page as they are stored; those of an empty page if there are none."""
    packed = case.packed_words(page_id)
    return _NO_WORDS if packed is None else packed


def document_text(case: CaseFile, document: ProducedDocument) -> str:
    """Return the text of a document: pages end with a form feed; its text file where it has no pages."""
    if document.page_count and document.first_page_id is not None:
        ids = range(document.first_page_id, document.first_page_id + document.page_count)
        packed = {words.page_id: words.packed for words in case.packed_words_of(ids)}
        return "".join(f"{unpack_text(packed[page_id]) if page_id in packed else ''}\f" for page_id in ids)
    file = None if document.text_file_id is None else case.source_file(document.text_file_id)
    if file is None or file.blob is None:
        return ""
    try:
        return read_text(case.blobs.path(file.blob.sha256)).text
    except FileRefused:
        return ""  # Receiving has reported it.
