"""Links by which a township sends files without an account, and what came by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, day, foreign_key, index, number, recorded, supersedable, text, words

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    create(
        "upload_link",
        *supersedable("upload_link"),
        text("township", needed=True),
        text("quarter", needed=True),
        text("digest", needed=True),
        day("last_day", needed=True),
        text("made_by", needed=True),
        text("note"),
        sa.UniqueConstraint("county", "digest", name="uq_upload_link_digest"),
        index("ix_upload_link_digest", "digest"),
    )
    create(
        "link_upload",
        *recorded("link_upload"),
        text("link_id", needed=True),
        text("kept_id", needed=True),
        text("receipt", needed=True),
        text("origin", needed=True),
        text("file", needed=True),
        text("sha256", needed=True),
        number("size", needed=True),
        words("link_upload", "result", ("kept", "again"), needed=True),
        check("link_upload", "size", "size >= 0"),
        foreign_key("link_upload", "link_id", "upload_link"),
        sa.UniqueConstraint("county", "receipt", name="uq_link_upload_receipt"),
        index("ix_link_upload_link_id", "county", "link_id"),
        index("ix_link_upload_receipt", "receipt"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("link_upload")
    op.drop_table("upload_link")
