"""What falls due, as a line: of whom, by which day, why, by which paper; and how a last day stands on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.masking import masked
from app.domain.register import AsOf, Snapshot
from app.register.acceptances.records import Acceptance, Item
from app.register.scope import Actor
from app.register.steps.gathered import Gathered

#: How a line stands, the most pressing first.
STATES = {"overdue": "已逾期", "cannot_tell": "不能确定", "due": "未到期"}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due. `day`: its last day, None where none is told; `first`: the earliest that it may be.

    `firm` None: it is the county's as a whole. `township`: by its name in the dictionary; `of`: the source's word;
    `ref`: the id of what it is about. `working_days`: how many are left, None where it cannot be told.
    """

    day: date | None
    what: str
    why: str
    source: str
    firm: str | None = None
    township: str | None = None
    department: str | None = None
    state: str = "due"
    of: str = ""
    first: date | None = None
    ref: str | None = None
    name: str | None = None
    code: str | None = None
    working_days: int | None = None

    def as_dict(self, as_of: date) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "day": self.day.isoformat() if self.day else None,
            "first": self.first.isoformat() if self.first else None,
            "state": self.state,
            "state_label": STATES[self.state],
            "days_left": (self.day - as_of).days if self.day else None,
            "working_days_left": self.working_days,
            "what": masked(self.what),
            "why": self.why,
            "source": self.source,
            "of": self.of,
            "enterprise": {"id": self.firm, "name": self.name} if self.firm else None,
            "township": self.township,
            "township_code": self.code,
            "department": masked(self.department) if self.department else None,
            "ref": self.ref,
        }


@dataclass(frozen=True, slots=True)
class Asking:
    """What every source is asked with, read once: the county on the day (`whole`), its steps, acceptances and items."""

    session: Session
    county: str
    as_of: AsOf
    actor: Actor
    whole: Snapshot
    steps: Gathered
    acceptances: Mapping[str, Sequence[Acceptance]]
    items: Sequence[Item]

    @property
    def moment(self) -> tuple[AsOf, Actor]:
        """As of which day, and for whom."""
        return self.as_of, self.actor


Source = Callable[[Asking], Iterator[Due]]


def standing(day: DateInterval | date | None, as_of: date) -> tuple[str, date | None, date | None]:
    """How a last day stands at the end of a day; the last and the first day that it may be."""
    if day is None:
        return "cannot_tell", None, None
    since, until = (day, day) if isinstance(day, date) else (day.since, day.until)
    if until is not None and until < as_of:
        return "overdue", until, since
    if since is not None and since < as_of and not _reaches(day):
        return "cannot_tell", until, since
    return ("due" if until is not None else "cannot_tell"), until, since


def _reaches(day: DateInterval | date) -> bool:
    """Whether it says by when at the latest (2025年4月底前), not on some day of a stretch."""
    return isinstance(day, date) or day.since is None or day.text.endswith(("前", "以前", "之前", "底"))
