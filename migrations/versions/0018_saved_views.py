"""What is asked of lists, kept under names."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, only_open, supersedable, text

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the saved views."""
    create(
        "saved_view",
        *supersedable("saved_view"),
        text("name", needed=True),
        text("noun", needed=True),
        text("query", needed=True),
        text("reason", needed=True),
        only_open("uq_saved_view_open", "county", "name"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("saved_view")
