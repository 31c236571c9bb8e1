"""A ledger's reconciliations pass as it is made, and name what fails when a number is altered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from reports.ledger.cities.city import City, city_checks
from reports.ledger.gathered.content import Content
from reports.ledger.making.suite import checks as checks_of
from reports.ledger.making.suite import made
from reports.ledger.reconciling import checks, counted_again
from reports.ledger.reconciling.reconciled import reconciliation
from reports.tables import Printed, Table
from tests.reports.ledger.drawn import content, figure, firm
from tests.reports.ledger.sheets.test_origins import counties


def test_an_example_county_adds_up(county: Content) -> None:
    found = checks_of(county)

    assert [one.name for one in found if not one.ok] == []
    assert len(found) > 15


def test_an_earlier_quarter_adds_up(lanshan_in_march: Content) -> None:
    assert [one for one in checks_of(lanshan_in_march) if not one.ok] == []


def test_a_city_adds_up(yongzhou: City) -> None:
    assert [one for one in city_checks(yongzhou) if not one.ok] == []


@given(counties)
def test_any_county_adds_up(told: Content) -> None:
    assert [one for one in checks_of(told) if not one.ok] == []


def altered(table: Table, row: int, title: str, by: int) -> Table:
    place = [one.title for one in table.columns].index(title)
    cells: list[Printed] = list(table.rows[row])
    cells[place] = int(cells[place] or 0) + by
    return replace(table, rows=(*table.rows[:row], tuple(cells), *table.rows[row + 1 :]))


@pytest.mark.parametrize(
    ("sheet", "row", "title", "named"),
    [
        ("汇总", 0, "家数", "“企业底数”表的家数与汇总"),
        ("汇总", 1, "家数", "汇总“一、企业（按生产状态）”各行家数相加"),
        ("分乡镇汇总", 0, "企业总数（家）", "各乡镇（街道）相加：企业总数（家）"),
        ("分乡镇汇总", 0, "在产（家）", "分乡镇汇总“企业总数（家）”等于各分栏之和"),
        ("设备", 0, "在厂", "“设备”表的台数与汇总"),
        ("分乡镇汇总", 0, "状态不明（家）", "每个数字都能翻到名单，每一格都有依据"),
    ],
)
def test_an_altered_number_is_named(county: Content, sheet: str, row: int, title: str, named: str) -> None:
    tables = [altered(one, row, title, 1) if one.name == sheet else one for one in made(county)]

    failing = {one.name: one for one in checks.reconciled(county, tables) if not one.ok}

    assert named in failing
    assert all(failing[named].fails)


def test_a_firm_that_is_listed_twice_is_named(county: Content) -> None:
    twice = {
        one.name: replace(one, rows=(*one.rows, one.rows[0]), origins=(*one.origins, one.origins[0]))
        for one in made(county)
        if one.name == "企业底数"
    }
    tables = [twice.get(one.name, one) for one in made(county)]

    failing = {one.name: one.fails for one in checks.reconciled(county, tables) if not one.ok}

    assert str(county.firms()[0].name) in "".join(failing["“企业底数”表每家只列一次"])


def test_a_stated_number_beside_another_count_is_a_line_and_no_failure() -> None:
    told = content(firm("甲厂"), figures=(figure("enterprises", 36),))

    rows = reconciliation(told, checks_of(told)).rows

    assert [one for one in checks_of(told) if not one.ok] == []
    assert rows[-1][2:6] == (36, 1, 35, "相差")


def test_a_paper_without_a_number_is_not_made_a_zero() -> None:
    told = content(figures=(figure("power_cut", None),))

    assert reconciliation(told, ()).rows[-1][2:6] == ("不明", None, None, "没有数字，没有名单")


def test_the_database_counts_every_number_of_the_townships_again(county: Content) -> None:
    told = next(one for one in checks_of(county) if "数据库另行清点" in one.name)

    assert told.ok
    assert told.left == told.right > 50


def test_a_number_that_the_database_counts_otherwise_is_named(county: Content) -> None:
    tables = [altered(one, 0, "在产（家）", 1) if one.name == "分乡镇汇总" else one for one in made(county)]
    place = str(next(one for one in tables if one.name == "分乡镇汇总").rows[0][0])

    (told,) = counted_again.checks(county, tables)

    assert [one.split("“")[0] for one in told.fails] == [place]
    assert "“在产（家）”" in told.fails[0]


def test_a_township_that_the_ledger_lacks_is_named(county: Content) -> None:
    again = {**(county.again or {}), "无此镇": next(iter((county.again or {}).values()))}

    (told,) = counted_again.checks(replace(county, again=again), made(county))

    assert any(one.startswith("无此镇“企业总数（家）”写0") for one in told.fails)
