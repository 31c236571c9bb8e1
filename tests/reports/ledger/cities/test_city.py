"""A city's ledger: its counties by the same families, and each sheet with a column of the county."""

from __future__ import annotations

from reports.ledger.cities.city import City, city_suite
from reports.ledger.making.suite import suite
from reports.tables import Table


def named(tables: tuple[Table, ...], name: str) -> Table:
    (found,) = [table for table in tables if table.name == name]
    return found


def test_the_counties_stand_beside_one_another_in_the_families_of_a_county(yongzhou: City) -> None:
    table = named(city_suite(yongzhou), "分县汇总")
    firms = [one.title for one in table.columns].index("企业总数（家）")

    assert [(row[0], row[firms]) for row in table.rows] == [("蓝山县", 36), ("新田县", 2)]
    assert table.total == "合计"


def test_what_a_county_holds_nothing_of_is_blank_there_and_not_nought(yongzhou: City) -> None:
    table = named(city_suite(yongzhou), "分县汇总")
    plans = [one.title for one in table.columns].index("一企一策（家）")

    assert [row[plans] for row in table.rows] == [25, None]


def test_details_are_the_counties_details_with_their_county(yongzhou: City) -> None:
    tables = city_suite(yongzhou)
    own = [{table.name: table for table in suite(one)} for one in yongzhou.counties]

    for name in ("企业底数", "设备", "停电关停", "淘汰类设备"):
        table = named(tables, name)
        parts = [part[name] for part in own if name in part]
        assert len(table.rows) == sum(len(part.rows) for part in parts)
        place = [one.title for one in table.columns].index("县（市、区）")
        pairs = [(one, part[name]) for one, part in zip(yongzhou.counties, own, strict=True) if name in part]
        assert [row[place] for row in table.rows] == [one.county_name for one, part in pairs for _ in part.rows]
    assert named(tables, "企业底数").total == "合计38家"
    assert [row[0] for row in named(tables, "企业底数").rows] == list(range(1, 39))


def test_a_row_of_a_city_names_its_countys_code(yongzhou: City) -> None:
    table = named(city_suite(yongzhou), "企业底数")

    assert [origin.records[-1] for origin in (table.origins[0], table.origins[-1])] == [
        ("county", "431127"),
        ("county", "431128"),
    ]
