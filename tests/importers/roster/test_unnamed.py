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


def test_totals_and_the_foot_are_no_names_against_a_column_of_firms() -> None:
    reading = read(
        sheet("""
编号|被治理对象|淘汰设备|退出产能（吨）|监管部门
1|甲铸造厂|0.5吨铝壳炉1台|100|县科工局
2|乙铸造有限公司|1吨铝壳炉2台|200|县科工局
合计|2家|3台|300|
单位负责人：||统计负责人：||
""")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造有限公司"]
    assert ("column.name_by_values", "B1") in codes(reading)
    assert reading.sheets[0].tables[0].ignored_rows == ((4, "total"), (5, "footer"))


def test_a_name_asked_for_in_brackets_and_workshops_that_are_no_companies() -> None:
    reading = read(
        sheet("序号|户主（厂名）|炉子|大小（公斤）|是否在用\n1|新村铸造厂|铝壳炉|250|是\n2|老彭铸铁坊|冲天炉||是")
    )

    assert names(reading) == ["新村铸造厂", "老彭铸铁坊"]


def test_firms_on_a_sheet_without_a_table_are_asked_about() -> None:
    reading = read(sheet("检测单位|结论|备用\n甲检测有限公司|合格|x\n乙检测有限公司|合格|y"))

    assert reading.sheets[0].why_no_table == "not_a_roster"
    assert codes(reading) == [("sheet.firms_not_read", "A2")]
    assert "企业名称" in reading.issues[0].fix
    assert "--told" in reading.issues[0].fix


def test_kinds_of_firms_are_no_firms() -> None:
    reading = read(sheet("行业|企业数|利润\n国有控股企业|12|20\n私营企业|13|30\n铸造厂|5|1\n法兰厂|6|1"))

    assert codes(reading) == []


def test_a_title_names_the_firm_of_its_machines() -> None:
    machines_of = "设备编号|设备名称|型号|数量\nZL-1|中频炉|GW-1|2\nZL-2|冲天炉||1"
    for title in ("甲铸造有限公司设备台账", "2024年度甲铸造有限公司主要生产设备一览表", "设备台账（甲铸造有限公司）"):
        reading = read(sheet(f"{title}\n{machines_of}").merge("A1:D1"))
        (firm,) = reading.records
        name = firm.enterprise["name"]

        assert (name.value, name.raw, name.cell) == ("甲铸造有限公司", title, "A1")
        assert [one["quantity"] for one in machines(firm)] == [2, 1]
        assert codes(reading) == [("table.firm_inferred", "A1")]


def test_a_reporting_unit_that_is_a_firm_names_the_firm_of_its_machines() -> None:
    machines_of = "设备编号|设备名称|型号|数量\nZL-1|中频炉|GW-1|2"
    for line in ("填报单位（盖章）：甲铸造有限公司||填报日期：2025年4月2日", "填报单位：|甲铸造有限公司（公章）||"):
        reading = read(
            sheet(f"主要生产设备一览表\n{line}\n{machines_of}\n设备负责人：曹某|||制表人：李某").merge("A1:D1")
        )
        (firm,) = reading.records

        assert firm.enterprise["name"].value == "甲铸造有限公司"
        assert len(firm.equipment) == 1
        assert reading.sheets[0].tables[0].ignored_rows == ((5, "footer"),)


def test_machines_of_nobody_known_are_asked_about() -> None:
    machines_of = "设备编号|设备名称|型号|数量\nZL-1|中频炉|GW-1|2"
    for line in (
        "填报单位：蓝山县铸造厂",
        "填报单位：国网蓝山县供电有限公司",
        "蓝山县铸造厂设备台账",
        "填报单位：甲铸造有限公司\n乙铸造有限公司设备台账",
    ):
        reading = read(sheet(f"{line}\n{machines_of}"))

        assert names(reading) == [], line
        assert [code for code, _ in codes(reading)] == ["sheet.firms_not_read"], line

    assert codes(read(sheet(f"填报单位：蓝山县科工局\n{machines_of}"))) == []


def test_a_head_that_is_kept_elsewhere_may_stand_over_the_only_firms() -> None:
    reading = read(
        sheet(
            "序号|联系县领导|帮扶企业|企业地址|企业负责人|电话\n1|周某|甲铸造有限公司|工业园|李四|13875512208\n2|周某|乙锻造总厂|车头路|王五|"
        )
    )

    assert names(reading) == ["甲铸造有限公司", "乙锻造总厂"]
    assert ("column.name_by_values", "C1") in codes(reading)
