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
