"""Persons whose keys were removed, with why: what they sealed stays in the register and is read by nobody."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from app.store.base import Base, Recorded, business
from app.store.sealed import Words


class PersonForgotten(Recorded, Base):
    """A key of a person that was removed. `person`: hexadecimal, from which nobody finds the number."""

    __tablename__ = "person_forgotten"
    __table_args__ = business(
        "person_forgotten", UniqueConstraint("county", "person", "key_id", name="uq_person_forgotten_person")
    )

    person: Mapped[str]
    key_id: Mapped[str]
    reason: Mapped[Words]
