"""The particulars of steps against firms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, days, foreign_key, index, number, only_open, supersedable, text

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

DAYS = ("decided_on", "served_on", "effective_on")


def upgrade() -> None:
    """Create the steps."""
    create(
        "step",
        *supersedable("step"),
        text("enterprise_id", needed=True),
        text("action_id", needed=True),
        *(column for one in DAYS for column in days("step", one)),
        text("effective_time"),
        text("authority"),
        text("document_no"),
        text("basis"),
        text("document_id"),
        text("request_document_id"),
        text("equipment_id"),
        number("quantity"),
        sa.Column("with_gap", sa.Boolean(), nullable=False),
        text("note"),
        text("reason", needed=True),
        text("entry_id"),
        check("step", "quantity", "quantity > 0"),
        *(check("step", one, f"({one}_precision IS NULL) = ({one}_text IS NULL)") for one in DAYS),
        foreign_key("step", "enterprise_id", "enterprise"),
        foreign_key("step", "action_id", "action"),
        foreign_key("step", "document_id", "document"),
        foreign_key("step", "request_document_id", "document"),
        foreign_key("step", "equipment_id", "equipment"),
        foreign_key("step", "entry_id", "import_batch"),
        index("ix_step_enterprise_id", "county", "enterprise_id"),
        index("ix_step_document_id", "county", "document_id"),
        index("ix_step_request_document_id", "county", "request_document_id"),
        index("ix_step_equipment_id", "county", "equipment_id"),
        index("ix_step_entry_id", "county", "entry_id"),
        only_open("uq_step_open", "county", "action_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("step")
