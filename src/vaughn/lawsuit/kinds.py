"""Which entities a lawsuit is made of, and what can be said of each."""

from __future__ import annotations

from vaughn.model import EntityField, EntityKind, ValueKind

PARTY_ROLES = ("plaintiff", "defendant", "amicus", "intervenor", "appellant", "appellee", "non-party")
ENTRY_TYPES = (
    "complaint",
    "answer",
    "motion",
    "opposition",
    "cross-motion",
    "memorandum",
    "reply",
    "declaration",
    "order",
    "opinion",
    "judgment",
    "stipulation",
    "notice of appeal",
    "stay",
    "mandate",
    "settlement",
    "fees",
    "notice",
    "letter",
    "hearing",
    "other",
)
ORDER_STATES = ("in force", "amended", "stayed", "appealed", "withdrawn", "superseded", "vacated", "affirmed")
OUTCOMES = (
    "granted",
    "denied",
    "granted in part",
    "denied with leave to refile",
    "withdrawn",
    "moot",
    "pending",
)
OBLIGATION_STATES = ("open", "met", "late", "missed", "stayed", "lifted")
LIST_ITEM_STATES = ("proposed", "agreed", "refused", "produced", "partly produced")
LANES = ("request", "court", "productions", "outside events")

_TITLE = EntityField("title", "Title")
_NOTE = EntityField("note", "Note", ValueKind.PROSE, is_many=True)


def _party(field_id: str, title: str, *, is_many: bool = False) -> EntityField:
    return EntityField(field_id, title, ValueKind.REFERENCE, is_many=is_many, refers_to=("party", "agency"))


def _entry(field_id: str, title: str, *, is_many: bool = False) -> EntityField:
    return EntityField(field_id, title, ValueKind.REFERENCE, is_many=is_many, refers_to=("entry",))


def _order(field_id: str, title: str, *, is_many: bool = False) -> EntityField:
    return EntityField(field_id, title, ValueKind.REFERENCE, is_many=is_many, refers_to=("order",))


def _date(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.DATE)


PARTY = EntityKind(
    "party",
    "Party",
    (
        EntityField("name", "Name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("role", "Role", ValueKind.CHOICE, choices=PARTY_ROLES),
        EntityField("docket", "In", ValueKind.REFERENCE, is_many=True, refers_to=("docket",)),
        EntityField("agency", "Agency", ValueKind.REFERENCE, refers_to=("agency",)),
        EntityField("counsel", "Counsel", ValueKind.REFERENCE, is_many=True, refers_to=("person", "office")),
        _date("terminated_on", "Terminated on"),
        _NOTE,
    ),
    title_field="name",
)
PERSON = EntityKind(
    "person",
    "Person",
    (
        EntityField("name", "Name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("role", "Role", is_many=True),
        EntityField("office", "Office", ValueKind.REFERENCE, is_many=True, refers_to=("office", "party", "agency")),
        _date("from", "From"),
        _date("until", "Until"),
        _NOTE,
    ),
    title_field="name",
)
OFFICE = EntityKind(
    "office",
    "Court or office",
    (
        EntityField("name", "Name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("role", "Role", is_many=True),
        EntityField("parent", "Part of", ValueKind.REFERENCE, refers_to=("office", "agency")),
        _NOTE,
    ),
    title_field="name",
)
DOCKET = EntityKind(
    "docket",
    "Docket",
    (
        EntityField("caption", "Caption"),
        EntityField("court", "Court"),
        EntityField("number", "Number"),
        EntityField("judge", "Judge", ValueKind.REFERENCE, is_many=True, refers_to=("person",)),
        EntityField("assigned_to", "Assigned to"),
        EntityField("referred_to", "Referred to"),
        _date("filed_on", "Filed on"),
        _date("terminated_on", "Terminated on"),
        EntityField("status", "Status", ValueKind.PROSE),
        EntityField("cause", "Cause"),
        EntityField("nature_of_suit", "Nature of suit"),
        EntityField("jurisdiction", "Jurisdiction"),
        EntityField("jury_demand", "Jury demand"),
        EntityField("defendant_count", "Number of defendants", ValueKind.NUMBER),
        EntityField("appeal_of", "Appeal of", ValueKind.REFERENCE, refers_to=("docket",)),
        EntityField("related", "Related case", is_many=True),
        _NOTE,
    ),
    title_field="caption",
)
ENTRY = EntityKind(
    "entry",
    "Docket entry",
    (
        _TITLE,
        EntityField("docket", "Docket", ValueKind.REFERENCE, refers_to=("docket",)),
        EntityField("number", "Number", ValueKind.NUMBER),
        EntityField("attachment", "Attachment", is_many=True),
        _date("filed_on", "Filed on"),
        _date("entered_on", "Entered on"),
        EntityField("type", "Type", ValueKind.CHOICE, choices=ENTRY_TYPES),
        EntityField("text", "Text", ValueKind.PROSE),
        _party("filed_by", "Filed by", is_many=True),
        EntityField("issue", "Issue"),
        _entry("responds_to", "Responds to", is_many=True),
        _entry("decides", "Decides", is_many=True),
        EntityField("page_count", "Pages", ValueKind.NUMBER),
        EntityField("citation", "Reported as", is_many=True),
        EntityField("link", "Link", ValueKind.LINK, is_many=True),
        _NOTE,
    ),
)
RELIEF = EntityKind(
    "relief",
    "Relief asked for",
    (
        _TITLE,
        _entry("motion", "Asked for in"),
        _party("asked_by", "Asked by", is_many=True),
        EntityField("asked_days", "Days asked for", ValueKind.NUMBER),
        _date("asked_date", "Date asked for"),
        _date("granted_date", "Date granted"),
        _NOTE,
    ),
)
OUTCOME = EntityKind(
    "outcome",
    "Outcome for a party",
    (
        _TITLE,
        EntityField("of", "Of", ValueKind.REFERENCE, refers_to=("entry", "relief")),
        _party("party", "Party"),
        EntityField("result", "Result", ValueKind.CHOICE, choices=OUTCOMES),
        _order("order", "Decided by"),
        _date("decided_on", "Decided on"),
        _NOTE,
    ),
)
ORDER = EntityKind(
    "order",
    "Order",
    (
        _TITLE,
        _entry("entry", "Docket entry", is_many=True),
        _date("signed_on", "Signed on"),
        _date("entered_on", "Entered on"),
        EntityField("judge", "Judge", ValueKind.REFERENCE, refers_to=("person",)),
        EntityField("type", "Type", ValueKind.CHOICE, choices=("order", "opinion", "stipulation", "scheduling order")),
        EntityField("holds", "Holds", ValueKind.PROSE, is_many=True),
        EntityField("citation", "Reported as", is_many=True),
        EntityField("profile", "Form of production (profile)"),
        _NOTE,
    ),
)
ORDER_CHANGE = EntityKind(
    "order-change",
    "Change of an order's state",
    (
        _TITLE,
        _order("order", "Order"),
        EntityField("state", "State", ValueKind.CHOICE, choices=ORDER_STATES),
        _date("from", "From"),
        _date("until", "Until"),
        EntityField("by", "By", ValueKind.REFERENCE, refers_to=("order", "entry")),
        _NOTE,
    ),
)
OBLIGATION = EntityKind(
    "obligation",
    "Obligation",
    (
        _TITLE,
        _order("order", "Ordered by"),
        _party("who", "Who", is_many=True),
        EntityField("what", "What", ValueKind.PROSE),
        _date("due_on", "Due on"),
        EntityField("rule", "Rule of the clock"),
        _date("runs_from", "Runs from"),
        _date("met_on", "Met on"),
        EntityField("met_by", "Met by", ValueKind.REFERENCE, is_many=True, refers_to=("release", "entry")),
        EntityField("state", "State", ValueKind.CHOICE, choices=OBLIGATION_STATES),
        EntityField("depends_on", "Suspended with", ValueKind.REFERENCE, is_many=True, refers_to=("order",)),
        _NOTE,
    ),
)
HEARING = EntityKind(
    "hearing",
    "Hearing",
    (
        _TITLE,
        _date("held_on", "Held on"),
        EntityField("before", "Before", ValueKind.REFERENCE, refers_to=("person",)),
        EntityField("subject", "Subject", ValueKind.PROSE),
        EntityField("outcome", "Outcome", ValueKind.PROSE, is_many=True),
        _NOTE,
    ),
)
IN_CAMERA = EntityKind(
    "in-camera-set",
    "Documents read in camera",
    (
        _TITLE,
        _order("order", "Ordered by"),
        EntityField("document_count", "Documents", ValueKind.NUMBER),
        EntityField("bates", "Bates number", is_many=True),
        _NOTE,
    ),
)
RULING = EntityKind(
    "ruling",
    "Ruling on a document or redaction",
    (
        _TITLE,
        _order("order", "Order"),
        EntityField("bates", "Bates number"),
        EntityField("exemption", "Exemption"),
        EntityField(
            "outcome", "Outcome", ValueKind.CHOICE, choices=("upheld", "release", "release in part", "not decided")
        ),
        EntityField("complied_by", "Complied by", ValueKind.REFERENCE, refers_to=("release",)),
        _NOTE,
    ),
)
PRODUCTION_LIST = EntityKind(
    "production-list",
    "List of what is to be produced",
    (_TITLE, EntityField("short", "Short name"), _order("order", "Agreed in"), _date("agreed_on", "Agreed on"), _NOTE),
)
LIST_ITEM = EntityKind(
    "list-item",
    "Item of such a list",
    (
        _TITLE,
        EntityField("list", "List", ValueKind.REFERENCE, refers_to=("production-list",)),
        EntityField("number", "Number"),
        _party("agency", "Agency", is_many=True),
        EntityField("custodian", "Custodian or office", is_many=True),
        EntityField("state", "State", ValueKind.CHOICE, choices=LIST_ITEM_STATES),
        EntityField("release", "Produced in", ValueKind.REFERENCE, is_many=True, refers_to=("release",)),
        _NOTE,
    ),
)
RELEASE = EntityKind(
    "release",
    "Release of records",
    (
        _TITLE,
        _party("agency", "Agency", is_many=True),
        _date("released_on", "Released on"),
        EntityField("documents", "Documents", ValueKind.NUMBER),
        EntityField("pages", "Pages", ValueKind.NUMBER),
        EntityField("volume", "Volume as described"),
        EntityField("contains", "Contains", ValueKind.PROSE, is_many=True),
        EntityField("replaces", "Produces again", ValueKind.REFERENCE, is_many=True, refers_to=("release",)),
        EntityField("production", "Loaded as", is_many=True),
        EntityField("item", "Answers item", ValueKind.REFERENCE, is_many=True, refers_to=("request-item",)),
        _NOTE,
    ),
)
RELEASED_DOCUMENT = EntityKind(
    "released-document",
    "Document as listed in a release",
    (
        _TITLE,
        EntityField("release", "Release", ValueKind.REFERENCE, refers_to=("release",)),
        EntityField("number", "Number in the list", ValueKind.NUMBER),
        EntityField("class", "Class"),
        EntityField("fiscal_quarter", "Fiscal quarter"),
        EntityField("covers_from", "Covers from", ValueKind.DATE),
        EntityField("covers_until", "Covers until", ValueKind.DATE),
        EntityField("part", "Part"),
        EntityField("item", "Answers item", ValueKind.REFERENCE, is_many=True, refers_to=("request-item",)),
        EntityField("bates", "Bates number", is_many=True),
        _NOTE,
    ),
)
EVENT = EntityKind(
    "event",
    "Event",
    (
        _TITLE,
        _date("on", "On"),
        _date("until", "Until"),
        EntityField("lane", "Lane", ValueKind.CHOICE, choices=LANES),
        EntityField("about", "About", ValueKind.PROSE),
        EntityField(
            "entity",
            "Concerns",
            ValueKind.REFERENCE,
            is_many=True,
            refers_to=("entry", "order", "release", "request", "hearing", "party", "docket", "order-change"),
        ),
        EntityField("ecf", "ECF number"),
        _NOTE,
    ),
)
TERM = EntityKind(
    "term",
    "Term or subject of the case",
    (
        EntityField("name", "Name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("misspelling", "Spelled wrongly as", is_many=True),
        EntityField("about", "About", ValueKind.PROSE, is_many=True),
        EntityField("beginning", "How it began"),
        _date("from", "From"),
        _date("until", "Until"),
        EntityField("duration", "How long"),
        _NOTE,
    ),
    title_field="name",
)
SETTLEMENT = EntityKind(
    "settlement",
    "Settlement",
    (
        _TITLE,
        _date("agreed_on", "Agreed on"),
        _order("order", "Approved by"),
        EntityField("amount", "Amount", ValueKind.MONEY),
        EntityField("terms", "Terms", ValueKind.PROSE, is_many=True),
        _NOTE,
    ),
)
FEE_LINE = EntityKind(
    "fee-line",
    "Line of the fee worksheet",
    (
        _TITLE,
        _date("on", "On"),
        EntityField("who", "Who"),
        EntityField("hours", "Hours"),
        EntityField("rate", "Rate", ValueKind.MONEY),
        EntityField("amount", "Amount", ValueKind.MONEY),
        EntityField("task", "Task", ValueKind.PROSE),
        _NOTE,
    ),
)

KINDS: tuple[EntityKind, ...] = (
    PARTY,
    PERSON,
    OFFICE,
    DOCKET,
    ENTRY,
    RELIEF,
    OUTCOME,
    ORDER,
    ORDER_CHANGE,
    OBLIGATION,
    HEARING,
    IN_CAMERA,
    RULING,
    PRODUCTION_LIST,
    LIST_ITEM,
    RELEASE,
    RELEASED_DOCUMENT,
    EVENT,
    TERM,
    SETTLEMENT,
    FEE_LINE,
)
