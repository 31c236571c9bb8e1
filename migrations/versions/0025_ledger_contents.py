"""What a ledger was checked for, and what an issued one was printed from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import content, create, foreign_key, number, recorded, text

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    create(
        "ledger_check",
        *recorded("ledger_check"),
        text("quarter", needed=True),
        number("known", needed=True),
        text("content", needed=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        text("findings", needed=True),
        text("heads"),
    )
    create(
        "ledger_content",
        *recorded("ledger_content"),
        text("issue_id", needed=True),
        text("sha256", needed=True),
        content("tables"),
        text("prepared_by"),
        text("checked_by"),
        text("approved_by"),
        text("heads"),
        foreign_key("ledger_content", "issue_id", "ledger_issue"),
        sa.UniqueConstraint("county", "issue_id", name="uq_ledger_content_issue_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("ledger_content")
    op.drop_table("ledger_check")
