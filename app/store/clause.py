"""The clauses that a county has added by files of its own, and those that it has adopted."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.store.base import Base, Supersedable, only_open, supersedable
from app.store.sealed import Words


class ClauseAdoption(Supersedable, Base):
    """The county decides by this clause, from the change that recorded it to the change that took it back.

    Adopted is the clause as it stood at that change: a later file with a newer text does not decide by itself.
    """

    __tablename__ = "clause_adoption"
    __table_args__ = supersedable("clause_adoption", only_open("uq_clause_adoption_open", "county", "clause"))

    clause: Mapped[str]


class ClauseFile(Supersedable, Base):
    """A file of clauses as a county added it, word for word; its clauses count from the change that recorded it."""

    __tablename__ = "clause_file"
    __table_args__ = supersedable("clause_file", only_open("uq_clause_file_open", "county", "sha256"))

    name: Mapped[Words]
    sha256: Mapped[str]
    text: Mapped[str]
    reason: Mapped[Words]
