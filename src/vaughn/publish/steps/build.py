"""Making a site: what is public is decided, names are covered, citations are looked up, then files are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path

from vaughn.formats.report import written_as_pdf
from vaughn.model import InputError, UnprovenRedaction
from vaughn.publish.addresses import file_name, is_slug, page_key
from vaughn.publish.casepage import CaseLinks, CasePages
from vaughn.publish.changes import ChangeEntry, only_known, with_change
from vaughn.publish.contents import CasePage, Site, State
from vaughn.publish.drawing import checked_drawing
from vaughn.publish.feed import atom_feed
from vaughn.publish.guides import Citations, DeadCitation
from vaughn.publish.hiding import COVER, NamesToHide
from vaughn.publish.homepage import home_page
from vaughn.publish.leaves import LeafPage
from vaughn.publish.lists import DocumentLists
from vaughn.publish.markup import Setting
from vaughn.publish.paper import case_report
from vaughn.publish.steps.documents import CaseDocuments, fingerprint
from vaughn.publish.steps.folder import SiteFolder
from vaughn.publish.steps.state import CaseRecord, DocumentRecord, forget_state, read_state, write_state
from vaughn.publish.tables import CaseTables
from vaughn.publish.visible import public_site
from vaughn.publish.wording import wording

MOST_DEAD_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a build did.

    Args:
        left_out: Drafts and embargoed things.
        withheld_images: Pages whose picture could not be shown or proved.
        covered_names: How often a name was covered.
    """

    documents: int
    pages: int
    read_documents: int
    written: int
    unchanged: int
    removed: int
    left_out: int
    withheld_images: int
    covered_names: int


class DeadCitations(InputError):
    """Texts cite pages that are not published; nothing was written."""

    def __init__(self, dead: tuple[DeadCitation, ...]) -> None:
        self.dead = dead
        lines = [f"{one.file}, line {one.line}: {one.cited}" for one in dead[:MOST_DEAD_SHOWN]]
        if len(dead) > MOST_DEAD_SHOWN:
            lines.append(f"and {len(dead) - MOST_DEAD_SHOWN} more")
        super().__init__(
            "Pages are cited that are not published:\n" + "\n".join(lines),
            hint="Publish the pages, or mend the citations; write \\[ for a bracket that is no citation.",
        )


def publish(
    site: Site, out: Path, state_folder: Path, *, told: Callable[[int, int], None] = lambda done, of: None
) -> PublishResult:
    """Write *site* into the folder *out* and return what was done.

    An unchanged file is not written again; what no longer belongs to the site is removed first.

    Args:
        state_folder: Where the build keeps what it must remember; not public, not inside *out*.
        told: Called with how many documents are done, and of how many.

    Raises:
        DeadCitations: If a text cites a page that is not published; nothing was written then.
        InputError: If the site cannot be made as it is asked for.
        StateError: If *out* holds other files.
        UnprovenRedaction: If a name to hide would show.
    """
    if state_folder.resolve().is_relative_to(out.resolve()):
        raise InputError("The memory of the build lies inside the site.", hint="Name a folder outside of it.")
    names = NamesToHide(site.names_to_hide)
    shown = public_site(site)
    public = checked(names.covered_value(replace(shown.site, names_to_hide=())))
    public = replace(public, names_to_hide=(COVER,) if names else ())
    build = Build(public, names, read_state(state_folder))
    build.prepare()
    folder = SiteFolder(out)
    forget_state(state_folder)
    build.write(folder, told, scratch=state_folder)
    write_state(state_folder, build.records)
    records = [record for case in build.records.values() for record in case.documents.values()]
    return PublishResult(
        documents=sum(len(case.documents) for case in public.cases),
        pages=sum(len(document.numbers) for case in public.cases for document in case.documents),
        read_documents=build.read_documents,
        written=folder.written,
        unchanged=folder.unchanged,
        removed=folder.removed,
        left_out=shown.left_out,
        withheld_images=sum(map(_withheld, records)),
        covered_names=sum(record.covered_names for record in records),
    )


def checked(site: Site) -> Site:
    """Return *site* if links can be made from it.

    Raises:
        InputError: If a slug cannot be part of a link, or is there twice, or a language is not spoken.
    """
    if not site.languages or len(set(site.languages)) != len(site.languages):
        raise InputError("A site needs at least one language, each once.", hint="For example: en, es.")
    for language in site.languages:
        wording(language)
    if site.base_url is not None and not (
        site.base_url.startswith(("https://", "http://")) and site.base_url.endswith("/")
    ):
        raise InputError(
            "The address of the site does not begin with https:// or end with /.",
            hint="For example: https://example.org/foia/",
        )
    slugs = [case.slug for case in site.cases]
    for what, own in [("case", slugs), *(("guide", [guide.slug for guide in case.guides]) for case in site.cases)]:
        bad = [slug for slug in own if not is_slug(slug)]
        if bad or len(set(own)) != len(own):
            raise InputError(
                f"The short name of a {what} is used twice or cannot be part of a link.",
                hint="Use small letters, digits and hyphens, at least three signs, each name once.",
            )
    for case in site.cases:
        _check_documents(case)
    return site


def _check_documents(case: CasePage) -> None:
    ids = [document.id for document in case.documents]
    if len(set(ids)) != len(ids):
        raise InputError(f"Two documents of the case {case.slug} have the same id.", hint="Ids are unique in a case.")
    seen: dict[str, str] = {}
    for document in case.documents:
        for number in document.numbers:
            other = seen.setdefault(page_key(number, document.edition), document.id)
            if other != document.id or not number:
                raise InputError(
                    f"Documents {other} and {document.id} of the case {case.slug} have a page of the same number.",
                    hint="Give the production that produces the number again an edition.",
                )


class Build:
    """One run: everything that can fail for the input's sake comes in `prepare`, before a file is written."""

    def __init__(self, site: Site, names: NamesToHide, records: dict[str, CaseRecord]) -> None:
        self._site, self._names, self._before = site, names, records
        self.records: dict[str, CaseRecord] = {}
        self.read_documents = 0
        self._settings = [
            [
                Setting(site, wording(language), case, f"{language}/" if place else "")
                for place, language in enumerate(site.languages)
            ]
            for case in site.cases
        ]
        self._links: list[CaseLinks] = []
        self._drawings: dict[str, str] = {}

    def prepare(self) -> None:
        """Draw the timelines and look up every citation.

        Raises:
            DeadCitations: If a text cites a page that is not published.
        """
        dead: list[DeadCitation] = []
        for case, settings in zip(self._site.cases, self._settings, strict=True):
            for setting in settings:
                if case.draw_timeline is not None and case.events:
                    svg = case.draw_timeline(case.events, setting.language)
                    self._drawings[f"{case.slug}/timeline-{setting.language}.svg"] = checked_drawing(svg, self._names)
            links = _links(case, has_timeline=f"{case.slug}/timeline-{settings[0].language}.svg" in self._drawings)
            self._links.append(links)
            for setting in settings:
                pages = CasePages(setting, case, links)
                for _ in pages.pages():
                    pass
                dead += pages.dead
        if dead:
            raise DeadCitations(tuple(dict.fromkeys(dead)))

    def write(self, folder: SiteFolder, told: Callable[[int, int], None], *, scratch: Path) -> None:
        """Write every file."""
        self._write_assets(folder)
        for place, case in enumerate(self._site.cases):
            before = self._before.get(case.slug, CaseRecord())
            documents = CaseDocuments(self._settings[place], self._names, before, scratch=scratch)
            record = documents.write(folder, told)
            self.records[case.slug] = record
            self.read_documents += documents.read_documents
            self._log(case, before, record, first=not self._before.get(case.slug))
            links = replace(self._links[place], changes=record.log)
            self._write_case(folder, self._settings[place], links, record)
        for place, language in enumerate(self._site.languages):
            setting = Setting(self._site, wording(language), None, f"{language}/" if place else "")
            self._put_page(folder, setting, home_page(setting, self._site.cases))
        folder.take_away_the_rest()

    def _log(self, case: CasePage, before: CaseRecord, record: CaseRecord, *, first: bool) -> None:
        known = {document.id for document in case.documents}
        old, new = before.documents, record.documents
        added = tuple(
            key for key, one in new.items() if not one.is_withdrawn and (key not in old or old[key].is_withdrawn)
        )
        withdrawn = tuple(
            key for key, one in new.items() if one.is_withdrawn and not (key in old and old[key].is_withdrawn)
        )
        changed = tuple(
            key
            for key, one in new.items()
            if key in old and old[key].content != one.content and not one.is_withdrawn and not old[key].is_withdrawn
        )
        entry = ChangeEntry(self._site.made_at.astimezone(UTC).date(), added, changed, withdrawn)
        record.log = only_known(with_change(before.log, entry), known)

    def _write_assets(self, folder: SiteFolder) -> None:
        for name in ("site.css", "search.js"):
            folder.put(f"assets/{name}", (files("vaughn.publish") / "assets" / name).read_text("utf-8"))

    def _write_case(self, folder: SiteFolder, settings: list[Setting], links: CaseLinks, record: CaseRecord) -> None:
        case = settings[0].own_case
        for setting in settings:
            for page in CasePages(setting, case, links).pages():
                self._put_page(folder, setting, page)
            for page in DocumentLists(setting, case).pages():
                self._put_page(folder, setting, page)
            self._put_paper(folder, setting, case, record)
        for path, svg in self._drawings.items():
            if path.startswith(f"{case.slug}/"):
                folder.put(path, svg)
        self._put_text(folder, f"{case.slug}/feed.xml", atom_feed(settings[0], case, record.log))
        base = f"{self._site.base_url or ''}{case.slug}/"
        tables = CaseTables(
            case,
            link=lambda path: base + path,
            language=settings[0].language,
        )
        for name, pieces in tables.files():
            folder.put_pieces(f"{case.slug}/data/{name}", self._proved(pieces, name))

    def _put_paper(self, folder: SiteFolder, setting: Setting, case: CasePage, record: CaseRecord) -> None:
        report = case_report(setting, case, made_at=_day_of(case, record))
        if self._names.covered_value(report) != report:
            raise UnprovenRedaction("A name to hide would show in the PDF of a case; the file was not written.")
        path, content = f"{case.slug}/case-{setting.language}.pdf", fingerprint(repr(report))
        # Setting a PDF takes longer than all other pages of a case together.
        if path in folder.existing and self._before.get(case.slug, CaseRecord()).papers.get(path) == content:
            folder.expect([path])
        else:
            folder.put_bytes(path, written_as_pdf(report))
        record.papers[path] = content

    def _put_page(self, folder: SiteFolder, setting: Setting, page: LeafPage) -> None:
        self._put_text(folder, setting.folder + page.path, page.html)

    def _put_text(self, folder: SiteFolder, path: str, text: str) -> None:
        if self._names.show_in_html(text):
            raise UnprovenRedaction(
                f"A name to hide would show in {path.rpartition('/')[2]}; the file was not written.",
                hint="Write the name without marks or codes inside it where it stands in a text.",
            )
        folder.put(path, text)

    def _proved(self, pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
        for piece in pieces:
            if self._names.show_in(piece.decode("utf-8", "replace")):
                raise UnprovenRedaction(f"A name to hide would show in {name}; the file was not written.")
            yield piece


def _withheld(record: DocumentRecord) -> int:
    return sum(1 for image in record.images if isinstance(image, str) and image.startswith("image_withheld"))


def _links(case: CasePage, *, has_timeline: bool) -> CaseLinks:
    readable = [document for document in case.documents if document.visibility.state is not State.WITHDRAWN]
    paths = {}
    for document in readable:
        gone = {page.bates for page in document.restricted}
        for number in document.numbers:
            if number in gone:
                continue
            key = page_key(number, document.edition)
            paths[key] = f"p/{file_name(key)}.html"
    titles = {document.id: (document.title, document.begin or document.id) for document in readable}
    return CaseLinks(Citations(paths), titles, has_timeline, ())


def _day_of(case: CasePage, record: CaseRecord) -> datetime:
    """Return the last day on which anything of the case changed: the date inside its PDF."""
    days = [entry.day for entry in record.log[:1]] + [entry.day for entry in case.news]
    return datetime.combine(max(days), time(), UTC) if days else datetime(1980, 1, 1, tzinfo=UTC)
