"""Which of two days came first, where either may be known only as an interval."""

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.domain.day_order import both, come, either, not_after, surely_before


def on(text: str) -> DateInterval:
    return DateInterval.of_day(date.fromisoformat(text))


UNTIL_MARCH = DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
MARCH = DateInterval(date(2024, 3, 1), date(2024, 3, 31), "month", "2024年3月")


def test_a_day_known_by_its_end_is_not_after_that_end_and_may_be_after_any_day_before_it() -> None:
    assert not_after(UNTIL_MARCH, on("2024-03-31")) is True
    assert not_after(on("2024-03-31"), UNTIL_MARCH) is None
    assert not_after(on("2024-04-01"), UNTIL_MARCH) is False
    assert not_after(None, UNTIL_MARCH) is None


def test_within_a_month_nobody_can_tell_the_order() -> None:
    assert not_after(MARCH, on("2024-03-15")) is None
    assert not_after(on("2024-03-15"), MARCH) is None
    assert surely_before(on("2024-03-15"), MARCH) is False
    assert surely_before(on("2024-02-29"), MARCH) is True


@pytest.mark.parametrize(
    ("day", "answer"), [("2024-02-29", False), ("2024-03-01", None), ("2024-03-30", None), ("2024-03-31", True)]
)
def test_a_month_has_come_on_its_last_day(day: str, answer: bool | None) -> None:
    assert come(MARCH, date.fromisoformat(day)) is answer


def test_a_no_decides_over_what_cannot_be_told_and_a_yes_over_both() -> None:
    assert both([True, None, False]) is False
    assert both([True, None]) is None
    assert either([False, None, True]) is True
    assert either([False, None]) is None
