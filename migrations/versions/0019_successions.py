"""Which firm came after which, and which machine went over to another firm."""

from __future__ import annotations

from alembic import op

from migrations.tables import check, create, foreign_key, index, supersedable, text, words
from migrations.tables import day as day_column

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")


def upgrade() -> None:
    """Create the successions."""
    create(
        "succession",
        *supersedable("succession"),
        words("succession", "kind", ("merged", "split", "transferred"), needed=True),
        text("act_id", needed=True),
        text("enterprise_id", needed=True),
        text("into_id", needed=True),
        text("equipment_id"),
        day_column("moved_on_from"),
        day_column("moved_on_to"),
        words("succession", "moved_on_precision", PRECISIONS),
        text("moved_on_text", needed=True),
        text("document"),
        text("evidence"),
        text("reason", needed=True),
        text("entry_id"),
        check("succession", "goes_over", "enterprise_id <> into_id OR (kind = 'split' AND equipment_id IS NOT NULL)"),
        check("succession", "merged_whole", "kind <> 'merged' OR equipment_id IS NULL"),
        check("succession", "transferred_one", "kind <> 'transferred' OR equipment_id IS NOT NULL"),
        foreign_key("succession", "enterprise_id", "enterprise"),
        foreign_key("succession", "into_id", "enterprise"),
        foreign_key("succession", "equipment_id", "equipment"),
        foreign_key("succession", "entry_id", "import_batch"),
        index("ix_succession_act_id", "county", "act_id"),
        index("ix_succession_enterprise_id", "county", "enterprise_id"),
        index("ix_succession_into_id", "county", "into_id"),
        index("ix_succession_equipment_id", "county", "equipment_id"),
        index("ix_succession_entry_id", "county", "entry_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("succession")
