"""Files of limits and of programmes that a county adds of its own, and the limits that it adopts."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, only_open, supersedable, text, words

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the files and the adoptions."""
    create(
        "policy_file",
        *supersedable("policy_file"),
        words("policy_file", "kind", ("limits", "programmes"), needed=True),
        text("name", needed=True),
        text("sha256", needed=True),
        text("text", needed=True),
        text("reason", needed=True),
        only_open("uq_policy_file_open", "county", "kind", "sha256"),
    )
    create(
        "limit_adoption",
        *supersedable("limit_adoption"),
        text("limit_id", needed=True),
        text("digest", needed=True),
        text("source"),
        only_open("uq_limit_adoption_open", "county", "limit_id"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("limit_adoption")
    op.drop_table("policy_file")
