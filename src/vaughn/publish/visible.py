"""What the public sees on the day a site is made: drafts and embargoed things are gone, withdrawn ones say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from vaughn.publish.contents import CasePage, PublishedDocument, Site, State, Visibility


class _Visible(Protocol):
    @property
    def visibility(self) -> Visibility: ...


_Thing = TypeVar("_Thing", bound=_Visible)


def is_public(visibility: Visibility, on: date) -> bool:
    """Tell whether something may leave any trace in a site made on the day *on*."""
    embargoed = visibility.embargo_until is not None and on < visibility.embargo_until
    return visibility.state is not State.DRAFT and not embargoed


def is_withdrawn(thing: _Visible) -> bool:
    """Tell whether *thing* was public once and is no more."""
    return thing.visibility.state is State.WITHDRAWN


def _public(things: Iterable[_Thing], on: date) -> tuple[_Thing, ...]:
    return tuple(thing for thing in things if is_public(thing.visibility, on))


def _shown(things: Iterable[_Thing], on: date) -> tuple[_Thing, ...]:
    return tuple(thing for thing in _public(things, on) if not is_withdrawn(thing))


@dataclass(frozen=True, slots=True)
class PublicSite:
    """A site without what the public must not know of."""

    site: Site
    left_out: int


def public_site(site: Site) -> PublicSite:
    """Return *site* with only what is public on the day it is made, and how many things were left out.

    Withdrawn documents and guides stay, for a page that says so; other withdrawn things go.
    A production that is not public takes its documents along; references to what went are dropped.
    """
    on = site.made_at.date()
    cases = tuple(_public_case(case, on) for case in _shown(site.cases, on))
    before = sum(map(_count, site.cases)) + len(site.cases)
    return PublicSite(replace(site, cases=cases), before - sum(map(_count, cases)) - len(cases))


def _public_case(case: CasePage, on: date) -> CasePage:
    productions = _public(case.productions, on)
    hidden = {entry.key for entry in case.productions} - {entry.key for entry in productions}
    withdrawn = {entry.key: entry.visibility for entry in productions if is_withdrawn(entry)}
    documents = tuple(
        replace(document, visibility=withdrawn[document.production])
        if document.production in withdrawn and not is_withdrawn(document)
        else document
        for document in (_without_draft_pages(one, on) for one in _public(case.documents, on))
        if document.production not in hidden
    )
    readable = {document.id for document in documents if not is_withdrawn(document)}
    known = {entry.key for entry in productions}
    return replace(
        case,
        events=_shown(case.events, on),
        productions=tuple(
            replace(entry, replaces=entry.replaces if entry.replaces in known else None) for entry in productions
        ),
        motions=tuple(
            replace(motion, filings=tuple(replace(f, document=_if_in(f.document, readable)) for f in motion.filings))
            for motion in _shown(case.motions, on)
        ),
        orders=_shown(case.orders, on),
        contradictions=_shown(case.contradictions, on),
        guides=_public(case.guides, on),
        selected=tuple(one for one in _shown(case.selected, on) if one.document is None or one.document in readable),
        news=_shown(case.news, on),
        resources=_shown(case.resources, on),
        actions=_shown(case.actions, on),
        documents=documents,
    )


def _without_draft_pages(document: PublishedDocument, on: date) -> PublishedDocument:
    if not document.restricted:
        return document
    withdrawn = tuple(page for page in document.restricted if is_public(page.visibility, on) and is_withdrawn(page))
    drafts = {page.bates for page in document.restricted if not is_public(page.visibility, on)}
    numbers = tuple(number for number in document.numbers if number not in drafts)
    changed = replace(document, restricted=withdrawn, numbers=numbers)
    if drafts:
        # Begin and end would tell that there is more.
        changed = replace(changed, begin=numbers[0] if numbers else None, end=numbers[-1] if numbers else None)
    return replace(changed, native=None) if drafts or withdrawn else changed


def _if_in(key: str | None, known: set[str]) -> str | None:
    return key if key in known else None


def _count(case: CasePage) -> int:
    groups: tuple[tuple[object, ...], ...] = (
        case.events, case.productions, case.motions, case.orders, case.contradictions, case.guides, case.selected,
        case.news, case.resources, case.actions, case.documents,
    )  # fmt: skip
    return sum(map(len, groups))
