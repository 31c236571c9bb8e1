"""Which days an ask for aggregates is of: the end of one day, or the ends of the last quarters up to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.errors import BadInput
from app.register.aggregates.asking import aggregates, over_quarters
from app.register.asking import counties_asked, day_asked
from app.register.scope import Actor

#: So many quarters back at most: five years.
MOST_QUARTERS = 20


def asked(
    session: Session,
    county: str | None,
    division: str | None,
    as_of: str | None,
    known: str | None,
    quarters: int | None,
    actor: Actor,
) -> dict[str, Any]:
    """Every family of counts of a county, or of a city's or province's, at the end of a day.

    With `quarters` that many of them: the ends of the quarters up to the one that the day is in, of the last one the
    day itself; all as known at the same changes.

    Raises:
        UnknownCounty: as `counties_asked`.
        BadInput: for a day that is none, or a number of quarters beyond 1 to 20.
    """
    day = day_asked(as_of)
    pins = counties_asked(session, county, division, known, actor)
    if quarters is None:
        return aggregates(session, pins, day, actor).as_dict()
    if not 1 <= quarters <= MOST_QUARTERS:
        raise BadInput(f"不能问 {quarters} 个季度", fix=f"请写 1 到 {MOST_QUARTERS}", code="quarters.bad")
    ends = over_quarters(session, pins, _before(day, quarters - 1), actor)
    told = [{"quarter": str(quarter), **found.as_dict()} for quarter, found in ends.items()]
    told.append({"quarter": str(Quarter.of(day)), **aggregates(session, pins, day, actor).as_dict()})
    return {"quarters": told}


def _before(day: date, many: int) -> list[Quarter]:
    """So many quarters before the day's own, the oldest first."""
    found = [Quarter.of(day)]
    for _ in range(many):
        found.append(found[-1].before)
    return found[:0:-1]
