"""Which entities a public site is made of besides the lawsuit's own, and what can be said of each.

A field ending in `_es` is the Spanish of the field it is named after.
"""

from __future__ import annotations

from vaughn.model import EntityField, EntityKind, ValueKind

VISIBILITIES = ("draft", "published", "withdrawn")
LANGUAGES = ("en", "es")


def _words(field_id: str, title: str, kind: ValueKind = ValueKind.TEXT) -> tuple[EntityField, ...]:
    return (EntityField(field_id, title, kind), EntityField(f"{field_id}_es", f"{title} (Spanish)", kind))


_TITLE = _words("title", "Title")
_NOTE = EntityField("note", "Note", ValueKind.PROSE, is_many=True)
_LINK = EntityField("link", "Link", ValueKind.LINK)
_PLACE = EntityField("place", "Place in the list", ValueKind.NUMBER)
# Nothing is public that nobody published: without `visibility` it is a draft.
_VISIBLE = (
    EntityField("visibility", "Shown", ValueKind.CHOICE, choices=VISIBILITIES),
    EntityField("embargo_until", "Not before", ValueKind.DATE),
    EntityField("withdrawn_on", "Withdrawn on", ValueKind.DATE),
    *_words("withdrawn_because", "Withdrawn because"),
)

SITE = EntityKind(
    "site",
    "Public page of the case",
    (
        *_TITLE,
        EntityField("slug", "Part of every link"),
        EntityField("language", "Language", ValueKind.CHOICE, choices=LANGUAGES),
        EntityField("base_url", "Where it will stand", ValueKind.LINK),
        EntityField("publisher", "Publisher"),
        EntityField("contact", "Contact", ValueKind.PROSE),
        *_words("synopsis", "Synopsis", ValueKind.PROSE),
        *_words("status", "Status", ValueKind.PROSE),
        *_words("purpose", "Purpose of the request", ValueKind.PROSE),
        EntityField("name_to_hide", "Name to hide", is_many=True),
        EntityField("production", "Production to publish", is_many=True),
        *_VISIBLE,
        _NOTE,
    ),
)
GUIDE = EntityKind(
    "guide",
    "Guide for readers",
    (
        *_TITLE,
        *_words("text", "Text", ValueKind.PROSE),
        EntityField("by", "By", ValueKind.REFERENCE, is_many=True, refers_to=("party", "office")),
        EntityField("published_on", "Published on", ValueKind.DATE),
        _LINK,
        _PLACE,
        *_VISIBLE,
        _NOTE,
    ),
)
SELECTION = EntityKind(
    "selection",
    "Selected document",
    (
        *_TITLE,
        EntityField("bates", "Bates number", is_many=True),
        EntityField("document", "Listed as", ValueKind.REFERENCE, refers_to=("released-document", "release")),
        *_words("caption", "Caption", ValueKind.PROSE),
        _PLACE,
        *_VISIBLE,
        _NOTE,
    ),
)
RESOURCE = EntityKind(
    "resource",
    "Related case or resource",
    (
        *_TITLE,
        EntityField("kind", "Kind", ValueKind.CHOICE, choices=("site", "case", "reading")),
        _LINK,
        EntityField("printed_address", "Address as printed"),
        EntityField("court", "Court"),
        EntityField("number", "Docket number"),
        _PLACE,
        *_VISIBLE,
        _NOTE,
    ),
)
ACTION = EntityKind(
    "action",
    "Way to act",
    (*_TITLE, *_words("text", "Text", ValueKind.PROSE), _LINK, _PLACE, *_VISIBLE, _NOTE),
)
NEWS = EntityKind(
    "news",
    "What is new",
    (
        *_TITLE,
        EntityField("on", "On", ValueKind.DATE),
        *_words("text", "Text", ValueKind.PROSE),
        _LINK,
        *_VISIBLE,
        _NOTE,
    ),
)

PAGE_STATE = EntityKind(
    "page-state",
    "What the public sees of pages",
    (EntityField("bates", "Number of the page, or of the document", is_many=True), *_VISIBLE, _NOTE),
    title_field="bates",
)

KINDS: tuple[EntityKind, ...] = (SITE, GUIDE, SELECTION, RESOURCE, ACTION, NEWS, PAGE_STATE)
