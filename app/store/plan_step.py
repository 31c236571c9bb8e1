"""How plans advanced, as a person records it, and the measures that they promise, each with its day and its paper."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.domain.vocabulary import ENUMS
from app.store.base import Base, Supersedable, one_of, supersedable, to
from app.store.sealed import Words


class PlanStep(Supersedable, Base):
    """That a plan reached a stage, until a change takes it back.

    `unit`: whose part it was (the third party, who certifies). `entry_id`: the entry that states what it states.
    """

    __tablename__ = "plan_step"
    __table_args__ = supersedable(
        "plan_step",
        to("plan_step", "plan"),
        to("plan_step", "document"),
        to("plan_step", "import_batch", "entry_id"),
        Index("ix_plan_step_plan_id", "county", "plan_id"),
        Index("ix_plan_step_document_id", "county", "document_id"),
        Index("ix_plan_step_entry_id", "county", "entry_id"),
    )

    plan_id: Mapped[str]
    stage: Mapped[str] = mapped_column(one_of("stage", ENUMS["plan_stage"]))
    reached_on_from: Mapped[date | None]
    reached_on_to: Mapped[date]
    reached_on_precision: Mapped[str] = mapped_column(one_of("reached_on_precision", PRECISIONS))
    reached_on_text: Mapped[Words]
    document_id: Mapped[str | None]
    unit: Mapped[Words | None]
    with_gap: Mapped[bool]
    reason: Mapped[Words]
    entry_id: Mapped[str | None]


class PlanMeasure(Supersedable, Base):
    """One thing that a plan promises: what, by whom, by when."""

    __tablename__ = "plan_measure"
    __table_args__ = supersedable(
        "plan_measure",
        to("plan_measure", "plan"),
        to("plan_measure", "document"),
        CheckConstraint("(due_precision IS NULL) = (due_text IS NULL)", name="due"),
        Index("ix_plan_measure_plan_id", "county", "plan_id"),
        Index("ix_plan_measure_document_id", "county", "document_id"),
    )

    plan_id: Mapped[str]
    measure: Mapped[Words]
    responsible_unit: Mapped[Words | None]
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    due_precision: Mapped[str | None] = mapped_column(one_of("due_precision", PRECISIONS))
    due_text: Mapped[Words | None]
    document_id: Mapped[str | None]
    reason: Mapped[Words]


class PlanMeasureExtension(Supersedable, Base):
    """That the day of a measure was put off: to which day, and why. The former day stays where it was told."""

    __tablename__ = "plan_measure_extension"
    __table_args__ = supersedable(
        "plan_measure_extension",
        to("plan_measure_extension", "plan"),
        to("plan_measure_extension", "plan_measure", "measure_id"),
        to("plan_measure_extension", "document"),
        Index("ix_plan_measure_extension_plan_id", "county", "plan_id"),
        Index("ix_plan_measure_extension_measure_id", "county", "measure_id"),
        Index("ix_plan_measure_extension_document_id", "county", "document_id"),
    )

    plan_id: Mapped[str]
    measure_id: Mapped[str]
    due_from: Mapped[date | None]
    due_to: Mapped[date]
    due_precision: Mapped[str] = mapped_column(one_of("due_precision", PRECISIONS))
    due_text: Mapped[Words]
    document_id: Mapped[str | None]
    reason: Mapped[Words]


class PlanMeasureDone(Supersedable, Base):
    """That a measure was carried out, and which paper shows it."""

    __tablename__ = "plan_measure_done"
    __table_args__ = supersedable(
        "plan_measure_done",
        to("plan_measure_done", "plan"),
        to("plan_measure_done", "plan_measure", "measure_id"),
        to("plan_measure_done", "document"),
        Index("ix_plan_measure_done_plan_id", "county", "plan_id"),
        Index("ix_plan_measure_done_measure_id", "county", "measure_id"),
        Index("ix_plan_measure_done_document_id", "county", "document_id"),
    )

    plan_id: Mapped[str]
    measure_id: Mapped[str]
    done_on_from: Mapped[date | None]
    done_on_to: Mapped[date]
    done_on_precision: Mapped[str] = mapped_column(one_of("done_on_precision", PRECISIONS))
    done_on_text: Mapped[Words]
    document_id: Mapped[str | None]
    reason: Mapped[Words]
