"""The ways from a township to its firms, and from a record to the one that stands for it, for verdicts by SQL."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_enterprise_place_township_code": ("enterprise_place", ["county", "township_code", "valid_from"]),
    "ix_same_subject_subject_id": ("same_subject", ["county", "subject_id", "recorded_by"]),
}


def upgrade() -> None:
    """Create the indexes."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(op.f(name), table, columns)


def downgrade() -> None:
    """Take them away again."""
    for name, (table, _) in INDEXES.items():
        op.drop_index(op.f(name), table)
