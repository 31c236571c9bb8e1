"""Whose a machine is on a day, laid out act by act."""

from __future__ import annotations

from datetime import date

import pytest

from app.register.successions.whose import MERGED, SPLIT, TRANSFERRED, Owners, Passing

MARCH, MAY, JULY = date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)


def passing(
    kind: str,
    out_of: str,
    into: str,
    since: date | None,
    until: date | None,
    machine: str | None = None,
    act: str | None = None,
) -> Passing:
    return Passing(act or f"{kind} {out_of} {into} {machine}", kind, out_of, into, machine, since, until, 1)


def owners(day: date, *some: Passing, machine: str = "炉", enrolled: str = "甲") -> tuple[str, ...]:
    return Owners(day, tuple(sorted(some, key=Passing.order))).of(machine, enrolled)


def test_before_the_first_day_it_is_the_ones_after_the_last_the_others_and_within_nobody_can_tell() -> None:
    one = passing(MERGED, "甲", "乙", MARCH, MAY)
    told = {day: owners(day, one) for day in (date(2024, 2, 29), MARCH, date(2024, 4, 30), MAY)}
    assert list(told.values()) == [("甲",), ("甲", "乙"), ("甲", "乙"), ("乙",)]


def test_an_exact_day_leaves_nothing_open() -> None:
    one = passing(MERGED, "甲", "乙", MARCH, MARCH)
    assert owners(date(2024, 2, 29), one) == ("甲",)
    assert owners(MARCH, one) == ("乙",)


def test_an_unknown_day_is_open_for_ever() -> None:
    one = passing(MERGED, "甲", "乙", None, None)
    assert owners(date(1990, 1, 1), one) == owners(date(2090, 1, 1), one) == ("甲", "乙")


def test_mergers_follow_each_other() -> None:
    both = passing(MERGED, "甲", "乙", MARCH, MARCH), passing(MERGED, "乙", "丙", MAY, MAY)
    assert owners(date(2024, 4, 1), *both) == ("乙",)
    assert owners(JULY, *both) == ("丙",)


def test_who_may_have_taken_it_over_may_have_passed_it_on() -> None:
    both = passing(MERGED, "甲", "乙", None, None), passing(MERGED, "乙", "丙", MAY, MAY)
    assert set(owners(JULY, *both)) == {"甲", "乙", "丙"}


def test_a_machine_handed_over_on_a_day_settles_what_was_open() -> None:
    both = passing(MERGED, "甲", "乙", None, None), passing(TRANSFERRED, "乙", "丙", MAY, MAY, "炉")
    assert owners(JULY, *both) == ("丙",)
    assert owners(MARCH, *both) == ("甲", "乙")
    assert owners(JULY, *both, machine="另一台") == ("甲", "乙")


def test_a_transfer_leaves_the_firms_other_machines_and_a_later_merger_does_not_take_it_along() -> None:
    both = passing(TRANSFERRED, "甲", "丙", MARCH, MARCH, "炉"), passing(MERGED, "甲", "乙", MAY, MAY)
    assert owners(JULY, *both) == ("丙",)
    assert owners(JULY, *both, machine="另一台") == ("乙",)


def test_a_machine_may_come_back() -> None:
    both = passing(TRANSFERRED, "甲", "乙", MARCH, MARCH, "炉"), passing(TRANSFERRED, "乙", "甲", MAY, MAY, "炉")
    assert [owners(day, *both) for day in (date(2024, 2, 1), date(2024, 4, 1), JULY)] == [("甲",), ("乙",), ("甲",)]


@pytest.mark.parametrize(("machine", "whose"), [("一", ("乙",)), ("二", ("甲",)), ("三", ("甲", "乙", "丙"))])
def test_of_a_split_each_machine_goes_where_it_is_told_to_and_the_rest_is_open(
    machine: str, whose: tuple[str, ...]
) -> None:
    act = [
        passing(SPLIT, "甲", "乙", MARCH, MARCH, act="分"),
        passing(SPLIT, "甲", "丙", MARCH, MARCH, act="分"),
        passing(SPLIT, "甲", "乙", MARCH, MARCH, "一", act="分"),
        passing(SPLIT, "甲", "甲", MARCH, MARCH, "二", act="分"),
    ]
    assert set(owners(JULY, *act, machine=machine)) == set(whose)
    assert owners(date(2024, 2, 1), *act, machine=machine) == ("甲",)
