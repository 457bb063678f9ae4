"""Which entities a search is told in: who holds records, where, what was agreed, what somebody says was searched.

None of it is what this program searched: that is written down by the program itself (`vaughn.model.searches`).
"""

from __future__ import annotations

from vaughn.model import EntityField, EntityKind, ValueKind

AGREEMENT_STATES = ("proposed", "agreed", "refused")
# Where ICE staff keep mail besides their mailboxes: declaration of Law, ECF 179, NDLON v. ICE (S.D.N.Y. 10 Civ. 3488).
REPOSITORY_TYPES = (
    "mailbox",
    "pst file",
    "local drive",
    "share",
    "paper",
    "departed employee",
    "system of record",
    "other",
)
SEARCH_METHODS = ("query", "manual review", "ranked review")
CUT_OFF_BASES = ("date of request", "start of search", "agreed", "ordered", "none")

_TITLE = EntityField("title", "Title")
_NOTE = EntityField("note", "Note", ValueKind.PROSE, is_many=True)
_STATE = EntityField("state", "State", ValueKind.CHOICE, choices=AGREEMENT_STATES)


def _agency() -> EntityField:
    return EntityField("agency", "Agency", ValueKind.REFERENCE, refers_to=("agency", "party"))


def _custodian(*, is_many: bool = False) -> EntityField:
    return EntityField("custodian", "Custodian", ValueKind.REFERENCE, is_many=is_many, refers_to=("custodian",))


def _date(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.DATE)


def _number(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.NUMBER)


def _yes_no(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.YES_NO)


def _prose(field_id: str, title: str) -> EntityField:
    return EntityField(field_id, title, ValueKind.PROSE)


CUSTODIAN = EntityKind(
    "custodian",
    "Custodian",
    (
        EntityField("name", "Name"),
        EntityField("alias", "Also called", is_many=True),
        EntityField("office", "Office"),
        _agency(),
        _STATE,
        _date("departed_on", "Left on"),
        _NOTE,
    ),
    title_field="name",
)
REPOSITORY = EntityKind(
    "repository",
    "Place where a custodian keeps records",
    (
        _TITLE,
        _custodian(),
        EntityField("repository_type", "What it is", ValueKind.CHOICE, choices=REPOSITORY_TYPES),
        EntityField("where", "Where"),
        _yes_no("searched", "Searched"),
        _prose("reason", "Reason"),
        _NOTE,
    ),
)
TERM_LIST = EntityKind(
    "term-list",
    "List of search terms",
    (
        _TITLE,
        EntityField("list_version", "Version"),
        _prose("terms", "Terms, one a line"),
        EntityField("proposed_by", "Proposed by"),
        _date("on", "Date"),
        _STATE,
        EntityField("replaces_list", "Takes the place of", ValueKind.REFERENCE, refers_to=("term-list",)),
        _NOTE,
    ),
)
DECLARED_SEARCH = EntityKind(
    "declared-search",
    "Search as somebody declares it",
    (
        _TITLE,
        _agency(),
        EntityField("declarant", "Declarant"),
        EntityField("paragraph", "Paragraph of the declaration"),
        _custodian(is_many=True),
        EntityField("repository", "Repository", ValueKind.REFERENCE, is_many=True, refers_to=("repository",)),
        EntityField("method", "Method", ValueKind.CHOICE, choices=SEARCH_METHODS),
        EntityField("operator", "Searched by"),
        _date("on", "Date"),
        EntityField("tool", "Program"),
        EntityField("tool_version", "Version of the program"),
        _prose("terms", "Terms, one a line"),
        _prose("connectors", "How the terms were combined"),
        EntityField("fields_searched", "Fields searched"),
        _yes_no("full_text", "Full text searched"),
        _date("dated_from", "Records dated from"),
        _date("dated_until", "Records dated until"),
        _date("cut_off", "Cut-off"),
        EntityField("cut_off_basis", "Basis of the cut-off", ValueKind.CHOICE, choices=CUT_OFF_BASES),
        _number("not_searchable", "Files that could not be searched"),
        _number("hits", "Hits"),
        _prose("instruction", "Instruction given"),
        EntityField("instructed_by", "Instructed by"),
        EntityField("term_list", "Terms instructed", ValueKind.REFERENCE, refers_to=("term-list",)),
        EntityField("checked_by", "Checked by a second person"),
        _prose("looked_through", "What was looked through"),
        _prose("criteria", "Criteria of the review"),
        EntityField("review_hours", "Hours of review"),
        _prose("seed_set", "Seed set"),
        _prose("control_set", "Control set"),
        EntityField("recall", "Estimate of recall"),
        EntityField("recall_interval", "Interval of the estimate"),
        _NOTE,
    ),
)
SEARCH_TALK = EntityKind(
    "search-talk",
    "Talk about the search",
    (
        _TITLE,
        _prose("what", "What"),
        _STATE,
        EntityField("by_whom", "By whom"),
        _date("on", "Date"),
        EntityField(
            "concerns",
            "Concerns",
            ValueKind.REFERENCE,
            is_many=True,
            refers_to=("custodian", "repository", "term-list", "final-list-item"),
        ),
        _NOTE,
    ),
)
FINAL_LIST_ITEM = EntityKind(
    "final-list-item",
    "Item of the final production list",
    (
        EntityField("number", "Number"),
        _TITLE,
        _custodian(is_many=True),
        EntityField("office", "Office", is_many=True),
        _STATE,
        EntityField("released_in", "Released in", is_many=True),
        _NOTE,
    ),
)

SEARCH_KINDS: tuple[EntityKind, ...] = (
    CUSTODIAN,
    REPOSITORY,
    TERM_LIST,
    DECLARED_SEARCH,
    SEARCH_TALK,
    FINAL_LIST_ITEM,
)
