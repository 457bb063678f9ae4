"""What would be public, for the person who decides it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from vaughn import publish
from vaughn.app.publishing.building import PublishOrder, site_of
from vaughn.model import UsageError
from vaughn.publish import DeadCitation, SitePreview
from vaughn.store import CaseFile
from vaughn.work import PageRenderer


def require_outside(case: Path, out: str) -> Path:
    """Return the folder for the site.

    Raises:
        UsageError: If it lies in the case, whose files are nobody's but its own, or is no full path.
    """
    folder = Path(out).expanduser()
    if not folder.is_absolute():
        raise UsageError("The folder is no full path.", hint="Write it from the top, e.g. /home/me/site.")
    folder = folder.resolve()
    if folder.is_relative_to(case) or case.is_relative_to(folder):
        raise UsageError("The site cannot lie in the folder of the case, or around it.", hint="Name another folder.")
    return folder


@dataclass(frozen=True, slots=True)
class ShownProduction:
    """A production that is loaded, and how many of its documents would be shown."""

    name: str
    documents: int
    shown: int


@dataclass(frozen=True, slots=True)
class PublishPreview:
    """What would be public if the site were built now.

    Args:
        parts: How many of what else would be shown, e.g. ``{"guides": 2}``.
        left_out: Drafts and embargoed things.
        withdrawn: Documents of which a page would say only that they were withdrawn.
        names_to_hide: As they were entered.
    """

    title: str
    documents: int
    pages: int
    productions: tuple[ShownProduction, ...]
    parts: dict[str, int]
    left_out: int
    withdrawn: int
    names_to_hide: tuple[str, ...]
    dead: tuple[DeadCitation, ...]


def previewed(case: CaseFile, order: PublishOrder) -> PublishPreview:
    """Return what would be public; nothing is written.

    Raises:
        InputError: If a case says nothing of what is public, or the site cannot be made as it is asked for.
    """
    with PageRenderer() as renderer:
        site = site_of([case], order, renderer=renderer)
        seen = publish.preview(site)
    return _told(case, site, seen)


def _told(case: CaseFile, site: publish.Site, seen: SitePreview) -> PublishPreview:
    shown = [document for page in seen.site.cases for document in page.documents]
    # Ids of documents begin with the production they stand in.
    by_production = Counter(int(document.id.partition("-")[0]) for document in shown)
    return PublishPreview(
        title=str(site.title),
        documents=len(shown),
        pages=sum(len(document.numbers) for document in shown),
        productions=tuple(
            ShownProduction(one.name, case.counts(one.id).documents, by_production[one.id])
            for one in case.productions()
        ),
        parts=_parts(seen.site),
        left_out=seen.left_out,
        withdrawn=sum(document.visibility.state is publish.State.WITHDRAWN for document in shown),
        names_to_hide=site.names_to_hide,
        dead=seen.dead,
    )


def _parts(site: publish.Site) -> dict[str, int]:
    """Return how many things besides records are shown."""
    return {
        "guides": sum(len(case.guides) for case in site.cases),
        "selected": sum(len(case.selected) for case in site.cases),
        "events": sum(len(case.events) for case in site.cases),
        "motions": sum(len(case.motions) for case in site.cases),
        "orders": sum(len(case.orders) for case in site.cases),
        "releases": sum(len(case.productions) for case in site.cases),
        "news": sum(len(case.news) for case in site.cases),
        "related": sum(len(case.related) + len(case.resources) for case in site.cases),
        "actions": sum(len(case.actions) for case in site.cases),
    }
