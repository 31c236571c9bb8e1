"""Which machine came in the place of which."""

from __future__ import annotations

from alembic import op

from migrations.tables import check, create, foreign_key, index, only_open, supersedable, text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the replacements of machines."""
    create(
        "machine_replacement",
        *supersedable("machine_replacement"),
        text("old_id", needed=True),
        text("new_id", needed=True),
        text("batch_id"),
        text("reason", needed=True),
        check("machine_replacement", "two", "old_id <> new_id"),
        foreign_key("machine_replacement", "old_id", "equipment"),
        foreign_key("machine_replacement", "new_id", "equipment"),
        foreign_key("machine_replacement", "batch_id", "import_batch"),
        index("ix_machine_replacement_batch_id", "county", "batch_id"),
        only_open("uq_machine_replacement_old", "county", "old_id"),
        only_open("uq_machine_replacement_new", "county", "new_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("machine_replacement")
