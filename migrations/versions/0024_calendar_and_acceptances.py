"""The county's own days of the table of holidays; acceptances, what they send back, and what of it was mended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, days, foreign_key, index, only_open, supersedable, text, words
from migrations.tables import day as day_column

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")


def upgrade() -> None:
    """Create the four tables."""
    create(
        "holiday",
        *supersedable("holiday"),
        day_column("day", needed=True),
        sa.Column("whole_year", sa.Boolean(), nullable=False),
        words("holiday", "kind", ("statutory", "off", "work", "usual")),
        text("name"),
        text("source", needed=True),
        text("reason", needed=True),
        check("holiday", "whole_year", "(kind IS NULL) = whole_year"),
        only_open("uq_holiday_open", "county", "day", "whole_year"),
    )
    create(
        "acceptance",
        *supersedable("acceptance"),
        text("enterprise_id", needed=True),
        words("acceptance", "level", ("township", "county", "city"), needed=True),
        words("acceptance", "result", ("passed", "returned", "failed"), needed=True),
        *_happened("acceptance", "accepted_on"),
        text("units"),
        text("people"),
        text("document_id"),
        sa.Column("with_gap", sa.Boolean(), nullable=False),
        text("note"),
        text("reason", needed=True),
        foreign_key("acceptance", "enterprise_id", "enterprise"),
        foreign_key("acceptance", "document_id", "document"),
        index("ix_acceptance_enterprise_id", "county", "enterprise_id"),
        index("ix_acceptance_document_id", "county", "document_id"),
    )
    _returned_items()


def _returned_items() -> None:
    create(
        "returned_item",
        *supersedable("returned_item"),
        text("enterprise_id", needed=True),
        text("acceptance_id"),
        text("action_id"),
        text("item", needed=True),
        text("responsible_unit"),
        *days("returned_item", "due"),
        text("reason", needed=True),
        check("returned_item", "returned_by", "(acceptance_id IS NULL) <> (action_id IS NULL)"),
        check("returned_item", "due", "(due_precision IS NULL) = (due_text IS NULL)"),
        foreign_key("returned_item", "enterprise_id", "enterprise"),
        foreign_key("returned_item", "acceptance_id", "acceptance"),
        foreign_key("returned_item", "action_id", "action"),
        index("ix_returned_item_enterprise_id", "county", "enterprise_id"),
        index("ix_returned_item_acceptance_id", "county", "acceptance_id"),
        index("ix_returned_item_action_id", "county", "action_id"),
    )
    create(
        "returned_item_done",
        *supersedable("returned_item_done"),
        text("enterprise_id", needed=True),
        text("returned_item_id", needed=True),
        *_happened("returned_item_done", "done_on"),
        text("document_id"),
        text("reason", needed=True),
        foreign_key("returned_item_done", "enterprise_id", "enterprise"),
        foreign_key("returned_item_done", "returned_item_id", "returned_item"),
        foreign_key("returned_item_done", "document_id", "document"),
        index("ix_returned_item_done_enterprise_id", "county", "enterprise_id"),
        index("ix_returned_item_done_returned_item_id", "county", "returned_item_id"),
        index("ix_returned_item_done_document_id", "county", "document_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("returned_item_done", "returned_item", "acceptance", "holiday"):
        op.drop_table(table)


def _happened(table: str, stem: str) -> tuple[sa.Column[object], ...]:
    """The days on which something happened, known to an end at least."""
    return (
        day_column(f"{stem}_from"),
        day_column(f"{stem}_to", needed=True),
        words(table, f"{stem}_precision", PRECISIONS, needed=True),
        text(f"{stem}_text", needed=True),
    )
