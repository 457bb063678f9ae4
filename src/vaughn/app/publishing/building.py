"""Building the public site of a case, or of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from vaughn import lawsuit, publish
from vaughn.app.publishing import pages, story
from vaughn.app.publishing.records import Records, items_by_number, restricted_pages
from vaughn.app.publishing.told import visibility_of, words_of
from vaughn.lawsuit import Suit, read_suit
from vaughn.model import Entity, InputError, Production, federal, key_from
from vaughn.publish import PublishResult
from vaughn.store import CaseFile
from vaughn.work import PageRenderer

ALL = "all"


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """What is to be published.

    Args:
        productions: Names of productions whose records are shown, besides those the case itself names; `all` is all.
        state_folder: Where the build remembers what it wrote; `None` is a folder of the (first) case.
    """

    made_at: datetime
    productions: tuple[str, ...] = ()
    base_url: str | None = None
    state_folder: Path | None = None


def publish_case(
    cases: Sequence[CaseFile],
    out: Path,
    order: PublishOrder,
    *,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> PublishResult:
    """Write the public site of one or several cases into the folder *out*.

    Raises:
        InputError: If nothing is to be published, or a text cites a page that is not.
        UnprovenRedaction: If a name to hide would show.
    """
    with ExitStack() as stack:
        renderer = stack.enter_context(PageRenderer())
        site = site_of(cases, order, renderer=renderer)
        folder = order.state_folder or cases[0].derived / "site"
        folder.mkdir(parents=True, exist_ok=True)
        return publish.publish(site, out, folder, told=told)


def site_of(cases: Sequence[CaseFile], order: PublishOrder, *, renderer: PageRenderer) -> publish.Site:
    """Return the site of *cases* as values; pictures are drawn when they are asked for.

    Raises:
        InputError: If a case says nothing of what is public.
    """
    shown = [_case_page(case, order, renderer=renderer) for case in cases]
    settings = [entity for case in cases for entity in case.entities("site")]
    first = settings[0] if settings else None
    title = (words_of(first, "title") if first is not None and len(cases) == 1 else "") or "Public records"
    return publish.Site(
        title=title if len(cases) == 1 else "Public records",
        cases=tuple(_with_own_slugs(shown)),
        made_at=order.made_at,
        base_url=order.base_url or (None if first is None else first.value("base_url")),
        publisher="" if first is None else first.value("publisher") or "",
        names_to_hide=tuple(dict.fromkeys(name for one in settings for name in one.values("name_to_hide"))),
    )


def _with_own_slugs(shown: Sequence[publish.CasePage]) -> list[publish.CasePage]:
    slugs: set[str] = set()
    found = []
    for case in shown:
        slug, number = case.slug, 2
        while slug in slugs:
            slug, number = f"{case.slug}-{number}", number + 1
        slugs.add(slug)
        found.append(case if slug == case.slug else replace(case, slug=slug))
    return found


def _case_page(case: CaseFile, order: PublishOrder, *, renderer: PageRenderer) -> publish.CasePage:
    entities, sources = case.entities(), case.sources()
    setting = next((entity for entity in entities if entity.kind == "site"), None)
    productions = _shown(case, setting, order)
    suit = read_suit(entities, sources, kinds=publish.KINDS)
    records = Records(
        case, renderer, story.production_keys(suit, case), restricted_pages(entities), items_by_number(entities)
    )
    documents = tuple(records.documents(productions))
    named = case.case()
    page = publish.CasePage(
        slug=key_from(named.caption).replace(".", "-"),
        caption=named.caption,
        court=named.court or "",
        docket_number=named.docket_number or "",
        asked=story.asked_for(entities),
        documents=documents,
        productions=story.releases(suit, case, frozenset(production.name for production in productions)),
    )
    page = _with_story(page, suit, case, on=order.made_at.date())
    page = _with_pages(page, entities, suit)
    return page if setting is None else _with_setting(page, setting)


def _shown(case: CaseFile, setting: Entity | None, order: PublishOrder) -> list[Production]:
    """Return the productions whose records are public: somebody must have said so."""
    named = dict.fromkeys((*order.productions, *(() if setting is None else setting.values("production"))))
    loaded = {production.name: production for production in case.productions()}
    if setting is None and not named:
        raise InputError(
            f"Nobody has said what of {case.case().caption} is public.",
            hint="Name productions with --release NAME (all for all), or enter a site:"
            " vaughn docket add CASE site/main title=... visibility=published.",
        )
    if ALL in named:
        return list(loaded.values())
    unknown = [name for name in named if name not in loaded]
    if unknown:
        raise InputError(
            f"There is no production {unknown[0]!r} to publish.", hint=f"Loaded are: {', '.join(loaded) or 'none'}."
        )
    return [loaded[name] for name in named]


def _with_story(page: publish.CasePage, suit: Suit, case: CaseFile, *, on: date) -> publish.CasePage:
    law = federal()
    sources = {source.id: source for source in case.sources()}
    told = lawsuit.timeline(case.entities(), case.sources(), calendar=law.calendar)
    return replace(
        page,
        parties=story.parties(suit),
        events=story.events(told),
        draw_timeline=story.drawing(told.spans) if told.events else None,
        motions=story.motions(suit),
        orders=story.orders(suit, sources, on=on, law=law),
        contradictions=story.contradictions(suit, on=on, law=law),
    )


def _with_pages(page: publish.CasePage, entities: Sequence[Entity], suit: Suit) -> publish.CasePage:
    by_number = {number: document.id for document in page.documents for number in document.numbers}
    return replace(
        page,
        guides=pages.guides(entities, suit.title),
        selected=pages.selected(entities, by_number),
        news=pages.news(entities),
        related=pages.related(entities),
        resources=pages.resources(entities),
        actions=pages.actions(entities),
    )


def _with_setting(page: publish.CasePage, setting: Entity) -> publish.CasePage:
    language = setting.value("language") or "en"
    return replace(
        page,
        slug=setting.value("slug") or page.slug,
        language=language,
        synopsis=words_of(setting, "synopsis", language=language),
        status=words_of(setting, "status", language=language),
        purpose=words_of(setting, "purpose", language=language),
        contact=setting.value("contact") or "",
        visibility=visibility_of(setting),
    )
