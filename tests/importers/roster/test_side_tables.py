"""What stands beside a roster behind a blank column: no part of the firms where it is a table of its own."""

from __future__ import annotations

from importers.roster.told import told_from
from tests.importers.sheets import codes, fields, names, read, sheet, values

_SUMMARY = """
排查表||||||分乡镇统计|
序号|企业名称|所属乡镇|生产状态|||乡镇|企业数（家）
1|甲铸造厂|塔峰镇|在产|||楠市镇|1
2|乙铸造厂|毛俊镇|停产|||塔峰镇|1
3|丙铸造厂|楠市镇|在产|||毛俊镇|1
||||||合计|3
"""


def test_a_summary_beside_the_roster_lends_it_no_column() -> None:
    reading = read(sheet(_SUMMARY).merge("A1:D1", "G1:H1"))

    assert [values(one.enterprise)["township"] for one in reading.records] == ["塔峰镇", "毛俊镇", "楠市镇"]
    assert [one.enterprise["township"].cell for one in reading.records] == ["C3", "C4", "C5"]
    assert all(one.extras == {} for one in reading.records)
    assert codes(reading) == []
    assert [table.range for table in reading.sheets[0].tables] == ["A2:D5"]


def test_a_summary_at_the_left_is_no_part_of_the_roster_either() -> None:
    reading = read(sheet("乡镇|企业数||企业名称|乡镇|产能（吨）\n乙镇|1||甲铸造厂|甲镇|100\n甲镇|1||乙铸造厂|乙镇|200"))

    assert [values(one.enterprise)["township"] for one in reading.records] == ["甲镇", "乙镇"]
    assert reading.sheets[0].tables[0].range == "D1:F3"


def test_a_short_list_of_counts_that_begins_lower_down() -> None:
    reading = read(
        sheet("""
企业名称|生产状态|产能（吨）|||
甲铸造厂|在产|100|||
乙铸造厂|停产|200||类别|企业数
丙铸造厂|在产|300||在产|2
丁铸造厂|在产|400||停产|1
""")
    )

    assert len(names(reading)) == 4
    assert all(one.extras == {} for one in reading.records)


def test_a_table_of_other_places_beside_the_roster_is_asked_about() -> None:
    reading = read(sheet("企业名称|乡镇||乡镇|联系人\n甲铸造厂|甲镇||乙镇|张三\n乙铸造厂|乙镇||甲镇|李四"))

    assert [values(one.enterprise) for one in reading.records] == [
        {"name": "甲铸造厂", "township": "甲镇"}, {"name": "乙铸造厂", "township": "乙镇"},
    ]  # fmt: skip
    assert codes(reading) == [("sheet.beside_not_read", "D1")]


def test_columns_of_the_firms_behind_a_blank_column_stay_theirs() -> None:
    reading = read(
        sheet("""
|||联系方式|
企业名称|生产状态||联系人|联系电话
甲铸造厂|在产||张三|13800000001
乙铸造厂|停产||李四|13800000002
""")
    )

    assert [values(one.enterprise)["contact_person"] for one in reading.records] == ["张三", "李四"]


def test_a_column_that_a_person_told_is_not_cut_off() -> None:
    told = told_from({"columns": [{"sheet": "Sheet1", "column": "G", "field": "enterprise.township"}]})
    reading = read(sheet(_SUMMARY).merge("A1:D1", "G1:H1"), told=told)

    assert fields(reading)["乡镇"] == "enterprise.township"
