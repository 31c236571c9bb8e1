"""What people decided: which statement is the value, why a firm is missing from a roster, what is to be remembered."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Supersedable, one_of, only_open, supersedable, to
from app.store.sealed import JsonWords, Words

LEARNED = ("column", "row", "township", "name")
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
    reason: Mapped[Words]


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
    reason: Mapped[Words]
    entry_id: Mapped[str | None]


class LearnedAnswer(Supersedable, Base):
    """What a person told once, and the county remembers: of a column or a row of a layout, of a township, of a name.

    `layout`: the fingerprint of a table's heads; empty where the answer is the county's as a whole. `answer`: JSON.
    `batch_id`: the import that it was told with; `enterprise_id`: the firm that a name means.
    """

    __tablename__ = "learned_answer"
    __table_args__ = supersedable(
        "learned_answer",
        to("learned_answer", "import_batch", "batch_id"),
        to("learned_answer", "enterprise"),
        Index("ix_learned_answer_batch_id", "county", "batch_id"),
        Index("ix_learned_answer_enterprise_id", "county", "enterprise_id"),
        only_open("uq_learned_answer_open", "county", "kind", "layout", "key"),
    )

    kind: Mapped[str] = mapped_column(one_of("kind", LEARNED))
    layout: Mapped[str]
    key: Mapped[Words]
    answer: Mapped[JsonWords]
    reason: Mapped[Words]
    batch_id: Mapped[str | None]
    enterprise_id: Mapped[str | None]
