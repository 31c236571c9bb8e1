"""Who came after whom: firms merged into others or split, machines that went over to another firm."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.dates import PRECISIONS
from app.store.base import Base, Supersedable, one_of, supersedable, to
from app.store.sealed import Words

SUCCESSIONS = ("merged", "split", "transferred")

#: A part of a split firm's machines may stay where they are; nothing else goes over to where it was.
GOES_OVER = "enterprise_id <> into_id OR (kind = 'split' AND equipment_id IS NOT NULL)"


class Succession(Supersedable, Base):
    """From some day on what was one firm's is another's, until a change takes it back.

    `enterprise_id`: whose it was; `into_id`: whose it is then. `equipment_id`: the one machine that goes over; none
    where all do (`merged`), or where it is told machine by machine (`split`). Rows of one act share its `act_id` and
    are taken back together. The days are empty where nobody knows when. `entry_id`: the entry that states the status
    which follows.
    """

    __tablename__ = "succession"
    __table_args__ = supersedable(
        "succession",
        to("succession", "enterprise"),
        to("succession", "enterprise", "into_id"),
        to("succession", "equipment"),
        to("succession", "import_batch", "entry_id"),
        CheckConstraint(GOES_OVER, name="goes_over"),
        CheckConstraint("kind <> 'merged' OR equipment_id IS NULL", name="merged_whole"),
        CheckConstraint("kind <> 'transferred' OR equipment_id IS NOT NULL", name="transferred_one"),
        Index("ix_succession_act_id", "county", "act_id"),
        Index("ix_succession_enterprise_id", "county", "enterprise_id"),
        Index("ix_succession_into_id", "county", "into_id"),
        Index("ix_succession_equipment_id", "county", "equipment_id"),
        Index("ix_succession_entry_id", "county", "entry_id"),
    )

    kind: Mapped[str] = mapped_column(one_of("kind", SUCCESSIONS))
    act_id: Mapped[str]
    enterprise_id: Mapped[str]
    into_id: Mapped[str]
    equipment_id: Mapped[str | None]
    moved_on_from: Mapped[date | None]
    moved_on_to: Mapped[date | None]
    moved_on_precision: Mapped[str | None] = mapped_column(one_of("moved_on_precision", PRECISIONS))
    moved_on_text: Mapped[Words]
    document: Mapped[Words | None]
    evidence: Mapped[Words | None]
    reason: Mapped[Words]
    entry_id: Mapped[str | None]
