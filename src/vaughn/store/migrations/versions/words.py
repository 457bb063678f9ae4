"""Words: which language they are in, who read them, what is known of the layer they come from, who chose them."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_STEPS = (
    "ALTER TABLE page ADD COLUMN language TEXT",
    "ALTER TABLE document ADD COLUMN language TEXT",
    "ALTER TABLE page ADD COLUMN layer INTEGER",
    "ALTER TABLE page_words ADD COLUMN engine TEXT",
    "ALTER TABLE other_words ADD COLUMN chosen_by TEXT",
    "CREATE INDEX document_language ON document (state, language, production_id)",
)


def upgrade() -> None:
    """Add the columns. Languages are told when the words of the case are looked at next (see `vaughn.fulltext`)."""
    for step in _STEPS:
        op.execute(step)


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
