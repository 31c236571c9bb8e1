"""Days as a clerk writes them: an interval of time, its truth, and its many notations."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Days:
    """What is stated: a day, ten_days, month, quarter, half or year; or by_day, by_month, by_year: until its end."""

    kind: str
    year: int
    month: int = 1
    day: int = 1

    @property
    def last(self) -> int:
        """The last day of its month."""
        return calendar.monthrange(self.year, self.month)[1]


def due_of(days: Days) -> dict[str, Any]:
    """The interval as contract and vocabulary state it."""
    since, until = _ends(days)
    open_start = days.kind.startswith("by_")
    return {
        "from": None if open_start else since.isoformat(),
        "to": until.isoformat(),
        "precision": days.kind.removeprefix("by_"),
    }


def _ends(days: Days) -> tuple[date, date]:
    kind, year, month = days.kind.removeprefix("by_"), days.year, days.month
    if kind == "day":
        return (date(year, month, days.day),) * 2
    if kind == "ten_days":
        first = {1: 1, 2: 11, 3: 21}[days.day]
        return date(year, month, first), date(year, month, {1: 10, 2: 20, 3: days.last}[days.day])
    if kind == "month":
        return date(year, month, 1), date(year, month, days.last)
    begins, ends = {"quarter": (month, month + 2), "half": (month, month + 5), "year": (1, 12)}[kind]
    return date(year, begins, 1), date(year, ends, calendar.monthrange(year, ends)[1])


def draw_days(rng: Random, kinds: tuple[str, ...], years: tuple[int, int]) -> Days:
    """A random statement of one of these kinds."""
    kind, year, month = rng.choice(kinds), rng.randint(*years), rng.randint(1, 12)
    plain = kind.removeprefix("by_")
    if plain == "ten_days":
        return Days(kind, year, month, rng.randint(1, 3))
    if plain == "quarter":
        return Days(kind, year, rng.choice((1, 4, 7, 10)))
    if plain == "half":
        return Days(kind, year, rng.choice((1, 7)))
    return Days(kind, year, month, rng.randint(1, 28))


def notations(days: Days) -> tuple[str, ...]:
    """Every way to write it in words."""
    year, month, day = days.year, days.month, days.day
    if days.kind == "day":
        return (f"{year}-{month:02}-{day:02}", f"{year}.{month}.{day}", f"{year}/{month}/{day}",
                f"{year}年{month}月{day}日", f"{year}{month:02}{day:02}", f"{year}年{month}月{day}号",
                f"{year}年{month:02}月{day:02}日", f"{year}.{month:02}.{day:02}", f"{_chinese(days)}日")  # fmt: skip
    if days.kind == "month":
        return (f"{year}年{month}月", f"{year}.{month:02}", f"{year}-{month:02}", f"{year}年{month:02}月",
                f"{year}/{month:02}", f"{year}年{month}月份",
                f"{str(year).translate(_DIGITS)}年{_count(month)}月")  # fmt: skip
    if days.kind == "ten_days":
        return (f"{year}年{month}月{' 上中下'[day]}旬",)
    if days.kind == "quarter":
        number = month // 3 + 1
        return (
            f"{year}年第{_count(number)}季度",
            f"{year}年{_count(number)}季度",
            f"{year}年第{number}季度",
            f"{year}Q{number}",
        )
    if days.kind == "half":
        return (f"{year}年{'上' if month == 1 else '下'}半年",)
    if days.kind == "year":
        return f"{year}年", f"{year}"
    if days.kind == "by_day":
        return f"{year}年{month}月{day}日前", f"{year}年{month}月{day}日之前", f"{year}.{month}.{day}前"
    if days.kind == "by_month":
        return f"{year}年{month}月底前", f"{year}年{month}月末前", f"{year}年{month:02}月底前"
    return f"{year}年底前", f"{year}年年底前"


def _chinese(days: Days) -> str:
    return f"{str(days.year).translate(_DIGITS)}年{_count(days.month)}月{_count(days.day)}"


def _count(number: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{' 一二三四五六七八九'[tens]}十")
    return head + (" 一二三四五六七八九"[ones] if ones else "")


def yearless(days: Days) -> str | None:
    """A month's end written without its year, where that is ever done."""
    return f"{days.month}月底前" if days.kind == "by_month" else None


def write_days(rng: Random, days: Days, habit: int, *, cells: bool) -> Any:
    """It as a cell holds it; `habit` is the column's own notation, kept to in most cells. `cells`: date cells exist."""
    if cells and days.kind == "day" and habit % 3 == 0 and rng.random() < 0.85:
        return date(days.year, days.month, days.day)
    ways = notations(days)
    usual = ways[habit % len(ways)]
    return usual if rng.random() < 0.85 else rng.choice(ways)
