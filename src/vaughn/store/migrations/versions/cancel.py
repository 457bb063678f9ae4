"""Jobs can be asked to stop."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the wish to the table of jobs."""
    op.execute("ALTER TABLE job ADD COLUMN cancel INTEGER DEFAULT 0 NOT NULL")


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
