"""Batches, their rows and issues."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, day, foreign_key, index, number, only_open, recorded, supersedable, text, words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("import_batch", "import_row", "import_issue")


def upgrade() -> None:
    """Create what came in."""
    create(
        "import_batch",
        *supersedable("import_batch"),
        text("file", needed=True),
        text("sha256", needed=True),
        text("format", needed=True),
        text("township"),
        day("valid_day", needed=True),
        text("source", needed=True),
        text("counts", needed=True),
        only_open("uq_import_batch_open", "county", "sha256", "valid_day"),
    )
    create(
        "import_row",
        *recorded("import_row"),
        text("batch_id", needed=True),
        text("sheet", needed=True),
        number("row", needed=True),
        text("cells", needed=True),
        words("import_row", "fate", ("record", "ignored", "held"), needed=True),
        text("why"),
        text("enterprise_id"),
        foreign_key("import_row", "batch_id", "import_batch"),
        foreign_key("import_row", "enterprise_id", "enterprise"),
        index("ix_import_row_batch_id", "county", "batch_id"),
    )
    create(
        "import_issue",
        *recorded("import_issue"),
        text("batch_id", needed=True),
        text("code", needed=True),
        words("import_issue", "severity", ("error", "warning", "question"), needed=True),
        text("sheet"),
        text("cell"),
        text("field"),
        text("raw"),
        text("message", needed=True),
        text("fix", needed=True),
        foreign_key("import_issue", "batch_id", "import_batch"),
        index("ix_import_issue_batch_id", "county", "batch_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
