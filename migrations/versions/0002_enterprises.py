"""Enterprises and their facts."""

from __future__ import annotations

from alembic import op

from migrations.tables import amount, create, days, number, recorded, stretch, text, words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "enterprise",
    "enterprise_name",
    "enterprise_code",
    "enterprise_place",
    "enterprise_contact",
    "enterprise_scale",
    "enterprise_status",
    "enterprise_capacity",
    "enterprise_rectification",
)


def upgrade() -> None:
    """Create the identity and its temporal tables."""
    create("enterprise", *recorded("enterprise"))
    stretch("enterprise_name", "enterprise", text("name"), text("short_name"), text("former_name"))
    stretch("enterprise_code", "enterprise", text("uscc"), text("registration_no"), text("power_account_no"))
    stretch(
        "enterprise_place",
        "enterprise",
        text("county_name"),
        text("township"),
        text("township_code"),
        text("village"),
        text("address"),
        amount("longitude"),
        amount("latitude"),
        text("park"),
    )
    stretch(
        "enterprise_contact", "enterprise", text("legal_representative"), text("contact_person"), text("contact_phone")
    )
    stretch(
        "enterprise_scale",
        "enterprise",
        text("industry_code"),
        text("industry"),
        words("enterprise_scale", "scale", ("above", "below", "workshop")),
        text("main_product"),
        number("employees"),
        *days("enterprise_scale", "established_on"),
        words("enterprise_scale", "grade", ("A", "B", "B-", "C", "D", "leading", "not_leading")),
        text("management_level"),
        amount("land_mu"),
    )
    stretch(
        "enterprise_status",
        "enterprise",
        words("enterprise_status", "status", ("producing", "suspended", "building", "closed", "relocated", "merged")),
    )
    stretch(
        "enterprise_capacity",
        "enterprise",
        amount("capacity_t_per_year"),
        amount("output_t_per_year"),
        amount("output_value_wan"),
        amount("tax_wan"),
        amount("electricity_kwh"),
    )
    stretch(
        "enterprise_rectification",
        "enterprise",
        text("disposition"),
        text("problem"),
        text("measures"),
        *days("enterprise_rectification", "deadline"),
        text("progress"),
        text("responsible_unit"),
        text("pollution_points"),
        text("supervision"),
        text("abatement_state"),
        text("remark"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
