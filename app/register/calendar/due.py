"""What falls due in a county: every source that is listed is asked once, and each line put in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.acceptances.records import acceptances, items
from app.register.calendar.holidays import calendar_of
from app.register.calendar.lines import Asking, Due
from app.register.calendar.sources import SOURCES
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.places import spelling, township_in, townships_of
from app.register.scope import Actor
from app.register.steps.gathered import gathered


def due(
    session: Session,
    county: str,
    as_of: date,
    known: int,
    actor: Actor,
    *,
    until: date | None = None,
    township: str | None = None,
    department: str | None = None,
    firm: str | None = None,
) -> list[Due]:
    """All that was due by a day or falls due after it, as known at a change, the earliest first; undated last.

    `until`: none that surely falls later, and none without a day. `department`: part of the responsible unit's name.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
    """
    moment = AsOf(as_of, known)
    own = firm_called(session, county, firm, actor) if firm else None
    code = township_in(session, county, township, as_of)[0] if township else None
    asking = Asking(
        session,
        county,
        moment,
        actor,
        snapshot(session, county, moment, actor),
        gathered(session, county, known, actor),
        acceptances(session, county, known, actor),
        items(session, county, known, actor),
    )
    placed = _Placing(session, asking)
    found = []
    for of, source in SOURCES.items():
        for line in source.find(asking):
            one = placed.placed(replace(line, of=of))
            if own not in (None, one.firm) or code not in (None, one.code):
                continue
            if department is not None and department not in (one.department or ""):
                continue
            if until is None or falls_by(one, until):
                found.append(one)
    return sorted(found, key=_order)


def falls_by(one: Due, until: date) -> bool:
    """Whether it falls due by a day, or may; what has no day does not."""
    first = one.first or one.day
    return first is not None and first <= until


def _order(one: Due) -> tuple[date, str, str, str, str]:
    return one.day or date.max, one.code or "~", one.name or "", one.what, one.ref or ""


class _Placing:
    """The township of each line by the dictionary, its firm's name, and the working days left."""

    def __init__(self, session: Session, asking: Asking) -> None:
        self.asking = asking
        self.places = townships_of(session, asking.county, asking.as_of.day)
        self.calendar = calendar_of(session, asking.county, asking.as_of.known)
        self.left: dict[date, int | None] = {}
        # One that rosters tell of only later is known by what they say then.
        self.firms = {**asking.steps.firms, **{one.id: one for one in asking.whole.enterprises}}

    def placed(self, one: Due) -> Due:
        """The line with its place and days."""
        firm = self.firms.get(one.firm or "")
        said = str(firm.facts.get("township") or "") if firm else ""
        code, name = self.places.get(spelling(said), (None, said or None)) if said else (None, None)
        called = firm.name if firm else one.name
        return replace(one, township=name, code=code, name=called, working_days=self.working(one.day))

    def working(self, day: date | None) -> int | None:
        """Working days from the day asked about up to a day."""
        if day is None:
            return None
        if day not in self.left:
            self.left[day] = self.calendar.between(self.asking.as_of.day, day)
        return self.left[day]
