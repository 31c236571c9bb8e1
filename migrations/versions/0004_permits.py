"""Permits and how they stand."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, days, foreign_key, index, recorded, stretch, text, words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("permit", "permit_fact")


def upgrade() -> None:
    """Create the identity and its temporal table."""
    create(
        "permit",
        *recorded("permit"),
        text("enterprise_id", needed=True),
        words(
            "permit",
            "kind",
            (
                "business_licence",
                "project_filing",
                "land",
                "eia",
                "eia_acceptance",
                "pollutant_discharge",
                "energy_review",
                "safety_grade",
                "fire",
                "capacity_swap",
            ),
            needed=True,
        ),
        foreign_key("permit", "enterprise_id", "enterprise"),
        index("ix_permit_enterprise_id", "county", "enterprise_id"),
    )
    stretch(
        "permit_fact",
        "permit",
        words("permit_fact", "standing", ("held", "lacking", "applying", "expired", "not_required", "revoked")),
        text("number"),
        text("issuer"),
        *days("permit_fact", "term_from"),
        *days("permit_fact", "term_to"),
        words("permit_fact", "permit_class", ("key", "simplified", "registration", "level_1", "level_2", "level_3")),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
