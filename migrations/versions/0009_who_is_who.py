"""Who is who: decisions on two records, and which record stands for which."""

from __future__ import annotations

from alembic import op

from migrations.tables import check, create, foreign_key, index, only_open, supersedable, text, words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("identity_decision", "same_subject")
SECTIONS = ("enterprise", "equipment", "permit", "plan", "action")


def upgrade() -> None:
    """Create what people decide of records, and its outcome."""
    create(
        "identity_decision",
        *supersedable("identity_decision"),
        words("identity_decision", "section", SECTIONS, needed=True),
        text("subject_id", needed=True),
        text("other_id", needed=True),
        words("identity_decision", "answer", ("same", "different", "later"), needed=True),
        text("reason", needed=True),
        text("under_id"),
        check("identity_decision", "two", "subject_id <> other_id"),
        only_open("uq_identity_decision_open", "county", "subject_id", "other_id"),
        foreign_key("identity_decision", "under_id", "identity_decision"),
        index("ix_identity_decision_under_id", "county", "under_id"),
    )
    create(
        "same_subject",
        *supersedable("same_subject"),
        words("same_subject", "section", SECTIONS, needed=True),
        text("subject_id", needed=True),
        text("into_id", needed=True),
        check("same_subject", "two", "subject_id <> into_id"),
        only_open("uq_same_subject_open", "county", "subject_id"),
        index("ix_same_subject_into_id", "county", "into_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
