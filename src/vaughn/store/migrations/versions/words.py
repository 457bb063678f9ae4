"""Words: which language each page and each document is in."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_STEPS = (
    "ALTER TABLE page ADD COLUMN language TEXT",
    "ALTER TABLE document ADD COLUMN language TEXT",
    "CREATE INDEX document_language ON document (state, language, production_id)",
)


def upgrade() -> None:
    """Add the columns; they are filled when the words of the case are looked at next (see `vaughn.fulltext`)."""
    for step in _STEPS:
        op.execute(step)


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
