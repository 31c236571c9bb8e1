"""Copies of kept files without people who were forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, foreign_key, index, on_postgresql, recorded, text

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "redacted_file"
OWN = (
    "strpos(current_setting('luzhang.counties', true), '*') <> 0 "
    "OR strpos(current_setting('luzhang.counties', true), county) <> 0"
)


def upgrade() -> None:
    """Create the table behind the wall of its county."""
    create(
        TABLE,
        *recorded(TABLE),
        text("source_file_id"),
        text("evidence_id"),
        text("name"),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("alike", sa.Boolean(), nullable=False),
        foreign_key(TABLE, "source_file_id", "source_file"),
        foreign_key(TABLE, "evidence_id", "evidence"),
        check(TABLE, "one_file", "(source_file_id IS NULL) <> (evidence_id IS NULL)"),
        check(TABLE, "content", "(content IS NULL) = (name IS NULL)"),
        index("ix_redacted_file_source_file_id", "county", "source_file_id"),
        index("ix_redacted_file_evidence_id", "county", "evidence_id"),
    )
    if on_postgresql():
        op.execute(f"CREATE POLICY within_county ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take it away again."""
    op.drop_table(TABLE)
