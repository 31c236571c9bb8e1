"""Days of the county's own table of holidays, beside the State Council's arrangements that come with the program."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Supersedable, one_of, only_open, supersedable
from app.store.sealed import Words

#: What a day can be: the words of app.rules.calendar.
HOLIDAY_KINDS = ("statutory", "off", "work", "usual")


class Holiday(Supersedable, Base):
    """What the county says of a day, until a change takes it back; it goes before what comes with the program.

    With `whole_year` it says that all days of the day's year are told; then it has no kind.
    """

    __tablename__ = "holiday"
    __table_args__ = supersedable(
        "holiday",
        CheckConstraint("(kind IS NULL) = whole_year", name="whole_year"),
        only_open("uq_holiday_open", "county", "day", "whole_year"),
    )

    day: Mapped[date]
    whole_year: Mapped[bool]
    kind: Mapped[str | None] = mapped_column(one_of("kind", HOLIDAY_KINDS))
    name: Mapped[Words | None]
    source: Mapped[Words]
    reason: Mapped[Words]
