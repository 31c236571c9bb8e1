"""Whether a day is worked, and counting in working days: yes, no, or cannot tell beyond the years that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

#: What a day of the table is.
DAY_KINDS = {
    "statutory": "法定节假日",
    "off": "放假（调休）",
    "work": "调休上班",
    "usual": "照常（按星期几）",
}

_DAY = timedelta(days=1)
_SATURDAY = 5
#: No deadline is counted over more working days than this.
LONGEST = 2500


@dataclass(frozen=True, slots=True)
class Marked:
    """A day of the table: what it is, its name, by which notice."""

    day: date
    kind: str
    name: str | None
    source: str
    id: str | None = None

    @property
    def worked(self) -> bool:
        """Whether people work that day."""
        return self.kind == "work" or (self.kind == "usual" and self.day.weekday() < _SATURDAY)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days of the table, and the years whose arrangement it holds whole."""

    days: Mapping[date, Marked] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def known(self, day: date) -> bool:
        """Whether the table tells of the day: by itself, or as one of a year that it holds whole.

        A year's last week belongs to the next one's arrangement too: 2023's began on 2022-12-31.
        """
        if day in self.days:
            return True
        return day.year in self.years and (day < date(day.year, 12, 25) or day.year + 1 in self.years)

    def working(self, day: date) -> bool | None:
        """Whether people work that day."""
        marked = self.days.get(day)
        if marked is not None:
            return marked.worked
        return day.weekday() < _SATURDAY if self.known(day) else None

    def statutory(self, day: date) -> bool | None:
        """Whether it is a statutory holiday; of a day off that is only moved there no law says whether it counts."""
        marked = self.days.get(day)
        if marked is not None:
            return None if marked.kind == "off" else marked.kind == "statutory"
        return False if self.known(day) else None

    def add(self, day: date, number: int) -> date | None:
        """The working day that is so many after a day (before it, if negative); the day itself does not count."""
        step, left, at = (_DAY if number > 0 else -_DAY), abs(number), day
        if left > LONGEST:
            return None
        while left:
            if at in (date.min, date.max):
                return None
            at += step
            worked = self.working(at)
            if worked is None:
                return None
            left -= worked
        return at

    def between(self, first: date, last: date) -> int | None:
        """How many working days come after the first day up to and with the last; negative where it is before."""
        if last < first:
            back = self.between(last, first)
            return None if back is None else -back
        count, at = 0, first
        while at < last:
            at += _DAY
            worked = self.working(at)
            if worked is None:
                return None
            count += worked
        return count
