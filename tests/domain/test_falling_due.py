"""How something that is to be done by a day stands."""

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.domain.falling_due import DUE_STATES, due_state

BY_APRIL = DateInterval(None, date(2025, 4, 30), "month", "2025年4月底前")
IN_APRIL = DateInterval(date(2025, 4, 1), date(2025, 4, 30), "month", "2025年4月")
FROM_APRIL = DateInterval(date(2025, 4, 1), None, "month", "2025年4月起")


def on(text: str) -> DateInterval:
    return DateInterval.of_day(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("due", "done", "day", "state"),
    [
        (BY_APRIL, None, "2025-04-30", "due"),
        (BY_APRIL, None, "2025-05-01", "overdue"),
        (IN_APRIL, None, "2025-04-01", "due"),
        (IN_APRIL, None, "2025-04-15", "cannot_tell"),
        (IN_APRIL, None, "2025-05-01", "overdue"),
        (FROM_APRIL, None, "2025-03-31", "due"),
        (FROM_APRIL, None, "2030-01-01", "cannot_tell"),
        (None, None, "2025-04-15", "no_due"),
        (BY_APRIL, on("2025-05-10"), "2025-05-09", "overdue"),
        (BY_APRIL, on("2025-05-10"), "2025-05-10", "done"),
        (None, on("2025-05-10"), "2025-05-10", "done"),
        (BY_APRIL, IN_APRIL, "2025-04-15", "cannot_tell"),
    ],
)
def test_it_stands_by_its_last_day_and_by_what_is_known_of_its_being_done(
    due: DateInterval | None, done: DateInterval | None, day: str, state: str
) -> None:
    assert due_state(due, done, date.fromisoformat(day)) == state
    assert state in DUE_STATES
