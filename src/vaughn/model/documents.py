"""What a produced document is, which files stand behind it, and what its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vaughn.model.bates import BatesNumber
from vaughn.model.geometry import PageSize, Word


class FileRole(Enum):
    """What a file of a production is for."""

    LOAD_FILE = "load file"
    IMAGE = "image"  # pages as the agency shows them: TIFF, JPEG, PDF
    TEXT = "text"
    NATIVE = "native"
    ARCHIVE = "archive"  # was opened; its members are files of their own
    OTHER = "other"  # belongs to no document


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes under their SHA-256 (64 hexadecimal digits)."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was handed over.

    Args:
        path: Path inside the production as received, ``/`` between folders; data, never opened.
        blob: `None` if the file was named and is missing, or was refused.
        refused: Finding code that says why it was refused, or `None`.
    """

    id: int
    production_id: int
    path: str
    role: FileRole
    blob: Blob | None
    media_type: str
    refused: str | None = None


# ISO 639-2 for "undetermined": there are words, and they do not tell their language.
NO_LANGUAGE = "und"


class TextSource(Enum):
    """Where the words of a page come from."""

    UNREAD = "unread"  # not looked at yet
    EMBEDDED = "embedded"  # the page's own text layer
    TEXT_FILE = "text file"  # the produced text; no boxes
    OCR = "ocr"
    EMPTY = "empty"  # looked at; there are no words
    FAILED = "failed"  # could not be read; a finding says why
    DOUBTFUL = "doubtful"  # the page's own text layer, which says badly or not wholly what it shows; OCR is to read it


class LayerState(Enum):
    """What is known of the text layer that a scanned page brought with it; no state where text is seen on the page."""

    HIDDEN = "hidden"  # lies unseen on the picture and reads well; not held against the picture yet
    WHOLE = "whole"  # says what the picture shows
    LOST_LINES = "lost lines"  # the picture shows more lines than the layer says
    UNTESTED = "untested"  # could not be held against the picture
    POOR = "poor"  # reads badly
    UNREADABLE = "unreadable"  # its fonts do not say which letters they draw
    SCANTY = "scanty"  # a caption or a number on a picture of a page


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of one page in reading order; `words` is empty when no boxes are known."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `id` is permanent: it stays when numbers or document borders change.

    Args:
        number: Place in its document, from 1.
        label: Number of the page as the page list or the document's range gives it.
        file_id: File that shows the page, `None` if missing.
        page_in_file: From 1.
        stamped: Number read from the page itself, `None` if none was read.
        layer: Of a scanned page that brought text, `None` of any other.
        language: ISO 639-1 code of the language its words are in, `NO_LANGUAGE` if they do not tell it, `None` if
            there are none.
    """

    id: int
    number: int
    label: str | None
    file_id: int | None
    page_in_file: int
    size: PageSize | None
    text_source: TextSource
    stamped: str | None = None
    language: str | None = None
    layer: LayerState | None = None


class DocumentState(Enum):
    """Whether a document counts."""

    CURRENT = "current"
    DIVIDED = "divided"  # was one large file; the documents cut from it count instead
    UNDONE = "undone"  # was cut from a large file; the cut was taken back
    DUPLICATE = "duplicate"  # a copy of another one, which counts instead; its custodian and path are kept


class DocumentKind(Enum):
    """What sort of record a document is, judged by its fields and its native file."""

    EMAIL = "e-mail"
    ATTACHMENT = "attachment"
    SPREADSHEET = "spreadsheet"
    PRESENTATION = "presentation"
    TEXT_DOCUMENT = "text document"
    IMAGE = "image"
    PAPER = "paper"  # scanned pages and nothing else
    MEDIA = "audio or video"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProducedDocument:
    """One document of a production.

    Args:
        control: What the production calls it: begin number, or the file's name if it has none.
        begin, end: `None` if there is no readable number.
        first_page_id: Pages are `first_page_id` .. `first_page_id + page_count - 1`.
        family_id: Id of the family's first document (its own id for a family of one).
        date: ISO 8601, a day (``2011-01-17``) or a UTC moment (``2011-01-17T14:03:00Z``).
        row: Load-file row it stands in: (load file id, line), or `None`.
        language: The one most of its pages are in, as in `Page`.
    """

    id: int
    production_id: int
    ordinal: int
    state: DocumentState
    control: str
    begin: BatesNumber | None
    end: BatesNumber | None
    first_page_id: int | None
    page_count: int
    parent_id: int | None
    family_id: int
    kind: DocumentKind
    custodian: str | None
    title: str | None
    sender: str | None
    recipients: str | None
    date: str | None
    file_name: str | None
    native_file_id: int | None
    text_file_id: int | None
    row: tuple[int, int] | None
    language: str | None = None
