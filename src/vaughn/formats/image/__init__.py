"""Image files: TIFF of any number of pages, JPEG, PNG, JPEG 2000, through Pillow.

Comes in: a path. Goes out: pages in points as displayed. Run it in a child process (`vaughn.work`).
"""

from vaughn.formats.image.covering import PublicPicture, public_picture
from vaughn.formats.image.pages import ImagePages

__all__ = ["ImagePages", "PublicPicture", "public_picture"]
