"""What are the documents' own facts? Title, people, date, kind of record, column by column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from vaughn.model import DocumentKind
from vaughn.receive.dates import (
    NO_OFFSET,
    DayOrder,
    first_year,
    iso_texts,
    joined,
    read_repeated,
    read_times,
    shared_order,
    taken,
    zone_minutes,
)
from vaughn.receive.packed import PackedFacts
from vaughn.receive.rows import DocumentRows

# The document's date is the first of these that is known: sent, its own, received, last modified, created.
_DATE_RULE = (
    ("sent_date", "sent_time"),
    ("document_date", None),
    ("received_date", "received_time"),
    ("modified_date", "modified_time"),
    ("created_date", "created_time"),
)
# Dates written out together: enough to be quick, few enough to be small.
_AT_ONCE = 50_000
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


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """Facts of the documents of one list, one a row, `None` where unknown."""

    custodian: list[str | None]
    title: PackedFacts
    sender: list[str | None]
    recipients: PackedFacts
    date: list[str | None]
    file_name: PackedFacts
    kind: list[DocumentKind]


def own_facts(rows: DocumentRows, agreed: DayOrder | None = None) -> OwnFacts:
    """Return what the columns of one document list say about its documents.

    Args:
        agreed: The order of day and month that the production was ordered in.
    """
    dates = _dates(rows, agreed)
    names = _first(rows, "file_name") or _names_in(rows.get("native_path"), len(rows))
    file_name = None if names is None else PackedFacts(names)
    names = None
    return OwnFacts(
        custodian=_first(rows, "custodian") or [None] * len(rows),
        title=PackedFacts(_either(_first(rows, "subject", "title"), file_name, len(rows))),
        sender=_first(rows, "from", "author") or [None] * len(rows),
        recipients=PackedFacts(_recipients(rows)),
        date=dates,
        file_name=PackedFacts(repeat(None, len(rows))) if file_name is None else file_name,
        kind=_kinds(rows),
    )


def _first(rows: DocumentRows, *names: str) -> list[str | None] | None:
    """Return for each row the first of the named fields that is filled; `None` if there is no such column."""
    result: list[str | None] | None = None
    for name in names:
        values = rows.get(name)
        if values is None:
            continue
        column = [text.strip() or None for text in values]
        result = column if result is None else [old or new for old, new in zip(result, column, strict=True)]
    return result


def _either(first: Sequence[str | None] | None, second: Sequence[str | None] | None, size: int) -> Iterable[str | None]:
    if first is None or second is None:
        return first or second or [None] * size
    return (one or other for one, other in zip(first, second, strict=True))


def _names_in(paths: Sequence[str] | None, size: int) -> list[str | None] | None:
    if paths is None or not size:
        return None
    return [re.split(r"[\\/]", path.strip())[-1] or None for path in paths]


def _recipients(rows: DocumentRows) -> Iterable[str | None]:
    """Return to, cc and bcc in one text."""
    columns = [values for values in (rows.get(name) for name in ("to", "cc", "bcc")) if values is not None]
    if not columns:
        return repeat(None, len(rows))
    return (
        "; ".join([text for part in parts if part and (text := part.strip())]) or None
        for parts in zip(*columns, strict=True)
    )


def _kinds(rows: DocumentRows) -> list[DocumentKind]:
    """Return the kind of record of each row, by its declared type, its file's suffix, its e-mail fields."""
    types, senders, sent = rows.texts("record_type"), rows.texts("from"), rows.texts("sent_date")
    suffixes = _suffixes(rows)
    known = {pair: _kind_of(*pair) for pair in set(zip(types, suffixes, strict=True))}
    open_rows = (
        [row for row, pair in enumerate(zip(types, suffixes, strict=True)) if known[pair] is None]
        if None in known.values()
        else []
    )
    kinds = [known[pair] or DocumentKind.UNKNOWN for pair in zip(types, suffixes, strict=True)]
    digital = [values for values in (rows.get(name) for name in _BORN_DIGITAL) if values is not None]
    for row in open_rows:
        if senders[row] and sent[row]:
            kinds[row] = DocumentKind.EMAIL
        elif not digital:
            kinds[row] = DocumentKind.UNKNOWN
        else:
            kinds[row] = DocumentKind.OTHER if any(values[row] for values in digital) else DocumentKind.PAPER
    return kinds


def _kind_of(record_type: str, suffix: str) -> DocumentKind | None:
    by_suffix = _KIND_OF_SUFFIX.get(suffix)
    by_word = next((kind for form, kind in _KIND_OF_WORD if form.search(record_type)), None) if record_type else None
    # "Attachment" says how it came, the suffix says what it is.
    if by_word in {None, DocumentKind.ATTACHMENT, DocumentKind.TEXT_DOCUMENT} and by_suffix is not None:
        return by_suffix
    return by_word or (DocumentKind.OTHER if suffix else None)


def _suffixes(rows: DocumentRows) -> list[str]:
    own, names, natives = rows.get("file_extension"), rows.get("file_name"), rows.get("native_path")
    if own is None and names is None and natives is None:
        return [""] * len(rows)
    stated = rows.texts("file_extension")
    plain = {text: text.strip().lstrip(".").lower() for text in set(stated)}
    return [
        plain[own] or (_suffix(name) or _suffix(native)).lower()
        for own, name, native in zip(stated, rows.texts("file_name"), rows.texts("native_path"), strict=True)
    ]


def kind_of_name(name: str) -> DocumentKind | None:
    """Return the kind of record that a file's name speaks of, `None` if it says nothing."""
    return _KIND_OF_SUFFIX.get(_suffix(name).lower())


def _suffix(name: str) -> str:
    tail = name.strip().rpartition(".")[2] if "." in name else ""
    return tail if len(tail) <= 5 and tail.isalnum() else ""


def _dates(rows: DocumentRows, agreed: DayOrder | None) -> list[str | None]:
    """Return each row's date by the rule. What is wrong with dates, check 19 tells: an order may decide more."""
    result: list[str | None] = [None] * len(rows)
    seen: dict[str | None, str | None] = {}
    zones = _zones(rows)
    columns = [
        (name, time, read_repeated(rows.texts(name), agreed=agreed, earliest=first_year(name)))
        for name, time in _DATE_RULE
        if rows.get(name) is not None
    ]
    known = shared_order(column for _, _, column in columns)
    for name, time, read in columns:
        column = read
        if column.order is DayOrder.UNKNOWN and known is not DayOrder.UNKNOWN:
            column = read_repeated(rows.texts(name), order=known, earliest=first_year(name))
        times = read_times(rows.texts(time)) if time and rows.get(time) is not None else None
        whole = joined(column, times, zones=zones)
        unknown = np.array([row for row, text in enumerate(result) if text is None], np.int64)
        for at in range(0, len(unknown), _AT_ONCE):
            places = unknown[at : at + _AT_ONCE]
            for row, text in zip(places.tolist(), iso_texts(taken(whole, places)), strict=True):
                # Equal dates become one object.
                result[row] = seen.setdefault(text, text)
    return result


def _zones(rows: DocumentRows) -> np.ndarray[tuple[int], np.dtype[np.int16]] | None:
    values = rows.get("time_zone")
    if values is None:
        return None
    known = {text: zone_minutes(text) for text in set(values)}
    return np.array([NO_OFFSET if known[text] is None else known[text] for text in values], np.int16)
