"""News and changes as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape as esc

from vaughn.publish.addresses import safe_url
from vaughn.publish.changes import ChangeEntry
from vaughn.publish.contents import CasePage
from vaughn.publish.markup import Setting

MOST_ENTRIES = 50
# Names of entries are made from this and what they tell, so they stay the same from build to build (RFC 4122, 4.3).
_SPACE = uuid.UUID("5b0a2f1e-8d3c-5f4e-9a57-2f6d1c3b7e90")


@dataclass(frozen=True, slots=True)
class _Entry:
    day: date
    title: str
    text: str
    link: str
    key: str


def atom_feed(setting: Setting, case: CasePage, changes: Sequence[ChangeEntry]) -> str:
    """Return the feed of *case*: news and changes, newest first.

    Without an address of the site, names of entries are UUIDs and links are relative to the feed.
    """
    words = setting.words
    base = f"{setting.site.base_url}{case.slug}/" if setting.site.base_url else ""
    entries = [
        _Entry(
            entry.day,
            setting.plain(entry.title),
            setting.plain(entry.markdown),
            safe_url(entry.url) or f"{base}index.html#news",
            f"news {entry.day} {setting.plain(entry.title)}",
        )
        for entry in case.news
    ]
    for change in changes:
        groups = (
            ("change_added", change.added),
            ("change_changed", change.changed),
            ("change_withdrawn", change.withdrawn),
        )
        text = "; ".join(f"{words[key]}: {words.count('documents_count', len(ids))}" for key, ids in groups if ids)
        entries.append(_Entry(change.day, text, "", f"{base}changes.html", f"change {change.day}"))
    entries.sort(key=lambda entry: entry.day, reverse=True)
    entries = entries[:MOST_ENTRIES]
    # A feed must say when it last changed; one without entries says the beginning of the web's own time.
    updated = entries[0].day if entries else date(1970, 1, 1)
    feed_id = f"{base}feed.xml" if base else f"urn:uuid:{uuid.uuid5(_SPACE, f'{case.slug} {case.docket_number}')}"
    body = "".join(_entry(entry, case) for entry in entries)
    author = setting.site.publisher or setting.plain(setting.site.title) or "Vaughn"
    own = f'<link rel="self" href="{_xml(base)}feed.xml"/>' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{setting.language}">'
        f"<title>{_xml(case.caption)}</title><id>{_xml(feed_id)}</id><updated>{_moment(updated)}</updated>"
        f'<author><name>{_xml(author)}</name></author>{own}<link href="{_xml(base)}index.html"/>{body}</feed>\n'
    )


def _entry(entry: _Entry, case: CasePage) -> str:
    name = uuid.uuid5(_SPACE, f"{case.slug} {entry.key}")
    text = f'<content type="text">{_xml(entry.text)}</content>' if entry.text else ""
    return (
        f"<entry><title>{_xml(entry.title)}</title><id>urn:uuid:{name}</id><updated>{_moment(entry.day)}</updated>"
        f'<link href="{_xml(entry.link)}"/>{text}</entry>'
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _xml(text: str) -> str:
    """Return *text* escaped and without characters that XML 1.0 cannot hold."""
    return esc("".join(letter for letter in text if letter >= " " or letter in "\t\n\r"))
