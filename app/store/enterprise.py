"""Enterprises: who they are, and the facts that hold of them for a while."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.store.base import Base, Recorded, Stretch, business, fact, part, settled, stretches, subject_id


class Enterprise(Recorded, Base):
    """That it is one firm; nothing else."""

    __tablename__ = "enterprise"
    __table_args__ = business("enterprise")


class _OfEnterprise(Stretch):
    """A stretch of facts of one enterprise."""

    subject = "enterprise_id"
    enterprise_id: Mapped[str] = subject_id()


class EnterpriseName(_OfEnterprise, Base):
    """What it is called."""

    __tablename__ = "enterprise_name"
    __table_args__ = stretches("enterprise_name", "enterprise")

    name: Mapped[str | None] = fact("enterprise.name")
    short_name: Mapped[str | None] = fact("enterprise.short_name")
    former_name: Mapped[str | None] = fact("enterprise.former_name")


class EnterpriseCode(_OfEnterprise, Base):
    """The codes that others know it by."""

    __tablename__ = "enterprise_code"
    __table_args__ = stretches("enterprise_code", "enterprise")

    uscc: Mapped[str | None] = fact("enterprise.uscc")
    registration_no: Mapped[str | None] = fact("enterprise.registration_no")
    power_account_no: Mapped[str | None] = fact("enterprise.power_account_no")


class EnterprisePlace(_OfEnterprise, Base):
    """Where it stands. `county_name` and `township` are the sheet's words, `township_code` is the dictionary's."""

    __tablename__ = "enterprise_place"
    __table_args__ = stretches(
        "enterprise_place",
        "enterprise",
        Index("ix_enterprise_place_township_code", "county", "township_code", "valid_from"),
    )

    county_name: Mapped[str | None] = fact("enterprise.county", "county_name")
    township: Mapped[str | None] = fact("enterprise.township")
    township_code: Mapped[str | None] = settled("township_code")
    village: Mapped[str | None] = fact("enterprise.village")
    address: Mapped[str | None] = fact("enterprise.address")
    longitude: Mapped[float | None] = fact("enterprise.longitude")
    latitude: Mapped[float | None] = fact("enterprise.latitude")
    park: Mapped[str | None] = fact("enterprise.park")


class EnterpriseContact(_OfEnterprise, Base):
    """Whom to call."""

    __tablename__ = "enterprise_contact"
    __table_args__ = stretches("enterprise_contact", "enterprise")

    legal_representative: Mapped[str | None] = fact("enterprise.legal_representative")
    contact_person: Mapped[str | None] = fact("enterprise.contact_person")
    contact_phone: Mapped[str | None] = fact("enterprise.contact_phone")


class EnterpriseScale(_OfEnterprise, Base):
    """What it does and how large it is."""

    __tablename__ = "enterprise_scale"
    __table_args__ = stretches("enterprise_scale", "enterprise")

    industry_code: Mapped[str | None] = fact("enterprise.industry_code")
    industry: Mapped[str | None] = fact("enterprise.industry")
    scale: Mapped[str | None] = fact("enterprise.scale")
    main_product: Mapped[str | None] = fact("enterprise.main_product")
    employees: Mapped[int | None] = fact("enterprise.employees")
    established_on_from: Mapped[date | None] = part("enterprise.established_on", "from")
    established_on_to: Mapped[date | None] = part("enterprise.established_on", "to")
    established_on_precision: Mapped[str | None] = part("enterprise.established_on", "precision")
    established_on_text: Mapped[str | None] = part("enterprise.established_on", "text")
    grade: Mapped[str | None] = fact("enterprise.grade")
    management_level: Mapped[str | None] = fact("enterprise.management_level")
    land_mu: Mapped[float | None] = fact("enterprise.land_mu")


class EnterpriseStatus(_OfEnterprise, Base):
    """Whether it produces."""

    __tablename__ = "enterprise_status"
    __table_args__ = stretches("enterprise_status", "enterprise")

    status: Mapped[str | None] = fact("enterprise.status")


class EnterpriseCapacity(_OfEnterprise, Base):
    """What it can make, makes, earns, pays and burns in a year."""

    __tablename__ = "enterprise_capacity"
    __table_args__ = stretches("enterprise_capacity", "enterprise")

    capacity_t_per_year: Mapped[float | None] = fact("enterprise.capacity_t_per_year")
    output_t_per_year: Mapped[float | None] = fact("enterprise.output_t_per_year")
    output_value_wan: Mapped[float | None] = fact("enterprise.output_value_wan")
    tax_wan: Mapped[float | None] = fact("enterprise.tax_wan")
    electricity_kwh: Mapped[float | None] = fact("enterprise.electricity_kwh")


class EnterpriseRectification(_OfEnterprise, Base):
    """What it must put right, by when, and how far it is."""

    __tablename__ = "enterprise_rectification"
    __table_args__ = stretches("enterprise_rectification", "enterprise")

    disposition: Mapped[str | None] = fact("enterprise.disposition")
    problem: Mapped[str | None] = fact("enterprise.problem")
    measures: Mapped[str | None] = fact("enterprise.measures")
    deadline_from: Mapped[date | None] = part("enterprise.deadline", "from")
    deadline_to: Mapped[date | None] = part("enterprise.deadline", "to")
    deadline_precision: Mapped[str | None] = part("enterprise.deadline", "precision")
    deadline_text: Mapped[str | None] = part("enterprise.deadline", "text")
    progress: Mapped[str | None] = fact("enterprise.progress")
    responsible_unit: Mapped[str | None] = fact("enterprise.responsible_unit")
    pollution_points: Mapped[str | None] = fact("enterprise.pollution_points")
    supervision: Mapped[str | None] = fact("enterprise.supervision")
    abatement_state: Mapped[str | None] = fact("enterprise.abatement_state")
    remark: Mapped[str | None] = fact("enterprise.remark")
