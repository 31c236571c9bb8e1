"""What people decide: which statement is the value, and why a firm is missing from a roster."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, day, foreign_key, index, only_open, supersedable, text, words

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("value_decision", "absence_answer")


def upgrade() -> None:
    """Create both kinds of decisions."""
    create(
        "value_decision",
        *supersedable("value_decision"),
        text("statement_id", needed=True),
        text("subject_id", needed=True),
        text("field", needed=True),
        day("day", needed=True),
        text("reason", needed=True),
        foreign_key("value_decision", "statement_id", "statement"),
        index("ix_value_decision_statement_id", "county", "statement_id"),
        only_open("uq_value_decision_open", "county", "subject_id", "field", "day"),
    )
    create(
        "absence_answer",
        *supersedable("absence_answer"),
        text("batch_id", needed=True),
        text("enterprise_id", needed=True),
        words("absence_answer", "answer", ("closed", "relocated", "merged", "omitted"), needed=True),
        text("reason", needed=True),
        text("entry_id"),
        foreign_key("absence_answer", "batch_id", "import_batch"),
        foreign_key("absence_answer", "enterprise_id", "enterprise"),
        foreign_key("absence_answer", "entry_id", "import_batch"),
        index("ix_absence_answer_enterprise_id", "county", "enterprise_id"),
        index("ix_absence_answer_entry_id", "county", "entry_id"),
        only_open("uq_absence_answer_open", "county", "batch_id", "enterprise_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
