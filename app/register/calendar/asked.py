"""The calendar as it is asked for: what is overdue and what falls due within so many days, and reminders of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import FOREVER
from app.errors import BadInput
from app.register.calendar.due import due, falls_by
from app.register.calendar.lines import STATES, Due
from app.register.calendar.reminders import Reminder, reminders
from app.register.calendar.sources import SOURCES
from app.register.scope import Actor

LONGEST = 36_500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are asked for: those `within` so many days; of one source (`of`); with `undated`, those of no day."""

    within: int = 60
    township: str | None = None
    department: str | None = None
    firm: str | None = None
    of: str | None = None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The lines asked for; `undated`: how many more have no day, `later`: how many fall due after that."""

    county: str
    day: date
    known: int
    within: int
    lines: tuple[Due, ...]
    undated: int
    later: int

    @property
    def status(self) -> int:
        """1 where anything is overdue or cannot be told."""
        return int(any(one.state != "due" for one in self.lines))

    @property
    def reminders(self) -> list[Reminder]:
        """A text for each township."""
        return reminders(self.lines, self.day)

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang due --json` prints."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "within": self.within,
            "totals": {state: sum(one.state == state for one in self.lines) for state in STATES},
            "undated": self.undated,
            "later": self.later,
            "sources": {of: source.label for of, source in SOURCES.items()},
            "lines": [one.as_dict(self.day) for one in self.lines],
        }


def calendar(session: Session, county: str, wanted: Wanted, as_of: date, known: int, actor: Actor) -> Calendar:
    """What is overdue on a day, and what falls due within so many days of it, as known at a change.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
        BadInput: when the days or the source are none.
    """
    if not 0 <= wanted.within <= LONGEST:
        raise BadInput(f"{wanted.within} 天不成立", fix=f"请写 0 到 {LONGEST} 的天数", code="due.days")
    if wanted.of is not None and wanted.of not in SOURCES:
        told = "、".join(f"{of}（{source.label}）" for of, source in SOURCES.items())
        raise BadInput(f"没有“{wanted.of}”这一类到期事项", fix=f"可以写：{told}", code="due.source")
    place, who = wanted.township, wanted.department
    every = due(session, county, as_of, known, actor, township=place, department=who, firm=wanted.firm)
    own = [one for one in every if wanted.of in (None, one.of)]
    until = as_of + timedelta(days=min(wanted.within, (FOREVER - as_of).days))
    undated = [one for one in own if one.day is None and one.first is None]
    lines = [one for one in own if falls_by(one, until)] + (undated if wanted.undated else [])
    left = 0 if wanted.undated else len(undated)
    return Calendar(county, as_of, known, wanted.within, tuple(lines), left, len(own) - len(lines) - left)
