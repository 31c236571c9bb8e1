"""Papers of a firm: permits, plans (一企一策) and actions, with what is known of each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Recorded, Stretch, business, fact, part, stretches, subject_id, to


class Permit(Recorded, Base):
    """That a firm has, or lacks, one permit of a kind."""

    __tablename__ = "permit"
    __table_args__ = business(
        "permit", to("permit", "enterprise"), Index("ix_permit_enterprise_id", "county", "enterprise_id")
    )

    enterprise_id: Mapped[str] = mapped_column()
    kind: Mapped[str] = fact("permit.kind")


class PermitFact(Stretch, Base):
    """How a permit stands. Its own term is in `term_…`: valid_from and valid_to are the days of this stretch."""

    __tablename__ = "permit_fact"
    __table_args__ = stretches("permit_fact", "permit")

    subject = "permit_id"
    permit_id: Mapped[str] = subject_id()
    standing: Mapped[str | None] = fact("permit.standing")
    number: Mapped[str | None] = fact("permit.number")
    issuer: Mapped[str | None] = fact("permit.issuer")
    term_from_from: Mapped[date | None] = part("permit.valid_from", "from")
    term_from_to: Mapped[date | None] = part("permit.valid_from", "to")
    term_from_precision: Mapped[str | None] = part("permit.valid_from", "precision", "term_from")
    term_from_text: Mapped[str | None] = part("permit.valid_from", "text")
    term_to_from: Mapped[date | None] = part("permit.valid_to", "from")
    term_to_to: Mapped[date | None] = part("permit.valid_to", "to")
    term_to_precision: Mapped[str | None] = part("permit.valid_to", "precision", "term_to")
    term_to_text: Mapped[str | None] = part("permit.valid_to", "text")
    permit_class: Mapped[str | None] = fact("permit.class", "permit_class")


class Plan(Recorded, Base):
    """That a firm has a plan of its own (一企一策)."""

    __tablename__ = "plan"
    __table_args__ = business(
        "plan", to("plan", "enterprise"), Index("ix_plan_enterprise_id", "county", "enterprise_id")
    )

    enterprise_id: Mapped[str] = mapped_column()


class PlanFact(Stretch, Base):
    """How far a plan is."""

    __tablename__ = "plan_fact"
    __table_args__ = stretches("plan_fact", "plan")

    subject = "plan_id"
    plan_id: Mapped[str] = subject_id()
    made_on_from: Mapped[date | None] = part("plan.made_on", "from")
    made_on_to: Mapped[date | None] = part("plan.made_on", "to")
    made_on_precision: Mapped[str | None] = part("plan.made_on", "precision")
    made_on_text: Mapped[str | None] = part("plan.made_on", "text")
    stage: Mapped[str | None] = fact("plan.stage")
    accepted_on_from: Mapped[date | None] = part("plan.accepted_on", "from")
    accepted_on_to: Mapped[date | None] = part("plan.accepted_on", "to")
    accepted_on_precision: Mapped[str | None] = part("plan.accepted_on", "precision")
    accepted_on_text: Mapped[str | None] = part("plan.accepted_on", "text")
    acceptance: Mapped[str | None] = fact("plan.acceptance")


class Action(Recorded, Base):
    """That an authority took one step of a kind against a firm, or lifted one."""

    __tablename__ = "action"
    __table_args__ = business(
        "action", to("action", "enterprise"), Index("ix_action_enterprise_id", "county", "enterprise_id")
    )

    enterprise_id: Mapped[str] = mapped_column()
    kind: Mapped[str] = fact("action.kind")


class ActionFact(Stretch, Base):
    """When it was taken, by whom, on which paper."""

    __tablename__ = "action_fact"
    __table_args__ = stretches("action_fact", "action")

    subject = "action_id"
    action_id: Mapped[str] = subject_id()
    taken_on_from: Mapped[date | None] = part("action.taken_on", "from")
    taken_on_to: Mapped[date | None] = part("action.taken_on", "to")
    taken_on_precision: Mapped[str | None] = part("action.taken_on", "precision")
    taken_on_text: Mapped[str | None] = part("action.taken_on", "text")
    authority: Mapped[str | None] = fact("action.authority")
    document_no: Mapped[str | None] = fact("action.document_no")
