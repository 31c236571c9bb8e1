"""Tables whose firm stands in a line above them, and tables whose column of firms only the values show."""

from __future__ import annotations

from tests.importers.sheets import codes, fields, machines, names, read, sheet


def test_the_firm_in_a_line_above_its_machines() -> None:
    reading = read(
        sheet("""
设备台账
企业名称：甲铸造有限公司    法定代表人：张三
序号|设备名称|型号|吨位（吨）|数量|状态
1|铝壳中频炉|GW-0.5|0.5|2|在用
2|冲天炉||3|1|停用
合计||||3|
""")
    )
    (firm,) = reading.records

    assert (firm.enterprise["name"].value, firm.enterprise["name"].cell) == ("甲铸造有限公司", "A2")
    assert firm.enterprise["name"].raw == "企业名称：甲铸造有限公司    法定代表人：张三"
    assert [one["quantity"] for one in machines(firm)] == [2, 1]
    assert reading.sheets[0].tables[0].ignored_rows == ((6, "total"),)


def test_each_table_has_the_line_right_above_it() -> None:
    reading = read(
        sheet("""
单位名称：甲铸造有限公司
设备名称|容量|数量
铝壳炉|0.5t|2

单位名称：乙铸造厂
设备名称|容量|数量
钢壳炉|1t|1
""")
    )

    assert names(reading) == ["甲铸造有限公司", "乙铸造厂"]
    assert [machines(firm)[0]["shell"] for firm in reading.records] == ["aluminium", "steel"]
    assert [firm.rows for firm in reading.records] == [(3, 3), (7, 7)]


def test_two_such_lines_or_no_machines_make_no_table() -> None:
    two = "企业名称：甲铸造厂\n企业名称：乙铸造厂\n设备名称|容量|数量\n铝壳炉|0.5t|2"
    none = "企业名称：甲铸造厂\n联系电话|产值（万元）\n13800001111|20"

    assert read(sheet(two)).sheets[0].why_no_table == "not_a_roster"
    assert read(sheet(none)).sheets[0].why_no_table == "not_a_roster"


def test_a_column_full_of_firms_is_their_name_and_asked_about() -> None:
    reading = read(sheet("序号|铸造主体情况|炉型|容量（t）\n1|甲铸造厂|铝壳炉|0.5\n2|乙铸造厂|钢壳炉|1"))

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert codes(reading) == [("column.name_by_values", "B1")]


def test_firms_that_inspect_or_supply_are_not_the_table_s_own() -> None:
    reading = read(sheet("检测单位|炉型|容量（t）\n甲检测有限公司|铝壳炉|0.5\n乙检测有限公司|钢壳炉|1"))

    assert reading.sheets[0].why_no_table == "not_a_roster"


def test_more_words_for_the_column_of_firms() -> None:
    for word in ("所属企业", "使用单位", "设备所属单位", "企业名稱", "营业执照名称"):
        reading = read(sheet(f"炉号|炉型|容量（t）|{word}\n1号|铝壳炉|0.5|甲铸造厂\n2号|钢壳炉|1|甲铸造厂"))
        assert names(reading) == ["甲铸造厂"], word
        assert len(reading.records[0].equipment) == 2
        assert fields(reading)[word] == "enterprise.name"
