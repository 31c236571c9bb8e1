"""Programmes by commands: the five papers, their sums and targets, and the stage of a firm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

COUNTY = ("--county", "140921")


@pytest.fixture
def forges(luzhang: Callable, register: Path, tmp_path: Path) -> None:
    """A register of three flange forges."""
    sheet = tmp_path / "法兰企业.csv"
    rows = ["企业名称,乡镇,整治类别", "甲法兰厂,宏道镇,就地改造一批", "乙法兰厂,季庄镇,", "丙法兰厂,,做优做强"]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    said = luzhang("import", sheet, *COUNTY, "--valid-from", "2024-06-01", "--json")
    assert said.object["applied"]["enterprises"] == 3, said.out


def stage(luzhang: Callable, *words: str) -> dict:
    return luzhang("programmes", "stage", "XZ24-CLUSTERS", *words, "--as-of", "2024-12-31", *COUNTY, "--json").object


def test_the_five_papers_are_listed_without_a_register(luzhang: Callable) -> None:
    said = luzhang("programmes", "list", "--json").object

    assert [one["programme"] for one in said["programmes"]] == [
        "SX20-OBSOLETE",
        "CJ21-FOUNDRY",
        "XZ24-CLUSTERS",
        "YZ25-LANSHAN",
        "JY25-STRUCTURE",
    ]
    assert [
        one["programme"] for one in luzhang("programmes", "list", "--county", "330603", "--json").object["programmes"]
    ] == ["SX20-OBSOLETE"]


def test_a_sum_is_said_with_what_it_leaves(luzhang: Callable) -> None:
    assert "36家 = 4家 + 25家 + 3家 + 4 未归类" in luzhang("programmes", "show", "YZ25-LANSHAN").out
    assert "38个 = 21个 汽配 + 11个 阀门 + 6个 其他" in luzhang("programmes", "show", "JY25-STRUCTURE").out
    assert "7家 = 5家 + 1家 + 1 没有写安全目标" in luzhang("programmes", "show", "CJ21-FOUNDRY").out


def test_projects_of_2023_by_kind(luzhang: Callable) -> None:
    (one,) = luzhang("programmes", "show", "JY25-STRUCTURE", "--json").object["sums"]

    assert {part["label"]: part["number"] for part in one["parts"]} == {"汽配": 21, "阀门": 11, "其他": 6}
    assert (one["total"]["number"], one["remainder"]) == (38, 0)


def test_five_firms_reach_level_three_by_the_end_of_2021_and_one_has_no_target(luzhang: Callable) -> None:
    said = luzhang("programmes", "show", "CJ21-FOUNDRY", "--json").object
    figures = {one["figure"]: one for one in said["figures"]}

    assert (figures["level_3"]["number"], figures["level_3"]["to"]) == (5, "2021-12-31")
    assert said["sums"][0]["remainder"] == 1


def test_a_number_not_stated_is_shown_as_such(luzhang: Callable) -> None:
    said = luzhang("programmes", "show", "YZ25-LANSHAN", "--json").object
    (cut,) = [one for one in said["figures"] if one["figure"] == "cut"]

    assert (cut["number"], cut["shown"]) == (None, "不明")


def test_targets_add_up_to_the_city(luzhang: Callable) -> None:
    said = luzhang("programmes", "targets", "SX20-OBSOLETE", "--json").object

    assert said["sums"] == said["total"]["values"] == [150, 1000]
    assert said["remainders"] == [0, 0]
    assert len(said["rows"]) == 6
    one = luzhang("programmes", "targets", "SX20-OBSOLETE", "--division", "330603", "--json").object
    assert [(row["area"], row["values"]) for row in one["rows"]] == [("柯桥区", [30, 180])]


def test_the_lists_of_2020_are_counted(luzhang: Callable) -> None:
    said = luzhang("programmes", "show", "SX20-OBSOLETE", "--json").object
    found = {one["name"]: one["count"] for one in said["lists"]}

    assert [found[name] for name in ("国家重点行业", "省级重点行业", "主要工业设备", "块状行业")] == [22, 4, 7, 15]


def test_an_enterprise_is_in_the_stage_of_its_township_or_in_none(luzhang: Callable, forges: None) -> None:
    (hongdao,) = stage(luzhang, "--firm", "甲法兰厂")["enterprises"]
    (jizhuang,) = stage(luzhang, "--firm", "乙法兰厂")["enterprises"]
    (nowhere,) = stage(luzhang, "--firm", "丙法兰厂")["enterprises"]

    assert (hongdao["answer"], hongdao["stages"]) == ("in_stage", [2])
    assert (jizhuang["answer"], jizhuang["stages"]) == ("none", [])
    assert (nowhere["answer"], bool(nowhere["question"])) == ("cannot_tell", True)


def test_a_township_is_asked_without_a_firm(luzhang: Callable, register: Path) -> None:
    assert stage(luzhang, "--township", "140921102")["township"]["stages"] == [2]
    assert stage(luzhang, "--township", "140921103")["township"]["answer"] == "none"


def test_the_boundary_day_is_said_for_both_stages(luzhang: Callable, register: Path) -> None:
    said = luzhang("programmes", "stage", "XZ24-CLUSTERS", "--as-of", "2024-10-01")

    assert "至 2024-10-01：三环路范围以内企业" in said.out
    assert "（最后一天）" in said.out
    assert "（第一天）" in said.out
    assert "不在任何阶段名单里的乡镇：晋昌镇、季庄镇、受禄乡、定襄县居民办事处" in said.out


def test_firms_are_told_by_stage_with_reason_question_and_cell(luzhang: Callable, forges: None) -> None:
    said = luzhang("programmes", "stage", "XZ24-CLUSTERS", "--as-of", "2024-12-31")

    assert said.status == 1
    assert "甲法兰厂（宏道镇）　乡镇为宏道镇 → 第二阶段　依据 法兰企业.csv" in said.out
    assert "要问：企业是否在下列地方" in said.out


def test_firms_by_bucket_with_those_in_none(luzhang: Callable, forges: None) -> None:
    said = luzhang("programmes", "firms", "XZ24-CLUSTERS", "--as-of", "2024-12-31")

    assert said.status == 1
    assert "就地改造一批　1 家　甲法兰厂" in said.out
    assert "做优做强一批　1 家　丙法兰厂" in said.out
    assert "未归类　1 家　乙法兰厂" in said.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "X-1"), "programme.unknown"),
        (("targets", "XZ24-CLUSTERS"), "programme.no_targets"),
        (("stage", "CJ21-FOUNDRY"), "programme.no_stages"),
        (("firms", "CJ21-FOUNDRY"), "programme.no_buckets"),
        (("stage", "XZ24-CLUSTERS", "--county", "431127"), "programme.elsewhere"),
        (("stage", "XZ24-CLUSTERS", "--firm", "没有"), "enterprise.unknown"),
        (("list", "--county", "x"), "county.unknown"),
    ],
)
def test_what_cannot_be_told_is_one_error(luzhang: Callable, register: Path, words: tuple[str, ...], code: str) -> None:
    said = luzhang("programmes", *words, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, code)
