"""Plans and actions with their facts."""

from __future__ import annotations

from alembic import op

from migrations.tables import create, days, foreign_key, index, recorded, stretch, text, words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("plan", "plan_fact", "action", "action_fact")


def upgrade() -> None:
    """Create the identities and their temporal tables."""
    create(
        "plan",
        *recorded("plan"),
        text("enterprise_id", needed=True),
        foreign_key("plan", "enterprise_id", "enterprise"),
        index("ix_plan_enterprise_id", "county", "enterprise_id"),
    )
    stretch(
        "plan_fact",
        "plan",
        *days("plan_fact", "made_on"),
        words(
            "plan_fact",
            "stage",
            ("none", "made", "reviewed", "notified", "in_progress", "self_accepted", "certified", "accepted", "failed"),
        ),
        *days("plan_fact", "accepted_on"),
        words("plan_fact", "acceptance", ("passed", "failed", "pending")),
    )
    create(
        "action",
        *recorded("action"),
        text("enterprise_id", needed=True),
        words(
            "action",
            "kind",
            (
                "correction_order",
                "rectification_notice",
                "production_limit",
                "halt",
                "suspension_rectification",
                "power_cut",
                "power_restored",
                "resumed",
                "sealed",
                "dismantled",
                "ordered_closure",
                "closure",
                "licence_revoked",
            ),
            needed=True,
        ),
        foreign_key("action", "enterprise_id", "enterprise"),
        index("ix_action_enterprise_id", "county", "enterprise_id"),
    )
    stretch("action_fact", "action", *days("action_fact", "taken_on"), text("authority"), text("document_no"))


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
