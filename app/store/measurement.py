"""What was measured or metered of firms and machines, and the service life that a county sets for a kind of machine."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.domain.measures import MEASURES
from app.domain.vocabulary import ENUMS
from app.store.base import Base, Supersedable, one_of, only_open, supersedable, to
from app.store.sealed import JsonWords, Words

COUNTED_FROM = ("made_on", "commissioned_on")


class Measurement(Supersedable, Base):
    """One value measured on a day or over days, of a firm or of one of its machines, until a change takes it back.

    The unit is in the name of `kind`. `circumstances`: JSON of what belongs to the value (o2_pct, metal, …).
    """

    __tablename__ = "measurement"
    __table_args__ = supersedable(
        "measurement",
        to("measurement", "enterprise"),
        to("measurement", "equipment"),
        CheckConstraint("value >= 0", name="value"),
        Index("ix_measurement_enterprise_id", "county", "enterprise_id"),
        Index("ix_measurement_equipment_id", "county", "equipment_id"),
    )

    enterprise_id: Mapped[str]
    equipment_id: Mapped[str | None]
    kind: Mapped[str] = mapped_column(one_of("kind", MEASURES))
    value: Mapped[float]
    circumstances: Mapped[JsonWords]
    measured_on_from: Mapped[date]
    measured_on_to: Mapped[date]
    measured_on_precision: Mapped[str] = mapped_column(one_of("measured_on_precision", PRECISIONS))
    measured_on_text: Mapped[Words]
    source: Mapped[Words]
    document: Mapped[Words | None]
    reason: Mapped[Words]


class ServiceLife(Supersedable, Base):
    """For how many years the county lets a kind of machine serve, counted from a day of the machine."""

    __tablename__ = "service_life"
    __table_args__ = supersedable(
        "service_life",
        CheckConstraint("years > 0", name="years"),
        only_open("uq_service_life_open", "county", "kind"),
    )

    kind: Mapped[str] = mapped_column(one_of("kind", ENUMS["equipment_kind"]))
    years: Mapped[int]
    counted_from: Mapped[str] = mapped_column(one_of("counted_from", COUNTED_FROM))
    reason: Mapped[Words]
