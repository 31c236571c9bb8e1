"""Steps against a firm as a person records them: the particulars beside the action, and the papers that permit it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.store.base import Base, Supersedable, one_of, only_open, supersedable, to
from app.store.sealed import Words

#: The days of a step: it is decided, served, takes effect.
DAYS = ("decided_on", "served_on", "effective_on")


class Step(Supersedable, Base):
    """The particulars of one action, until a change takes them back.

    `basis`: the id of the order by which it was taken. `request_document_id`: the letter on which it was taken,
    `document_id`: its own paper. `equipment_id`, `quantity`: of a dismantling or sealing, which machine and how many
    bodies. `with_gap`: whoever recorded it said that something it needs is missing; what is missing is reckoned anew
    whenever it is asked. `entry_id`: the entry that states what it states.
    """

    __tablename__ = "step"
    __table_args__ = supersedable(
        "step",
        to("step", "enterprise"),
        to("step", "action"),
        to("step", "document"),
        to("step", "document", "request_document_id"),
        to("step", "equipment"),
        to("step", "import_batch", "entry_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        *(CheckConstraint(f"({one}_precision IS NULL) = ({one}_text IS NULL)", name=one) for one in DAYS),
        Index("ix_step_enterprise_id", "county", "enterprise_id"),
        Index("ix_step_document_id", "county", "document_id"),
        Index("ix_step_request_document_id", "county", "request_document_id"),
        Index("ix_step_equipment_id", "county", "equipment_id"),
        Index("ix_step_entry_id", "county", "entry_id"),
        only_open("uq_step_open", "county", "action_id"),
    )

    enterprise_id: Mapped[str]
    action_id: Mapped[str]
    decided_on_from: Mapped[date | None]
    decided_on_to: Mapped[date | None]
    decided_on_precision: Mapped[str | None] = mapped_column(one_of("decided_on_precision", PRECISIONS))
    decided_on_text: Mapped[Words | None]
    served_on_from: Mapped[date | None]
    served_on_to: Mapped[date | None]
    served_on_precision: Mapped[str | None] = mapped_column(one_of("served_on_precision", PRECISIONS))
    served_on_text: Mapped[Words | None]
    effective_on_from: Mapped[date | None]
    effective_on_to: Mapped[date | None]
    effective_on_precision: Mapped[str | None] = mapped_column(one_of("effective_on_precision", PRECISIONS))
    effective_on_text: Mapped[Words | None]
    effective_time: Mapped[str | None]
    authority: Mapped[Words | None]
    document_no: Mapped[Words | None]
    basis: Mapped[Words | None]
    document_id: Mapped[str | None]
    request_document_id: Mapped[str | None]
    equipment_id: Mapped[str | None]
    quantity: Mapped[int | None]
    with_gap: Mapped[bool]
    note: Mapped[Words | None]
    reason: Mapped[Words]
    entry_id: Mapped[str | None]
