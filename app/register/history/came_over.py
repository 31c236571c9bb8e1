"""The machines that came to a firm from others: on which days each is, or may be, its own, and whose it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.domain.register import AsOf
from app.register.facts.identity import Same
from app.register.facts.owners import owners_on
from app.register.queries import held
from app.register.scope import Actor
from app.register.successions.shown import names
from app.register.successions.whose import Owners

#: A history that is asked for no day tells of whatever has a day as having come about.
LAST = FOREVER - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Came:
    """That on the days [since, until) a machine which others had before is a firm's, or (not `settled`) may be."""

    machine: str
    since: date
    until: date
    settled: bool
    before: tuple[str, ...]
    called: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API. `since`: null where it may have come on whatever day."""
        return {
            "since": None if self.since == date.min else self.since.isoformat(),
            "settled": self.settled,
            "before": [{"id": firm, "name": self.called.get(firm, "")} for firm in self.before],
        }


def came_over(session: Session, county: str, firm: str, same: Same, known: int, actor: Actor) -> list[Came]:
    """What came over to a firm, as known at a change; in the order of enrolment and days."""
    owners = owners_on(session, county, AsOf(LAST, known), same)
    givers = sorted(owners.held_by([firm]) - {firm})
    if not givers:
        return []
    called = names(session, county, givers, AsOf(LAST, known))
    rows = session.execute(held("equipment", county, same.voices(givers), known, actor)).all()
    return [came for row in rows for came in _stretches(owners, firm, row.id, row.enterprise_id, same, called)]


def _stretches(
    owners: Owners, firm: str, machine: str, record: str, same: Same, called: Mapping[str, str]
) -> list[Came]:
    """The days on which the firm is among those of whom the machine may be, each time the answer is another one."""
    days = {day for one in owners.passings for day in (one.since, one.until) if day is not None}
    before: tuple[str, ...] = ()
    found: list[Came] = []
    for since, until in pairwise([date.min, *sorted(days), FOREVER]):
        possible = Owners(since, owners.passings).of(same.of(machine), same.of(record))
        others = tuple(one for one in possible if one != firm)
        before = others or before
        if firm in possible:
            now = Came(machine, since, until, not others, before, called)
            goes_on = bool(found) and replace(found[-1], since=since, until=until) == now and found[-1].until == since
            found = [*found[:-1], replace(found[-1], until=until)] if goes_on else [*found, now]
    return found
