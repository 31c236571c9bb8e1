"""Accounts, what they may, their sign-ins and tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import create_local, index, instant, local_key, number, text, words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; none is a county's."""
    create_local(
        "department",
        text("id", needed=True),
        text("division", needed=True),
        text("name", needed=True),
        instant("made_at", needed=True),
        instant("closed_at"),
        sa.UniqueConstraint("division", "name", name="uq_department_name"),
    )
    create_local(
        "account",
        text("id", needed=True),
        text("name", needed=True),
        text("shown_name", needed=True),
        text("department_id", needed=True),
        words("account", "state", ("active", "disabled"), needed=True),
        text("password"),
        instant("password_at"),
        instant("password_until"),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        instant("made_at", needed=True),
        text("made_by"),
        sa.UniqueConstraint("name", name="uq_account_name"),
        local_key("account", "department_id", "department"),
    )
    create_local(
        "account_grant",
        text("id", needed=True),
        text("account_id", needed=True),
        text("role", needed=True),
        text("division", needed=True),
        instant("given_at", needed=True),
        text("given_by"),
        instant("withdrawn_at"),
        text("withdrawn_by"),
        local_key("account_grant", "account_id", "account"),
        index("uq_account_grant_open", "account_id", "role", "division", unique=True, where="withdrawn_at IS NULL"),
    )
    create_local(
        "former_password",
        text("id", needed=True),
        text("account_id", needed=True),
        text("password", needed=True),
        instant("set_at", needed=True),
        local_key("former_password", "account_id", "account"),
        index("ix_former_password_account_id", "account_id"),
    )
    create_local(
        "sign_in_try",
        text("key", needed=True),
        number("failed", needed=True),
        instant("since", needed=True),
        instant("locked_until"),
        key=("key",),
    )
    create_local(
        "signed_in",
        text("id", needed=True),
        text("token_digest", needed=True),
        text("account_id", needed=True),
        text("origin", needed=True),
        instant("began_at", needed=True),
        instant("seen_at", needed=True),
        instant("until", needed=True),
        instant("ended_at"),
        text("ended_why"),
        sa.UniqueConstraint("token_digest", name="uq_signed_in_token_digest"),
        local_key("signed_in", "account_id", "account"),
        index("ix_signed_in_account_id", "account_id"),
    )
    create_local(
        "one_time_token",
        text("digest", needed=True),
        words("one_time_token", "kind", ("first", "rescue"), needed=True),
        text("account_id"),
        instant("made_at", needed=True),
        instant("until", needed=True),
        instant("used_at"),
        local_key("one_time_token", "account_id", "account"),
        key=("digest",),
    )
    _create_keys()


def _create_keys() -> None:
    """Create the tables of what opens the door beside a password."""
    create_local(
        "api_token",
        text("id", needed=True),
        text("account_id", needed=True),
        text("name", needed=True),
        text("digest", needed=True),
        text("functions", needed=True),
        text("divisions", needed=True),
        instant("made_at", needed=True),
        instant("until", needed=True),
        instant("ended_at"),
        text("ended_why"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
        local_key("api_token", "account_id", "account"),
        index("ix_api_token_account_id", "account_id"),
    )
    create_local(
        "second_factor",
        text("account_id", needed=True),
        text("secret"),
        instant("begun_at", needed=True),
        instant("confirmed_at"),
        number("last_step"),
        local_key("second_factor", "account_id", "account"),
        key=("account_id",),
    )
    create_local(
        "recovery_code",
        text("id", needed=True),
        text("account_id", needed=True),
        text("digest", needed=True),
        instant("made_at", needed=True),
        instant("ended_at"),
        text("ended_why"),
        sa.UniqueConstraint("digest", name="uq_recovery_code_digest"),
        local_key("recovery_code", "account_id", "account"),
        index("ix_recovery_code_account_id", "account_id"),
    )
    create_local(
        "factor_role",
        text("role", needed=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        instant("changed_at", needed=True),
        text("changed_by"),
        key=("role",),
    )


def downgrade() -> None:
    """Take them away again."""
    for name in (
        "factor_role",
        "recovery_code",
        "second_factor",
        "api_token",
        "one_time_token",
        "signed_in",
        "sign_in_try",
        "former_password",
        "account_grant",
        "account",
        "department",
    ):
        op.drop_table(name)
