"""Which clauses a county has adopted."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.store.base import Base, Supersedable, only_open, supersedable


class ClauseAdoption(Supersedable, Base):
    """The county decides by this clause, from the change that recorded it to the change that took it back."""

    __tablename__ = "clause_adoption"
    __table_args__ = supersedable("clause_adoption", only_open("uq_clause_adoption_open", "county", "clause"))

    clause: Mapped[str]
