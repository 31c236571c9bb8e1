"""A check of a city's ledger says up to which change of each county it knew."""

from __future__ import annotations

from alembic import op

from app.store.guards import sqlite_guards
from migrations.tables import on_postgresql, text

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_BEFORE = ("county", "id", "recorded_by", "quarter", "known", "content", "passed", "findings")


def upgrade() -> None:
    """Add the column, and have SQLite's guard hold it like the others."""
    op.add_column("ledger_check", text("heads"))
    if not on_postgresql():
        op.execute("DROP TRIGGER guard_ledger_check_update")
        op.execute(sqlite_guards("ledger_check", (*_BEFORE, "heads"))["guard_ledger_check_update"])


def downgrade() -> None:
    """Take it away again."""
    # SQLite drops no column that a trigger names.
    if not on_postgresql():
        op.execute("DROP TRIGGER guard_ledger_check_update")
    op.drop_column("ledger_check", "heads")
    if not on_postgresql():
        op.execute(sqlite_guards("ledger_check", _BEFORE)["guard_ledger_check_update"])
