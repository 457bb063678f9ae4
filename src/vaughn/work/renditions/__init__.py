"""Pictures of office files as an office program draws them, where LibreOffice is installed.

Comes in: files by path and type. Goes out: a PDF file each, or why there is none. LibreOffice runs in batches, in a
world of its own without a network, with a profile of its own that runs no macro and follows no link.
"""

from vaughn.work.renditions.office import BATCH, OfficeFile, Rendition, render_office_files, suffix_for
from vaughn.work.renditions.program import office_program, office_version

__all__ = [
    "BATCH",
    "OfficeFile",
    "Rendition",
    "office_program",
    "office_version",
    "render_office_files",
    "suffix_for",
]
