"""Acceptances of firms on three levels, the items that were sent back to be mended, and that they were."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS
from app.store.base import Base, Supersedable, one_of, supersedable, to
from app.store.sealed import Words


class Acceptance(Supersedable, Base):
    """The result of one acceptance of a firm, until a change takes it back.

    `units`, `people`: who took part, as written. `with_gap`: whoever recorded it said that something is missing.
    """

    __tablename__ = "acceptance"
    __table_args__ = supersedable(
        "acceptance",
        to("acceptance", "enterprise"),
        to("acceptance", "document"),
        Index("ix_acceptance_enterprise_id", "county", "enterprise_id"),
        Index("ix_acceptance_document_id", "county", "document_id"),
    )

    enterprise_id: Mapped[str]
    level: Mapped[str] = mapped_column(one_of("level", ACCEPTANCE_LEVELS))
    result: Mapped[str] = mapped_column(one_of("result", ACCEPTANCE_RESULTS))
    accepted_on_from: Mapped[date | None]
    accepted_on_to: Mapped[date]
    accepted_on_precision: Mapped[str] = mapped_column(one_of("accepted_on_precision", PRECISIONS))
    accepted_on_text: Mapped[Words]
    units: Mapped[Words | None]
    people: Mapped[Words | None]
    document_id: Mapped[str | None]
    with_gap: Mapped[bool]
    note: Mapped[Words | None]
    reason: Mapped[Words]


class ReturnedItem(Supersedable, Base):
    """One thing that a firm is to mend by a day: sent back by an acceptance, or set by a notice (an action)."""

    __tablename__ = "returned_item"
    __table_args__ = supersedable(
        "returned_item",
        to("returned_item", "enterprise"),
        to("returned_item", "acceptance"),
        to("returned_item", "action"),
        CheckConstraint("(acceptance_id IS NULL) <> (action_id IS NULL)", name="returned_by"),
        CheckConstraint("(due_precision IS NULL) = (due_text IS NULL)", name="due"),
        Index("ix_returned_item_enterprise_id", "county", "enterprise_id"),
        Index("ix_returned_item_acceptance_id", "county", "acceptance_id"),
        Index("ix_returned_item_action_id", "county", "action_id"),
    )

    enterprise_id: Mapped[str]
    acceptance_id: Mapped[str | None]
    action_id: Mapped[str | None]
    item: Mapped[Words]
    responsible_unit: Mapped[Words | None]
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    due_precision: Mapped[str | None] = mapped_column(one_of("due_precision", PRECISIONS))
    due_text: Mapped[Words | None]
    reason: Mapped[Words]


class ReturnedItemDone(Supersedable, Base):
    """That a returned item was mended, and which paper shows it."""

    __tablename__ = "returned_item_done"
    __table_args__ = supersedable(
        "returned_item_done",
        to("returned_item_done", "enterprise"),
        to("returned_item_done", "returned_item"),
        to("returned_item_done", "document"),
        Index("ix_returned_item_done_enterprise_id", "county", "enterprise_id"),
        Index("ix_returned_item_done_returned_item_id", "county", "returned_item_id"),
        Index("ix_returned_item_done_document_id", "county", "document_id"),
    )

    enterprise_id: Mapped[str]
    returned_item_id: Mapped[str]
    done_on_from: Mapped[date | None]
    done_on_to: Mapped[date]
    done_on_precision: Mapped[str] = mapped_column(one_of("done_on_precision", PRECISIONS))
    done_on_text: Mapped[Words]
    document_id: Mapped[str | None]
    reason: Mapped[Words]
