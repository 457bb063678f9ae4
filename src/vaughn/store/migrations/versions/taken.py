"""Taking in: who handed over what, where files came from, what records say of themselves, what resembles what."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_STEPS = (
    "ALTER TABLE task ADD COLUMN priority INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE task ADD COLUMN code TEXT",
    "DROP INDEX task_open",
    "CREATE INDEX task_open ON task (state, production_id, kind, priority DESC)",
    "CREATE TABLE handover (production_id INTEGER NOT NULL, from_whom TEXT NOT NULL, received_by TEXT NOT NULL,"
    " handed_on TEXT NOT NULL, custodian TEXT, device TEXT, medium TEXT, note TEXT, root TEXT NOT NULL,"
    " files INTEGER, size_bytes INTEGER, digest_before TEXT, digest_after TEXT, rules TEXT NOT NULL,"
    " finished_at TEXT, PRIMARY KEY (production_id)) STRICT",
    "CREATE TABLE file_origin (file_id INTEGER NOT NULL, container_id INTEGER, position INTEGER NOT NULL,"
    " part INTEGER, document_id INTEGER, md5 TEXT, sha1 TEXT, modified_at TEXT, created_at TEXT,"
    " PRIMARY KEY (file_id), FOREIGN KEY(container_id) REFERENCES source_file (id),"
    " FOREIGN KEY(document_id) REFERENCES document (id)) STRICT",
    "CREATE TABLE record (document_id INTEGER NOT NULL, identity TEXT, message_id TEXT, facts TEXT NOT NULL,"
    " PRIMARY KEY (document_id)) STRICT",
    "CREATE TABLE grouping (id INTEGER NOT NULL, kind INTEGER NOT NULL, scope INTEGER NOT NULL, at TEXT NOT NULL,"
    " state INTEGER NOT NULL, parameters TEXT NOT NULL, PRIMARY KEY (id)) STRICT",
    "CREATE TABLE group_member (id INTEGER NOT NULL, grouping_id INTEGER NOT NULL, group_number INTEGER NOT NULL,"
    " document_id INTEGER NOT NULL, position INTEGER NOT NULL, role INTEGER NOT NULL, basis TEXT NOT NULL,"
    " similarity REAL, parent_id INTEGER, page_id INTEGER, PRIMARY KEY (id),"
    " FOREIGN KEY(grouping_id) REFERENCES grouping (id), FOREIGN KEY(document_id) REFERENCES document (id),"
    " FOREIGN KEY(parent_id) REFERENCES document (id)) STRICT",
    "CREATE TABLE other_words (page_id INTEGER NOT NULL, engine TEXT NOT NULL, packed BLOB NOT NULL,"
    " PRIMARY KEY (page_id)) STRICT",
    "CREATE TABLE ocr_cache (id INTEGER NOT NULL, digest TEXT NOT NULL, engine TEXT NOT NULL, packed BLOB NOT NULL,"
    " PRIMARY KEY (id), UNIQUE (digest, engine)) STRICT",
    "CREATE INDEX file_origin_container ON file_origin (container_id)",
    "CREATE INDEX record_message ON record (message_id) WHERE message_id IS NOT NULL",
    "CREATE INDEX record_identity ON record (identity) WHERE identity IS NOT NULL",
    "CREATE INDEX group_member_document ON group_member (document_id)",
    "CREATE INDEX group_member_grouping ON group_member (grouping_id, group_number)",
)


def upgrade() -> None:
    """Add the tables."""
    for step in _STEPS:
        op.execute(step)


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
