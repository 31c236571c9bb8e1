"""The desk: files as they were sent, the terms on which they were read, answers to rows that are held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import content, create, day, foreign_key, number, only_open, recorded, supersedable, text, words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("source_file", "import_terms", "row_answer")


def upgrade() -> None:
    """Create what the desk works from."""
    create(
        "source_file",
        *recorded("source_file"),
        text("sha256", needed=True),
        text("name", needed=True),
        content("content"),
        sa.UniqueConstraint("county", "sha256", name="uq_source_file_sha256"),
    )
    create(
        "import_terms",
        *recorded("import_terms"),
        text("batch_id", needed=True),
        text("township"),
        day("valid_from"),
        text("told"),
        text("learned"),
        text("corrects_id"),
        foreign_key("import_terms", "batch_id", "import_batch"),
        foreign_key("import_terms", "corrects_id", "import_batch"),
        sa.UniqueConstraint("county", "batch_id", name="uq_import_terms_batch_id"),
    )
    create(
        "row_answer",
        *supersedable("row_answer"),
        text("batch_id", needed=True),
        text("sheet", needed=True),
        number("row", needed=True),
        words("row_answer", "about", ("firm", "machine"), needed=True),
        text("answer", needed=True),
        text("reason", needed=True),
        foreign_key("row_answer", "batch_id", "import_batch"),
        only_open("uq_row_answer_open", "county", "batch_id", "sheet", "row", "about"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
