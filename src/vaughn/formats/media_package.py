"""What a zip archive is the package of: Office Open XML, OpenDocument, EPUB, iWork, or plain zip.

Office Open XML is told exactly, by the content type of its main part (ECMA-376 part 2, 10.1.2); OpenDocument and
EPUB by their first member. Only the directory and those two members are read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

ZIP = "application/zip"
MAX_TYPES_BYTES = 4_000_000
MAX_DECLARED_BYTES = 200
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")
_PART_TYPE = re.compile(rb"ContentType\s*=\s*[\"']([^\"']{1,300})[\"']")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml"
# Content type of the main part, in lower case and without ``.main+xml`` -> type of the file.
_MAIN_PARTS = {
    f"{_WORD}.document": f"{_WORD}.document",
    f"{_WORD}.template": f"{_WORD}.template",
    f"{_SHEET}.sheet": f"{_SHEET}.sheet",
    f"{_SHEET}.template": f"{_SHEET}.template",
    f"{_SLIDES}.presentation": f"{_SLIDES}.presentation",
    f"{_SLIDES}.slideshow": f"{_SLIDES}.slideshow",
    f"{_SLIDES}.template": f"{_SLIDES}.template",
    "application/vnd.ms-word.document.macroenabled": "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.ms-word.template.macroenabledtemplate": "application/vnd.ms-word.template.macroenabled.12",
    "application/vnd.ms-excel.sheet.macroenabled": "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-excel.template.macroenabled": "application/vnd.ms-excel.template.macroenabled.12",
    "application/vnd.ms-excel.addin.macroenabled": "application/vnd.ms-excel.addin.macroenabled.12",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/vnd.ms-powerpoint.presentation.macroenabled": (
        "application/vnd.ms-powerpoint.presentation.macroenabled.12"
    ),
    "application/vnd.ms-powerpoint.slideshow.macroenabled": "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
    "application/vnd.ms-powerpoint.template.macroenabled": "application/vnd.ms-powerpoint.template.macroenabled.12",
    "application/vnd.ms-powerpoint.addin.macroenabled": "application/vnd.ms-powerpoint.addin.macroenabled.12",
    "application/vnd.ms-visio.drawing": "application/vnd.ms-visio.drawing",
    "application/vnd.ms-visio.drawing.macroenabled": "application/vnd.ms-visio.drawing.macroenabled.12",
    "application/vnd.ms-visio.template": "application/vnd.ms-visio.template",
    "application/vnd.ms-visio.stencil": "application/vnd.ms-visio.stencil",
    "application/vnd.ms-package.xps-fixeddocumentsequence+xml": "application/vnd.ms-xpsdocument",
}
# Where the list of content types is broken or missing.
_FOLDERS = {
    "word/document": f"{_WORD}.document",
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "xl/workbook": f"{_SHEET}.sheet",
    "ppt/presentation": f"{_SLIDES}.presentation",
    "visio/document": "application/vnd.ms-visio.drawing",
}
_MARKED = {
    "AndroidManifest.xml": "application/vnd.android.package-archive",
    "META-INF/MANIFEST.MF": "application/java-archive",
    "doc.kml": "application/vnd.google-earth.kmz",
}
_IWORK_BY_SUFFIX = {
    ".pages": "application/vnd.apple.pages",
    ".numbers": "application/vnd.apple.numbers",
    ".key": "application/vnd.apple.keynote",
}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
    EOFError,
    LookupError,
    OverflowError,
)


def package_type(path: Path, suffix: str = "") -> str:
    """Return the type of document that the zip at *path* is the package of, or plain zip.

    Args:
        suffix: Of its name; tells the three programs of iWork apart, whose packages are alike.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _package_type(archive, suffix)
    except _BROKEN:
        return ZIP


def _package_type(archive: zipfile.ZipFile, suffix: str) -> str:
    names = archive.namelist()
    known = set(names)
    if "mimetype" in known:
        declared = _bytes(archive, "mimetype", MAX_DECLARED_BYTES).decode("ascii", "replace").strip()
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+", declared):
            return declared.lower()
    if "[Content_Types].xml" in known:
        return _by_content_types(_bytes(archive, "[Content_Types].xml", MAX_TYPES_BYTES)) or _by_folder(names)
    if "META-INF/manifest.xml" in known and "content.xml" in known:
        manifest = _bytes(archive, "META-INF/manifest.xml", MAX_TYPES_BYTES)
        found = re.search(rb"application/vnd\.oasis\.opendocument\.[\w-]+", manifest)
        return found[0].decode("ascii").lower() if found else ZIP
    if "Index/Document.iwa" in known or "Index.zip" in known or "index.apxl" in known or "index.xml" in known:
        iwork = _iwork(known, suffix)
        if iwork is not None:
            return iwork
    for name, kind in _MARKED.items():
        if name in known:
            return kind
    return _by_folder(names) if any(name.endswith("_rels/.rels") for name in names) else ZIP


def _by_content_types(types: bytes) -> str | None:
    for override in _OVERRIDE.findall(types):
        match = _PART_TYPE.search(override)
        if match is None:
            continue
        declared = match[1].decode("ascii", "replace").lower().strip()
        found = _MAIN_PARTS.get(declared) or _MAIN_PARTS.get(declared.removesuffix(".main+xml"))
        if found is not None:
            return found
    return None


def _by_folder(names: list[str]) -> str:
    for beginning, kind in _FOLDERS.items():
        if any(name.replace("\\", "/").lower().startswith(beginning) for name in names):
            return kind
    return ZIP


def _iwork(known: set[str], suffix: str) -> str | None:
    if suffix in _IWORK_BY_SUFFIX:
        return _IWORK_BY_SUFFIX[suffix]
    if "index.apxl" in known or any(name.startswith(("Index/Slide", "Index/MasterSlide")) for name in known):
        return _IWORK_BY_SUFFIX[".key"]
    return "application/vnd.apple.iwork" if "Index/Document.iwa" in known else None


def _bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as member:
        return member.read(most)
