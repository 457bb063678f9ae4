"""Which entities a request for records is made of, and what can be said of each."""

from __future__ import annotations

from vaughn.model import EntityField, EntityKind, ValueKind

REQUEST_STATES = (
    "draft",
    "sent",
    "acknowledged",
    "processing",
    "answered in part",
    "answered",
    "denied",
    "appealed",
    "appeal decided",
    "in court",
    "closed",
    "withdrawn",
)
LETTER_KINDS = ("request", "expedition", "fee waiver", "appeal", "status", "ogis", "acknowledgment", "answer", "other")
TOLL_REASONS = ("information", "fees")
HANDLINGS = ("consultation", "referral", "coordination")
FEE_CATEGORIES = ("commercial", "educational or scientific", "news media", "other")

_TITLE = EntityField("title", "Title")
_NOTE = EntityField("note", "Note", ValueKind.PROSE, is_many=True)


def _request(field_id: str = "request", title: str = "Request") -> EntityField:
    return EntityField(field_id, title, ValueKind.REFERENCE, refers_to=("request",))


def _date(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.DATE)


AGENCY = EntityKind(
    "agency",
    "Agency or component",
    (
        EntityField("name", "Name"),
        EntityField("short", "Short name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("parent", "Part of", ValueKind.REFERENCE, refers_to=("agency",)),
        EntityField("contact", "FOIA contact"),
        EntityField("title_of_contact", "Title of the contact"),
        EntityField("address", "Address", ValueKind.PROSE),
        EntityField("email", "E-mail"),
        EntityField("phone", "Telephone"),
        EntityField("fax", "Fax"),
        EntityField("portal", "Portal", ValueKind.LINK),
        EntityField("clock_variant", "Variant of the clock"),
        _NOTE,
    ),
    title_field="name",
)
REQUEST = EntityKind(
    "request",
    "Request",
    (
        _TITLE,
        EntityField("agency", "Agency", ValueKind.REFERENCE, refers_to=("agency",)),
        EntityField("requester", "Requester", ValueKind.REFERENCE, is_many=True, refers_to=("party",)),
        EntityField("tracking_number", "Tracking number"),
        _date("sent_on", "Sent on"),
        _date("received_on", "Received on"),
        _date("acknowledged_on", "Acknowledged on"),
        _date("extended_on", "Extended by notice of"),
        EntityField("extension_days", "Working days of the extension", ValueKind.NUMBER),
        _date("answered_on", "Answered on"),
        _date("denied_on", "Denied on"),
        _date("appealed_on", "Appealed on"),
        _date("appeal_decided_on", "Appeal decided on"),
        EntityField("state", "State", ValueKind.CHOICE, choices=REQUEST_STATES),
        EntityField("text", "Text", ValueKind.PROSE),
        EntityField("pages", "Pages", ValueKind.NUMBER),
        EntityField("addressed_to", "Addressed to", is_many=True),
        EntityField("fee_category", "Fee category", ValueKind.CHOICE, choices=FEE_CATEGORIES),
        EntityField("fee_willing", "Fees agreed to", ValueKind.MONEY),
        EntityField("waiver_asked", "Fee waiver asked for", ValueKind.YES_NO),
        EntityField("waiver_reason", "Reasons for the waiver", ValueKind.PROSE),
        EntityField("expedition_asked", "Expedition asked for", ValueKind.YES_NO),
        EntityField("expedition_reason", "Reasons for expedition", ValueKind.PROSE),
        EntityField("jurisdiction", "Jurisdiction"),
        _NOTE,
    ),
)
REQUEST_ITEM = EntityKind(
    "request-item",
    "Item asked for",
    (
        _TITLE,
        EntityField("number", "Number"),
        EntityField("parent", "Under", ValueKind.REFERENCE, refers_to=("request-item",)),
        EntityField("request", "Asked in", ValueKind.REFERENCE, is_many=True, refers_to=("request",)),
        EntityField("text", "Text", ValueKind.PROSE),
        EntityField("covered_by", "Answered by document", is_many=True),
        _NOTE,
    ),
)
LETTER = EntityKind(
    "letter",
    "Letter",
    (
        _TITLE,
        _request(),
        EntityField("kind", "Kind", ValueKind.CHOICE, choices=LETTER_KINDS),
        EntityField("direction", "Direction", ValueKind.CHOICE, choices=("sent", "received")),
        _date("on", "Date"),
        EntityField("text", "Text", ValueKind.PROSE),
        _NOTE,
    ),
)
TOLL = EntityKind(
    "toll",
    "Pause of the clock",
    (
        _TITLE,
        _request(),
        EntityField("reason", "Reason", ValueKind.CHOICE, choices=TOLL_REASONS),
        _date("from", "From"),
        _date("until", "Until"),
        _NOTE,
    ),
)
HANDLING = EntityKind(
    "handling",
    "Consultation or referral",
    (
        _TITLE,
        _request(),
        EntityField("kind", "Kind", ValueKind.CHOICE, choices=HANDLINGS),
        EntityField("to", "To", ValueKind.REFERENCE, refers_to=("agency",)),
        EntityField("tracking_number", "Tracking number there"),
        _date("on", "On"),
        _date("answered_on", "Answered on"),
        EntityField("pages", "Pages", ValueKind.NUMBER),
        _NOTE,
    ),
)
FEE = EntityKind(
    "request-fee",
    "Line of the request's fee worksheet",
    (
        _TITLE,
        _request(),
        EntityField("what", "What", ValueKind.CHOICE, choices=("search", "review", "copies", "other")),
        EntityField("quantity", "Hours or pages"),
        EntityField("rate", "Rate", ValueKind.MONEY),
        EntityField("amount", "Amount asked", ValueKind.MONEY),
        _NOTE,
    ),
)

KINDS: tuple[EntityKind, ...] = (AGENCY, REQUEST, REQUEST_ITEM, LETTER, TOLL, HANDLING, FEE)
