"""Working days by the State Council's arrangements: 调休 counted, and nothing beyond the years that are known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.calendar.loader import shipped_arrangements, shipped_calendar
from app.rules.calendar.working_days import Marked, WorkingCalendar

SHIPPED = shipped_calendar()
#: The days of which the shipped table tells without a gap.
KNOWN = st.dates(date(2023, 1, 1), date(2026, 12, 24))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("2023-01-28", True),
        ("2023-10-07", True),
        ("2024-02-09", True),
        ("2024-02-18", True),
        ("2024-06-08", False),
        ("2025-01-26", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2025-12-10", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-09-20", True),
        ("2022-12-31", False),
        ("2022-12-30", None),
        ("2026-12-24", True),
        ("2026-12-25", None),
        ("2027-01-04", None),
    ],
)
def test_a_day_is_worked_as_the_notice_has_it(text: str, working: bool | None) -> None:
    assert SHIPPED.working(day(text)) is working


@pytest.mark.parametrize(
    ("text", "holiday"),
    [
        ("2025-10-01", True),
        ("2025-10-06", True),
        ("2025-01-28", True),
        ("2026-05-02", True),
        ("2024-05-02", None),
        ("2025-10-08", None),
        ("2025-12-06", False),
        ("2025-10-11", False),
        ("2027-10-01", None),
    ],
)
def test_a_day_off_that_was_moved_there_may_or_may_not_be_a_statutory_holiday(text: str, holiday: bool | None) -> None:
    assert SHIPPED.statutory(day(text)) is holiday


def test_statutory_holidays_are_as_many_as_the_decree_has() -> None:
    days = [marked.day.year for marked in SHIPPED.days.values() if marked.kind == "statutory"]

    assert {year: days.count(year) for year in sorted(set(days))} == {2023: 11, 2024: 11, 2025: 13, 2026: 13}


def test_every_day_worked_instead_is_a_saturday_or_sunday_and_every_text_was_read() -> None:
    assert all(one.day.weekday() >= 5 for one in SHIPPED.days.values() if one.kind == "work")
    assert all(one.rule.level == "official" and one.rule.text for one in shipped_arrangements().values())


def test_working_days_are_counted_over_a_holiday() -> None:
    assert SHIPPED.add(day("2025-09-30"), 1) == day("2025-10-09")
    assert SHIPPED.add(day("2025-09-30"), 3) == day("2025-10-11")
    assert SHIPPED.add(day("2025-10-11"), -3) == day("2025-09-30")
    assert SHIPPED.add(day("2025-10-01"), 0) == day("2025-10-01")
    assert SHIPPED.between(day("2024-12-31"), day("2025-12-31")) == 248
    assert SHIPPED.between(day("2025-10-11"), day("2025-09-30")) == -3


def test_beyond_the_known_years_nothing_is_told() -> None:
    assert SHIPPED.add(day("2026-12-21"), 3) == day("2026-12-24")
    assert SHIPPED.add(day("2026-12-21"), 4) is None
    assert SHIPPED.between(day("2026-12-01"), day("2027-01-31")) is None
    assert SHIPPED.between(day("2022-06-01"), day("2022-06-02")) is None
    assert SHIPPED.add(date.max, 1) is None


def test_a_year_that_is_told_whole_reaches_into_the_last_week_before_it() -> None:
    of = WorkingCalendar({day("2027-01-01"): Marked(day("2027-01-01"), "statutory", None, "通知")}, frozenset({2027}))
    both = WorkingCalendar({**SHIPPED.days, **of.days}, SHIPPED.years | of.years)

    assert (of.working(day("2026-12-30")), both.working(day("2026-12-30"))) == (None, True)
    assert both.add(day("2026-12-31"), 1) == day("2027-01-04")


@given(KNOWN, st.integers(1, 40))
def test_counting_forth_and_asking_between_agree(first: date, number: int) -> None:
    last = SHIPPED.add(first, number)

    if last is not None:
        assert SHIPPED.working(last) is True
        assert SHIPPED.between(first, last) == number
        assert SHIPPED.between(first, last - timedelta(days=1)) == number - 1


@given(KNOWN, KNOWN, KNOWN)
def test_counts_add_up(one: date, other: date, third: date) -> None:
    first, middle, last = sorted((one, other, third))
    parts = (SHIPPED.between(first, middle), SHIPPED.between(middle, last))

    assert None not in parts
    assert sum(part or 0 for part in parts) == SHIPPED.between(first, last)
