"""Persons who were forgotten, and the key store that the register was written with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import create, create_local, instant, on_postgresql, recorded, text

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "person_forgotten"
OWN = (
    "strpos(current_setting('luzhang.counties', true), '*') <> 0 "
    "OR strpos(current_setting('luzhang.counties', true), county) <> 0"
)


def upgrade() -> None:
    """Create the two tables; the first is behind the wall of its county."""
    create(
        TABLE,
        *recorded(TABLE),
        text("person", needed=True),
        text("key_id", needed=True),
        text("reason", needed=True),
        sa.UniqueConstraint("county", "person", "key_id", name="uq_person_forgotten_person"),
    )
    create_local("key_store_used", text("id", needed=True), instant("since", needed=True))
    if on_postgresql():
        op.execute(f"CREATE POLICY within_county ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("key_store_used")
    op.drop_table(TABLE)
