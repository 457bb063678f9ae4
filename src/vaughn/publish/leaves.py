"""The HTML of a document and of each of its pages: what a permanent link leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as esc

from vaughn.publish.addresses import quoted
from vaughn.publish.contents import PublishedDocument, Visibility
from vaughn.publish.markup import Setting, Shell, facts_html, json_ld
from vaughn.publish.wording import is_said

# What a page of HTML shows of its text; a page of a record has about 2 kB, a printed table may have megabytes.
MOST_TEXT_BYTES = 36_000
PAGES_PER_LIST = 300


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of a page as it lies in the site."""

    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageLeaf:
    """One page, ready to be shown.

    Args:
        name: Of its files, without ending.
        image_note: Phrase that says why there is no picture.
        withdrawn: Set if the page is no more.
        others: Names and editions of the pages with the same number.
    """

    number: str
    name: str
    text: str | None
    image: PageImage | None
    image_note: str = "no_image"
    withdrawn: Visibility | None = None
    others: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to go to: what it is called and the name of its file."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentLeaf:
    """One document, ready to be shown.

    Args:
        name: Of its files, without ending.
        items: Titles and list paths of what it answers.
        native: Path of the file as produced from the root of the case.
        native_note: Phrase that says why there is none though there was one.
    """

    document: PublishedDocument
    name: str
    pages: tuple[PageLink, ...]
    production_name: str
    production_path: str
    agency_path: str
    items: tuple[tuple[str, str], ...] = ()
    native: str | None = None
    native_note: str | None = None


class DocumentPages:
    """Writes the pages of one document in one language; what they share is put together once."""

    def __init__(self, shell: Shell, leaf: DocumentLeaf) -> None:
        self._shell, self._leaf = shell, leaf
        setting, words = shell.setting, shell.setting.words
        case = setting.case
        assert case is not None  # noqa: S101 - narrows the type: documents belong to a case
        document = leaf.document
        self._title = setting.plain(document.title)
        self._base = f"{setting.site.base_url}{setting.folder}" if setting.site.base_url else None
        self._slug = case.slug
        self._case_name = case.caption
        court = f" ({case.court})" if case.court else ""
        number = f", No. {case.docket_number}" if case.docket_number else ""
        self._cited_as = f"{case.caption}{number}{court}"
        said = setting.said(document.title) or esc(document.id)
        self._document_link = f'<a href="../d/{quoted(leaf.name)}.html">{said}</a>'
        self._shared = (
            (words["agency"], f'<a href="../{quoted(leaf.agency_path)}">{esc(document.agency)}</a>'),
            (words["production"], f'<a href="../{quoted(leaf.production_path)}">{esc(leaf.production_name)}</a>'),
            (words["day"], esc(document.day)),
        )
        self._shared_html = "".join(
            f"<div><dt>{esc(label)}</dt><dd>{value}</dd></div>" for label, value in self._shared if value
        )
        self._covered = (
            f'<p class="note">{esc(words["names_covered"])}</p>' if setting.site.names_to_hide else ""
        )

    # -- one page ---------------------------------------------------------------------------------------------------
    def page(self, place: int, page: PageLeaf) -> str:
        """Return the HTML of the page at *place* (from 0)."""
        path = f"{self._slug}/p/{page.name}.html"
        if page.withdrawn is not None:
            return self._tombstone(path, page.number, withdrawn=page.withdrawn, what="withdrawn_page")
        words = self._shell.setting.words
        count = len(self._leaf.pages)
        place_of = words["page_of"].format(place=place + 1, count=count)
        main = (
            f'<p class="kicker">{self._document_link}</p><h1 class="bates">{esc(page.number)}</h1>'
            f'<p class="sub">{place_of}</p>{self._turning(place)}'
            f'<div class="sheet">{self._picture(page)}{self._text(page)}</div>{self._turning(place)}'
            f"{self._page_facts(path, page)}{self._covered}"
        )
        data = json_ld(
            {
                "@type": "DigitalDocument",
                "name": page.number,
                "isPartOf": {"@type": "DigitalDocument", "name": self._title},
                "position": place + 1,
            }
        )
        return self._shell.page(path, title=page.number, main=main, data=data)

    def _turning(self, place: int) -> str:
        pages, words = self._leaf.pages, self._shell.setting.words
        before = (
            f'<a rel="prev" href="{quoted(pages[place - 1].name)}.html">← {esc(pages[place - 1].label)}</a>'
            if place
            else "<span></span>"
        )
        after = (
            f'<a rel="next" href="{quoted(pages[place + 1].name)}.html">{esc(pages[place + 1].label)} →</a>'
            if place + 1 < len(pages)
            else "<span></span>"
        )
        return f'<div class="turn">{before}{after}</div>' if len(pages) > 1 and words else ""

    def _picture(self, page: PageLeaf) -> str:
        words = self._shell.setting.words
        if page.image is None:
            return f'<p class="missing">{esc(words[page.image_note])}</p>'
        alt = esc(words["image_alt"].format(number=page.number))
        return (
            f'<figure><img src="{self._shell.root}{self._slug}/img/{quoted(page.name)}.webp" alt="{alt}" '
            f'width="{page.image.width_px}" height="{page.image.height_px}"></figure>'
        )

    def _text(self, page: PageLeaf) -> str:
        words, setting = self._shell.setting.words, self._shell.setting
        heading = f"<section><h2>{esc(words['text_of_page'])}</h2>"
        if not page.text or not page.text.strip():
            key = "text_unread" if page.text is None else "text_empty"
            return f'{heading}<p class="missing">{esc(words[key])}</p></section>'
        shown, is_cut = cut_text(page.text)
        note = f'<p class="note">{esc(words["text_cut"])}</p>' if is_cut else ""
        return f'{heading}<pre class="text"{setting.original}>{shown}</pre>{note}</section>'

    def _page_facts(self, path: str, page: PageLeaf) -> str:
        words, leaf = self._shell.setting.words, self._leaf
        downloads = (
            f'<a href="{self._shell.root}{self._slug}/img/{quoted(page.name)}.webp" download>{esc(words["download_image"])}</a>, '
            if page.image
            else ""
        )
        downloads += (
            f'<a href="{self._shell.root}{self._slug}/text/{quoted(leaf.name)}.txt" download>{esc(words["download_text"])}</a>'
        )
        others = ", ".join(f'<a href="{quoted(other.name)}.html">{esc(other.label)}</a>' for other in page.others)
        also = f"<div><dt>{esc(words['also_produced'])}</dt><dd>{others}</dd></div>" if others else ""
        return (
            f'<dl class="facts">{self._linking(path, page.number)}{also}{self._shared_html}'
            f"<div><dt>{esc(words['download'])}</dt><dd>{downloads}</dd></div></dl>"
        )

    def _linking(self, path: str, cited: str) -> str:
        """Return permanent link and citation: a click selects the whole, no script needed."""
        words = self._shell.setting.words
        address = f"{self._base}{quoted(path)}" if self._base else quoted(path)
        citation = f"{self._cited_as}, {cited}" + (f", {address}" if self._base else "")
        name = quoted(path.rpartition("/")[2])
        return (
            f'<div><dt>{esc(words["permanent_link"])}</dt><dd><a href="{name}">{esc(address)}</a></dd></div>'
            f'<div><dt>{esc(words["cite"])}</dt><dd class="copy">{esc(citation)}</dd></div>'
        )

    def _tombstone(self, path: str, title: str, *, withdrawn: Visibility, what: str) -> str:
        return self._shell.page(
            path, title=title, main=f"<h1>{esc(title)}</h1>{tombstone_html(self._shell.setting, withdrawn, what=what)}"
        )

    # -- the document -----------------------------------------------------------------------------------------------
    def document(self) -> Sequence[tuple[str, str]]:
        """Return path and HTML of the document's own page and of the parts of a long list of pages."""
        leaf, words = self._leaf, self._shell.setting.words
        path = f"{self._slug}/d/{leaf.name}.html"
        if leaf.document.visibility.withdrawn_on is not None or leaf.document.visibility.state.value == "withdrawn":
            bates = _range(leaf.document)
            title = bates or leaf.document.id
            withdrawn = leaf.document.visibility
            return [(path, self._tombstone(path, title, withdrawn=withdrawn, what="withdrawn_document"))]
        parts = [leaf.pages[at : at + PAGES_PER_LIST] for at in range(0, len(leaf.pages), PAGES_PER_LIST)] or [()]
        found = []
        for place, part in enumerate(parts):
            own = f"{self._slug}/d/{part_name(leaf.name, place)}.html"
            links = "".join(f'<li><a href="../p/{quoted(page.name)}.html">{esc(page.label)}</a></li>' for page in part)
            listed = f'<ol class="pages">{links}</ol>' if links else ""
            listed += parts_html(words_of(self._shell), leaf.name, place=place, count=len(parts))
            main = self._document_head(path) + f"<h2>{esc(words['pages_of_document'])}</h2>{listed}" if not place else (
                f'<p class="kicker">{self._document_link}</p><h1>{self._shell.setting.said(leaf.document.title)}</h1>{listed}'
            )
            found.append((own, self._shell.page(own, title=self._title or leaf.document.id, main=main, data=self._data(place))))
        return found

    def _document_head(self, path: str) -> str:
        leaf, setting = self._leaf, self._shell.setting
        words, document = setting.words, leaf.document
        first = f'<a class="open" href="../p/{quoted(leaf.pages[0].name)}.html">{esc(leaf.pages[0].label)} →</a>' if leaf.pages else ""
        items = ", ".join(f'<a href="../{quoted(path_of)}">{esc(title)}</a>' for title, path_of in leaf.items)
        downloads = [f'<a href="{self._shell.root}{self._slug}/text/{quoted(leaf.name)}.txt" download>{esc(words["download_text"])}</a>']
        if leaf.native is not None:
            downloads.append(
                f'<a href="{self._shell.root}{self._slug}/{quoted(leaf.native)}" download>{esc(words["download_native"])}</a>'
            )
        note = f'<p class="note">{esc(words[leaf.native_note])}</p>' if leaf.native_note else ""
        facts = facts_html(
            (
                (words["bates"], esc(_range(document))),
                *self._shared,
                (words["kind"], esc(document.kind)),
                (words["pages_label"], words.number(len(leaf.pages))),
                (words["items"], items),
                (words["download"], ", ".join(downloads)),
            )
        )
        linking = f'<dl class="facts">{self._linking(path, _range(document) or document.id)}</dl>'
        return (
            f'<p class="kicker">{esc(words["document"])}</p><h1>{setting.said(document.title) or esc(document.id)}</h1>'
            f"{first}{facts}{note}{linking}{self._covered}"
        )

    def _data(self, place: int) -> str:
        if place:
            return ""
        document = self._leaf.document
        return json_ld(
            {
                "@type": "DigitalDocument",
                "name": self._title or document.id,
                "identifier": _range(document) or document.id,
                "isPartOf": {"@type": "Collection", "name": self._case_name},
                "creditText": document.agency,
                **({"dateCreated": document.day} if document.day else {}),
            }
        )


def words_of(shell: Shell):  # type: ignore[no-untyped-def]
    """Return the phrases of a page."""
    return shell.setting.words


def _range(document: PublishedDocument) -> str:
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


def part_name(name: str, place: int) -> str:
    """Return the file name of the part of a list at *place* (from 0); a comma stands in no other name."""
    return name if not place else f"{name},{place + 1}"


def parts_html(words, name: str, *, place: int, count: int) -> str:  # type: ignore[no-untyped-def]
    """Return links to the parts of a list, or nothing if it has only one."""
    if count < 2:
        return ""
    shown = sorted({0, count - 1, *range(max(0, place - 3), min(count, place + 4))})
    links = "".join(
        f'<li><a aria-current="page">{words.number(at + 1)}</a></li>'
        if at == place
        else f'<li><a href="{quoted(part_name(name, at))}.html">{words.number(at + 1)}</a></li>'
        for at in shown
    )
    return f'<nav class="parts" aria-label="{esc(words["list_parts"])}"><ul>{links}</ul></nav>'


def tombstone_html(setting: Setting, withdrawn: Visibility, *, what: str) -> str:
    """Return what is said in the place of what was withdrawn."""
    words = setting.words
    day = words["withdrawn_on"].format(day=words.day(withdrawn.withdrawn_on)) if withdrawn.withdrawn_on else ""
    reason = f"<p>{setting.said(withdrawn.reason)}</p>" if is_said(withdrawn.reason) else ""
    return f'<div class="withdrawn" role="note"><p><strong>{esc(words[what])}</strong> {esc(day)}</p>{reason}</div>'
