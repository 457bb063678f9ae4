"""What a handed-over folder holds: load files, pages, text, natives, litter.

Judged by names and places alone; what a file really is, its bytes decide later (`vaughn.formats`). Folder names
follow the customs of DOMAIN 2.6 (``DATA``, ``IMAGES``, ``TEXT``, ``NATIVES``, ``DOCLINK``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from vaughn.model import Finding, Place, finding
from vaughn.store import REFUSAL_CODE, REFUSAL_WORDS, Entry, EntryKind


class Part(Enum):
    """What a file of a production seems to be for."""

    CANDIDATE = "candidate"  # may be a load file: to be looked into
    PAGES = "pages"
    TEXT = "text"
    NATIVE = "native"
    ARCHIVE = "archive"
    LITTER = "litter"  # left behind by a file manager
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Survey:
    """Every entry with its part, in the order of *entries*."""

    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]

    def of(self, part: Part) -> tuple[Entry, ...]:
        """Return the entries of one part."""
        return tuple(entry for entry, own in zip(self.entries, self.parts, strict=True) if own is part)


_LITTER_NAMES = frozenset({"thumbs.db", "ehthumbs.db", ".ds_store", "desktop.ini", ".localized", "icon\r"})
_LITTER_FOLDERS = frozenset(
    {"__macosx", ".spotlight-v100", ".trashes", ".fseventsd", "$recycle.bin", "system volume information"}
)
PAGE_SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".jp2", ".j2k", ".bmp", ".gif", ".webp"})
TEXT_SUFFIXES = frozenset({".txt", ".text"})
ARCHIVE_SUFFIXES = frozenset({".zip"})
# Always looked into: no native record has these names by custom.
_LOAD_FILE_SUFFIXES = frozenset({".dat", ".opt", ".lfp", ".dii", ".log", ".lst"})
# Looked into unless they stand among the natives: natives may carry these names.
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".xlsb", ".ods", ".xml"})
_LOAD_FOLDERS = frozenset(
    {"data", "load", "loadfile", "loadfiles", "load files", "load_files", "load file", "dat", "opt"}
)
_NATIVE_FOLDERS = frozenset({"native", "natives", "native files", "nativefiles", "native_files", "doclink"})
_TEXT_FOLDERS = frozenset(
    {"text", "texts", "fulltext", "full text", "ocr", "extracted text", "txt", "text files", "textfiles"}
)
_IMAGE_FOLDERS = frozenset({"image", "images", "img", "pdf", "pdfs", "tiff", "tiffs", "tif", "pages"})
STANDARD_FOLDERS = _LOAD_FOLDERS | _NATIVE_FOLDERS | _TEXT_FOLDERS | _IMAGE_FOLDERS
_PART_OF_SUFFIX = {**dict.fromkeys(PAGE_SUFFIXES, Part.PAGES), **dict.fromkeys(ARCHIVE_SUFFIXES, Part.ARCHIVE)}
# A folder with more text files than this holds pages' text, not load files.
_MOST_TEXT_CANDIDATES = 3


def survey(entries: Sequence[Entry]) -> Survey:
    """Return what each entry seems to be for; links and devices are refused, litter is counted."""
    texts_in = Counter(_folder(entry.path) for entry in entries if _suffix(entry.path) in TEXT_SUFFIXES)
    stems = {_stem(entry.path) for entry in entries if _suffix(entry.path) in PAGE_SUFFIXES}
    parts = tuple(_part(entry, texts_in=texts_in, page_stems=stems) for entry in entries)
    return Survey(tuple(entries), parts, tuple(_refusals(entries)))


def volume_root(path: str) -> str:
    """Return the folder that the paths inside the load file *path* count from, ``""`` for the top."""
    folders = path.split("/")[:-1]
    while folders and folders[-1].lower().strip() in _LOAD_FOLDERS:
        folders.pop()
    return "/".join(folders)


def is_native_place(path: str) -> bool:
    """Tell whether *path* stands in a folder that customarily holds natives."""
    return any(folder.lower().strip() in _NATIVE_FOLDERS for folder in path.split("/")[:-1])


def _part(entry: Entry, *, texts_in: Counter[str], page_stems: set[str]) -> Part:
    if entry.kind is not EntryKind.FILE:
        return Part.REFUSED
    folders = [folder.lower().strip() for folder in entry.path.split("/")[:-1]]
    if _is_litter(entry.path.rpartition("/")[2].lower(), folders):
        return Part.LITTER
    suffix = _suffix(entry.path)
    if suffix in _LOAD_FILE_SUFFIXES or any(folder in _NATIVE_FOLDERS for folder in folders):
        return Part.CANDIDATE if suffix in _LOAD_FILE_SUFFIXES else Part.NATIVE
    if suffix in TEXT_SUFFIXES:
        lists = _may_list_documents(entry.path, texts_in=texts_in, page_stems=page_stems)
        return Part.CANDIDATE if lists else Part.TEXT
    if suffix in _TABLE_SUFFIXES and _stem(entry.path) not in page_stems:
        return Part.CANDIDATE
    return _PART_OF_SUFFIX.get(suffix, Part.NATIVE)


def is_litter(path: str) -> bool:
    """Tell whether a file manager left the file behind."""
    return _is_litter(path.rpartition("/")[2].lower(), [folder.lower().strip() for folder in path.split("/")[:-1]])


def _is_litter(name: str, folders: Sequence[str]) -> bool:
    return name in _LITTER_NAMES or name.startswith(("._", "~$")) or any(f in _LITTER_FOLDERS for f in folders)


def _may_list_documents(path: str, *, texts_in: Counter[str], page_stems: set[str]) -> bool:
    """Tell whether a text file can be a load file: few of its kind in its folder, and no page or number of its name."""
    folder = _folder(path)
    last = folder.rpartition("/")[2].lower().strip()
    if last in _LOAD_FOLDERS:
        return True
    if last in _TEXT_FOLDERS or texts_in[folder] > _MOST_TEXT_CANDIDATES:
        return False
    return _stem(path) not in page_stems


def _refusals(entries: Sequence[Entry]) -> list[Finding]:
    return [
        finding(code, REFUSAL_WORDS[kind], place=Place(path=entry.path))
        for kind, code in REFUSAL_CODE.items()
        for entry in entries
        if entry.kind is kind
    ]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _suffix(path: str) -> str:
    return PurePosixPath(path.rpartition("/")[2]).suffix.lower()


def _stem(path: str) -> str:
    return PurePosixPath(path.rpartition("/")[2]).stem.lower()
