"""What do some thousand rows say about their documents, date aside? Title, people, file name, kind of record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vaughn.model import DocumentKind

_KIND_OF_SUFFIX = {
    **dict.fromkeys(("msg", "eml", "emlx", "mht", "oft"), DocumentKind.EMAIL),
    **dict.fromkeys(("xls", "xlsx", "xlsm", "xlsb", "csv", "tsv", "ods", "numbers"), DocumentKind.SPREADSHEET),
    **dict.fromkeys(("ppt", "pptx", "pptm", "pps", "ppsx", "odp", "key"), DocumentKind.PRESENTATION),
    **dict.fromkeys(
        ("doc", "docx", "docm", "rtf", "txt", "odt", "wpd", "pdf", "htm", "html", "pages"), DocumentKind.TEXT_DOCUMENT
    ),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "heic", "webp"), DocumentKind.IMAGE),
    **dict.fromkeys(
        ("mp3", "wav", "wma", "m4a", "mp4", "mov", "avi", "wmv", "mkv", "mpg", "mpeg", "vob"), DocumentKind.MEDIA
    ),
}
_KIND_OF_WORD = (
    (re.compile(r"attach", re.IGNORECASE), DocumentKind.ATTACHMENT),
    (re.compile(r"e-?mail|outlook|message|\bmsg\b|rfc822", re.IGNORECASE), DocumentKind.EMAIL),
    (re.compile(r"excel|spreadsheet|sheet", re.IGNORECASE), DocumentKind.SPREADSHEET),
    (re.compile(r"powerpoint|presentation|slide", re.IGNORECASE), DocumentKind.PRESENTATION),
    (re.compile(r"hard ?copy|paper|scan", re.IGNORECASE), DocumentKind.PAPER),
    (re.compile(r"word|pdf|text|document", re.IGNORECASE), DocumentKind.TEXT_DOCUMENT),
    (re.compile(r"image|photo|picture|jpe?g|tiff?", re.IGNORECASE), DocumentKind.IMAGE),
    (re.compile(r"audio|video|media|sound", re.IGNORECASE), DocumentKind.MEDIA),
)
# Words of a document that say it came from a computer: if all of these are empty it was scanned from paper.
_BORN_DIGITAL = (
    "from",
    "to",
    "sent_date",
    "file_name",
    "file_extension",
    "created_date",
    "modified_date",
    "author",
    "subject",
)
_LAST_PART = re.compile(r"[^\\/]*\Z")


@dataclass(frozen=True, slots=True)
class RowFacts:
    """Facts of some rows in a row; an empty text where nothing is known."""

    custodian: list[str]
    title: list[str]
    sender: list[str]
    recipients: list[str]
    file_name: list[str]
    kind: list[DocumentKind]


def row_facts(columns: Mapping[str, list[str]], size: int) -> RowFacts:
    """Return what *columns*, by canonical field, say about *size* documents."""
    nothing = [""] * size

    def filled(name: str) -> list[str] | None:
        return list(map(str.strip, columns[name])) if name in columns else None

    names = filled("file_name")
    if names is None and "native_path" in columns:
        names = [_name_in(path.strip()) for path in columns["native_path"]]
    return RowFacts(
        custodian=filled("custodian") or nothing,
        title=_first_of(filled("subject"), filled("title"), names) or nothing,
        sender=_first_of(filled("from"), filled("author")) or nothing,
        recipients=_all_of(filled("to"), filled("cc"), filled("bcc")) or nothing,
        file_name=names or nothing,
        kind=_kinds(columns, size),
    )


def _name_in(path: str) -> str:
    match = _LAST_PART.search(path)
    return match[0] if match is not None else ""


def _first_of(*columns: list[str] | None) -> list[str]:
    """Return for each row the first text that is not empty."""
    result: list[str] = []
    for column in columns:
        if column is not None:
            result = [old or new for old, new in zip(result, column, strict=True)] if result else column
    return result


def _all_of(*columns: list[str] | None) -> list[str]:
    """Return all texts of each row in one."""
    result: list[str] = []
    for column in columns:
        if column is None or not any(column):
            continue
        result = (
            [f"{old}; {new}" if old and new else old or new for old, new in zip(result, column, strict=True)]
            if result
            else column
        )
    return result


def _kinds(columns: Mapping[str, list[str]], size: int) -> list[DocumentKind]:
    """Return the kind of record of each row, by its declared type, its file's suffix, its e-mail fields."""
    nothing = [""] * size
    types, suffixes = columns.get("record_type", nothing), _suffixes(columns, size)
    pairs = list(zip(types, suffixes, strict=True))
    known = {pair: _kind_of(*pair) for pair in set(pairs)}
    if None not in known.values():
        return [known[pair] or DocumentKind.UNKNOWN for pair in pairs]
    digital = [columns[name] for name in _BORN_DIGITAL if name in columns]
    senders, sent = columns.get("from", nothing), columns.get("sent_date", nothing)
    kinds = []
    for row, pair in enumerate(pairs):
        kind = known[pair]
        if kind is None and senders[row] and sent[row]:
            kind = DocumentKind.EMAIL
        elif kind is None and digital:
            kind = DocumentKind.OTHER if any(values[row] for values in digital) else DocumentKind.PAPER
        kinds.append(kind or DocumentKind.UNKNOWN)
    return kinds


def _kind_of(record_type: str, suffix: str) -> DocumentKind | None:
    by_suffix = _KIND_OF_SUFFIX.get(suffix)
    by_word = next((kind for form, kind in _KIND_OF_WORD if form.search(record_type)), None) if record_type else None
    # "Attachment" says how it came, the suffix says what it is.
    if by_word in {None, DocumentKind.ATTACHMENT, DocumentKind.TEXT_DOCUMENT} and by_suffix is not None:
        return by_suffix
    return by_word or (DocumentKind.OTHER if suffix else None)


def _suffixes(columns: Mapping[str, list[str]], size: int) -> Sequence[str]:
    own, names, natives = (columns.get(name) for name in ("file_extension", "file_name", "native_path"))
    stated: Iterable[str] = own or [""] * size
    plain = {text: text.strip().lstrip(".").lower() for text in set(stated)}
    if "" not in plain.values() or (names is None and natives is None):
        return [plain[text] for text in stated]
    nothing = [""] * size
    return [
        plain[text] or (_suffix(name) or _suffix(native)).lower()
        for text, name, native in zip(stated, names or nothing, natives or nothing, strict=True)
    ]


def kind_of_name(name: str) -> DocumentKind | None:
    """Return the kind of record that a file's name speaks of, `None` if it says nothing."""
    return _KIND_OF_SUFFIX.get(_suffix(name).lower())


def _suffix(name: str) -> str:
    tail = name.strip().rpartition(".")[2] if "." in name else ""
    return tail if len(tail) <= 5 and tail.isalnum() else ""
