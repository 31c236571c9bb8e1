"""What was measured of firms and machines, and the service life that a county sets for a kind of machine."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.tables import check, create, foreign_key, index, number, only_open, supersedable, text, words
from migrations.tables import day as day_column

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MEASURES = (
    "energy_kwh_per_t",
    "tce_per_t",
    "comparable_kwh_per_t",
    "comparable_kgce_per_t",
    "pm_mg_per_m3",
    "so2_mg_per_m3",
    "nox_mg_per_m3",
    "nmhc_mg_per_m3",
    "tvoc_mg_per_m3",
    "benzene_mg_per_m3",
    "btex_mg_per_m3",
    "wall_temperature_c",
)
PRECISIONS = ("day", "ten_days", "month", "quarter", "half", "year")
MACHINES = (
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
)


def upgrade() -> None:
    """Create the measurements and the service lives."""
    create(
        "measurement",
        *supersedable("measurement"),
        text("enterprise_id", needed=True),
        text("equipment_id"),
        words("measurement", "kind", MEASURES, needed=True),
        sa.Column("value", sa.Double(), nullable=False),
        text("circumstances", needed=True),
        day_column("measured_on_from", needed=True),
        day_column("measured_on_to", needed=True),
        words("measurement", "measured_on_precision", PRECISIONS, needed=True),
        text("measured_on_text", needed=True),
        text("source", needed=True),
        text("document"),
        text("reason", needed=True),
        check("measurement", "value", "value >= 0"),
        foreign_key("measurement", "enterprise_id", "enterprise"),
        foreign_key("measurement", "equipment_id", "equipment"),
        index("ix_measurement_enterprise_id", "county", "enterprise_id"),
        index("ix_measurement_equipment_id", "county", "equipment_id"),
    )
    create(
        "service_life",
        *supersedable("service_life"),
        words("service_life", "kind", MACHINES, needed=True),
        number("years", needed=True),
        words("service_life", "counted_from", ("made_on", "commissioned_on"), needed=True),
        text("reason", needed=True),
        check("service_life", "years", "years > 0"),
        only_open("uq_service_life_open", "county", "kind"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("service_life")
    op.drop_table("measurement")
