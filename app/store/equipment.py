"""Machines and machine groups: what they are, how many, and whether they are there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Stretch, business, fact, part, settled, stretches, subject_id, to


class Equipment(Recorded, Base):
    """That it is one machine group of one firm."""

    __tablename__ = "equipment"
    __table_args__ = business(
        "equipment",
        to("equipment", "enterprise"),
        Index("ix_equipment_enterprise_id", "county", "enterprise_id"),
    )

    enterprise_id: Mapped[str] = mapped_column()


class _OfEquipment(Stretch):
    """A stretch of facts of one machine group."""

    subject = "equipment_id"
    equipment_id: Mapped[str] = subject_id()


class EquipmentNature(_OfEquipment, Base):
    """What it is: what its plate and the roster's words say."""

    __tablename__ = "equipment_nature"
    __table_args__ = stretches("equipment_nature", "equipment")

    code: Mapped[str | None] = fact("equipment.code")
    name: Mapped[str | None] = fact("equipment.name")
    kind: Mapped[str | None] = fact("equipment.kind")
    frequency: Mapped[str | None] = fact("equipment.frequency")
    core: Mapped[str | None] = fact("equipment.core")
    shell: Mapped[str | None] = fact("equipment.shell")
    yoke: Mapped[bool | None] = fact("equipment.yoke")
    capacity_t: Mapped[float | None] = fact("equipment.capacity_t")
    melt_rate_t_per_h: Mapped[float | None] = fact("equipment.melt_rate_t_per_h")
    power_kw: Mapped[float | None] = fact("equipment.power_kw")
    transformer_kva: Mapped[float | None] = fact("equipment.transformer_kva")
    model: Mapped[str | None] = fact("equipment.model")
    fuel: Mapped[str | None] = fact("equipment.fuel")
    made_on_from: Mapped[date | None] = part("equipment.made_on", "from")
    made_on_to: Mapped[date | None] = part("equipment.made_on", "to")
    made_on_precision: Mapped[str | None] = part("equipment.made_on", "precision")
    made_on_text: Mapped[str | None] = part("equipment.made_on", "text")
    commissioned_on_from: Mapped[date | None] = part("equipment.commissioned_on", "from")
    commissioned_on_to: Mapped[date | None] = part("equipment.commissioned_on", "to")
    commissioned_on_precision: Mapped[str | None] = part("equipment.commissioned_on", "precision")
    commissioned_on_text: Mapped[str | None] = part("equipment.commissioned_on", "text")
    maker: Mapped[str | None] = fact("equipment.maker")
    serial_no: Mapped[str | None] = fact("equipment.serial_no")
    abatement: Mapped[str | None] = fact("equipment.abatement")
    remark: Mapped[str | None] = fact("equipment.remark")


class EquipmentCount(_OfEquipment, Base):
    """How many furnace bodies the group has."""

    __tablename__ = "equipment_count"
    __table_args__ = stretches("equipment_count", "equipment")

    quantity: Mapped[int | None] = fact("equipment.quantity")


class EquipmentState(_OfEquipment, Base):
    """Whether it is there (`present`: NULL cannot be told), in which state, and its removal."""

    __tablename__ = "equipment_state"
    __table_args__ = stretches("equipment_state", "equipment")

    present: Mapped[bool | None] = settled("present")
    state: Mapped[str | None] = fact("equipment.state")
    removed_on_from: Mapped[date | None] = part("equipment.removed_on", "from")
    removed_on_to: Mapped[date | None] = part("equipment.removed_on", "to")
    removed_on_precision: Mapped[str | None] = part("equipment.removed_on", "precision")
    removed_on_text: Mapped[str | None] = part("equipment.removed_on", "text")
    destination: Mapped[str | None] = fact("equipment.destination")
