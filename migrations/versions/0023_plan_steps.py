"""How plans advanced, and the measures that they promise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, days, foreign_key, index, supersedable, text, words
from migrations.tables import day as day_column

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")
STAGES = (
    "none",
    "made",
    "reviewed",
    "notified",
    "in_progress",
    "self_accepted",
    "certified",
    "accepted",
    "failed",
)


def upgrade() -> None:
    """Create the steps of plans, their measures, and what of these was carried out."""
    create(
        "plan_step",
        *supersedable("plan_step"),
        text("plan_id", needed=True),
        words("plan_step", "stage", STAGES, needed=True),
        *_happened("plan_step", "reached_on"),
        text("document_id"),
        text("unit"),
        sa.Column("with_gap", sa.Boolean(), nullable=False),
        text("reason", needed=True),
        text("entry_id"),
        foreign_key("plan_step", "plan_id", "plan"),
        foreign_key("plan_step", "document_id", "document"),
        foreign_key("plan_step", "entry_id", "import_batch"),
        index("ix_plan_step_plan_id", "county", "plan_id"),
        index("ix_plan_step_document_id", "county", "document_id"),
        index("ix_plan_step_entry_id", "county", "entry_id"),
    )
    create(
        "plan_measure",
        *supersedable("plan_measure"),
        text("plan_id", needed=True),
        text("measure", needed=True),
        text("responsible_unit"),
        *days("plan_measure", "due"),
        text("document_id"),
        text("reason", needed=True),
        check("plan_measure", "due", "(due_precision IS NULL) = (due_text IS NULL)"),
        foreign_key("plan_measure", "plan_id", "plan"),
        foreign_key("plan_measure", "document_id", "document"),
        index("ix_plan_measure_plan_id", "county", "plan_id"),
        index("ix_plan_measure_document_id", "county", "document_id"),
    )
    create(
        "plan_measure_extension",
        *supersedable("plan_measure_extension"),
        text("plan_id", needed=True),
        text("measure_id", needed=True),
        *_happened("plan_measure_extension", "due"),
        text("document_id"),
        text("reason", needed=True),
        foreign_key("plan_measure_extension", "plan_id", "plan"),
        foreign_key("plan_measure_extension", "measure_id", "plan_measure"),
        foreign_key("plan_measure_extension", "document_id", "document"),
        index("ix_plan_measure_extension_plan_id", "county", "plan_id"),
        index("ix_plan_measure_extension_measure_id", "county", "measure_id"),
        index("ix_plan_measure_extension_document_id", "county", "document_id"),
    )
    create(
        "plan_measure_done",
        *supersedable("plan_measure_done"),
        text("plan_id", needed=True),
        text("measure_id", needed=True),
        *_happened("plan_measure_done", "done_on"),
        text("document_id"),
        text("reason", needed=True),
        foreign_key("plan_measure_done", "plan_id", "plan"),
        foreign_key("plan_measure_done", "measure_id", "plan_measure"),
        foreign_key("plan_measure_done", "document_id", "document"),
        index("ix_plan_measure_done_plan_id", "county", "plan_id"),
        index("ix_plan_measure_done_measure_id", "county", "measure_id"),
        index("ix_plan_measure_done_document_id", "county", "document_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("plan_measure_done", "plan_measure_extension", "plan_measure", "plan_step"):
        op.drop_table(table)


def _happened(table: str, stem: str) -> tuple[sa.Column[object], ...]:
    """The days on which something happened or is due, known to an end at least."""
    return (
        day_column(f"{stem}_from"),
        day_column(f"{stem}_to", needed=True),
        words(table, f"{stem}_precision", PRECISIONS, needed=True),
        text(f"{stem}_text", needed=True),
    )
