"""Which of two days came first, where either may be known only as an interval: yes, no, or cannot tell."""

from __future__ import annotations

from datetime import date

from app.domain.dates import DateInterval


def not_after(one: DateInterval | None, other: DateInterval | None) -> bool | None:
    """Whether the one was on or before the other."""
    if one is None or other is None:
        return None
    if one.until is not None and other.since is not None and one.until <= other.since:
        return True
    if one.since is not None and other.until is not None and one.since > other.until:
        return False
    return None


def come(on: DateInterval | None, day: date) -> bool | None:
    """Whether it had come at the end of the day."""
    return not_after(on, DateInterval.of_day(day))


def surely_before(one: DateInterval | None, other: DateInterval | None) -> bool:
    """Whether the one was certainly on an earlier day."""
    return not_after(other, one) is False


def both(answers: list[bool | None]) -> bool | None:
    """No where one is no, cannot tell where one cannot be told, else yes."""
    if False in answers:
        return False
    return None if None in answers else True


def either(answers: list[bool | None]) -> bool | None:
    """Yes where one is yes, cannot tell where one cannot be told, else no."""
    if True in answers:
        return True
    return None if None in answers else False
