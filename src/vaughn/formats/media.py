"""What a file is, told by its content; its name decides only between kinds that look alike inside."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from vaughn.formats.text import encoding_of

PDF = "application/pdf"
TIFF = "image/tiff"
JPEG = "image/jpeg"
PNG = "image/png"
JPEG_2000 = "image/jp2"
GIF = "image/gif"
BMP = "image/bmp"
WEBP = "image/webp"
TEXT = "text/plain"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

# Types that `vaughn.formats.views` shows as they were laid out.
HTML_TYPES = frozenset({"message/rfc822", "message/x-emlx", "text/html", "application/xhtml+xml"})
IMAGE_TYPES = frozenset({TIFF, JPEG, PNG, JPEG_2000, GIF, BMP, WEBP})
PAGED_TYPES = IMAGE_TYPES | {PDF}

# A PDF header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
HEAD_BYTES = 4096
PDF_HEADER_WITHIN = 1024

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"II+\0", TIFF),
    (b"MM\0+", TIFF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\0\0\0\x0cjP  \r\n\x87\n", JPEG_2000),
    (b"\xff\x4f\xff\x51", JPEG_2000),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": WEBP}
_MP4_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"M4A ": "audio/mp4"}
_MP3_FRAMES = {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}
_OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "visio/": "application/vnd.ms-visio.drawing",
}
# Names of streams inside an OLE file, in UTF-16 as the directory writes them.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("__substg1.0_", "application/vnd.ms-outlook"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Workbook", "application/vnd.ms-excel"),
    ("VisioDocument", "application/vnd.visio"),
    ("Book", "application/vnd.ms-excel"),
)
OLE_SCAN_BYTES = 8 * 1024 * 1024
_TEXT_BY_SUFFIX = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".html": "text/html",
    ".htm": "text/html",
    ".xml": "application/xml",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
}


def media_type(path: Path, *, name: str) -> str:
    """Return the media type of the file at *path*, which the production calls *name*.

    A file that is nothing known is ``application/octet-stream``; an empty one ``application/x-empty``.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return EMPTY
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    found = _by_magic(head)
    if found == ZIP:
        return package_type(path)
    if found == OLE:
        return _inside_ole(path)
    if found is not None:
        return found
    if b"%PDF-" in head[:PDF_HEADER_WITHIN]:
        return PDF
    from vaughn.formats.mail import mail_type  # noqa: PLC0415 -- the readers of mail ask this module for types

    return mail_type(head, suffix) or _text_type(head, suffix)


def _by_magic(head: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _MP4_BRANDS.get(head[8:12], "video/mp4")
    if head[:2] == b"BM" and len(head) > 30 and head[6:10] == b"\0\0\0\0":
        return BMP
    if len(head) > 262 and head[257:262] == b"ustar":
        return "application/x-tar"
    return "audio/mpeg" if head[:2] in _MP3_FRAMES else None


def is_package(path: Path) -> bool:
    """Tell whether the file begins like a zip archive: `package_type` opens it, in a child process."""
    with path.open("rb") as file:
        return _by_magic(file.read(HEAD_BYTES)) == ZIP


def package_type(path: Path) -> str:
    """Return the Office type a zip is the package of, or plain zip. Reads the directory only."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared.startswith("application/"):
                    return declared
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return ZIP
    if "[Content_Types].xml" in names:
        for folder, kind in _OOXML.items():
            if any(name.startswith(folder) for name in names):
                return kind
    return ZIP


def _inside_ole(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(OLE_SCAN_BYTES)
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return OLE


def _text_type(head: bytes, suffix: str) -> str:
    if encoding_of(head) is None:
        return UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<?xml"):
        return "application/xml"
    return _TEXT_BY_SUFFIX.get(suffix, TEXT)


def type_words(kind: str) -> str:
    """Return what files of the type *kind* are, in words for a message."""
    return _TYPE_WORDS.get(kind, f"of the type {kind}" if kind != UNKNOWN else "of a type that is not known")


_TYPE_WORDS = {
    "application/vnd.microsoft.portable-executable": "a program for Windows",
    "application/x-elf": "a program for Linux",
    "application/x-mach-binary": "a program for Mac",
    "application/vnd.sqlite3": "a database (SQLite)",
    "application/x-msaccess": "a database (Access)",
}
