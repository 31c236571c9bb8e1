"""What one proposes and another confirms, and the counties that want it so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import create, foreign_key, index, number, only_open, recorded, supersedable, text, words

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ACTS = ("issue", "close_out", "restore", "merge", "adopt")


def upgrade() -> None:
    """Create the three tables."""
    create(
        "two_eyes",
        *supersedable("two_eyes"),
        words("two_eyes", "act", ACTS, needed=True),
        sa.Column("switched_on", sa.Boolean(), nullable=False),
        text("reason", needed=True),
        only_open("uq_two_eyes_open", "county", "act"),
    )
    create(
        "proposal",
        *recorded("proposal"),
        words("proposal", "act", ACTS, needed=True),
        text("door", needed=True),
        text("arguments", needed=True),
        text("effects", needed=True),
        text("digest", needed=True),
        number("known", needed=True),
        text("reason"),
        text("proposed_by", needed=True),
        text("account"),
        index("ix_proposal_digest", "county", "digest"),
    )
    create(
        "proposal_answer",
        *recorded("proposal_answer"),
        text("proposal_id", needed=True),
        words("proposal_answer", "answer", ("confirmed", "refused", "withdrawn"), needed=True),
        text("answered_by", needed=True),
        text("account"),
        text("reason"),
        foreign_key("proposal_answer", "proposal_id", "proposal"),
        sa.UniqueConstraint("county", "proposal_id", name="uq_proposal_answer_proposal_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("proposal_answer", "proposal", "two_eyes"):
        op.drop_table(table)
