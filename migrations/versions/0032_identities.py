"""Identities of an identity platform, and the sign-ins that came by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_local, index, instant, local_key, text

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; none is a county's."""
    create_local(
        "account_identity",
        text("id", needed=True),
        text("account_id", needed=True),
        text("digest", needed=True),
        instant("made_at", needed=True),
        text("made_by"),
        instant("ended_at"),
        text("ended_by"),
        local_key("account_identity", "account_id", "account"),
        index("ix_account_identity_account_id", "account_id"),
        index("uq_account_identity_open", "digest", unique=True, where="ended_at IS NULL"),
    )
    create_local(
        "signed_in_by",
        text("signed_in_id", needed=True),
        text("identity_id", needed=True),
        sa.Column("factor", sa.Boolean(), nullable=False),
        local_key("signed_in_by", "signed_in_id", "signed_in"),
        local_key("signed_in_by", "identity_id", "account_identity"),
        key=("signed_in_id",),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("signed_in_by")
    op.drop_table("account_identity")
