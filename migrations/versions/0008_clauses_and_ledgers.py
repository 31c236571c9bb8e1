"""Adopted clauses and issued ledgers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, content, create, number, only_open, recorded, supersedable, text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("clause_adoption", "ledger_issue")


def upgrade() -> None:
    """Create what was adopted and what was issued."""
    create(
        "clause_adoption",
        *supersedable("clause_adoption"),
        text("clause", needed=True),
        only_open("uq_clause_adoption_open", "county", "clause"),
    )
    create(
        "ledger_issue",
        *recorded("ledger_issue"),
        text("quarter", needed=True),
        number("revision", needed=True),
        number("known", needed=True),
        text("reason"),
        text("sha256", needed=True),
        content("workbook"),
        check("ledger_issue", "revision", "revision > 0"),
        sa.UniqueConstraint("county", "quarter", "revision", name="uq_ledger_issue_revision"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
