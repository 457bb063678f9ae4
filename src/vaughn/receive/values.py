"""How is one value of a known field read? People, counts, sizes, hashes, flags, dates: text in, text out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vaughn.model import FIELD_BY_ID, FieldKind
from vaughn.receive.dates import (
    DateColumn,
    DayOrder,
    first_year,
    iso_texts,
    joined,
    read_dates,
    read_times,
    zone_minutes,
)
from vaughn.receive.rows import ColumnMap, map_columns

_UNITS = {
    "": 1,
    "B": 1,
    "BYTES": 1,
    "BYTE": 1,
    "KB": 1024,
    "K": 1024,
    "KIB": 1024,
    "MB": 1024**2,
    "MIB": 1024**2,
    "GB": 1024**3,
    "GIB": 1024**3,
}
_COUNT_FORM = re.compile(r"^\s*(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))?\s*([A-Za-z]*)\s*$")
_YES = frozenset({"Y", "YES", "TRUE", "T", "1", "X", "REDACTED"})
_NO = frozenset({"N", "NO", "FALSE", "F", "0", "NOT REDACTED"})
_HASH_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64}
_TIME_OF = {
    "sent_date": "sent_time",
    "received_date": "received_time",
    "created_date": "created_time",
    "modified_date": "modified_time",
    "accessed_date": "accessed_time",
}


@dataclass(frozen=True, slots=True)
class NormalisedField:
    """One canonical field of one document: its value as the program reads it, and the column it comes from."""

    field: str
    value: str
    column: str


def normalised_fields(
    columns: Sequence[str], row: Sequence[str], *, order: DayOrder = DayOrder.UNKNOWN, mapped: ColumnMap | None = None
) -> tuple[NormalisedField, ...]:
    """Return the known, filled fields of one row in the order of its columns.

    Args:
        order: Order of day and month, judged over the whole load file; one row alone cannot tell.
        mapped: Fields of the columns where there was no header line.
    """
    which = mapped or map_columns(columns)
    texts = {name: row[i] for i, name in enumerate(which.fields) if name is not None and i < len(row)}
    return tuple(
        NormalisedField(name, value, which.columns[i])
        for i, name in enumerate(which.fields)
        if name is not None and (value := _value(name, texts, order)) is not None
    )


def _value(name: str, texts: dict[str, str], order: DayOrder) -> str | None:
    text = texts.get(name, "").strip()
    if not text:
        return None
    kind = FIELD_BY_ID[name].kind
    if kind in {FieldKind.MOMENT, FieldKind.DATE}:
        time = texts.get(_TIME_OF.get(name, ""))
        dates = read_dates([text], order=order, earliest=first_year(name))
        return _moment(dates, time=time, zone=texts.get("time_zone")) or text
    return _plain_value(name, kind, text)


def _plain_value(name: str, kind: FieldKind, text: str) -> str:
    """Return a value that needs no other field to be read; as received if it cannot be read."""
    read: int | bool | str | None = None
    if kind is FieldKind.COUNT:
        read = read_count(text)
    elif kind is FieldKind.FLAG:
        read = {True: "yes", False: "no", None: None}[read_flag(text)]
    elif kind in {FieldKind.PEOPLE, FieldKind.MANY}:
        read = "; ".join(read_many(text))
    elif kind is FieldKind.HASH:
        read = read_hash(name, text)
    return text if read is None else str(read)


def _moment(dates: DateColumn, *, time: str | None, zone: str | None) -> str | None:
    """Return one date, with the time and the zone of their own columns, as ISO 8601; `None` if it cannot be read."""
    times = read_times([time]) if time else None
    minutes = zone_minutes(zone) if zone else None
    whole = joined(dates, times, zones=None)
    if minutes is not None and bool(whole.has_time[0]) and int(whole.offset[0]) < -5000:
        whole.offset[0] = minutes
    return iso_texts(whole)[0]


def read_count(text: str) -> int | None:
    """Return a count or a size in bytes: ``1,234``, ``12 KB``, ``1.5 MB``; `None` if it is none."""
    match = _COUNT_FORM.match(text)
    if match is None or match[3].upper() not in _UNITS:
        return None
    whole = int(re.sub(r"[, ]", "", match[1]))
    part = float(f"0.{match[2]}") if match[2] else 0.0
    return int((whole + part) * _UNITS[match[3].upper()])


def read_flag(text: str) -> bool | None:
    """Return a yes or no, `None` if the text says neither."""
    word = text.strip().upper()
    return True if word in _YES else False if word in _NO else None


def read_many(text: str) -> tuple[str, ...]:
    """Return the single values of a list: separated by ``;`` or line breaks, by ``|`` where there is neither."""
    separator = r"[;\n]" if ";" in text or "\n" in text else r"\|"
    return tuple(part for part in (piece.strip() for piece in re.split(separator, text)) if part)


def read_hash(name: str, text: str) -> str | None:
    """Return a hash in small letters without blanks and dashes; `None` if it has the wrong length or letters."""
    plain = re.sub(r"[\s:-]", "", text).lower()
    lengths = {_HASH_LENGTHS[name]} if name in _HASH_LENGTHS and name != "md5" else set(_HASH_LENGTHS.values())
    return plain if len(plain) in lengths and re.fullmatch(r"[0-9a-f]+", plain) else None
