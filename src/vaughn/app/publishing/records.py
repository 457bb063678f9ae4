"""The records of a case as documents of its public site: read page by page, pictures drawn in child processes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vaughn import publish
from vaughn.app.publishing.story import item_key
from vaughn.app.publishing.told import visibility_of
from vaughn.formats.pages import unpack_words
from vaughn.model import Entity, Page, ProducedDocument, Production, TextSource, Word
from vaughn.store import CaseFile
from vaughn.work import PageRenderer

PICTURE_WIDTH_PX = 1000
_PIECE_BYTES = 1 << 20
# Counts up when the pictures or texts of a page are made otherwise.
_MAKING = "1"


@dataclass(frozen=True, slots=True)
class Records:
    """What documents are made from.

    Args:
        release_of: Key of the release each production stands in, by its id.
        restricted: What the public sees of pages or documents that are not simply public, by number.
        items: Keys of the items a document answers, by its numbers.
    """

    case: CaseFile
    renderer: PageRenderer
    release_of: Mapping[int, str]
    restricted: Mapping[str, publish.Visibility]
    items: Mapping[str, tuple[str, ...]]

    def documents(self, productions: Sequence[Production]) -> Iterator[publish.PublishedDocument]:
        """Return the documents of *productions*; their pages come when they are asked for."""
        for production in productions:
            for document in self.case.all_documents(production.id):
                yield self._document(document, production)

    def _document(self, document: ProducedDocument, production: Production) -> publish.PublishedDocument:
        pages = self.case.pages(document.id)
        numbers = tuple(_number(document, page) for page in pages)
        native = None if document.native_file_id is None else self.case.source_file(document.native_file_id)
        whole = self.restricted.get(document.control)
        return publish.PublishedDocument(
            id=f"{production.id}-{document.id}",
            version=self._version(document, pages),
            title=document.title or document.file_name or document.control,
            agency=production.agency,
            production=self.release_of[production.id],
            numbers=numbers,
            pages=partial(self._pages, document),
            items=tuple(
                dict.fromkeys(item for number in (document.control, *numbers) for item in self.items.get(number, ()))
            ),
            kind=document.kind.value,
            day=(document.date or "")[:10],
            begin=None if document.begin is None else str(document.begin),
            end=None if document.end is None else str(document.end),
            edition=self.release_of[production.id] if production.replaces else "",
            native=None
            if native is None or native.blob is None
            else publish.NativeFile(
                native.path.rsplit("/", 1)[-1],
                native.media_type,
                native.blob.size_bytes,
                partial(_pieces, self.case.blobs.path(native.blob.sha256)),
            ),
            restricted=tuple(
                publish.RestrictedPage(number, self.restricted[number])
                for number in numbers
                if number in self.restricted and number != document.control
            ),
            visibility=publish.PUBLIC if whole is None else whole,
        )

    def _version(self, document: ProducedDocument, pages: Sequence[Page]) -> str:
        """Return what changes with anything a page of the document shows."""
        digest = hashlib.sha256(_MAKING.encode())
        for page in pages:
            file = None if page.file_id is None else self.case.source_file(page.file_id)
            shown = None if file is None or file.blob is None else file.blob.sha256
            digest.update(f"{page.id} {page.label} {shown} {page.page_in_file} {page.text_source.value}\n".encode())
        for packed in self.case.packed_words_of([page.id for page in pages]):
            digest.update(hashlib.sha256(packed.packed).digest())
        return digest.hexdigest()

    def _pages(self, document: ProducedDocument) -> Iterator[publish.PublishedPage]:
        pages = self.case.pages(document.id)
        packed = {one.page_id: one.packed for one in self.case.packed_words_of([page.id for page in pages])}
        for page in pages:
            words = packed.get(page.id)
            text = None if words is None else unpack_words(words).text
            if text is None and page.text_source is TextSource.EMPTY:
                text = ""
            yield publish.PublishedPage(
                _number(document, page),
                text,
                image=None if page.file_id is None else partial(self._picture, page),
                words=None if words is None else partial(_words, words),
                size=page.size,
            )

    def _picture(self, page: Page) -> bytes:
        file = None if page.file_id is None else self.case.source_file(page.file_id)
        if file is None or file.blob is None:
            raise FileNotFoundError(page.id)
        path = self.case.blobs.path(file.blob.sha256)
        return self.renderer.render(path, file.media_type, page.page_in_file, width_px=PICTURE_WIDTH_PX)


def _number(document: ProducedDocument, page: Page) -> str:
    """Return what a page is cited by: its Bates number, or the document's name and the page in it."""
    return page.label or f"{document.control}.{page.number}"


def _words(packed: bytes) -> tuple[Word, ...]:
    return unpack_words(packed).words


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece


def restricted_pages(entities: Sequence[Entity]) -> dict[str, publish.Visibility]:
    """Return what somebody said the public sees of pages or documents, by their numbers."""
    return {
        number: visibility_of(one)
        for one in entities
        if one.kind == "page-state" and not one.is_withdrawn
        for number in one.values("bates")
    }


def items_by_number(entities: Sequence[Entity]) -> dict[str, tuple[str, ...]]:
    """Return the items that documents answer, by the numbers somebody entered."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in entities:
        if one.kind == "request-item" and not one.is_withdrawn:
            for number in one.values("covered_by"):
                found[number].append(item_key(one.reference))
    return {number: tuple(keys) for number, keys in found.items()}
