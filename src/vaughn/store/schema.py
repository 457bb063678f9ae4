"""The tables of the case file.

Every table is STRICT and has an integer primary key, so that every row stands in a block of 256 ids
that `seals` can vouch for. States and kinds are small numbers (see `codes`). Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    TEXT,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

METADATA = MetaData()


def _table(name: str, *parts: Column[int] | Column[str] | Column[float] | Column[bytes] | UniqueConstraint) -> Table:
    return Table(name, METADATA, *parts, sqlite_strict=True)


def _id(name: str = "id") -> Column[int]:
    return Column(name, Integer, primary_key=True)


def _number(name: str, *, to: str | None = None, known: bool = False) -> Column[int]:
    if to is not None:
        return Column(name, Integer, ForeignKey(to), nullable=not known)
    return Column(name, Integer, nullable=not known)


def _words(name: str, *, known: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=not known)


CASE = _table("case_file", _id(), _words("caption", known=True), _words("court"), _words("docket_number"))

PRODUCTION = _table(
    "production",
    _id(),
    _words("name", known=True),
    _words("agency", known=True),
    _words("released_on", known=True),
    _words("received_at", known=True),
    _number("state", known=True),
    _words("source", known=True),
    _words("replaces"),
    _words("order_name"),
    UniqueConstraint("name"),
)

SOURCE_FILE = _table(
    "source_file",
    _id(),
    _number("production_id", to="production.id", known=True),
    _words("path", known=True),
    _number("role", known=True),
    _words("sha256"),
    _number("size_bytes"),
    _words("media_type", known=True),
    _words("refused"),
    UniqueConstraint("production_id", "path"),
)

LOAD_FILE = _table(
    "load_file",
    _id(),
    _number("production_id", to="production.id", known=True),
    _number("source_file_id", to="source_file.id", known=True),
    _words("format", known=True),
    _words("kind", known=True),
    _words("dialect"),
    _words("columns", known=True),
    _number("row_count"),
    _number("page_row_count"),
)

RAW_ROW = _table(
    "raw_row",
    _id(),
    _number("load_file_id", to="load_file.id", known=True),
    _number("line", known=True),
    _words("row_values", known=True),
    UniqueConstraint("load_file_id", "line"),
)

DOCUMENT = _table(
    "document",
    _id(),
    _number("production_id", to="production.id", known=True),
    _number("ordinal", known=True),
    _number("state", known=True),
    _words("control"),  # NULL: same as the begin number
    _words("prefix"),
    _number("begin_number"),
    _number("end_number"),
    _number("width"),
    _words("suffix"),
    _number("first_page_id"),
    _number("page_count", known=True),
    _number("parent_id", to="document.id"),
    _number("family_id", to="document.id"),  # NULL: a family of one
    _number("kind", known=True),
    _words("custodian"),
    _words("title"),
    _words("sender"),
    _words("recipients"),
    _words("date"),
    _words("file_name"),
    _number("native_file_id", to="source_file.id"),
    _number("text_file_id", to="source_file.id"),
    _number("load_file_id", to="load_file.id"),
    _number("row_line"),
    _number("row_start"),
    _number("row_end"),
    _number("page_load_file_id", to="load_file.id"),
    _words("language"),  # that of most pages
)

PAGE = _table(
    "page",
    _id(),
    _number("file_id", to="source_file.id"),
    _number("page_in_file", known=True),
    _number("list_start"),
    Column("width_pt", REAL),
    Column("height_pt", REAL),
    Column("text_source", Integer, nullable=False, server_default=text("0")),
    _words("stamped"),
    _words("language"),  # NULL: no words, or they were not looked at
    _number("layer"),
)

# Labels that do not follow from the begin number of the document; few, so they stand apart.
PAGE_LABEL = _table("page_label", _id("page_id"), _words("label", known=True), _words("folded", known=True))

PAGE_WORDS = _table(
    "page_words",
    _id("page_id"),
    Column("packed", LargeBinary, nullable=False),
    _words("engine"),  # that read them from the picture, with its version; NULL: they are the file's own
)

# Every spelling of a prefix a production uses, so that a typed number finds its documents.
BATES_PREFIX = _table(
    "bates_prefix",
    _id(),
    _number("production_id", to="production.id", known=True),
    _words("prefix", known=True),
    _words("folded", known=True),
    UniqueConstraint("production_id", "prefix"),
)

LINK = _table(
    "link",
    _id(),
    _number("document_id", to="document.id", known=True),
    _number("role", known=True),
    _number("file_id", to="source_file.id"),
    _words("path"),
    _words("matched_by", known=True),
)

DIVISION = _table(
    "division",
    _id(),
    _number("document_id", to="document.id", known=True),
    _number("production_id", to="production.id", known=True),
    _number("state", known=True),
    _words("cuts", known=True),
    UniqueConstraint("document_id"),
)

CHECK_RUN = _table(
    "check_run",
    _id(),
    _number("production_id", to="production.id", known=True),
    _words("kind", known=True),
    _words("at", known=True),
    _words("order_name"),
    _number("errors", known=True),
    _number("warnings", known=True),
    _number("notes", known=True),
)

FINDING = _table(
    "finding",
    _id(),
    _number("check_run_id", to="check_run.id", known=True),
    _number("production_id", to="production.id", known=True),
    _words("code", known=True),
    _number("severity", known=True),
    _words("path"),
    _number("line"),
    _words("bates"),
    _words("field"),
    _number("document_id", to="document.id"),
    _number("page_id"),
    _number("count", known=True),
    _words("message", known=True),
)

LEDGER_LINE = _table(
    "ledger_line",
    _id(),
    _number("production_id", to="production.id", known=True),
    _number("position", known=True),
    _words("subject", known=True),
    _number("expected", known=True),
    _words("parts", known=True),
)

JOB = _table(
    "job",
    _id(),
    _words("kind", known=True),
    _number("production_id", to="production.id"),
    _number("state", known=True),
    _words("step", known=True),
    _number("done", known=True),
    _number("total", known=True),
    _words("message"),
    _words("started_at"),
    _words("ended_at"),
    Column("cancel", Integer, nullable=False, server_default=text("0")),
)

TASK = _table(
    "task",
    _id(),
    _number("production_id", to="production.id", known=True),
    _words("kind", known=True),
    _words("key", known=True),
    _words("payload", known=True),
    _number("state", known=True),
    _number("attempts", known=True),
    _words("leased_until"),
    _words("reason"),
    Column("priority", Integer, nullable=False, server_default=text("0")),  # higher first
    _words("code"),  # of the finding that a failed task became: what a retry by reason asks for
    UniqueConstraint("production_id", "kind", "key"),
)

EVENT = _table(
    "event",
    _id("sequence"),
    _words("at", known=True),
    _words("actor", known=True),
    _words("verb", known=True),
    _words("objects", known=True),
    _words("state", known=True),
    _words("previous", known=True),
    _words("hash", known=True),
)

FACT_SOURCE = _table(
    "fact_source",
    _id(),
    _words("key", known=True),
    _words("title", known=True),
    _words("citation", known=True),
    _words("kind", known=True),
    _words("url"),
    UniqueConstraint("key"),
)

ENTITY = _table(
    "entity",
    _id(),
    _words("kind", known=True),
    _words("key", known=True),
    _number("withdrawn", known=True),
    UniqueConstraint("kind", "key"),
)

STATEMENT = _table(
    "statement",
    _id(),
    _number("entity_id", to="entity.id", known=True),
    _words("field", known=True),
    _words("value", known=True),
    _number("source_id", to="fact_source.id", known=True),
    _number("confidence", known=True),
    _number("rank", known=True),
    _words("note"),
    _words("at", known=True),
)

ENTITY_FILE = _table(
    "entity_file",
    _id(),
    _number("entity_id", to="entity.id", known=True),
    _words("name", known=True),
    _words("sha256", known=True),
    _number("size_bytes", known=True),
    _words("media_type", known=True),
)

# -- taking in ------------------------------------------------------------------------------------------------------

HANDOVER = _table(
    "handover",
    _id("production_id"),
    _words("from_whom", known=True),
    _words("received_by", known=True),
    _words("handed_on", known=True),
    _words("custodian"),
    _words("device"),
    _words("medium"),
    _words("note"),
    _words("root", known=True),
    _number("files"),
    _number("size_bytes"),
    _words("digest_before"),
    _words("digest_after"),
    _words("rules", known=True),
    _words("finished_at"),
)

FILE_ORIGIN = _table(
    "file_origin",
    _id("file_id"),
    _number("container_id", to="source_file.id"),
    _number("position", known=True),
    _number("part"),
    _number("document_id", to="document.id"),  # NULL: none was made of it
    _words("md5"),
    _words("sha1"),
    _words("modified_at"),
    _words("created_at"),
)

# What a document says of itself. `identity` is the hash that is equal for copies of one message.
RECORD = _table(
    "record",
    _id("document_id"),
    _words("identity"),
    _words("message_id"),
    _words("facts", known=True),
)

GROUPING = _table(
    "grouping",
    _id(),
    _number("kind", known=True),
    _number("scope", known=True),
    _words("at", known=True),
    _number("state", known=True),
    _words("parameters", known=True),
)

GROUP_MEMBER = _table(
    "group_member",
    _id(),
    _number("grouping_id", to="grouping.id", known=True),
    _number("group_number", known=True),
    _number("document_id", to="document.id", known=True),
    _number("position", known=True),
    _number("role", known=True),
    _words("basis", known=True),
    Column("similarity", REAL),
    _number("parent_id", to="document.id"),
    _number("page_id"),
)

# The version of a page's words that is not shown: the file's own layer where OCR was kept, or the other way round.
OTHER_WORDS = _table(
    "other_words",
    _id("page_id"),
    _words("engine", known=True),
    Column("packed", LargeBinary, nullable=False),
    _words("chosen_by"),  # who chose the version that is shown; NULL: the program
)

# What OCR read from a picture, so that the same picture in another file is not read twice.
OCR_CACHE = _table(
    "ocr_cache",
    _id(),
    _words("digest", known=True),
    _words("engine", known=True),
    Column("packed", LargeBinary, nullable=False),
    UniqueConstraint("digest", "engine"),
)

# One row a node of the hash trees over the tables; see `seals`.
SEAL = Table(
    "seal",
    METADATA,
    Column("node_table", Integer, primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("node", Integer, primary_key=True),
    Column("digests", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Tables vouched for by the state in each event; the number of a table in the seals is its place here,
# so a new table goes to the end. `event` comes first: it is chained, and sealed only to name a changed column.
SEALED: tuple[Table, ...] = (
    EVENT,
    CASE,
    PRODUCTION,
    SOURCE_FILE,
    LOAD_FILE,
    RAW_ROW,
    DOCUMENT,
    PAGE,
    PAGE_LABEL,
    PAGE_WORDS,
    BATES_PREFIX,
    LINK,
    DIVISION,
    CHECK_RUN,
    FINDING,
    LEDGER_LINE,
    JOB,
    TASK,
    FACT_SOURCE,
    ENTITY,
    STATEMENT,
    ENTITY_FILE,
    HANDOVER,
    FILE_ORIGIN,
    RECORD,
    GROUPING,
    GROUP_MEMBER,
    OTHER_WORDS,
    OCR_CACHE,
)

# Indexes of the document table. The state comes first because lists show current documents only; the rest is the
# order of the list, and the id that SQLite adds makes it complete. A bulk load drops them and builds them again when
# that is quicker.
BULK_INDEXES: tuple[Index, ...] = (
    Index("document_bates", DOCUMENT.c.state, DOCUMENT.c.prefix, DOCUMENT.c.begin_number, DOCUMENT.c.production_id),
    Index("document_date", DOCUMENT.c.state, DOCUMENT.c.date, DOCUMENT.c.production_id),
    Index("document_custodian", DOCUMENT.c.state, DOCUMENT.c.custodian, DOCUMENT.c.production_id),
    Index("document_kind", DOCUMENT.c.state, DOCUMENT.c.kind, DOCUMENT.c.production_id),
    Index("document_language", DOCUMENT.c.state, DOCUMENT.c.language, DOCUMENT.c.production_id),
    Index("document_production", DOCUMENT.c.state, DOCUMENT.c.production_id, DOCUMENT.c.ordinal),
    Index("document_first_page", DOCUMENT.c.first_page_id),
    Index("document_family", DOCUMENT.c.family_id, sqlite_where=DOCUMENT.c.family_id.is_not(None)),
)

SMALL_INDEXES: tuple[Index, ...] = (
    Index("source_file_sha256", SOURCE_FILE.c.sha256),
    Index("page_label_folded", PAGE_LABEL.c.folded),
    Index("link_document", LINK.c.document_id),
    Index("finding_document", FINDING.c.document_id, FINDING.c.severity),
    Index("finding_code", FINDING.c.production_id, FINDING.c.code, FINDING.c.severity),
    Index("finding_run", FINDING.c.check_run_id),
    Index("ledger_line_production", LEDGER_LINE.c.production_id, LEDGER_LINE.c.position),
    Index("statement_entity", STATEMENT.c.entity_id),
    Index("entity_file_entity", ENTITY_FILE.c.entity_id),
    Index("task_open", TASK.c.state, TASK.c.production_id, TASK.c.kind, TASK.c.priority.desc()),
    Index("file_origin_container", FILE_ORIGIN.c.container_id),
    Index("record_message", RECORD.c.message_id, sqlite_where=RECORD.c.message_id.is_not(None)),
    Index("record_identity", RECORD.c.identity, sqlite_where=RECORD.c.identity.is_not(None)),
    Index("group_member_document", GROUP_MEMBER.c.document_id),
    Index("group_member_grouping", GROUP_MEMBER.c.grouping_id, GROUP_MEMBER.c.group_number),
)
