"""Rosters in many layouts: what stands in them is read, whatever the form."""

from __future__ import annotations

from tests.importers.sheets import by_kind, fields, machines, names, read, sheet, values


def test_three_header_rows_with_merges_join_to_paths() -> None:
    reading = read(
        sheet("""
附件2
蓝山县铸造企业整治台账
填报单位（盖章）：毛俊镇人民政府|||||填报日期：2024年12月20日
序号|企业基本情况||主要生产设备|||环保手续||停电情况||备注
|企业名称|法人|炉型|规格||环评||停电时间|实施单位|
||||容量（吨）|台数|有无|文号|||
1|甲铸造有限公司|张三|铝壳中频炉|0.5|2|有|蓝环评〔2018〕5号|2024年3月|县供电公司|
|||冲天炉|3|1|||||
2|乙法兰厂|李四|钢壳炉|1|1|无||/|/|新增
""").merge("A4:A6", "B4:C4", "D4:F4", "E5:F5", "G4:H4", "G5:H5", "I4:J4", "K4:K6", "B5:B6", "C5:C6", "D5:D6")
    )
    table = reading.sheets[0].tables[0]
    first, second = reading.records

    assert (table.range, table.header_rows, table.title) == ("A4:K9", (4, 5, 6), "蓝山县铸造企业整治台账")
    assert table.reporting_unit == "毛俊镇人民政府"
    assert table.reported_on is not None
    assert table.reported_on.text == "2024年12月20日"
    assert fields(reading)["主要生产设备/规格/容量（吨）"] == "equipment.capacity_t"
    assert fields(reading)["环保手续/环评/文号"] == "permit.number"
    assert machines(first) == [
        {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium", "capacity_t": 0.5, "quantity": 2},
        {"kind": "cupola", "capacity_t": 3, "quantity": 1},
    ]
    assert by_kind(first.permits) == {"eia": {"standing": "held", "number": "蓝环评〔2018〕5号"}}
    assert by_kind(first.actions) == {"power_cut": {"taken_on": "2024年3月", "authority": "县供电公司"}}
    assert by_kind(second.permits) == {"eia": {"standing": "lacking"}}
    assert second.actions == ()
    assert values(second.enterprise)["remark"] == "新增"


def test_the_same_head_without_its_merges_is_read_alike() -> None:
    reading = read(
        sheet("""
||神山乡法兰锻造企业排查表
||序|单位全称|设备||||手续||现状
||||炉窑|||使用|环评|排污证|
||||类型|吨位(T)|燃料|状态|||
||1|甲锻造有限公司|天然气加热炉|5|天然气|在用|√|办理中|正常生产
||||台车炉|10|天然气|备用|||
||2|乙法兰厂|箱式电加热炉|3|电|停用|×|√|停产
""")
    )
    first, second = reading.records

    assert reading.sheets[0].tables[0].range == "C2:K7"
    assert fields(reading)["设备/炉窑/吨位(T)"] == "equipment.capacity_t"
    assert [one["capacity_t"] for one in machines(first)] == [5, 10]
    assert [one["state"] for one in machines(first)] == ["in_use", "standby"]
    assert values(first.enterprise)["status"] == "producing"
    assert by_kind(second.permits) == {"eia": {"standing": "lacking"}, "pollutant_discharge": {"standing": "held"}}


def test_a_firm_merged_over_its_furnaces_keeps_its_own_number() -> None:
    reading = read(
        sheet("""
序号|设区市|企业名称|退出的熔化设备名称|规格|数量(台)|换算产能(吨)|拆除到位时间
1|湖州市|甲实业股份有限公司|中频炉|0.2吨|2|2600|2021.03
||||0.5吨|1||
||||0.1吨/小时|1||
合计|||||4|2600|
""").merge("A2:A4", "B2:B4", "C2:C4", "D2:D4", "G2:G4", "H2:H4")
    )
    (firm,) = reading.records

    assert values(firm.enterprise) == {"name": "甲实业股份有限公司", "capacity_t_per_year": 2600}
    assert [one.get("capacity_t") for one in machines(firm)] == [0.2, 0.5, None]
    assert machines(firm)[2]["melt_rate_t_per_h"] == 0.1
    assert {fact.cell for one in firm.equipment for name, fact in one.items() if name == "removed_on"} == {"H2"}
    assert firm.extras["设区市"].value == "湖州市"
    assert reading.sheets[0].tables[0].ignored_rows == ((5, "total"),)


def test_two_tables_on_a_sheet_have_their_own_heads_and_titles() -> None:
    reading = read(
        sheet("""
一、退出项目
企业名称|设备名称|容量（吨）
甲铸造厂|冲天炉|3

二、建设项目
序号|建设单位|建设地点|产能（万吨）
1|乙铸造有限公司|缙云县壶镇|1.2
""")
    )

    assert [table.title for table in reading.sheets[0].tables] == ["一、退出项目", "二、建设项目"]
    assert [(record.table, record.rows) for record in reading.records] == [(0, (3, 3)), (1, (7, 7))]
    assert values(reading.records[1].enterprise)["capacity_t_per_year"] == 12000


def test_a_unit_column_gives_the_unit_of_the_size_beside_it() -> None:
    reading = read(
        sheet("""
序号|企业名称|冶炼设备情况||||
||类别(高炉/转炉/电炉等)|型号(容积/容量等)|单位(立方米/吨/千伏安等)|设备数量|退出产能(万吨/年)
1|贺州市 甲五 金制品 有限公 司|中频炉|10|吨|3|12
||电弧炉|6300|千伏安|1|
""").merge("C1:G1")
    )
    (firm,) = reading.records

    assert values(firm.enterprise) == {"name": "贺州市甲五金制品有限公司", "capacity_t_per_year": 120000}
    assert machines(firm) == [
        {"kind": "induction_furnace", "frequency": "medium", "capacity_t": 10, "quantity": 3},
        {"kind": "arc_furnace", "transformer_kva": 6300, "quantity": 1},
    ]


def test_groups_of_one_type_each_are_one_machine_each() -> None:
    reading = read(
        sheet("""
乡镇|单位名称|中频炉||铝壳炉||电炉|
||数量|吨位（吨）|数量|吨位(kg)|数量|容量（t）
宏道镇|甲锻造有限公司|2|1.5|0|||
|乙法兰有限公司|||1|250|1|5
""").merge("C1:D1", "E1:F1", "G1:H1", "A3:A4")
    )
    first, second = reading.records

    assert machines(first) == [{"kind": "induction_furnace", "frequency": "medium", "quantity": 2, "capacity_t": 1.5}]
    assert machines(second) == [
        {"kind": "induction_furnace", "shell": "aluminium", "quantity": 1, "capacity_t": 0.25},
        {"quantity": 1, "capacity_t": 5},
    ]
    assert second.enterprise["township"].cell == "A3"


def test_the_same_heads_side_by_side_are_one_furnace_each() -> None:
    reading = read(
        sheet("""
序号|企业名称|炉型|容量（t）|炉型|容量（t）|使用状态
(1)|(2)|(3)|(4)|(5)|(6)|(7)
1|甲铸造有限公司|铝壳炉|0.5|中频炉|1|
2|乙铸造厂|冲天炉|3|||在用
""")
    )

    assert reading.sheets[0].tables[0].header_rows == (1, 2)
    assert [len(record.equipment) for record in reading.records] == [2, 1]
    assert "state" not in machines(reading.records[1])[0]
    assert [issue.code for issue in reading.issues] == ["equipment.which"]


def test_numbered_furnaces_carry_their_number() -> None:
    reading = read(
        sheet("""
企业名称|1#炉|||2#炉||
|炉型|容量（吨）|状态|炉型|容量（吨）|状态
甲铸造厂|中频炉|1|在用|铝壳炉|0.5|闲置
乙铸造厂|冲天炉|3|在用|||
""")
    )

    assert [one["code"] for one in machines(reading.records[0])] == ["1#炉", "2#炉"]
    assert len(reading.records[1].equipment) == 1


def test_counts_under_types_make_machines_and_zero_makes_none() -> None:
    reading = read(
        sheet("""
单位：台、万元
企业名称|铝壳炉数量|无磁轭铝壳中频炉（台）|0.5吨钢壳炉（台）|年产值
甲铸造厂|2|0|1|350
乙铸造厂|无|1|/|20
""")
    )
    first, second = reading.records

    assert machines(first) == [
        {"kind": "induction_furnace", "shell": "aluminium", "quantity": 2},
        {"kind": "induction_furnace", "shell": "steel", "capacity_t": 0.5, "quantity": 1},
    ]
    assert machines(second) == [
        {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium", "yoke": False, "quantity": 1}
    ]
    assert values(first.enterprise)["output_value_wan"] == 350
    assert first.equipment[0]["shell"].cell == "B2"


def test_machines_in_words_are_one_entry_each_and_what_is_unclear_is_asked() -> None:
    reading = read(
        sheet("""
单位名称|主要设备
甲铸造厂|2台2t中频炉(一拖二)、抛丸机1台
乙铸造厂|无
丙铸造厂|中频炉若干
""")
    )

    assert [len(record.equipment) for record in reading.records] == [2, 0, 0]
    assert machines(reading.records[0])[1] == {"kind": "other", "quantity": 1}
    assert [(issue.code, issue.cell, issue.raw) for issue in reading.issues] == [
        ("machines.not_understood", "B4", "中频炉若干")
    ]


def test_two_rosters_side_by_side_are_two_tables() -> None:
    reading = read(
        sheet("""
企业名称|炉型|容量（吨）||企业名称|炉型|容量（吨）
甲铸造厂|铝壳炉|1||丙铸造厂|中频炉|2
乙铸造厂|冲天炉|3||丁铸造厂|铝壳炉|0.5
""")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造厂", "丙铸造厂", "丁铸造厂"]
    assert [len(record.equipment) for record in reading.records] == [1, 1, 1, 1]
    assert [row.row for row in reading.rows] == [2, 3]


def test_a_township_written_once_holds_for_the_firms_below_it() -> None:
    reading = read(sheet("乡镇|企业名称\n毛俊镇|甲铸造厂\n|乙铸造厂\n楠市镇|丙铸造厂\n|丁铸造厂"))

    assert [record.enterprise["township"].cell for record in reading.records] == ["A2", "A2", "A4", "A4"]


def test_ditto_takes_value_and_cell_of_the_row_above() -> None:
    reading = read(
        sheet("""
企业名称|乡镇|炉型|容量（吨）|状态
甲铸造厂|毛俊镇|中频炉|1|在用
同上|同上|铝壳炉|0.5|〃
乙铸造厂|〃|〃|2|闲置
""")
    )
    first, second = reading.records

    assert len(first.equipment) == 2
    assert first.equipment[1]["state"].cell == "E2"
    assert (second.enterprise["township"].value, second.enterprise["township"].cell) == ("毛俊镇", "B2")
    assert second.equipment[0]["shell"].cell == "C3"


def test_a_sheet_folded_to_save_paper_is_two_halves() -> None:
    reading = read(
        sheet("""
名单
填报单位：甲镇人民政府|||||
序号|企业名称|电话|序号|企业名称|电话
1|甲铸造厂|13800001111|3|丙铸造厂|13800001113
2|乙铸造厂|13800001112|||
""")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造厂", "丙铸造厂"]
    assert [one.enterprise["contact_phone"].cell for one in reading.records] == ["C4", "C5", "F4"]
    assert [one.reporting_unit for one in reading.sheets[0].tables] == ["甲镇人民政府"] * 2


def test_a_blank_column_within_a_folded_half_divides_nothing() -> None:
    reading = read(sheet("企业名称||电话|序号|企业名称|电话\n甲铸造厂||13800001111|2|乙铸造厂|13800001112"))

    assert values(reading.records[0].enterprise)["contact_phone"] == "13800001111"


def test_a_band_written_out_over_its_merge_is_a_band() -> None:
    reading = read(
        sheet("序号|企业名称|法人\n蒋村镇（2家）|蒋村镇（2家）|蒋村镇（2家）\n1|甲铸造厂|张三\n2|乙铸造厂|李四")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert values(reading.records[0].enterprise)["township"] == "蒋村镇"
