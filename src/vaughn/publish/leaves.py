"""The HTML of a document and of each of its pages: what a permanent link leads to.

What the pages of one document share is put together once: a site has five of them for every document, and the
speed of a build is the speed of this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape as esc

from vaughn.publish.contents import PublishedDocument, State, Visibility
from vaughn.publish.markup import (
    Shell,
    facts_html,
    json_ld,
    json_string,
    json_text,
    part_name,
    parts_html,
    tombstone_html,
)

# What a page of HTML shows of its text; a page of a record has about 2 kB, a printed table may have megabytes.
MOST_TEXT_BYTES = 36_000
PAGES_PER_LIST = 300
_DATA_START = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"DigitalDocument","name":'


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of a page as it lies in the site."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to go to: what it is called and the name of its file."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class PageLeaf:
    """One page, ready to be shown.

    Args:
        name: Of its files, without ending.
        image_note: Phrase that says why there is no picture.
        withdrawn: Set if the page is no more.
        others: Pages with the same number, in other productions.
    """

    number: str
    name: str
    text: str | None
    image: PageImage | None
    image_note: str = "no_image"
    withdrawn: Visibility | None = None
    others: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLeaf:
    """One document, ready to be shown; paths are from the root of the case.

    Args:
        name: Of its files, without ending.
        items: Titles and list paths of what it answers.
        native: Path of the file as produced.
        native_note: Phrase that says why there is none though there was one.
    """

    document: PublishedDocument
    name: str
    pages: tuple[PageLink, ...]
    production_name: str
    production_path: str
    agency_path: str
    items: tuple[PageLink, ...] = ()
    native: str | None = None
    native_note: str | None = None


@dataclass(frozen=True, slots=True)
class LeafPage:
    """A page of HTML and its path from the root, without the folder of the language."""

    path: str
    html: str


class DocumentPages:
    """Writes the pages of one document in one language."""

    def __init__(self, shell: Shell, leaf: DocumentLeaf) -> None:
        self._shell, self._leaf = shell, leaf
        setting, words = shell.setting, shell.setting.words
        self._slug = shell.slug
        self._files = f"{shell.root}{self._slug}/"
        document = leaf.document
        self._title = setting.plain(document.title) or document.id
        self._said = setting.said(document.title) or esc(document.id)
        self._kicker = f'<p class="kicker"><a href="../d/{leaf.name}.html">{self._said}</a></p>'
        self._shared = (
            (words["agency"], f'<a href="../{leaf.agency_path}">{esc(document.agency)}</a>'),
            (words["production"], f'<a href="../{leaf.production_path}">{esc(leaf.production_name)}</a>'),
            (words["day"], esc(document.day)),
        )
        self._note = f'<p class="note">{words.html("names_covered")}</p>' if setting.site.names_to_hide else ""
        self._prepare_page()

    def _prepare_page(self) -> None:
        """Put together what stands on every page, between what differs."""
        setting, words, leaf = self._shell.setting, self._shell.setting.words, self._leaf
        html = words.html
        whole = json_text({"@type": "DigitalDocument", "name": self._title})
        self._data_end = f',"isPartOf":{whole}}}</script>'
        base = f"{setting.site.base_url}{setting.folder}" if setting.site.base_url else ""
        self._base, self._shown_base = base, esc(base)
        self._text_start = f"<section><h2>{html('text_of_page')}</h2>"
        self._pre = f'<pre class="text"{setting.original}>'
        self._link_start = f"<div><dt>{html('permanent_link')}</dt><dd><a href="
        self._cite_start = f'</a></dd></div><div><dt>{html("cite")}</dt><dd class="copy">{esc(self._cited_as())}, '
        shared = "".join(f"<div><dt>{esc(label)}</dt><dd>{value}</dd></div>" for label, value in self._shared if value)
        text = f'<a href="{self._files}text/{leaf.name}.txt" download>{html("download_text")}</a></dd></div></dl>'
        self._facts_middle = f"{shared}<div><dt>{html('download')}</dt><dd>"
        self._facts_end = f"{text}{self._note}"
        self._alt = tuple(html("image_alt").split("{number}"))

    def _cited_as(self) -> str:
        case = self._shell.case
        number = f", No. {case.docket_number}" if case.docket_number else ""
        court = f" ({case.court})" if case.court else ""
        return f"{case.caption}{number}{court}"

    # -- one page ---------------------------------------------------------------------------------------------------
    def page(self, place: int, page: PageLeaf) -> str:
        """Return the HTML of the page at *place* (from 0)."""
        path = f"{self._slug}/p/{page.name}.html"
        if page.withdrawn is not None:
            return self._tombstone(path, page.number, withdrawn=page.withdrawn, what="withdrawn_page")
        number = esc(page.number)
        turning = self._turning(place)
        place_of = self._shell.setting.words["page_of"].format(place=place + 1, count=len(self._leaf.pages))
        main = (
            f'{self._kicker}<h1 class="bates">{number}</h1><p class="sub">{place_of}</p>{turning}'
            f'<div class="sheet">{self._picture(page, number)}{self._text(page)}</div>{turning}'
            f"{self._page_facts(path, page, number)}"
        )
        data = f'{_DATA_START}{json_string(page.number)},"position":{place + 1}{self._data_end}'
        return self._shell.page(path, title=number, main=main, data=data)

    def _turning(self, place: int) -> str:
        pages = self._leaf.pages
        if len(pages) < 2:
            return ""
        before = after = "<span></span>"
        if place:
            before = f'<a rel="prev" href="{pages[place - 1].name}.html">← {esc(pages[place - 1].label)}</a>'
        if place + 1 < len(pages):
            after = f'<a rel="next" href="{pages[place + 1].name}.html">{esc(pages[place + 1].label)} →</a>'
        return f'<div class="turn">{before}{after}</div>'

    def _picture(self, page: PageLeaf, number: str) -> str:
        if page.image is None:
            return f'<p class="missing">{self._shell.setting.words.html(page.image_note)}</p>'
        return (
            f'<figure><img src="{self._files}img/{page.name}.webp" alt="{number.join(self._alt)}" '
            f'width="{page.image.width_px}" height="{page.image.height_px}"></figure>'
        )

    def _text(self, page: PageLeaf) -> str:
        words = self._shell.setting.words
        if not page.text or page.text.isspace():
            key = "text_unread" if page.text is None else "text_empty"
            return f'{self._text_start}<p class="missing">{words.html(key)}</p></section>'
        shown, is_cut = cut_text(page.text)
        note = f'<p class="note">{words.html("text_cut")}</p>' if is_cut else ""
        return f"{self._text_start}{self._pre}{shown}</pre>{note}</section>"

    def _page_facts(self, path: str, page: PageLeaf, number: str) -> str:
        words = self._shell.setting.words
        image = also = ""
        if page.image is not None:
            image = f'<a href="{self._files}img/{page.name}.webp" download>{words.html("download_image")}</a>, '
        if page.others:
            others = ", ".join(f'<a href="{other.name}.html">{esc(other.label)}</a>' for other in page.others)
            also = f"<div><dt>{words.html('also_produced')}</dt><dd>{others}</dd></div>"
        return f'<dl class="facts">{self._linking(path, number)}{also}{self._facts_middle}{image}{self._facts_end}'

    def _linking(self, path: str, cited: str) -> str:
        """Return permanent link and citation (a click selects the whole); *cited* is HTML."""
        address = f", {self._shown_base}{path}" if self._base else ""
        return (
            f'{self._link_start}"{path.rpartition("/")[2]}">{self._shown_base}{path}'
            f"{self._cite_start}{cited}{address}</dd></div>"
        )

    def _tombstone(self, path: str, title: str, *, withdrawn: Visibility, what: str) -> str:
        main = f"<h1>{esc(title)}</h1>{tombstone_html(self._shell.setting, withdrawn, what=what)}"
        return self._shell.page(path, title=esc(title), main=main)

    # -- the document -----------------------------------------------------------------------------------------------
    def document(self) -> Iterator[LeafPage]:
        """Yield the document's own page and, of a long document, the further parts of the list of its pages."""
        leaf, words = self._leaf, self._shell.setting.words
        document = leaf.document
        path = f"{self._slug}/d/{leaf.name}.html"
        if document.visibility.state is State.WITHDRAWN:
            title = bates_range(document) or document.id
            html = self._tombstone(path, title, withdrawn=document.visibility, what="withdrawn_document")
            yield LeafPage(path, html)
            return
        parts = [leaf.pages[at : at + PAGES_PER_LIST] for at in range(0, len(leaf.pages), PAGES_PER_LIST)] or [()]
        for place, part in enumerate(parts):
            path = f"{self._slug}/d/{part_name(leaf.name, place)}.html"
            links = "".join(f'<li><a href="../p/{page.name}.html">{esc(page.label)}</a></li>' for page in part)
            head = f"{self._kicker}<h1>{self._said}</h1>" if place else self._head(path)
            listed = f'<ol class="pages">{links}</ol>' if links else ""
            turning = parts_html(words, leaf.name, place=place, count=len(parts))
            main = f"{head}<h2>{words.html('pages_of_document')}</h2>{listed}{turning}"
            data = "" if place else self._data()
            yield LeafPage(path, self._shell.page(path, title=esc(self._title), main=main, data=data))

    def _head(self, path: str) -> str:
        leaf, words = self._leaf, self._shell.setting.words
        document, html = leaf.document, words.html
        first = leaf.pages[0] if leaf.pages else None
        start = f'<a class="open" href="../p/{first.name}.html">{esc(first.label)} →</a>' if first else ""
        downloads = [f'<a href="{self._files}text/{leaf.name}.txt" download>{html("download_text")}</a>']
        if leaf.native is not None:
            downloads.append(f'<a href="{self._files}{leaf.native}" download>{html("download_native")}</a>')
        note = f'<p class="note">{html(leaf.native_note)}</p>' if leaf.native_note else ""
        facts = facts_html(
            (
                (words["bates"], esc(bates_range(document))),
                *self._shared,
                (words["kind"], esc(document.kind)),
                (words["pages_label"], words.number(len(leaf.pages))),
                (words["items"], ", ".join(f'<a href="../{item.name}">{esc(item.label)}</a>' for item in leaf.items)),
                (words["download"], ", ".join(downloads)),
            )
        )
        linking = f'<dl class="facts">{self._linking(path, esc(bates_range(document) or document.id))}</dl>'
        kicker = f'<p class="kicker">{html("document")}</p>'
        return f"{kicker}<h1>{self._said}</h1>{start}{facts}{note}{linking}{self._note}"

    def _data(self) -> str:
        document = self._leaf.document
        return json_ld(
            {
                "@type": "DigitalDocument",
                "name": self._title,
                "identifier": bates_range(document) or document.id,
                "isPartOf": {"@type": "Collection", "name": self._shell.case.caption},
                "creditText": document.agency,
                **({"dateCreated": document.day} if document.day else {}),
            }
        )


def bates_range(document: PublishedDocument) -> str:
    """Return the numbers of *document* from first to last, empty if it has none."""
    if document.begin is None:
        return ""
    return document.begin if document.end in {None, document.begin} else f"{document.begin} – {document.end}"


def cut_text(text: str) -> tuple[str, bool]:
    """Return *text* escaped and no longer than a page of HTML may be, and whether something was cut off."""
    shown = esc(text, quote=False)
    if len(shown) * 4 <= MOST_TEXT_BYTES or len(shown.encode("utf-8", "replace")) <= MOST_TEXT_BYTES:
        return shown, False
    low, high = 0, min(len(text), MOST_TEXT_BYTES)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(esc(text[:middle], quote=False).encode("utf-8", "replace")) <= MOST_TEXT_BYTES
        low, high = (middle, high) if fits else (low, middle - 1)
    return esc(text[:low], quote=False), True
