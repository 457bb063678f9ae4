"""From a case to its public site: what is said of the suit, and the records that were released."""

from vaughn.app.publishing.building import PublishOrder, publish_case, site_of
from vaughn.app.publishing.preview import PublishPreview, ShownProduction, previewed, require_outside

__all__ = [
    "PublishOrder",
    "PublishPreview",
    "ShownProduction",
    "previewed",
    "publish_case",
    "require_outside",
    "site_of",
]
