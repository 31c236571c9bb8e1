"""The record of who did what, in a chain of each county; what an issued ledger prints of it."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import context, op

from migrations.tables import check, county, create, foreign_key, index, number, recorded, text, words

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables; a county that has changes gets its chain, which begins after them."""
    create(
        "audit_head",
        county(),
        number("number", needed=True),
        text("digest", needed=True),
        number("since", needed=True),
        check("audit_head", "number", "number >= 0"),
        check("audit_head", "since", "since >= 0"),
        key=("county",),
    )
    create(
        "audit_record",
        county(),
        number("number", needed=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        text("actor", needed=True),
        text("account"),
        text("origin", needed=True),
        text("act", needed=True),
        text("subject"),
        text("before"),
        text("after"),
        words("audit_record", "result", ("done", "refused", "failed"), needed=True),
        text("code"),
        number("change"),
        text("change_digest"),
        text("beside"),
        text("previous", needed=True),
        text("digest", needed=True),
        check("audit_record", "number", "number > 0"),
        check("audit_record", "change", "(change IS NULL) = (change_digest IS NULL)"),
        index("ix_audit_record_change", "county", "change"),
        key=("county", "number"),
    )
    create(
        "ledger_anchor",
        *recorded("ledger_anchor"),
        text("issue_id", needed=True),
        text("chain", needed=True),
        number("number", needed=True),
        text("digest", needed=True),
        foreign_key("ledger_anchor", "issue_id", "ledger_issue"),
        sa.UniqueConstraint("county", "issue_id", "chain", name="uq_ledger_anchor_chain"),
    )
    if not context.is_offline_mode():
        _begin_chains()


def _begin_chains() -> None:
    connection = op.get_bind()
    begin = sa.text("INSERT INTO audit_head (county, number, digest, since) VALUES (:county, 0, :digest, :since)")
    for of, last in connection.execute(sa.text("SELECT county, number FROM county_head ORDER BY county")).all():
        said = json.dumps(["audit", of, last], separators=(",", ":"))
        digest = hashlib.sha256(said.encode()).hexdigest() if last else ""
        connection.execute(begin, {"county": of, "digest": digest, "since": last})


def downgrade() -> None:
    """Take them away again."""
    for table in ("ledger_anchor", "audit_record", "audit_head"):
        op.drop_table(table)
