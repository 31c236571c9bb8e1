"""Files that were read and wait to be applied: kept with the words of their sender, until applied or withdrawn."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, day, only_open, supersedable, text, words

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the files that wait."""
    create(
        "waiting_file",
        *supersedable("waiting_file"),
        text("file", needed=True),
        text("sha256", needed=True),
        text("format", needed=True),
        text("township"),
        day("valid_day"),
        text("source", needed=True),
        text("counts", needed=True),
        words("waiting_file", "why", ("later", "no_day", "older"), needed=True),
        text("told_township"),
        day("told_day"),
        text("told"),
        only_open("uq_waiting_file_open", "county", "sha256", "valid_day"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("waiting_file")
