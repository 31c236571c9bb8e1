"""Lists, counts and saved views by commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

COUNTY = ("--county", "431127")
DAY = ("--as-of", "2024-01-15")


@pytest.fixture
def taken_in(luzhang: Callable, register: Path, roster: Callable[..., Path]) -> None:
    """A register with a roster of two firms, each with one furnace."""
    assert luzhang("import", roster(), *COUNTY, "--json").object["applied"]["equipment"] == 2


@pytest.mark.usefixtures("taken_in")
def test_list_count_and_export_say_the_same(luzhang: Callable, tmp_path: Path) -> None:
    where = ("--where", "capacity_t>=0.5", "--where", "state!=idle", *DAY)
    listed = luzhang("list", "equipment", *where, "-o", tmp_path / "清单.xlsx", "--json")
    counted = luzhang("count", "设备", *where, "--json")
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    exported = [row[0] for row in sheet.iter_rows(values_only=True) if row[2] == "新圩镇"]

    assert (listed.status, counted.status) == (0, 0)
    assert [row["enterprise"] for row in listed.object["items"]] == exported == ["甲铸造有限公司"]
    assert {name: listed.object[name] for name in counted.object} == counted.object
    assert counted.object["counts"]["fits"] == {"rows": 1, "enterprises": 1, "furnaces": 1, "gone": 0}


@pytest.mark.usefixtures("taken_in")
def test_an_address_from_elsewhere_is_asked_as_it_is(luzhang: Callable) -> None:
    first = luzhang("list", "equipment", "--where", "shell=铝壳", *DAY, "--json").object

    assert luzhang("list", first["address"], "--json").object == first


@pytest.mark.usefixtures("taken_in")
def test_what_cannot_be_told_is_something_to_look_at(luzhang: Callable) -> None:
    said = luzhang("count", "equipment", "--where", "yoke=是", *DAY)

    assert said.status == 1
    assert "符合 0 条 0 家 0 台；不能确定 2 条 2 家 2 台" in said.out
    assert luzhang("list", "equipment", "--where", "yoke=是", "--maybe", "only", *DAY).out.startswith("? 企业名称 甲")


@pytest.mark.usefixtures("taken_in")
def test_a_list_is_saved_under_a_name_and_asked_by_it(luzhang: Callable) -> None:
    first = luzhang("list", "enterprises", "--where", "q=jzz", *DAY, "--save", "甲厂", "--json").object
    assert (first["saved"]["change"], first["saved"]["name"]) == (2, "甲厂")
    again = luzhang("list", "--saved", "甲厂", "--json").object

    assert again["items"] == first["items"]
    assert again["address"] == first["address"] == first["saved"]["address"]
    assert luzhang("views", "list").out.startswith("甲厂　第 2 号变更　本机操作员　/api/v1/enterprises?county=431127")
    assert luzhang("views", "drop", "甲厂", "--reason", "不用了", "--json").object["change"] == 3
    assert luzhang("list", "--saved", "甲厂", "--json").object["error"]["code"] == "view.unknown"
    assert luzhang("views", "list", "--known", "2", "--json").object["views"][0]["name"] == "甲厂"


def test_a_list_by_stage_is_what_the_programme_says_of_each_firm(
    luzhang: Callable, register: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "法兰企业.csv"
    rows = ["企业名称,乡镇,村", "甲法兰厂,宏道镇,", "乙法兰厂,季庄镇,", "丙法兰厂,,", "丁法兰厂,神山镇,庄力村"]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    county = ("--county", "140921", "--as-of", "2024-12-31")
    luzhang("import", sheet, *county[:2], "--valid-from", "2024-06-01")
    told = luzhang("programmes", "stage", "XZ24-CLUSTERS", *county, "--json").object

    for stage in ("1", "2", "3", "none"):
        counts = luzhang("count", "企业", "--where", f"programme.stage=XZ24-CLUSTERS:{stage}", *county, "--json").object
        assert counts["counts"]["fits"]["rows"] == told["totals"][stage]
    in_second = luzhang("list", "企业", "--where", "programme.stage=第二阶段", *county, "--json").object
    assert [row["name"] for row in in_second["items"]] == ["甲法兰厂"]
    assert in_second["counts"]["maybe"]["rows"] >= 1
    assert luzhang("list", in_second["address"], "--json").object == in_second


@pytest.mark.usefixtures("taken_in")
def test_a_list_is_sorted_by_commands_and_kept_so(luzhang: Callable) -> None:
    down = ("list", "设备", *DAY, "--sort", "-企业名称")
    first = luzhang(*down, "--save", "倒着", "--json").object
    up = luzhang("list", "设备", *DAY, "--sort", "企业名称", "--sort", "-capacity_t", "--json").object

    assert [row["enterprise"] for row in first["items"]] == [row["enterprise"] for row in up["items"]][::-1]
    assert up["address"].endswith("sort=enterprise,-capacity_t")
    assert luzhang("list", "--saved", "倒着", "--json").object["items"] == first["items"]
    assert luzhang("list", "--saved", "倒着", "--sort", "enterprise", "--json").object["items"] == up["items"]
    assert luzhang("list", "设备", "--sort", "maker", "--json").object["error"]["code"] == "sort.unknown"


@pytest.mark.usefixtures("taken_in")
def test_a_city_is_asked_by_commands(luzhang: Callable, tmp_path: Path) -> None:
    own = luzhang("list", "equipment", *DAY, "--json").object
    city = luzhang("list", "equipment", *DAY, "--division", "4311", "-o", tmp_path / "市.xlsx", "--json").object

    assert [row["enterprise"] for row in city["items"]] == [row["enterprise"] for row in own["items"]]
    assert (city["division"], city["counts"]) == ("4311", own["counts"])
    assert luzhang("count", city["pinned"], "--json").object["counts"] == own["counts"]
    assert "县（市、区） 蓝山县" in luzhang("list", "设备", *DAY, "--division", "4311").out
    kept = luzhang("list", "设备", "--division", "4311", "--save", "全市", "--json")
    assert (kept.status, kept.object["error"]["code"]) == (2, "division.alone")


@pytest.mark.usefixtures("taken_in")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list",), "usage"),
        (("list", "equipment", "--saved", "甲"), "usage"),
        (("list", "--saved", "甲", "--where", "q=甲"), "usage"),
        (("list", "firms"), "not_found"),
        (("count", "equipment", "--where", "kind"), "filter.form"),
        (("count", "equipment", "--where", "knd=cupola"), "filter.unknown"),
        (("count", "equipment", "--maybe", "never"), "filter.value"),
    ],
)
def test_what_cannot_be_asked_says_why(luzhang: Callable, words: tuple[str, ...], code: str) -> None:
    said = luzhang(*words, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, code)
