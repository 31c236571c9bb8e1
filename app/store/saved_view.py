"""What is asked of a list, kept under a name for the county."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.store.base import Base, Supersedable, only_open, supersedable
from app.store.sealed import JsonWords, Words


class SavedView(Supersedable, Base):
    """A list (`noun`) and the filters of its address (`query`) under a name, until a change replaces or drops it."""

    __tablename__ = "saved_view"
    __table_args__ = supersedable("saved_view", only_open("uq_saved_view_open", "county", "name"))

    name: Mapped[Words]
    noun: Mapped[str]
    query: Mapped[JsonWords]
    reason: Mapped[Words]
