"""What a person told once of a column, a row, a township or a name, and the county remembers."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, foreign_key, index, only_open, supersedable, text, words

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the learned answers."""
    create(
        "learned_answer",
        *supersedable("learned_answer"),
        words("learned_answer", "kind", ("column", "row", "township", "name"), needed=True),
        text("layout", needed=True),
        text("key", needed=True),
        text("answer", needed=True),
        text("reason", needed=True),
        text("batch_id"),
        text("enterprise_id"),
        foreign_key("learned_answer", "batch_id", "import_batch"),
        foreign_key("learned_answer", "enterprise_id", "enterprise"),
        index("ix_learned_answer_batch_id", "county", "batch_id"),
        index("ix_learned_answer_enterprise_id", "county", "enterprise_id"),
        only_open("uq_learned_answer_open", "county", "kind", "layout", "key"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("learned_answer")
