"""Which machine came in the place of which, within one firm."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from app.store.base import Base, Supersedable, only_open, supersedable, to
from app.store.sealed import Words


class MachineReplacement(Supersedable, Base):
    """`new_id` came in the place of `old_id`, one for one, until a change takes it back.

    `batch_id`: the import that said so; None where a person did.
    """

    __tablename__ = "machine_replacement"
    __table_args__ = supersedable(
        "machine_replacement",
        CheckConstraint("old_id <> new_id", name="two"),
        to("machine_replacement", "equipment", "old_id"),
        to("machine_replacement", "equipment", "new_id"),
        to("machine_replacement", "import_batch", "batch_id"),
        Index("ix_machine_replacement_batch_id", "county", "batch_id"),
        only_open("uq_machine_replacement_old", "county", "old_id"),
        only_open("uq_machine_replacement_new", "county", "new_id"),
    )

    old_id: Mapped[str]
    new_id: Mapped[str]
    batch_id: Mapped[str | None]
    reason: Mapped[Words]
