"""Files of clauses that a county adds of its own."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, only_open, supersedable, text

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the files of clauses."""
    create(
        "clause_file",
        *supersedable("clause_file"),
        text("name", needed=True),
        text("sha256", needed=True),
        text("text", needed=True),
        text("reason", needed=True),
        only_open("uq_clause_file_open", "county", "sha256"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("clause_file")
