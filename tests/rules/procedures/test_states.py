"""停产 ≠ 断电 ≠ 关停: each has its own answer, and an interval leaves it open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain.dates import DateInterval
from app.rules.procedures.states import closed, power_cut, production_stopped


def did(kind: str, first: str, last: str | None = None) -> dict[str, Any]:
    since, until = date.fromisoformat(first), date.fromisoformat(last or first)
    return {"id": kind + first, "kind": kind, "taken_on": DateInterval(since, until, "day", first)}


CUT, RESTORED = did("power_cut", "2025-12-10"), did("power_restored", "2025-12-20")
HALTED, RESUMED = did("halt", "2025-11-21", "2025-11-30"), did("resumed", "2025-12-22")
ALL = [CUT, RESTORED, HALTED, RESUMED]


@pytest.mark.parametrize(
    ("day", "cut", "stopped"),
    [
        ("2025-11-20", None, None),
        ("2025-11-25", None, None),
        ("2025-11-30", None, True),
        ("2025-12-10", True, True),
        ("2025-12-20", False, True),
        ("2025-12-22", False, False),
    ],
)
def test_a_cut_says_nothing_of_production_and_a_halt_nothing_of_power(
    day: str, cut: bool | None, stopped: bool | None
) -> None:
    on = date.fromisoformat(day)

    assert power_cut(ALL, on).answer is cut
    assert production_stopped(ALL, on).answer is stopped
    assert closed(ALL, on).recorded is False


def test_nothing_recorded_is_not_a_no() -> None:
    assert (power_cut([], date.max).answer, power_cut([], date.max).recorded) == (None, False)


def test_two_steps_of_one_day_leave_it_open() -> None:
    same_day = [CUT, did("power_restored", "2025-12-10")]

    assert power_cut(same_day, date(2025, 12, 31)).answer is None
    assert "不能确定" in power_cut(same_day, date(2025, 12, 31)).because


def test_a_later_roster_that_says_producing_is_taken_and_the_missing_resumption_named() -> None:
    found = production_stopped([HALTED], date(2026, 1, 31), "producing", date(2025, 12, 31))
    older = production_stopped([HALTED], date(2026, 1, 31), "producing", date(2025, 10, 1))

    assert found.answer is False
    assert "没有恢复生产的记录" in found.because
    assert older.answer is True


def test_closed_by_a_step_or_by_what_a_roster_says() -> None:
    assert closed([did("closure", "2025-01-05")], date(2025, 2, 1)).answer is True
    assert closed([], date(2025, 2, 1), "closed").answer is True
    assert closed([], date(2025, 2, 1), "suspended").answer is False
    assert closed([], date(2025, 2, 1), "merged").answer is False
    assert "被整合" in closed([], date(2025, 2, 1), "merged").because
    assert closed([did("dismantled", "2025-01-05")], date(2025, 2, 1)).answer is None
