"""What a build would make public, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vaughn.publish.contents import Site
from vaughn.publish.guides import DeadCitation
from vaughn.publish.hiding import NamesToHide
from vaughn.publish.steps.build import Build, DeadCitations, checked
from vaughn.publish.visible import public_site


@dataclass(frozen=True, slots=True)
class SitePreview:
    """What the public would see, and what stands in the way.

    Args:
        site: Only what is public; names to hide are covered in its texts, not yet in pages and pictures.
        left_out: Drafts and embargoed things.
        dead: Citations of pages that would not be published; with any, no site is made.
    """

    site: Site
    left_out: int
    dead: tuple[DeadCitation, ...]


def preview(site: Site) -> SitePreview:
    """Return what `publish` would make of *site*; no page is read and nothing is written.

    Raises:
        InputError: If the site cannot be made as it is asked for.
    """
    names = NamesToHide(site.names_to_hide)
    shown = public_site(site)
    public = checked(names.covered_value(replace(shown.site, names_to_hide=())))
    try:
        Build(public, names, {}).prepare()
    except DeadCitations as error:
        return SitePreview(public, shown.left_out, error.dead)
    return SitePreview(public, shown.left_out, ())
