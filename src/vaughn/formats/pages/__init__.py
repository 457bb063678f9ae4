"""Files with pages: how many, their words with boxes, their pictures; text, archives, media types, OCR.

Comes in: a path and a media type. Goes out: pages in points as displayed, or `FileRefused` with the
code of the finding the file becomes. Whatever opens a file here runs in a child process
(`vaughn.work`); packing and unpacking words, and looking for stamps, are pure.
"""

from vaughn.formats.archive import DEFAULT_LIMITS, Archive, ArchiveLimits, ArchiveMember, open_archive
from vaughn.formats.archive_pieces import ArchiveEnd, MemberPiece, archive_pieces
from vaughn.formats.content import ImageFacts, OcrReading, PackedPage, PageContent, PageScan, StampCandidate, TextLayer
from vaughn.formats.extras import ocr_available, ocr_engines
from vaughn.formats.faults import FileRefused, Refusal
from vaughn.formats.guard import Attempt, attempt
from vaughn.formats.language import language_of
from vaughn.formats.media import HTML_TYPES, IMAGE_TYPES, PAGED_TYPES, is_package, media_type, package_type
from vaughn.formats.ocr_routing import OcrNeed, OcrReason, needs_ocr, scan_digest, stored_layer, stored_source
from vaughn.formats.outline import Outline, read_outline
from vaughn.formats.reading import (
    has_pages,
    image_facts,
    keep_files_open,
    ocr_packed,
    ocr_page,
    ocr_strips,
    page_count,
    page_layer,
    page_scan_digest,
    read_packed,
    read_pages,
    render_page,
    render_words,
)
from vaughn.formats.stamps import is_page_word, stamp_candidates
from vaughn.formats.text import TextFile, read_text
from vaughn.formats.words import WordColumns, mean_confidence, pack_words, unpack_columns, unpack_text, unpack_words

__all__ = [
    "DEFAULT_LIMITS",
    "HTML_TYPES",
    "IMAGE_TYPES",
    "PAGED_TYPES",
    "Archive",
    "ArchiveEnd",
    "ArchiveLimits",
    "ArchiveMember",
    "Attempt",
    "FileRefused",
    "ImageFacts",
    "MemberPiece",
    "OcrNeed",
    "OcrReading",
    "OcrReason",
    "Outline",
    "PackedPage",
    "PageContent",
    "PageScan",
    "Refusal",
    "StampCandidate",
    "TextFile",
    "TextLayer",
    "WordColumns",
    "archive_pieces",
    "attempt",
    "has_pages",
    "image_facts",
    "is_package",
    "is_page_word",
    "keep_files_open",
    "language_of",
    "mean_confidence",
    "media_type",
    "needs_ocr",
    "ocr_available",
    "ocr_engines",
    "ocr_packed",
    "ocr_page",
    "ocr_strips",
    "open_archive",
    "pack_words",
    "package_type",
    "page_count",
    "page_layer",
    "page_scan_digest",
    "read_outline",
    "read_packed",
    "read_pages",
    "read_text",
    "render_page",
    "render_words",
    "scan_digest",
    "stamp_candidates",
    "stored_layer",
    "stored_source",
    "unpack_columns",
    "unpack_text",
    "unpack_words",
]
