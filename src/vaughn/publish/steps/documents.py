"""The documents of one case in the site: HTML, pictures, text, native files and the search index.

A document whose fingerprint is that of the last build, and whose files are all there, is not read at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from vaughn.model import InputError
from vaughn.publish.addresses import file_name, page_key
from vaughn.publish.contents import PublishedDocument, PublishedPage, State, Visibility
from vaughn.publish.hiding import COVER, NamesToHide
from vaughn.publish.leaves import (
    PAGES_PER_LIST,
    DocumentLeaf,
    DocumentPages,
    PageImage,
    PageLeaf,
    PageLink,
)
from vaughn.publish.lists import agency_path, all_items, item_path, others_of, production_path
from vaughn.publish.markup import Setting, Shell, part_name
from vaughn.publish.searching import SearchEntry, document_entry
from vaughn.publish.steps.covering import PublicPage, public_page, public_text
from vaughn.publish.steps.folder import SiteFolder
from vaughn.publish.steps.index import LEAST_USED_PART, MOST_MENDED_PART, MendedIndex, WholeIndex, index_files
from vaughn.publish.steps.state import CaseRecord, DocumentRecord
from vaughn.publish.wording import in_language

# Endings that no browser runs as a page of the site; anything else is offered as plain bytes.
_QUIET_ENDING = re.compile(
    "bmp|csv|docx?|eml|gif|jpe?g|mdb|mov|mp[34p]|msg|od[pst]|pdf|png|pptx?|pst|pub|rtf|tiff?|tsv|txt|vsd|wav|wm[av]|wpd"
    "|xls[bmx]?|zip"
)


@dataclass(frozen=True, slots=True)
class _Plan:
    document: PublishedDocument
    name: str
    links: tuple[PageLink, ...]
    content: str
    fingerprint: str
    native: str | None
    native_note: str | None

    @property
    def is_withdrawn(self) -> bool:
        return self.document.visibility.state is State.WITHDRAWN


class CaseDocuments:
    """Writes the documents of one case.

    Args:
        scratch: A folder of the build's own, not public.
    """

    def __init__(self, settings: list[Setting], names: NamesToHide, before: CaseRecord, *, scratch: Path) -> None:
        case = settings[0].own_case
        self._case, self._settings, self._names, self._before = case, settings, names, before
        self._site, self._scratch = settings[0].site, scratch
        self._base = f"{case.slug}/"
        self._shells = [Shell(setting, depth=setting.folder.count("/") + 2) for setting in settings]
        self._others = others_of(case.documents, settings[0].language)
        self._production_names = {entry.key: entry.name for entry in case.productions}
        self._items = {item.key: item for _, item in all_items(case.asked)}
        self.read_documents = 0

    def write(self, folder: SiteFolder, told: Callable[[int, int], None]) -> CaseRecord:
        """Write what changed and return what the site shows now."""
        frame = self._frame()
        plans = [self._plan(document, frame) for document in self._case.documents]
        self._take_away_what_went(folder, plans)
        kept = {plan.document.id for plan in plans if self._is_unchanged(plan, folder)}
        index = self._index(folder, plans, kept)
        record = CaseRecord(next_entry=self._before.next_entry)
        with closing(index):
            for done, plan in enumerate(plans, start=1):
                key = plan.document.id
                record.documents[key], entries = (
                    self._kept(plan, folder, index) if key in kept else self._written(plan, folder)
                )
                self.read_documents += key not in kept and not plan.is_withdrawn
                if entries is not None:
                    self._put_entries(index, record, key, entries)
                told(done, len(plans))
            self._finish(index, record)
        return record

    def _kept(
        self, plan: _Plan, folder: SiteFolder, index: WholeIndex | MendedIndex
    ) -> tuple[DocumentRecord, list[SearchEntry] | None]:
        """Leave a document as it is; its text is read again only for an index that is made anew."""
        own = self._before.documents[plan.document.id]
        folder.expect(self._files(plan, own))
        is_read = isinstance(index, WholeIndex) and not plan.is_withdrawn
        return own, list(self._entries(plan)) if is_read else None

    # -- what is to be done -----------------------------------------------------------------------------------------
    def _frame(self) -> str:
        """Return the fingerprint of all that stands around a document: the program, the case, the site."""
        case, site = self._case, self._site
        parts = [
            _program(), repr(site.title), site.publisher, str(site.base_url), repr(site.languages), case.slug,
            case.caption, case.court, case.docket_number, case.language, self._names.fingerprint,
        ]  # fmt: skip
        return fingerprint(*parts)

    def _plan(self, document: PublishedDocument, frame: str) -> _Plan:
        links = tuple(
            PageLink(number, file_name(page_key(number, document.edition) if document.edition else number))
            for number in document.numbers
        )
        native = document.native
        facts = (
            document.version, document.title, document.agency, document.production, document.numbers, document.items,
            document.kind, document.day, document.begin, document.end, document.edition, document.restricted,
            document.visibility, (native.name, native.size_bytes) if native else None,
        )  # fmt: skip
        content = fingerprint(self._names.fingerprint, repr(facts))
        around = (
            self._production_names.get(document.production, ""),
            [self._items[key].title for key in document.items if key in self._items],
            [self._others.get(number) for number in document.numbers] if self._others else (),
        )
        name = file_name(document.id)
        withheld = native is not None and bool(self._names)
        path = f"native/{name}.{_ending(native.name)}" if native is not None and not withheld else None
        is_gone = document.visibility.state is State.WITHDRAWN
        return _Plan(
            document, name, links, content, fingerprint(content, frame, repr(around)),
            None if is_gone else path, "native_withheld" if withheld and not is_gone else None,
        )  # fmt: skip

    def _is_unchanged(self, plan: _Plan, folder: SiteFolder) -> bool:
        old = self._before.documents.get(plan.document.id)
        if old is None or old.fingerprint != plan.fingerprint:
            return False
        return folder.existing.issuperset(self._files(plan, old))

    def _files(self, plan: _Plan, record: DocumentRecord) -> list[str]:
        """Return every file of a document, its place in the index aside."""
        base, slug = self._base, self._case.slug
        found = []
        for setting in self._settings:
            folder = f"{setting.folder}{slug}/"
            parts = 1 if plan.is_withdrawn else max(1, -(-len(plan.links) // PAGES_PER_LIST))
            found += [f"{folder}d/{part_name(plan.name, place)}.html" for place in range(parts)]
            found += [f"{folder}p/{link.name}.html" for link in plan.links]
        if plan.is_withdrawn:
            return found
        found.append(f"{base}text/{plan.name}.txt")
        if plan.native is not None:
            found.append(base + plan.native)
        shown = zip(plan.links, record.images, strict=False)
        return found + [f"{base}img/{link.name}.webp" for link, image in shown if not isinstance(image, str)]

    def _take_away_what_went(self, folder: SiteFolder, plans: list[_Plan]) -> None:
        """Remove, before anything else, files of documents and pages that are no longer public."""
        belongs: set[str] = set()
        for plan in plans:
            gone = {page.bates for page in plan.document.restricted}
            for setting in self._settings:
                belongs.update(f"{setting.folder}{self._base}p/{link.name}.html" for link in plan.links)
            if not plan.is_withdrawn:
                belongs.update(f"{self._base}img/{link.name}.webp" for link in plan.links if link.label not in gone)
                belongs.add(f"{self._base}text/{plan.name}.txt")
                belongs.add(f"{self._base}{plan.native}")
        folders = tuple(
            f"{setting.folder}{self._base}{part}/"
            for setting in self._settings
            for part in ("p", "img", "text", "native")
        )
        folder.take_away([path for path in folder.existing if path.startswith(folders) and path not in belongs])

    # -- the search index -------------------------------------------------------------------------------------------
    def _index(self, folder: SiteFolder, plans: list[_Plan], kept: set[str]) -> WholeIndex | MendedIndex:
        base = f"{self._base}search/"
        old = self._before.documents
        present = {plan.document.id for plan in plans}
        lost = sum(record.entries for key, record in old.items() if key not in present)
        again = sum(len(plan.links) + 1 for plan in plans if plan.document.id not in kept)
        used = sum(record.entries for record in old.values()) - lost
        can_mend = f"{base}n.js" in folder.existing and self._before.next_entry > 0
        if not can_mend or lost + again > MOST_MENDED_PART * used or used < LEAST_USED_PART * self._before.next_entry:
            return WholeIndex(folder, base, scratch=self._scratch)
        folder.expect(list(index_files(folder, base)))
        index = MendedIndex(folder, base)
        for key, record in old.items():
            if key not in present:
                index.replace(range(record.first_entry, record.first_entry + record.entries), 0, [])
        return index

    def _put_entries(
        self, index: WholeIndex | MendedIndex, record: CaseRecord, key: str, entries: list[SearchEntry]
    ) -> None:
        own = record.documents[key]
        own.entries = len(entries)
        if isinstance(index, WholeIndex):
            own.first_entry = index.count
            for entry in entries:
                index.add(entry)
            return
        old = self._before.documents.get(key)
        before = range(old.first_entry, old.first_entry + old.entries) if old else range(0)
        if old is not None and len(entries) <= old.entries:
            own.first_entry = old.first_entry
        else:
            own.first_entry = record.next_entry
            record.next_entry += len(entries)
        index.replace(before, own.first_entry, entries)

    def _finish(self, index: WholeIndex | MendedIndex, record: CaseRecord) -> None:
        if isinstance(index, WholeIndex):
            index.finish()
            record.next_entry = index.count
        else:
            index.finish(record.next_entry)

    # -- one document -----------------------------------------------------------------------------------------------
    def _entries(self, plan: _Plan) -> Iterator[SearchEntry]:
        """Yield what is found of a document, its text read again."""
        yield self._document_entry(plan)
        for _, link, page in self._pages(plan):
            if page is not None:
                yield self._page_entry(plan, link, public_text(page, self._names))

    def _document_entry(self, plan: _Plan) -> SearchEntry:
        document = plan.document
        texts = [in_language(document.title, setting.language) for setting in self._settings]
        return document_entry(document, name=plan.name, title=texts[0], texts=texts)

    def _page_entry(self, plan: _Plan, link: PageLink, text: str | None) -> SearchEntry:
        title = in_language(plan.document.title, self._settings[0].language)
        return SearchEntry(link.label, link.name, False, title, text or "")

    def _pages(self, plan: _Plan) -> Iterator[tuple[int, PageLink, PublishedPage | None]]:
        """Yield the pages of a document with their places; `None` for one that was withdrawn.

        Raises:
            InputError: If the pages are not those the document names.
        """
        gone = {page.bates for page in plan.document.restricted}
        place = 0
        for page in plan.document.pages():
            if place < len(plan.links) and self._names.covered(page.bates) == plan.links[place].label:
                link = plan.links[place]
                yield place, link, None if link.label in gone else page
                place += 1
        if place != len(plan.links):
            raise InputError(
                f"Document {plan.document.id} names {len(plan.links)} pages and gave {place} of them.",
                hint="Make the site again; if it says the same, report it.",
            )

    def _written(self, plan: _Plan, folder: SiteFolder) -> tuple[DocumentRecord, list[SearchEntry] | None]:
        record = DocumentRecord(plan.content, plan.fingerprint, plan.is_withdrawn, [])
        writers = [DocumentPages(shell, self._leaf(plan, shell.setting)) for shell in self._shells]
        for setting, writer in zip(self._settings, writers, strict=True):
            for page in writer.document():
                folder.put(setting.folder + page.path, page.html)
        if plan.is_withdrawn:
            for place, link in enumerate(plan.links):
                self._put_leaf(folder, writers, place, _tombstone(link, plan.document.visibility))
            return record, []
        entries = [self._document_entry(plan)]
        texts = self._put_pages(plan, folder, writers, into=(record, entries))
        folder.put_pieces(f"{self._base}text/{plan.name}.txt", texts)
        if plan.native is not None and plan.document.native is not None:
            folder.put_pieces(self._base + plan.native, plan.document.native.pieces())
        return record, entries

    def _put_pages(
        self,
        plan: _Plan,
        folder: SiteFolder,
        writers: list[DocumentPages],
        *,
        into: tuple[DocumentRecord, list[SearchEntry]],
    ) -> Iterator[bytes]:
        """Write every page, note it *into* record and entries, and yield the text of the document piece by piece."""
        record, entries = into
        withdrawn = {page.bates: page.visibility for page in plan.document.restricted}
        old = self._before.documents.get(plan.document.id)
        images = old.images if old is not None and old.content == plan.content else []
        for place, link, page in self._pages(plan):
            if page is None:
                record.images.append("no_image")
                self._put_leaf(folder, writers, place, _tombstone(link, withdrawn[link.label]))
                continue
            text, image = self._picture(page, link, folder, images[place] if place < len(images) else None)
            record.images.append(image)
            record.covered_names += text.count(COVER) if text and self._names else 0
            shown = None if isinstance(image, str) else PageImage(*image)
            note = image if isinstance(image, str) else ""
            leaf = PageLeaf(link.label, link.name, text, shown, note, None, self._same_number(link))
            self._put_leaf(folder, writers, place, leaf)
            entries.append(self._page_entry(plan, link, text))
            yield f"[{link.label}]\n{text or ''}\n\f".encode("utf-8", "replace")

    def _picture(
        self, page: PublishedPage, link: PageLink, folder: SiteFolder, before: list[int] | str | None
    ) -> tuple[str | None, list[int] | str]:
        """Return text and picture of a page; a picture that is there already and did not change is left alone."""
        path = f"{self._base}img/{link.name}.webp"
        if page.image is None:
            return public_text(page, self._names), "no_image"
        if isinstance(before, list) and path in folder.existing:
            folder.expect([path])
            return public_text(page, self._names), before
        public: PublicPage = public_page(page, self._names, read_image=self._site.read_image)
        if public.webp is None:
            return public.text, public.image_note
        folder.put_bytes(path, public.webp)
        return public.text, [public.width_px, public.height_px]

    def _put_leaf(self, folder: SiteFolder, writers: list[DocumentPages], place: int, leaf: PageLeaf) -> None:
        for setting, writer in zip(self._settings, writers, strict=True):
            folder.put(f"{setting.folder}{self._base}p/{leaf.name}.html", writer.page(place, leaf))

    def _same_number(self, link: PageLink) -> tuple[PageLink, ...]:
        return (
            tuple(other for other in self._others.get(link.label, ()) if other.name != link.name)
            if self._others
            else ()
        )

    def _leaf(self, plan: _Plan, setting: Setting) -> DocumentLeaf:
        document = plan.document
        return DocumentLeaf(
            document=document,
            name=plan.name,
            pages=plan.links,
            production_name=self._production_names.get(document.production, document.production),
            production_path=production_path(document.production),
            agency_path=agency_path(document.agency),
            items=tuple(
                PageLink(in_language(self._items[key].title, setting.language), item_path(key))
                for key in document.items
                if key in self._items
            ),
            native=plan.native,
            native_note=plan.native_note,
        )


def _tombstone(link: PageLink, visibility: Visibility) -> PageLeaf:
    return PageLeaf(link.label, link.name, None, None, "no_image", visibility)


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if _QUIET_ENDING.fullmatch(ending) else "bin"


def fingerprint(*parts: str) -> str:
    """Return a short digest of *parts*."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()[:32]


def _program() -> str:
    """Return the fingerprint of what writes the pages: another version of it writes them again."""
    room = files("vaughn.publish")
    sources: Iterable[str] = (
        one.read_text("utf-8")
        for folder in (room, room / "steps", room / "assets")
        for one in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if one.name.endswith((".py", ".toml"))
    )
    return fingerprint(*sources)
