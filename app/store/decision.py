"""What people decided: which statement is the value, and why a firm is missing from a roster."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Supersedable, one_of, only_open, supersedable, to

ABSENCES = ("closed", "relocated", "merged", "omitted")


class ValueDecision(Supersedable, Base):
    """Of the statements that stood against each other for a day, this one is the value, until a change takes it back.

    `field` is the statement's, or `present`: then it decides whether the machine was there.
    """

    __tablename__ = "value_decision"
    __table_args__ = supersedable(
        "value_decision",
        to("value_decision", "statement"),
        Index("ix_value_decision_statement_id", "county", "statement_id"),
        only_open("uq_value_decision_open", "county", "subject_id", "field", "day"),
    )

    statement_id: Mapped[str]
    subject_id: Mapped[str]
    field: Mapped[str]
    day: Mapped[date]
    reason: Mapped[str]


class AbsenceAnswer(Supersedable, Base):
    """Why a firm of the last roster is missing from this one; `entry_id`: the entry that states what follows of it."""

    __tablename__ = "absence_answer"
    __table_args__ = supersedable(
        "absence_answer",
        to("absence_answer", "import_batch", "batch_id"),
        to("absence_answer", "enterprise"),
        to("absence_answer", "import_batch", "entry_id"),
        Index("ix_absence_answer_enterprise_id", "county", "enterprise_id"),
        Index("ix_absence_answer_entry_id", "county", "entry_id"),
        only_open("uq_absence_answer_open", "county", "batch_id", "enterprise_id"),
    )

    batch_id: Mapped[str]
    enterprise_id: Mapped[str]
    answer: Mapped[str] = mapped_column(one_of("answer", ABSENCES))
    reason: Mapped[str]
    entry_id: Mapped[str | None]
