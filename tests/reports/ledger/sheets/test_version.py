"""版本说明 tells what a ledger rests on; sheets of what nobody stated are left out and named."""

from __future__ import annotations

from dataclasses import replace

from reports.forms import form, sheets
from reports.ledger.cities.city import City, city_suite
from reports.ledger.gathered.content import Content, Issued
from reports.ledger.making.suite import left_out, suite
from reports.ledger.sheets.canonical import digest
from reports.tables import Origin, Table
from tests.reports.ledger.drawn import content, firm


def told(tables: tuple[Table, ...]) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in tables[-1].rows}


def test_what_nobody_stated_is_left_out_and_named() -> None:
    tables = suite(content(firm("甲厂")))
    names = [table.name for table in tables]

    assert not {"手续", "一企一策", "停电关停", "设备", "季度走势"} & set(names)
    assert "手续（没有来源写过手续）" in told(tables)["未出的表"]
    assert {name for name, _ in left_out(content(firm("甲厂")))} | set(names) == set(sheets("ledger"))


def test_every_sheet_that_may_be_left_out_has_words_for_it() -> None:
    for name in sheets("ledger"):
        assert bool(form("ledger", name).when) == bool(form("ledger", name).without)


def test_rows_anchor_and_digest_are_told(county: Content) -> None:
    tables = suite(county)
    said = told(tables)

    assert said["内容摘要"] == digest(tables[:-1])
    assert f"第{county.snapshot.as_of.known}号变更：{county.digest}" in said["链锚"]
    for table in tables[:-1]:
        assert f"{table.name}{len(table.rows)}行" in said["各表行数"]


def test_the_digest_is_of_what_is_printed_alone(county: Content) -> None:
    tables = suite(county)[:-1]
    bare = [replace(table, origins=(Origin(),) * len(table.rows), links={}, charts=()) for table in tables]
    another = [replace(tables[0], rows=tables[0].rows[:-1]), *tables[1:]]

    assert digest(bare) == digest(tables)
    assert digest(another) != digest(tables)


def test_an_issues_number_and_people_stand_there(county: Content) -> None:
    issued = Issued("431127-2025Q4-2", (("填报人", "张三"), ("签发人", "李四")))
    said = told(suite(replace(county, issued=issued)))

    assert (said["编号"], said["填报人"], said["签发人"]) == ("431127-2025Q4-2", "张三", "李四")


def test_a_city_tells_each_county_s_change_and_digest(yongzhou: City) -> None:
    tables = city_suite(yongzhou)
    rows = [row for row in tables[-1].rows if row[0] == "链锚"]

    assert [str(row[1]).split(" ")[0] for row in rows] == [county for county, _ in yongzhou.pins]
    assert "零陵区" in told(tables)["没有登记的县"]


def test_every_sheet_is_printed_readably_on_a3(county: Content, yongzhou: City) -> None:
    for table in suite(county):
        assert sum(column.width for column in table.columns) <= 201, table.name
    for table in city_suite(yongzhou):
        assert sum(column.width for column in table.columns) <= 212, table.name
