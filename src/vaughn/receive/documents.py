"""What are the documents' own facts? Title, people, date, kind of record, column by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vaughn.model import DocumentKind, Finding, finding
from vaughn.receive.dates import (
    NO_OFFSET,
    DateColumn,
    DayOrder,
    Fault,
    iso_texts,
    joined,
    read_repeated,
    read_times,
    taken,
    zone_minutes,
)
from vaughn.receive.rows import DocumentRows

# The document's date is the first of these that is known: sent, its own, received, last modified, created.
_DATE_RULE = (
    ("sent_date", "sent_time"),
    ("document_date", None),
    ("received_date", "received_time"),
    ("modified_date", "modified_time"),
    ("created_date", "created_time"),
)
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
    title: list[str | None]
    sender: list[str | None]
    recipients: list[str | None]
    date: list[str | None]
    file_name: list[str | None]
    kind: list[DocumentKind]
    orders: tuple[tuple[str, DayOrder], ...]
    findings: tuple[Finding, ...]


def own_facts(rows: DocumentRows) -> OwnFacts:
    """Return what the columns of one document list say about its documents."""
    dates, orders, found = _dates(rows)
    file_name = _first(rows, "file_name") or _names_in(rows.get("native_path"), len(rows))
    subject = _first(rows, "subject", "title")
    return OwnFacts(
        custodian=_first(rows, "custodian") or [None] * len(rows),
        title=_either(subject, file_name, len(rows)),
        sender=_first(rows, "from", "author") or [None] * len(rows),
        recipients=_recipients(rows),
        date=dates,
        file_name=file_name or [None] * len(rows),
        kind=_kinds(rows),
        orders=tuple(orders),
        findings=tuple(found),
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


def _either(first: list[str | None] | None, second: list[str | None] | None, size: int) -> list[str | None]:
    if first is None or second is None:
        return first or second or [None] * size
    return [one or other for one, other in zip(first, second, strict=True)]


def _names_in(paths: Sequence[str] | None, size: int) -> list[str | None] | None:
    if paths is None or not size:
        return None
    return [re.split(r"[\\/]", path.strip())[-1] or None for path in paths]


def _recipients(rows: DocumentRows) -> list[str | None]:
    """Return to, cc and bcc in one text."""
    columns = [values for values in (rows.get(name) for name in ("to", "cc", "bcc")) if values is not None]
    if not columns:
        return [None] * len(rows)
    return [
        "; ".join([text for part in parts if part and (text := part.strip())]) or None
        for parts in zip(*columns, strict=True)
    ]


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


def _dates(rows: DocumentRows) -> tuple[list[str | None], list[tuple[str, DayOrder]], list[Finding]]:
    """Return each row's date by the rule, the order of day and month of each column, and what is wrong with them."""
    result: list[str | None] = [None] * len(rows)
    orders: list[tuple[str, DayOrder]] = []
    found: list[Finding] = []
    zones = _zones(rows)
    columns = [(name, time, read_repeated(rows.texts(name))) for name, time in _DATE_RULE if rows.get(name) is not None]
    # One program wrote the whole list: what one column tells about the order holds for its neighbours.
    known = next((column.order for _, _, column in columns if column.order is not DayOrder.UNKNOWN), DayOrder.UNKNOWN)
    for name, time, read in columns:
        column = read
        if column.order is DayOrder.UNKNOWN and known is not DayOrder.UNKNOWN:
            column = read_repeated(rows.texts(name), order=known)
        times = read_times(rows.texts(time)) if time and rows.get(time) is not None else None
        whole = joined(column, times, zones=zones)
        orders.append((name, column.order))
        found += _date_faults(rows, name, whole)
        unknown = [row for row, text in enumerate(result) if text is None]
        for row, text in zip(unknown, iso_texts(taken(whole, np.array(unknown, np.int64))), strict=True):
            result[row] = text
    return result, orders, found


def _zones(rows: DocumentRows) -> np.ndarray[tuple[int], np.dtype[np.int32]] | None:
    values = rows.get("time_zone")
    if values is None:
        return None
    known = {text: zone_minutes(text) for text in set(values)}
    return np.array([NO_OFFSET if known[text] is None else known[text] for text in values], np.int32)


def _date_faults(rows: DocumentRows, name: str, column: DateColumn) -> list[Finding]:
    """Report every fault of one column once, with its count and its first place."""
    kinds = (
        ("DT001", column.fault == Fault.IMPOSSIBLE.value, "The date cannot exist"),
        ("DT004", column.fault == Fault.UNREADABLE.value, "The date cannot be read"),
        ("DT002", column.unsure, "Day and month could change places; the month was taken to come first"),
        (
            "DT003",
            column.has_time & (column.offset == NO_OFFSET),
            "The time has no time zone; it is kept as local time",
        ),
    )
    found = []
    for code, mask, message in kinds:
        places = np.flatnonzero(mask)
        # Faults of single values are told line by line as far as a person would read them.
        single = code in {"DT001", "DT004"} and len(places) <= MOST_SINGLE
        for row in places.tolist() if single else places[:1].tolist():
            count = 1 if single else len(places)
            more = f" in {count} rows." if count > 1 else "."
            found.append(finding(code, message + more, place=rows.place(row, name), count=count))
    return found


# A column with more faults than this is one fault of the column.
MOST_SINGLE = 20
