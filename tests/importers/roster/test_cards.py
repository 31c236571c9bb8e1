"""Cards: labels at the left, values at the right."""

from __future__ import annotations

from tests.importers.sheets import by_kind, machines, names, read, sheet, values


def test_a_card_with_labels_in_two_columns_is_one_firm() -> None:
    reading = read(
        sheet("""
铸造企业调查表
填报单位：桃川镇|||
企业名称|甲铸造厂|法定代表人|陈某
详细地址|江永县桃川镇石枧村3组|年产能（吨）|5000
熔炼设备情况|2台1吨中频炉（在用）、1台0.5吨铝壳炉（闲置）||
环评手续|已办|驻厂干部|王五
""")
    )
    (firm,) = reading.records
    table = reading.sheets[0].tables[0]

    assert (table.range, table.header_rows, table.reporting_unit) == ("A3:D6", (), "桃川镇")
    assert values(firm.enterprise) == {
        "name": "甲铸造厂", "legal_representative": "陈某", "address": "江永县桃川镇石枧村3组",
        "capacity_t_per_year": 5000,
    }  # fmt: skip
    assert [one["state"] for one in machines(firm)] == ["in_use", "idle"]
    assert by_kind(firm.permits) == {"eia": {"standing": "held"}}
    assert firm.extras["驻厂干部"].cell == "D6"
    assert reading.counts()["rows_read"] == 4


def test_cards_below_each_other_are_a_firm_each() -> None:
    card = "企业名称|{}|联系人|张三\n炉型|铝壳炉|容量|500公斤\n消防手续|无|环评批复|√\n"
    reading = read(sheet(card.format("甲铸造厂") + "\n" + card.format("乙铸造有限公司")))

    assert names(reading) == ["甲铸造厂", "乙铸造有限公司"]
    assert [record.rows for record in reading.records] == [(1, 3), (5, 7)]


def test_groups_at_the_left_of_a_card_give_general_labels_their_meaning() -> None:
    reading = read(
        sheet("""
基本信息|企业名称|乙铸造厂
|负责人|李四
设备|炉型|冲天炉
|容量（t）|3
停电|时间|2025年12月10日
|文号|蓝科工〔2025〕3号
""").merge("A1:A2", "A3:A4", "A5:A6")
    )
    (firm,) = reading.records

    assert machines(firm) == [{"kind": "cupola", "capacity_t": 3}]
    assert by_kind(firm.actions) == {"power_cut": {"taken_on": "2025年12月10日", "document_no": "蓝科工〔2025〕3号"}}


def test_a_small_table_within_a_card_tells_of_its_machines() -> None:
    reading = read(
        sheet("""
企业名称|甲铸造有限公司|法定代表人|张三
信用代码|/|联系电话|13800000000
序号|设备名称|容量（吨）|数量（台）
1|中频炉|1|2
2|铝壳炉|0.5|1
环评手续|已办|排污许可证|办理中
""")
    )
    (firm,) = reading.records

    assert [(one["capacity_t"], one["quantity"]) for one in machines(firm)] == [(1, 2), (0.5, 1)]
    assert set(by_kind(firm.permits)) == {"eia", "pollutant_discharge"}
    assert firm.rows == (1, 6)


def test_firms_in_columns_are_a_record_each() -> None:
    reading = read(
        sheet("""
项目|企业一|企业二
企业名称|甲山铸造有限公司|乙山铸造厂
法人代表|张甲|李乙
主要设备|1台2吨中频炉|冲天炉1台
占地面积（亩）|12.5|8
""")
    )

    assert names(reading) == ["甲山铸造有限公司", "乙山铸造厂"]
    assert [machines(record)[0]["kind"] for record in reading.records] == ["induction_furnace", "cupola"]
    assert [record.enterprise["land_mu"].cell for record in reading.records] == ["B5", "C5"]


def test_a_card_whose_cells_are_blank_is_a_card() -> None:
    reading = read(
        sheet("""
企业登记卡
填报单位|楠市镇人民政府
填报日期|2024-01-15
企业（单位）名称|君雄
统一社会信用代码|
熔炼设备（台数、吨位、类型）|
生产状态|在产
""")
    )
    (firm,) = reading.records

    assert values(firm.enterprise) == {"name": "君雄", "status": "producing"}
    assert reading.sheets[0].tables[0].reporting_unit == "楠市镇人民政府"


def test_a_table_s_head_is_no_card() -> None:
    reading = read(sheet("企业名称|主要产品|生产状态\n君雄|齿轮|在产\n永盛|法兰|停产"))

    assert names(reading) == ["君雄", "永盛"]


def test_a_blank_column_between_label_and_value_is_passed_over() -> None:
    reading = read(sheet("企业名称||甲铸造厂|法人||陈某\n电话||13800001111|炉型||铝壳炉\n容量||500公斤|||"))
    (firm,) = reading.records

    assert values(firm.enterprise)["legal_representative"] == "陈某"
    assert machines(firm) == [{"kind": "induction_furnace", "shell": "aluminium", "capacity_t": 0.5}]


def test_furnaces_known_by_their_numbers_are_rows_of_the_small_table() -> None:
    for codes_of in (("1#", "2#"), ("1号", "2号"), ("ZL-1", "ZL-2")):
        first, second = codes_of
        reading = read(
            sheet(f"""
企业名称|甲铸造有限公司|||
法人代表|张三|联系电话|13800000000|
熔炼设备情况||||
炉号|炉型|容量（吨）|数量（台）|使用状态
{first}|中频炉|2|1|在用
{second}|铝壳炉|0.5|1|闲置
备注：以上为全部设备||||
""").merge("A3:E3")
        )
        (firm,) = reading.records

        assert [one["code"] for one in machines(firm)] == list(codes_of)
        assert [(one["capacity_t"], one["state"]) for one in machines(firm)] == [(2, "in_use"), (0.5, "idle")]
        assert firm.extras == {}


def test_a_single_line_of_a_card_over_a_table_of_machines() -> None:
    reading = read(
        sheet("企业名称：|甲铸造厂|信用代码：|/\n炉号|炉型|容量（吨）|有无磁轭\n1#|中频炉|2|有\n2#|中频炉|0.75|无")
    )
    (firm,) = reading.records

    assert (firm.enterprise["name"].value, firm.enterprise["name"].cell) == ("甲铸造厂", "B1")
    assert [(one["code"], one["capacity_t"], one["yoke"]) for one in machines(firm)] == [
        ("1#", 2, True), ("2#", 0.75, False),
    ]  # fmt: skip


def test_a_table_with_firms_of_its_own_is_not_the_card_s() -> None:
    for word in ("企业名称", "名称", "被淘汰企业"):
        reading = read(
            sheet(
                f"申报单位|丙铸造协会有限公司||\n{word}|炉型|容量（t）|台数\n甲铸造厂|铝壳炉|0.5|2\n乙铸造厂|钢壳炉|1|1"
            )
        )
        assert "丙铸造协会有限公司" not in names(reading), word


def test_cells_that_hold_label_and_value_together_are_a_card() -> None:
    reading = read(
        sheet("""
企业排查卡片
企业名称：甲铸件加工厂|联系电话：18974612233
法定代表人：蒋小平|职工人数：21人
生产地址：石洞源村|年产能：2000吨
存在问题：无组织排放|生产状态：
填表人：李四|填表日期：2025年3月1日
""")
    )
    (firm,) = reading.records

    assert values(firm.enterprise) == {
        "name": "甲铸件加工厂", "contact_phone": "18974612233", "legal_representative": "蒋小平", "employees": 21,
        "address": "石洞源村", "capacity_t_per_year": 2000, "problem": "无组织排放",
    }  # fmt: skip
    assert (firm.enterprise["employees"].raw, firm.enterprise["employees"].cell) == ("职工人数：21人", "B3")
    assert firm.rows == (2, 5)
    assert {row.row: row.cells["A"] for row in reading.rows}[3] == "法定代表人：蒋小平"


def test_labelled_cards_under_one_another_are_a_firm_each() -> None:
    card = "企业名称：{}|法定代表人：张三\n炉型：铝壳炉|容量：0.5吨\n"
    reading = read(sheet(card.format("甲铸造厂") + card.format("乙铸造厂")))

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert [machines(record)[0]["capacity_t"] for record in reading.records] == [0.5, 0.5]


def test_labelled_lines_over_machines_are_their_firm_s() -> None:
    reading = read(sheet("企业名称：甲铸造厂|法定代表人：张三|\n设备名称|容量|数量\n铝壳炉|0.5t|2\n冲天炉|3t|1"))
    (firm,) = reading.records

    assert values(firm.enterprise) == {"name": "甲铸造厂", "legal_representative": "张三"}
    assert [one["quantity"] for one in machines(firm)] == [2, 1]


def test_a_workshop_by_no_firm_s_name_stands_in_a_card_of_pairs_all_the_same() -> None:
    (firm,) = read(
        sheet("""
企业名称|老李铸锅坊|信用代码|无
法人代表|李解放|手机号码|0746-2260033
厂址|土市镇集镇|占地|0.8亩
职工|3人|目前状态|已关停
""")
    ).records

    assert values(firm.enterprise)["name"] == "老李铸锅坊"
    assert (firm.enterprise["employees"].value, firm.enterprise["status"].value) == (3, "closed")


def test_the_year_of_production_is_the_firm_s_unless_it_stands_beside_the_machine() -> None:
    rows = "企业名称|甲铸造厂|法人代表|张三\n职工|14人|{}|{}\n熔炼设备|1台1吨钢壳炉|{}|{}"
    (of_firm,) = read(sheet(rows.format("投产年份", "2008年", "占地", "5亩"))).records
    (of_machine,) = read(sheet(rows.format("占地", "5亩", "投产年份", "2008年"))).records

    assert values(of_firm.enterprise)["established_on"] == "2008年"
    assert machines(of_machine)[0]["commissioned_on"] == "2008年"
