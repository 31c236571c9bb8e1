"""Who is who: what people decided of two records, and which record stands for which."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.vocabulary import SECTIONS
from app.store.base import Base, Supersedable, one_of, only_open, supersedable, to
from app.store.sealed import Words

ANSWERS = ("same", "different", "later")


class IdentityDecision(Supersedable, Base):
    """A person's answer to whether two records are one thing, until a change takes it back.

    `same`: `subject_id` is set aside for `other_id`. `different` of two machines: `other_id` did not come in the
    place of `subject_id`. `under_id`: the decision on the firms that brought this one.
    """

    __tablename__ = "identity_decision"
    __table_args__ = supersedable(
        "identity_decision",
        CheckConstraint("subject_id <> other_id", name="two"),
        only_open("uq_identity_decision_open", "county", "subject_id", "other_id"),
        to("identity_decision", "identity_decision", "under_id"),
        Index("ix_identity_decision_under_id", "county", "under_id"),
    )

    section: Mapped[str] = mapped_column(one_of("section", SECTIONS))
    subject_id: Mapped[str]
    other_id: Mapped[str]
    answer: Mapped[str] = mapped_column(one_of("answer", ANSWERS))
    reason: Mapped[Words]
    under_id: Mapped[str | None]


class SameSubject(Supersedable, Base):
    """What is said of `subject_id` is said of `into_id`: the settled outcome of all decisions that stand."""

    __tablename__ = "same_subject"
    __table_args__ = supersedable(
        "same_subject",
        CheckConstraint("subject_id <> into_id", name="two"),
        only_open("uq_same_subject_open", "county", "subject_id"),
        Index("ix_same_subject_into_id", "county", "into_id"),
        Index("ix_same_subject_subject_id", "county", "subject_id", "recorded_by"),
    )

    section: Mapped[str] = mapped_column(one_of("section", SECTIONS))
    subject_id: Mapped[str]
    into_id: Mapped[str]
