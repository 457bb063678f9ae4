"""The first tables."""

from __future__ import annotations

from alembic import op

from vaughn.store.schema import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index."""
    METADATA.create_all(op.get_bind())


def downgrade() -> None:
    """Refuse: a case is never taken back to an older form."""
    raise NotImplementedError("a case is never taken back to an older form")
