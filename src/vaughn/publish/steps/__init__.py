"""Writing the site into a folder; the only part of the room that touches a disk.

Comes in: a `Site`, the folder it goes to, the folder in which the build remembers. Goes out: files, and what was done.
"""

from vaughn.publish.steps.build import DeadCitations, PublishResult, publish
from vaughn.publish.steps.preview import SitePreview, preview

__all__ = ["DeadCitations", "PublishResult", "SitePreview", "preview", "publish"]
