"""A firm that was renamed keeps its new name, though rosters still write the old one."""

from __future__ import annotations

from app.domain.statement import Evidence, Statement
from app.register.facts.former_names import without_former
from tests.register.saying import day

OLD, NEW = "甲铸造厂", "甲铸造有限公司"


def said(field: str, value: str, on: str, change: int, decided: int = 0) -> Statement:
    evidence = Evidence("名册.xlsx", "Sheet1", "B6", value)
    return Statement("甲", "enterprise", field, value, day(on), "新圩镇", evidence, change, f"{change}{field}", decided)


def names(*some: Statement) -> list[str]:
    kept = without_former([one for one in some if one.field == "name"], [one for one in some if one.field != "name"])
    return [f"{one.day} {one.value}" for one in kept]


RENAMED = said("name", NEW, "2024-05-01", 2, 2), said("former_name", OLD, "2024-05-01", 2, 2)


def test_the_old_name_counts_until_the_day_of_the_new_one() -> None:
    told = said("name", OLD, "2024-01-15", 1), *RENAMED, said("name", "甲 铸造厂", "2024-09-30", 3)
    assert names(*told) == [f"2024-01-15 {OLD}", f"2024-05-01 {NEW}"]


def test_a_third_name_counts() -> None:
    assert names(*RENAMED, said("name", "甲机械厂", "2024-09-30", 3))[-1] == "2024-09-30 甲机械厂"


def test_a_rosters_own_former_name_renames_nothing() -> None:
    told = said("name", NEW, "2024-05-01", 2), said("former_name", OLD, "2024-05-01", 2)
    assert names(*told, said("name", OLD, "2024-09-30", 3))[-1] == f"2024-09-30 {OLD}"


def test_a_name_that_was_taken_again_counts() -> None:
    back = said("name", OLD, "2025-01-01", 4, 4), said("former_name", NEW, "2025-01-01", 4, 4)
    told = names(*RENAMED, *back, said("name", OLD, "2025-03-31", 5), said("name", NEW, "2025-06-30", 6))
    assert told == [f"2024-05-01 {NEW}", f"2025-01-01 {OLD}", f"2025-03-31 {OLD}"]
