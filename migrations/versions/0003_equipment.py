"""Machines and their facts."""

from __future__ import annotations

from alembic import op

from migrations.tables import amount, create, days, foreign_key, index, number, recorded, stretch, text, words, yes_no

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("equipment", "equipment_nature", "equipment_count", "equipment_state")


def upgrade() -> None:
    """Create the identity and its temporal tables."""
    create(
        "equipment",
        *recorded("equipment"),
        text("enterprise_id", needed=True),
        foreign_key("equipment", "enterprise_id", "enterprise"),
        index("ix_equipment_enterprise_id", "county", "enterprise_id"),
    )
    stretch(
        "equipment_nature",
        "equipment",
        text("code"),
        text("name"),
        words(
            "equipment_nature",
            "kind",
            (
                "induction_furnace",
                "cupola",
                "arc_furnace",
                "gas_melting_furnace",
                "resistance_furnace",
                "crucible_furnace",
                "heating_furnace",
                "heat_treatment_furnace",
                "gas_producer",
                "pellet_shaft_furnace",
                "boiler",
                "dyeing_setter",
                "reactor",
                "pressure_vessel",
                "lift",
                "transformer",
                "motor",
                "pump",
                "compressor",
                "fan",
                "other",
            ),
        ),
        words("equipment_nature", "frequency", ("mains", "medium", "high")),
        words("equipment_nature", "core", ("coreless", "channel")),
        words("equipment_nature", "shell", ("aluminium", "steel")),
        yes_no("yoke"),
        amount("capacity_t"),
        amount("melt_rate_t_per_h"),
        amount("power_kw"),
        amount("transformer_kva"),
        text("model"),
        words(
            "equipment_nature", "fuel", ("electricity", "natural_gas", "coke", "coal", "oil", "biomass", "producer_gas")
        ),
        *days("equipment_nature", "made_on"),
        *days("equipment_nature", "commissioned_on"),
        text("maker"),
        text("serial_no"),
        text("abatement"),
        text("remark"),
    )
    stretch("equipment_count", "equipment", number("quantity"))
    stretch(
        "equipment_state",
        "equipment",
        yes_no("present"),
        words("equipment_state", "state", ("in_use", "standby", "idle", "sealed", "shut_not_removed", "removed")),
        *days("equipment_state", "removed_on"),
        text("destination"),
    )


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(TABLES):
        op.drop_table(table)
