"""What a file is, told by its content; its name decides only between kinds that look alike inside."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from vaughn.formats.extras import is_installed
from vaughn.formats.media_ole import OLE, ole_type
from vaughn.formats.media_package import ZIP
from vaughn.formats.media_package import package_type as package_type_of
from vaughn.formats.media_signs import UNKNOWN, type_by_signs
from vaughn.formats.text import encoding_of

PDF = "application/pdf"
TIFF = "image/tiff"
JPEG = "image/jpeg"
PNG = "image/png"
JPEG_2000 = "image/jp2"
GIF = "image/gif"
BMP = "image/bmp"
WEBP = "image/webp"
HEIC = "image/heic"
TEXT = "text/plain"
EMPTY = "application/x-empty"

# Types that `vaughn.formats.views` shows as they were laid out.
HTML_TYPES = frozenset(
    {
        "message/rfc822",
        "message/x-emlx",
        "application/vnd.ms-outlook",
        "application/vnd.ms-tnef",
        "text/html",
        "application/xhtml+xml",
    }
)
# Photographs of telephones are read where the extra `heic` is installed; else they are records without pages.
IMAGE_TYPES = frozenset({TIFF, JPEG, PNG, JPEG_2000, GIF, BMP, WEBP} | ({HEIC} if is_installed("pi_heif") else set()))
PAGED_TYPES = IMAGE_TYPES | {PDF}

# A PDF header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
HEAD_BYTES = 4096
PDF_HEADER_WITHIN = 1024

# Texts of one kind begin in as many ways as there are programs: what they say of themselves, then the suffix.
_XML_ROOTS = (
    (b"progid=\"word.document\"", "application/vnd.ms-word.xml"),
    (b"progid=\"excel.sheet\"", "application/vnd.ms-excel.xml"),
    (b"office:mimetype=\"application/vnd.oasis.opendocument.", "application/vnd.oasis.opendocument.flat"),
)  # fmt: skip
_ROOT_ELEMENT = re.compile(rb"<([a-z_][\w.-]*:)?([a-z_][\w.-]*)[\s/>]")
_BY_ROOT = {
    b"svg": "image/svg+xml",
    b"html": "text/html",
    b"rss": "application/rss+xml",
    b"feed": "application/atom+xml",
    b"kml": "application/vnd.google-earth.kml+xml",
    b"gpx": "application/gpx+xml",
    b"xfdf": "application/vnd.adobe.xfdf",
    b"wordprocessor": "application/xml",
}
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]")
_TEXT_BY_SUFFIX = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".json": "application/json",
    ".md": "text/markdown",
}
_COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)


def media_type(path: Path, *, name: str) -> str:
    """Return the media type of the file at *path*, which the production calls *name*.

    A file that is nothing known is ``application/octet-stream``; an empty one ``application/x-empty``.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return EMPTY
    suffix = _suffix(name)
    found = type_by_signs(head)
    if found == ZIP:
        return package_type_of(path, suffix)
    if found == OLE:
        return ole_type(path)
    if found is not None:
        return found
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return PDF
    from vaughn.formats.mail import mail_type  # noqa: PLC0415 -- the readers of mail ask this module for types

    return mail_type(head, suffix) or _text_type(head, suffix)


def is_package(path: Path) -> bool:
    """Tell whether the file begins like a zip archive: `package_type` opens it, in a child process."""
    with path.open("rb") as file:
        return type_by_signs(file.read(HEAD_BYTES)) == ZIP


def package_type(path: Path, name: str = "") -> str:
    """Return the type of document that the zip at *path*, called *name*, is the package of, or plain zip."""
    return package_type_of(path, _suffix(name))


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _text_type(head: bytes, suffix: str) -> str:
    encoding = encoding_of(head)
    if encoding is None:
        return UNKNOWN
    if encoding.startswith(("utf-16", "utf-32")):
        head = head.decode(encoding, "replace").encode("utf-8")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        marked = _marked_up(start)
        if marked is not None:
            return marked
    return _TEXT_BY_SUFFIX.get(suffix, TEXT)


def _marked_up(start: bytes) -> str | None:
    """Return which kind of XML or HTML begins with *start*, in lower case; `None` if it is another text."""
    for sign, kind in _XML_ROOTS:
        if sign in start:
            return kind
    bare = _COMMENT.sub(b"", start).lstrip()
    root = _ROOT_ELEMENT.match(bare)
    is_xml = start.startswith(b"<?xml")
    if root is not None and root[2] in _BY_ROOT:
        kind = _BY_ROOT[root[2]]
        return "application/xhtml+xml" if kind == "text/html" and is_xml else kind
    if is_xml:
        return "application/xml"
    return "text/html" if _HTML.search(start[:1024]) else None


def type_words(kind: str) -> str:
    """Return what files of the type *kind* are, in words for a message."""
    return _TYPE_WORDS.get(kind, f"of the type {kind}" if kind != UNKNOWN else "of a type that is not known")


_TYPE_WORDS = {
    "application/vnd.microsoft.portable-executable": "a program for Windows",
    "application/x-dosexec": "a program for DOS",
    "application/x-elf": "a program for Linux",
    "application/x-mach-binary": "a program for Mac",
    "application/java-vm": "a program for Java",
    "application/java-archive": "a program for Java",
    "application/x-msi": "an installer for Windows",
    "application/x-ms-shortcut": "a shortcut of Windows",
    "application/x-windows-registry": "a registry of Windows",
    "application/x-windows-event-log": "an event log of Windows",
    "application/x-thumbs-db": "a list of thumbnails of Windows",
    "application/vnd.sqlite3": "a database (SQLite)",
    "application/x-msaccess": "a database (Access)",
    "application/onenote": "a notebook (OneNote)",
    "application/vnd.wordperfect": "a WordPerfect document",
    "application/vnd.lotus-notes": "a Notes database",
    "application/vnd.ms-project": "a Project plan",
    "application/vnd.ms-publisher": "a Publisher document",
    "application/vnd.visio": "a Visio drawing",
    "application/vnd.ms-visio.drawing": "a Visio drawing",
    "image/vnd.dwg": "a CAD drawing (DWG)",
    "image/heic": "a photograph (HEIC), which is read with an extra: pip install 'vaughn[heic]'",
    "application/vnd.ms-office.encrypted": "a locked Office document",
}
