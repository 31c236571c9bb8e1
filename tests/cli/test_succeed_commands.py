"""Firms that merge, split, take another name or hand machines over, by commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COUNTY = ("--county", "431127")
HONGCHENG, HUAQIANG, OTHER = "宏诚金属制品有限公司", "华强金属制品有限公司", "骅强金属制品有限公司"
HEADS = "企业名称,乡镇,设备编号,设备名称,使用状态"
WHY = ("--reason", "整合协议", *COUNTY)


@pytest.fixture
def taken_in(luzhang: Callable, register: object, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Take a township's roster in."""

    def import_(day: str, *rows: str) -> dict[str, Any]:
        sheet = tmp_path / f"新圩镇{day}.csv"
        sheet.write_text("\n".join([HEADS, *rows]), encoding="utf-8")
        said = luzhang("import", sheet, *COUNTY, "--township", "新圩镇", "--valid-from", day, "--json")
        return said.object["applied"]  # type: ignore[no-any-return]

    return import_


@pytest.fixture
def firms(taken_in: Callable) -> None:
    """宏诚 takes an aluminium furnace out and a steel one in; 华强 has one of its own."""
    steel = f"{HUAQIANG},新圩镇,9号,钢壳中频炉,在用"
    taken_in("2023-06-30", f"{HONGCHENG},新圩镇,1号,铝壳中频炉,在用", steel, f"{OTHER},新圩镇,5号,铝壳中频炉,闲置")
    now = (f"{HONGCHENG},新圩镇,1号,铝壳中频炉,已拆除", f"{HONGCHENG},新圩镇,2号,钢壳中频炉,在用")
    taken_in("2024-01-15", *now, steel, f"{OTHER},新圩镇,5号,铝壳中频炉,闲置")


def show(luzhang: Callable, firm: str, as_of: str = "2025-06-30") -> dict[str, Any]:
    return luzhang("succeed", "show", firm, *COUNTY, "--as-of", as_of, "--json").object  # type: ignore[no-any-return]


def owners(shown: dict[str, Any]) -> dict[str, list[str]]:
    return {one["code"]: [owner["name"] for owner in one["owners"]] for one in shown["machines"] if one["present"]}


def test_a8_after_a_merger_on_no_known_day_the_successor_the_steel_furnace_and_an_owner_nobody_can_tell(
    luzhang: Callable, firms: None
) -> None:
    paper = ("--document", "专报", "--evidence", "专报第3页")
    said = luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", "不明", *paper, *WHY, "--json")
    assert said.status == 0, said.err

    told = show(luzhang, HONGCHENG)
    (successor,) = told["successors"]
    assert (successor["into"]["name"], successor["answer"]) == (HUAQIANG, "perhaps")
    assert (successor["on"], successor["day"], successor["evidence"]) == (None, "不明", "专报第3页")
    (furnace,) = (one for one in told["machines"] if one["present"])
    assert (furnace["shell"], furnace["settled"]) == ("steel", False)
    assert furnace["words"] == f"归属不明：可能是{HONGCHENG}，也可能是{HUAQIANG}的（整合日期不明）"
    assert owners(show(luzhang, HUAQIANG)) == {"9号": [HUAQIANG], "2号": [HONGCHENG, HUAQIANG]}

    words = luzhang("succeed", "show", HONGCHENG, *COUNTY, "--as-of", "2025-06-30")
    assert words.status == 1
    assert f"整合入{HUAQIANG}" in words.out
    assert "归属不明" in words.out
    assert luzhang("verify").status == 0


def test_a_merger_on_a_day_is_listed_and_taken_back(luzhang: Callable, firms: None) -> None:
    made = luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", "2024-05-01", *WHY, "--json").object
    assert owners(show(luzhang, HUAQIANG, "2024-04-30")) == {"9号": [HUAQIANG]}
    assert owners(show(luzhang, HUAQIANG)) == {"9号": [HUAQIANG], "2号": [HUAQIANG]}
    assert show(luzhang, HONGCHENG)["enterprise"]["status"] == "merged"
    assert {one["words"] for one in show(luzhang, HONGCHENG)["machines"]} == {f"已归{HUAQIANG}"}
    listed = luzhang("succeed", "list", *COUNTY)
    assert (listed.status, f"{HONGCHENG} → {HUAQIANG}" in listed.out) == (0, True)

    assert luzhang("succeed", "back", made["succession"], *WHY).status == 0
    assert luzhang("succeed", "list", *COUNTY, "--json").object["successions"] == []
    assert show(luzhang, HONGCHENG)["enterprise"]["status"] != "merged"


def test_a_later_roster_of_the_successor_says_nothing_of_a_further_machine(
    luzhang: Callable, firms: None, taken_in: Callable
) -> None:
    luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", "2024-05-01", *WHY)
    before = {one["code"]: one["equipment"] for one in show(luzhang, HUAQIANG)["machines"]}
    rows = [f"{HUAQIANG},新圩镇,{code},钢壳中频炉,在用" for code in ("9号", "2号")]
    taken_in("2024-09-30", *rows, f"{OTHER},新圩镇,5号,铝壳中频炉,闲置")

    told = show(luzhang, HUAQIANG)
    assert {one["code"]: one["equipment"] for one in told["machines"]} == before
    alarms = luzhang("alarms", *COUNTY, "--as-of", "2025-06-30", "--json").object
    assert alarms["totals"]["relapse"] == 0


def test_a_split_asks_for_the_machines_that_nobody_named(luzhang: Callable, firms: None) -> None:
    split = ("succeed", "split", HUAQIANG, HONGCHENG, OTHER, "--day", "2024年6月")
    made = luzhang(*split, *WHY, "--json")
    assert (made.status, len(made.object["asks"])) == (1, 1)
    assert "要问" in luzhang("succeed", "list", *COUNTY).out
    act = made.object["succession"]
    assert luzhang("succeed", "named", act, "9号", OTHER, *WHY).status == 0
    assert owners(show(luzhang, OTHER)) == {"5号": [OTHER], "9号": [OTHER]}


def test_a_furnace_handed_over_keeps_its_id(luzhang: Callable, firms: None) -> None:
    (before,) = show(luzhang, HUAQIANG)["machines"]
    said = luzhang("succeed", "transferred", HUAQIANG, "9号", OTHER, "--day", "2024-06-01", *WHY)
    assert said.status == 0, said.err
    after = {one["code"]: one["equipment"] for one in show(luzhang, OTHER)["machines"]}
    assert after["9号"] == before["equipment"]


def test_a_new_name_and_a_new_township(luzhang: Callable, firms: None, taken_in: Callable) -> None:
    new = "华强新材料有限公司"
    assert luzhang("succeed", "renamed", HUAQIANG, new, "--day", "2024-05-01", *WHY).status == 0
    assert luzhang("succeed", "moved", new, "土市镇", "--day", "2024-05-01", *WHY).status == 0
    assert show(luzhang, HUAQIANG)["enterprise"]["name"] == new
    assert show(luzhang, new, "2024-04-30")["enterprise"]["name"] == HUAQIANG


def test_a_later_roster_that_writes_the_old_name_is_of_the_firm_and_does_not_rename_it_back(
    luzhang: Callable, firms: None, taken_in: Callable
) -> None:
    before, new = show(luzhang, HUAQIANG), "华强新材料有限公司"
    made = luzhang("succeed", "renamed", HUAQIANG, new, "--day", "2024-05-01", *WHY, "--json").object
    taken_in("2024-09-30", f"{HUAQIANG},新圩镇,9号,钢壳中频炉,闲置")

    now = show(luzhang, HUAQIANG)
    assert (now["enterprise"]["id"], now["enterprise"]["name"]) == (before["enterprise"]["id"], new)
    assert [(one["equipment"], one["state"]) for one in now["machines"]] == [
        (before["machines"][0]["equipment"], "idle")
    ]
    assert luzhang("undo", made["batch"]).status == 0
    assert show(luzhang, HUAQIANG)["enterprise"]["name"] == HUAQIANG


def missing(luzhang: Callable) -> list[str]:
    return [one["enterprise"]["name"] for one in luzhang("desk", *COUNTY, "--json").object["missing"]]


@pytest.mark.parametrize(
    ("days", "asked"),
    [("2024-05-01", []), ("不明", []), ("2024年9月", []), ("2024-10-08", [HONGCHENG])],
)
def test_a_firm_merged_by_the_rosters_day_need_not_be_explained_when_it_is_left_out(
    luzhang: Callable, firms: None, tmp_path: Path, days: str, asked: list[str]
) -> None:
    luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", days, *WHY)
    rows = [f"{firm},新圩镇,{code},钢壳中频炉,在用" for firm, code in ((HUAQIANG, "9号"), (OTHER, "5号"))]
    sheet = tmp_path / "九月.csv"
    sheet.write_text("\n".join([HEADS, *rows]), encoding="utf-8")

    terms = ("--township", "新圩镇", "--valid-from", "2024-09-29", "--json")
    said = luzhang("import", sheet, *COUNTY, *terms).object

    assert said["proposal"]["missing"] == len(asked)
    assert missing(luzhang) == asked


def test_a_merger_that_is_recorded_later_answers_why_a_firm_was_left_out(
    luzhang: Callable, firms: None, taken_in: Callable
) -> None:
    taken_in("2024-09-30", f"{HUAQIANG},新圩镇,9号,钢壳中频炉,在用", f"{OTHER},新圩镇,5号,铝壳中频炉,闲置")
    assert missing(luzhang) == [HONGCHENG]
    (waits,) = (one for one in luzhang("imports", *COUNTY, "--json").object["imports"] if one["waits"]["missing"])

    made = luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", "2024-05-01", *WHY, "--json").object
    assert missing(luzhang) == []
    listed = luzhang("imports", *COUNTY, "--json").object["imports"]
    assert [one["waits"]["missing"] for one in listed if one["batch"] == waits["batch"]] == [0]
    taken_in("2024-12-31", f"{HUAQIANG},新圩镇,9号,钢壳中频炉,在用", f"{OTHER},新圩镇,5号,铝壳中频炉,在用")
    assert missing(luzhang) == []

    luzhang("succeed", "back", made["succession"], *WHY)
    assert missing(luzhang) == [HONGCHENG]


def test_a_firm_that_a_roster_left_out_is_asked_about_once_its_merger_is_taken_back(
    luzhang: Callable, firms: None, taken_in: Callable
) -> None:
    made = luzhang("succeed", "merged", HONGCHENG, HUAQIANG, "--day", "2024-05-01", *WHY, "--json").object
    taken_in("2024-09-30", f"{HUAQIANG},新圩镇,9号,钢壳中频炉,在用", f"{OTHER},新圩镇,5号,铝壳中频炉,闲置")
    assert missing(luzhang) == []

    luzhang("succeed", "back", made["succession"], *WHY)
    assert missing(luzhang) == [HONGCHENG]


def test_the_desk_shows_the_machines_of_a_split_of_which_nobody_said_whose_they_are(
    luzhang: Callable, firms: None
) -> None:
    split = ("succeed", "split", HUAQIANG, HONGCHENG, OTHER, "--day", "2024年6月")
    act = luzhang(*split, *WHY, "--json").object["succession"]

    desk = luzhang("desk", *COUNTY, "--json")
    (one,) = desk.object["owner_unknown"]
    assert (desk.status, one["succession"], one["enterprise"]["name"]) == (1, act, HUAQIANG)
    assert [firm["name"] for firm in one["into"]] == [HONGCHENG, OTHER]
    asked = f"{one['called']}（设备编号 {one['equipment']}）归谁：{HUAQIANG}、{HONGCHENG}、{OTHER}（分立编号 {act}）"
    assert asked in luzhang("desk", *COUNTY).out
    assert luzhang("succeed", "list", *COUNTY).out.count("要问") == 1
    before = luzhang("desk", *COUNTY, "--as-of", "2024-05-31", "--json")
    assert (before.status, before.object["owner_unknown"]) == (0, [])

    luzhang("succeed", "named", act, "9号", OTHER, *WHY)
    assert luzhang("desk", *COUNTY, "--json").object["owner_unknown"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merged", HONGCHENG, "没有这家", "--day", "不明"), "enterprise.unknown"),
        (("merged", HONGCHENG, HONGCHENG, "--day", "不明"), "succeed.same"),
        (("merged", HONGCHENG, HUAQIANG, "--day", "某日"), None),
        (("transferred", HUAQIANG, "7号", OTHER, "--day", "不明"), "equipment.unknown"),
        (("split", HUAQIANG, OTHER, "--day", "不明", "--machine", "9号"), "usage"),
        (("renamed", HUAQIANG, HUAQIANG, "--day", "2024-05-01"), "succeed.same_name"),
        (("back", "没有"), "succeed.unknown"),
    ],
)
def test_what_cannot_be_is_one_sentence(luzhang: Callable, firms: None, words: tuple[str, ...], code: str) -> None:
    said = luzhang("succeed", *words, *WHY, "--json")
    assert said.status == 2
    assert code in (None, said.object["error"]["code"])
