"""Finding what a typed Bates number means, whatever its blanks, letter case and leading zeros."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from vaughn.model import BatesNumber
from vaughn.store.stored import BatesMatch
from vaughn.store.transaction import folded_prefix

_REST = re.compile(r"^[^0-9A-Za-z]*0*(?P<number>\d{1,18})[-_. ]*(?P<suffix>[A-Za-z]{0,3})$")
_RUNS = re.compile(r"[^\W\d_]+|\d+")
# Ranges can overlap; so many of those that begin at or before the number are looked at.
_CANDIDATES = 64


def folded_label(label: str) -> str:
    """Return the runs of letters and of digits of a page label, without letter case and leading zeros."""
    runs = _RUNS.findall(label.casefold())
    return "|".join(run.lstrip("0") or "0" if run[0].isdigit() else run for run in runs)


def at_bates(connection: Connection, typed: str) -> tuple[BatesMatch, ...]:
    """Return every page (or document without that page) that *typed* can mean, by production and id."""
    found: dict[tuple[int, int | None], BatesMatch] = {}
    for match in (*_by_label(connection, typed), *_by_range(connection, typed)):
        found.setdefault((match.document_id, match.page_id), match)
    return tuple(sorted(found.values(), key=lambda match: (match.production_id, match.document_id, match.page_id or 0)))


def _by_label(connection: Connection, typed: str) -> list[BatesMatch]:
    rows = connection.exec_driver_sql(
        "SELECT production.id, production.name, document.id, page_id, page_id - first_page_id + 1, label"
        " FROM page_label JOIN document ON document.id = ("
        "   SELECT id FROM document WHERE first_page_id <= page_id AND state = 0"
        "   ORDER BY first_page_id DESC, id DESC LIMIT 1)"
        " JOIN production ON production.id = document.production_id"
        " WHERE page_label.folded = ? AND page_id < first_page_id + page_count",
        (folded_label(typed),),
    )
    return [BatesMatch(*row) for row in rows]


def _spelled(connection: Connection, typed: str) -> list[tuple[int, str, int, str]]:
    """Return (production, prefix, number, suffix) for every known prefix that *typed* can begin with."""
    text = typed.strip()
    found = []
    for production_id, prefix, folded in connection.exec_driver_sql(
        "SELECT production_id, prefix, folded FROM bates_prefix"
        " WHERE substr(?, 1, length(folded)) = folded ORDER BY id",
        (folded_prefix(text),),
    ):
        rest = _after(text, len(folded))
        match = _REST.match(rest)
        if match is not None:
            found.append((production_id, prefix, int(match["number"]), match["suffix"]))
    return found


def _after(text: str, letters: int) -> str:
    """Return what follows the first *letters* letters and digits of *text*."""
    at = 0
    while letters > 0 and at < len(text):
        letters -= len(folded_prefix(text[at]))
        at += 1
    return text[at:]


def _by_range(connection: Connection, typed: str) -> list[BatesMatch]:
    matches = []
    for production_id, prefix, number, suffix in _spelled(connection, typed):
        rows = connection.exec_driver_sql(
            "SELECT production.name, document.id, begin_number,"
            " coalesce(end_number, begin_number + page_count - 1), width, suffix, first_page_id, page_count,"
            " load_file_id FROM document JOIN production ON production.id = production_id"
            " WHERE document.state = 0 AND prefix = ? AND begin_number <= ? AND production_id = ?"
            " ORDER BY begin_number DESC LIMIT ?",
            (prefix, number, production_id, _CANDIDATES),
        )
        for name, document_id, begin, end, width, own_suffix, first_page_id, page_count, load_file_id in rows:
            # Without load file only the range that was proved has numbers.
            last = max(begin, end) if load_file_id is None else max(begin, end, begin + page_count - 1)
            if number > last or (suffix and suffix.casefold() != folded_prefix(own_suffix or "")):
                continue
            place = number - begin
            page_id = first_page_id + place if first_page_id is not None and place < page_count else None
            if (
                page_id is not None
                and connection.exec_driver_sql("SELECT 1 FROM page_label WHERE page_id = ?", (page_id,)).first()
            ):
                page_id = None  # that page calls itself something else
            label = str(BatesNumber(prefix, number, own_suffix or "", width or 1))
            page_number = None if page_id is None else place + 1
            matches.append(BatesMatch(production_id, name, document_id, page_id, page_number, label))
    return matches
