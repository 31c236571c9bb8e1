"""Reads the files of holidays: every fault is named with its file and line, or nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from app.rules.calendar.working_days import Marked, WorkingCalendar
from app.rules.entries import Entry
from app.rules.rule_files import shipped
from app.rules.sourced import Sourced, load

_LISTED = ("off", "statutory", "work")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's arrangement as its notice has it."""

    rule: Sourced
    year: int
    days: Mapping[date, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The notice."""
        return self.rule.source.title if self.rule.source else "没有来源"

    def as_dict(self) -> dict[str, object]:
        """As answers cite it."""
        return {**self.rule.as_dict(), "year": self.year}


@lru_cache(maxsize=1)
def shipped_arrangements() -> Mapping[str, Arrangement]:
    """The arrangements that come with the program."""
    return load_arrangements(shipped("app.rules.calendar"))


@lru_cache(maxsize=1)
def shipped_calendar() -> WorkingCalendar:
    """The calendar of those arrangements; one that was not read in its notice makes no year known."""
    return calendar_of(one for one in shipped_arrangements().values() if one.rule.decides)


def calendar_of(arrangements: Iterable[Arrangement]) -> WorkingCalendar:
    """The days of several years as one calendar."""
    days: dict[date, Marked] = {}
    years = set()
    for one in arrangements:
        years.add(one.year)
        days |= {day: Marked(day, kind, None, one.source) for day, kind in one.days.items()}
    return WorkingCalendar(days, frozenset(years))


def load_arrangements(texts: Mapping[str, str]) -> Mapping[str, Arrangement]:
    """Arrangements from the texts of their files, by file name.

    Raises:
        CatalogueFault: with every fault found in any of them.
    """
    return load(texts, "arrangements", "放假安排", _arrangement)


def _arrangement(entry: Entry, rule: Sourced) -> Arrangement:
    year = entry.take("year")
    if isinstance(year, bool) or not isinstance(year, int) or not 2000 <= year <= 2100:
        entry.fault("year", "year 应为年份，例如 2025")
        year = 2000
    days: dict[date, str] = {}
    for kind in _LISTED:
        for day in _days(entry, kind):
            if kind == "work" and day in days:
                entry.fault(kind, f"{day.isoformat()} 又是放假又是上班")
            if kind == "work" and day.weekday() < 5:
                entry.fault(kind, f"{day.isoformat()} 不是星期六、星期日，不会是调休上班")
            days[day] = kind
    strange = [day for day in days if abs(day.year - year) > 1]
    if strange:
        entry.fault("year", f"{strange[0].isoformat()} 不是 {year} 年的安排")
    return Arrangement(rule, year, days)


def _days(entry: Entry, key: str) -> Iterator[date]:
    """Days, and stretches written 2025-10-01/2025-10-08."""
    for one in entry.listed(key):
        try:
            first, _, last = str(one).partition("/")
            since = date.fromisoformat(first)
            until = date.fromisoformat(last) if last else since
        except ValueError:
            entry.fault(key, f"“{one}”应写成 2025-10-01 或 2025-10-01/2025-10-08 的样子，要加引号")
            continue
        if until < since:
            entry.fault(key, f"“{one}”的最后一天在第一天之前")
        for number in range((until - since).days + 1):
            yield since + timedelta(days=number)
