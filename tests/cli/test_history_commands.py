"""`luzhang history`, `differences` and `alarms` by commands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

COUNTY = ("--county", "431127")
FIRM = "甲铸造有限公司"


@pytest.fixture
def twice(luzhang: Callable, register: object, roster: Callable) -> None:
    """Two rosters: of the furnace of January, March tells what its shell is made of."""
    for name, on, shell in (("一.xlsx", "2024-01-15", "中频炉"), ("二.xlsx", "2024-03-10", "铝壳中频炉")):
        said = luzhang("import", roster(name, on, shell), *COUNTY, "--json")
        assert said.object["applied"], said.out


def test_a_history_is_told_in_sentences_and_as_json(luzhang: Callable, twice: None) -> None:
    said = luzhang("history", FIRM, *COUNTY)
    assert said.status == 0
    assert "2024-01-15 至 2024-03-09" in said.out
    assert "炉壳：铝壳" in said.out
    assert "一.xlsx 名册!" in said.out

    found = luzhang("history", FIRM, *COUNTY, "--section", "equipment", "--known", "1", "--json").object
    assert {one["section"] for one in found["facts"]} == {"equipment"}
    assert {one["known_since"]["change"] for one in found["facts"]} == {1}
    assert luzhang("history", "没有这个厂", *COUNTY, "--json").status == 2


def test_a_difference_is_told_with_reasons_and_sums(luzhang: Callable, twice: None) -> None:
    said = luzhang("differences", "--from", "2024-01-15", "--to", "2024-03-31", *COUNTY)
    assert said.status == 1
    assert "炉壳：未填 → 铝壳　原因：新情况" in said.out
    assert "企业（家）：原有 2，增 0，减 0，现有 2；有变化 1" in said.out

    told = luzhang("differences", "--from", "2024-01-15@1", "--to", "2024-01-15@2", *COUNTY, "--json")
    assert (told.status, told.object["firms"]) == (0, [])
    assert told.object["from"] == {"as_of": "2024-01-15", "known": 1}
    for bad in ("昨天", "2024-01-15@", "2024-01-15@99"):
        assert luzhang("differences", "--from", bad, "--to", "2024-03-31", *COUNTY, "--json").status == 2


def test_alarms_are_told(luzhang: Callable, twice: None) -> None:
    none = luzhang("alarms", *COUNTY, "--as-of", "2024-03-31", "--json")
    assert (none.status, none.object["alarms"]) == (0, [])
    assert "要查的事 0 件" in luzhang("alarms", *COUNTY).out


def test_a_dossier_is_told_in_sentences_and_as_json(luzhang: Callable, twice: None) -> None:
    said = luzhang("dossier", FIRM, *COUNTY, "--as-of", "2024-03-31")
    assert said.status == 1
    assert "炉壳：铝壳" in said.out
    assert "淘汰类设备：1 项" in said.out

    told = luzhang("dossier", FIRM, *COUNTY, "--as-of", "2024-01-31", "--json").object
    assert "shell" not in {one["field"] for one in told["equipment"][0]["facts"]}
    assert luzhang("dossier", "没有这个厂", *COUNTY, "--json").status == 2
