"""Statements and stated figures."""

from __future__ import annotations

from alembic import op

from migrations.tables import amount, create, day, foreign_key, index, supersedable, text, words

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("statement", "stated_figure")


def upgrade() -> None:
    """Create what sources said."""
    create(
        "statement",
        *supersedable("statement"),
        text("batch_id", needed=True),
        words("statement", "section", ("enterprise", "equipment", "permit", "plan", "action"), needed=True),
        text("subject_id", needed=True),
        text("field", needed=True),
        text("value", needed=True),
        day("day", needed=True),
        text("source", needed=True),
        text("file", needed=True),
        text("sheet", needed=True),
        text("cell"),
        text("raw", needed=True),
        foreign_key("statement", "batch_id", "import_batch"),
        index("ix_statement_batch_id", "county", "batch_id"),
        index("ix_statement_subject_id", "county", "subject_id", "field"),
    )
    create(
        "stated_figure",
        *supersedable("stated_figure"),
        text("batch_id", needed=True),
        text("topic"),
        text("phrase", needed=True),
        amount("number"),
        text("unit", needed=True),
        day("day_from"),
        day("day_to"),
        text("when_text", needed=True),
        text("source", needed=True),
        text("file", needed=True),
        text("sheet", needed=True),
        text("cell"),
        text("raw", needed=True),
        foreign_key("stated_figure", "batch_id", "import_batch"),
        index("ix_stated_figure_batch_id", "county", "batch_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
