"""What people say about a lawsuit: sources, entities, statements, files."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = (
    "CREATE TABLE fact_source (id INTEGER NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL, citation TEXT NOT NULL,"
    " kind TEXT NOT NULL, url TEXT, PRIMARY KEY (id), UNIQUE (key)) STRICT",
    "CREATE TABLE entity (id INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, withdrawn INTEGER NOT NULL,"
    " PRIMARY KEY (id), UNIQUE (kind, key)) STRICT",
    "CREATE TABLE statement (id INTEGER NOT NULL, entity_id INTEGER NOT NULL, field TEXT NOT NULL,"
    " value TEXT NOT NULL, source_id INTEGER NOT NULL, confidence INTEGER NOT NULL, rank INTEGER NOT NULL,"
    " note TEXT, at TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY(entity_id) REFERENCES entity (id),"
    " FOREIGN KEY(source_id) REFERENCES fact_source (id)) STRICT",
    "CREATE TABLE entity_file (id INTEGER NOT NULL, entity_id INTEGER NOT NULL, name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL, media_type TEXT NOT NULL, PRIMARY KEY (id),"
    " FOREIGN KEY(entity_id) REFERENCES entity (id)) STRICT",
    "CREATE INDEX statement_entity ON statement (entity_id)",
    "CREATE INDEX entity_file_entity ON entity_file (entity_id)",
)


def upgrade() -> None:
    """Add the tables."""
    for table in _TABLES:
        op.execute(table)


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
