"""What a public site is made of: the values that come in, case by case, document by document, page by page.

Pages and pictures come through callables, so that a site of any size is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from vaughn.model import LedgerLine, PageSize, Word


@dataclass(frozen=True, slots=True)
class Translation:
    """What a text is in another language (``"es"``)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text people wrote, with its translations; a plain `str` is a text in the language of its case."""

    original: str
    language: str
    translations: tuple[Translation, ...] = ()


Words = str | Text


class State(Enum):
    """Whether something is meant for the public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # was public; says so instead


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether, from when and until when the public sees something.

    Args:
        embargo_until: First day on which it is public.
        withdrawn_on, reason: Said on the page that takes the place of what was withdrawn.
    """

    state: State = State.PUBLISHED
    embargo_until: date | None = None
    withdrawn_on: date | None = None
    reason: Words = ""


PUBLIC = Visibility()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a fact stands."""

    title: str
    citation: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One page of a document.

    Args:
        bates: The number it is cited by, as in `PublishedDocument.numbers`.
        text: `None` if nobody has read the page yet, empty if it was read and there is none.
        image: Gives the picture (JPEG, PNG, WebP, TIFF).
        words: Gives the places of the words of `text`.
        size: Of the displayed page; places of words are measured on it.
    """

    bates: str
    text: str | None
    image: Callable[[], bytes] | None = None
    words: Callable[[], tuple[Word, ...]] | None = None
    size: PageSize | None = None


@dataclass(frozen=True, slots=True)
class RestrictedPage:
    """A page that is not simply public: its number as in `PublishedDocument.numbers`."""

    bates: str
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class NativeFile:
    """The file of a document as it was produced, for download."""

    name: str
    media_type: str
    size_bytes: int
    pieces: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One document.

    Args:
        id: Stable and unique in the case; part of its permanent link.
        version: Changes whenever anything that `pages` or `native` give changes; an unchanged document is not read.
        production: `ProductionEntry.key`.
        items: `RequestedItem.key` of what was asked for.
        numbers: What its pages are cited by, in order.
        edition: Set for a production that produces numbers again; keeps its pages apart from the first ones.
        restricted: Its pages that are drafts, under embargo or withdrawn; the native file then stays away too.
    """

    id: str
    version: str
    title: Words
    agency: str
    production: str
    numbers: tuple[str, ...]
    pages: Callable[[], Iterator[PublishedPage]]
    items: tuple[str, ...] = ()
    kind: str = ""
    day: str = ""
    begin: str | None = None
    end: str | None = None
    edition: str = ""
    native: NativeFile | None = None
    restricted: tuple[RestrictedPage, ...] = ()
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class RequestedItem:
    """One thing that was asked for; `parts` are the things it was divided into."""

    key: str
    title: Words
    note: Words = ""
    parts: tuple[RequestedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One party, its side and who speaks for it."""

    name: str
    role: Words
    counsel: tuple[str, ...] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened.

    Args:
        when: How the day is written where it is not exactly known (``"early 2013"``).
        confidence: ``confirmed``, ``stated``, ``computed``, ``inferred`` or ``not confirmed``.
    """

    title: Words
    day: date | None = None
    when: str = ""
    lane: str = ""
    confidence: str = ""
    sources: tuple[SourceNote, ...] = ()
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class ProductionEntry:
    """What an agency handed over on one day.

    Args:
        documents, pages: As produced, which may be more than is published; `None` if unknown.
        replaces: `key` of the production it produces again.
    """

    key: str
    name: str
    agency: str
    day: date | None
    documents: int | None = None
    pages: int | None = None
    ledger: tuple[LedgerLine, ...] = ()
    replaces: str | None = None
    note: Words = ""
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class Filing:
    """One paper filed in court; `document` is a published document's id, `url` where else it can be read."""

    title: Words
    day: date | None = None
    number: str = ""
    party: str = ""
    document: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a motion led to for one party."""

    party: str
    result: Words


@dataclass(frozen=True, slots=True)
class Motion:
    """A motion with its papers and what it led to."""

    title: Words
    relief: Words = ""
    day: date | None = None
    filings: tuple[Filing, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class StateChange:
    """From which day on something was in a state (``"in force"``, ``"stayed"``)."""

    state: Words
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What an order asks of somebody; `state` says whether it was met."""

    who: str
    what: Words
    due: date | None = None
    state: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class CourtOrder:
    """An order, its states over time and what it asks."""

    title: Words
    day: date | None = None
    states: tuple[StateChange, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What one source says about something."""

    value: Words
    source: SourceNote


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something on which sources differ; all are shown."""

    topic: Words
    values: tuple[StatedValue, ...]
    note: Words = ""
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class Guide:
    """A text for readers in Markdown, citing pages like ``[ICE 0004521]``.

    Args:
        slug: Part of its permanent link: small letters, digits, hyphens.
        file: What a mistake in it is reported under.
        url: Where else it stands; a guide without text is a link there.
    """

    slug: str
    title: Words
    markdown: Words
    file: str
    by: str = ""
    day: date | None = None
    url: str | None = None
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class SelectedDocument:
    """A document worth reading first, and why.

    Args:
        document: Id of a published document, `None` for one that is listed only.
        title: Said instead of the document's own title.
        number: Bates number of a document that is listed only.
    """

    document: str | None
    caption: Words
    title: Words = ""
    number: str = ""
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class NewsEntry:
    """Something new, in Markdown."""

    title: Words
    day: date
    markdown: Words = ""
    url: str | None = None
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """Another case that readers should know of."""

    caption: str
    court: str = ""
    docket_number: str = ""
    url: str | None = None
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to read elsewhere."""

    title: Words
    url: str | None = None
    note: Words = ""
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class WayToAct:
    """Something a reader can do, in Markdown."""

    title: Words
    markdown: Words = ""
    url: str | None = None
    visibility: Visibility = PUBLIC


# Draws the timeline as SVG from the events that are public, in a language.
TimelineDrawing = Callable[[tuple[TimelineEvent, ...], str], str]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything about one case.

    Args:
        slug: Part of every permanent link of the case: small letters, digits, hyphens.
        language: Of every plain `str` a person wrote.
        synopsis, status, purpose, contact: Markdown.
        documents: Their facts alone; pages come when they are asked for.
    """

    slug: str
    caption: str
    court: str = ""
    docket_number: str = ""
    language: str = "en"
    synopsis: Words = ""
    status: Words = ""
    purpose: Words = ""
    contact: Words = ""
    asked: tuple[RequestedItem, ...] = ()
    parties: tuple[Party, ...] = ()
    events: tuple[TimelineEvent, ...] = ()
    draw_timeline: TimelineDrawing | None = None
    productions: tuple[ProductionEntry, ...] = ()
    motions: tuple[Motion, ...] = ()
    orders: tuple[CourtOrder, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    guides: tuple[Guide, ...] = ()
    selected: tuple[SelectedDocument, ...] = ()
    news: tuple[NewsEntry, ...] = ()
    related: tuple[RelatedCase, ...] = ()
    resources: tuple[Resource, ...] = ()
    actions: tuple[WayToAct, ...] = ()
    documents: tuple[PublishedDocument, ...] = ()
    visibility: Visibility = PUBLIC


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site.

    Args:
        languages: The first is that of the permanent links.
        base_url: Where the site will stand, with ``/`` at the end; `None` for a folder handed around.
        names_to_hide: People whose names must not appear, as they may be written.
        read_image: Reads the words of a picture; used to prove that a painted picture no longer shows a name.
        made_at: When the site is made: decides embargoes and dates the change log.
    """

    title: Words
    cases: tuple[CasePage, ...]
    made_at: datetime
    languages: tuple[str, ...] = ("en", "es")
    base_url: str | None = None
    publisher: str = ""
    names_to_hide: tuple[str, ...] = ()
    read_image: Callable[[bytes], str] | None = None
