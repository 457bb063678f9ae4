"""From a case to its public site: what is said of the suit, and the records that were released."""

from vaughn.app.publishing.building import PublishOrder, publish_case, site_of

__all__ = ["PublishOrder", "publish_case", "site_of"]
