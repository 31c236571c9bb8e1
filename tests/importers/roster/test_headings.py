"""What heads, titles and lines of a form say, and what they do not say."""

from __future__ import annotations

from tests.importers.sheets import by_kind, codes, fields, machines, names, read, sheet, values


def test_a_title_narrower_than_its_table_is_no_group() -> None:
    reading = read(
        sheet("""
2024年度四里镇铸造企业整治清单|||
序号|企业名称|炉型|容量（吨）|完成时限
1|甲铸造厂|铝壳炉|0.5|11月底前
""").merge("A1:D1")
    )
    (firm,) = reading.records

    assert reading.sheets[0].tables[0].title == "2024年度四里镇铸造企业整治清单"
    assert fields(reading)["炉型"] == "equipment.kind"
    assert str(firm.enterprise["deadline"].value.until) == "2024-11-30"  # type: ignore[union-attr]


def test_a_line_of_a_form_is_no_group() -> None:
    reading = read(
        sheet("设备调查表\n表号：铸调1表|||有效期至：2024年12月|\n企业名称|产能（吨）|炉型|吨位（t）|台数\n甲铸造厂|300|铝壳炉|0.5|2")
    )  # fmt: skip

    assert fields(reading)["台数"] == "equipment.quantity"


def test_a_yes_no_column_that_ends_like_a_firm_s_name() -> None:
    reading = read(
        sheet("序号|企业名称|是否规上企业|高新技术企业|行业代码\n1|甲铸造厂|√|是|C3391\n2|乙铸造厂|×|否|3392")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert [values(one.enterprise)["scale"] for one in reading.records] == ["above", "below"]


def test_whose_telephone_it_is() -> None:
    reading = read(
        sheet("企业名称|镇联系电话|整改责任人电话|法人及联系电话|联系人/电话\n甲铸造厂|13900001111|13900002222|李国庆13975500001|王芳0735-6621001")
    )  # fmt: skip

    assert values(reading.records[0].enterprise) == {
        "name": "甲铸造厂", "legal_representative": "李国庆", "contact_person": "王芳", "contact_phone": "0735-6621001",
    }  # fmt: skip


def test_dates_and_numbers_that_are_of_something_else() -> None:
    reading = read(
        sheet("企业名称|环评|应急预案备案编号|排污许可证申请时间|恢复供电申请时间|复产验收时间|是否重点排污单位\n甲铸造厂|有|430-1|2020-1-2|2021-1-2|2021-3-2|是")
    )  # fmt: skip
    (firm,) = reading.records

    assert by_kind(firm.permits) == {"eia": {"standing": "held"}}
    assert firm.actions == ()
    assert len(firm.extras) == 5


def test_one_kind_of_permit_or_action_a_row() -> None:
    permits = read(
        sheet("""
企业名称|手续类别|办理情况|证号（文号）|管理类别
甲铸造厂|环评批复|已办|蓝环评〔2018〕5号|
甲铸造厂|排污许可|已办||简化管理
乙铸造厂|采矿许可|已办|X1|
""")
    )
    actions = read(
        sheet("企业名称|处置类别|处置时间|实施单位|文号\n甲铸造厂|停电|2024年3月1日|县供电公司|蓝函〔2024〕3号\n|关停退出|2024年4月|县政府|")
    )  # fmt: skip

    assert by_kind(permits.records[0].permits) == {
        "eia": {"standing": "held", "number": "蓝环评〔2018〕5号"},
        "pollutant_discharge": {"standing": "held", "class": "simplified"},
    }
    assert permits.records[1].permits == ()
    assert permits.records[1].extras["证号（文号）"].value == "X1"
    assert by_kind(actions.records[0].actions) == {
        "power_cut": {"taken_on": "2024年3月1日", "authority": "县供电公司", "document_no": "蓝函〔2024〕3号"},
        "closure": {"taken_on": "2024年4月", "authority": "县政府"},
    }


def test_buckets_under_the_same_word_stay_a_disposition() -> None:
    reading = read(sheet("企业名称|处置类别\n甲铸造厂|引导退出\n乙铸造厂|整合搬迁"))

    assert fields(reading)["处置类别"] == "enterprise.disposition"


def test_a_discharge_permit_s_number_by_its_shape() -> None:
    reading = read(sheet("企业名称|许可证编号|环评\n甲铸造厂|91431024MA4L2K3R9Y001P|有"))

    assert by_kind(reading.records[0].permits)["pollutant_discharge"] == {"number": "91431024MA4L2K3R9Y001P"}


def test_units_in_heads() -> None:
    reading = read(
        sheet("企业名称|炉型|容量（吨，保留2位小数）|产值\n单位：亿元".replace("\n", "\\n").replace("\\n", ""))
        .row("甲铸造厂", "铝壳炉", 1.25, 0.25)
    )  # fmt: skip

    assert values(reading.records[0].enterprise)["output_value_wan"] == 2500
    assert machines(reading.records[0])[0]["capacity_t"] == 1.25


def test_units_are_reported_under_one_spelling() -> None:
    heads = "企业名称|炉型|容量（吨）|功率：KW|变压器容量（千伏安）|产能（万吨）|用电量（万度）|数量（台/套）"
    heads += "|占地（亩）|产值（亿元）|税收"
    reading = read(sheet(f"{heads}\n甲铸造厂|铝壳炉|0.5|300|400|0.3|85|2|20|0.5|3万元"))

    assert [one.unit for one in reading.sheets[0].tables[0].columns] == [
        None, None, "t", "kW", "kVA", "万t/a", "万kWh", "台", "亩", "亿元", None,
    ]  # fmt: skip


def test_numbers_without_a_unit_leave_the_others_of_their_column() -> None:
    reading = read(sheet("企业名称|炉型|容量\n甲铸造厂|铝壳炉|500\n乙铸造厂|铝壳炉|1t\n丙铸造厂|铝壳炉|1000"))

    assert [one.get("capacity_t") for firm in reading.records for one in machines(firm)] == [None, 1, None]
    assert codes(reading) == [("value.unit_unknown", "C2"), ("value.unit_unknown", "C4")]


def test_odd_words_leave_the_others_of_an_enumerated_column() -> None:
    reading = read(sheet("企业名称|环评\n甲铸造厂|有\n乙铸造厂|报告表\n丙铸造厂|登记表"))

    assert by_kind(reading.records[0].permits) == {"eia": {"standing": "held"}}
    assert codes(reading) == [("value.not_understood", "B3"), ("value.not_understood", "B4")]


def test_degrees_minutes_and_seconds_in_columns_of_their_own() -> None:
    reading = read(
        sheet("""
企业名称|经度|||纬度||
|度|分|秒|度|分|秒
甲铸造厂|112|11|40.2|25|22|31
乙铸造厂|112|11||25|70|31
""").merge("A1:A2", "B1:D1", "E1:G1")
    )
    first, second = (values(firm.enterprise) for firm in reading.records)

    assert (first["longitude"], first["latitude"]) == (112.1945, 25.37527778)
    assert (second["longitude"], "latitude" in second) == (112.18333333, False)
    assert reading.records[0].enterprise["longitude"].cell == "B3"


def test_averages_and_sums_are_totals() -> None:
    reading = read(sheet("序号|企业名称|炉型|容量（t）\n1|甲铸造厂|铝壳炉|0.5\n平均|||0.5\n|以上合计||0.5\n汇总|||0.5"))

    assert names(reading) == ["甲铸造厂"]
    assert [why for _, why in reading.sheets[0].tables[0].ignored_rows] == ["total"] * 3


def test_a_row_of_advice_under_the_heads_is_no_firm() -> None:
    for advice in ("填写说明|与公章一致|18位，文本格式|填设计产能", "|与营业执照一致|必填|填数字"):
        reading = read(sheet(f"序号|企业名称|信用代码|产能（吨）\n{advice}\n1|君雄|/|100"))
        assert names(reading) == ["君雄"], advice
        assert codes(reading) == []


def test_rows_that_number_the_columns() -> None:
    for numbers in (
        "(1)|(2)|(3)|(4)=(5)+(6)|(5)|(6)",
        "1|2|3|4=5+6|5|6",
        "甲|乙|丙|1=2+3|2|3",
        "栏次|1|2|3|4|5",
        "甲|乙|丙|丁|戊|己",
    ):
        reading = read(
            sheet(f"序号|乡镇|企业名称|总数（台）|铝壳炉（台）|钢壳炉（台）\n{numbers}\n1|甲镇|甲铸造厂|4|2|2")
        )
        assert names(reading) == ["甲铸造厂"], numbers
        assert codes(reading) == [("column.not_understood", "D1")], numbers


def test_a_group_without_merges_over_the_names_themselves() -> None:
    reading = read(
        sheet("""
|企业|||电炉||证照|
序号|名称|法人|电话|类型|容量(t)|营业执照|备注
1|甲铸造厂|张三|13707460001|铝壳炉|1|有|新增
2|乙铸造厂|李四|13707460002|中频炉|0.5|有|
""")
    )
    (table,) = reading.sheets[0].tables

    assert (table.range, table.header_rows) == ("A1:H4", (1, 2))
    assert fields(reading)["企业/法人"] == "enterprise.legal_representative"
    assert fields(reading)["备注"] == "enterprise.remark"
    assert [machines(one)[0]["capacity_t"] for one in reading.records] == [1, 0.5]


def test_a_group_that_is_told_again_in_each_of_its_cells() -> None:
    for lower in ("|||炉型|容量（t）|数量|", "序号|企业名称|乡镇|炉型|容量（t）|数量|整改情况"):
        reading = read(
            sheet(
                f"序号|企业名称|乡镇|熔炼设备|熔炼设备|熔炼设备|整改情况\n{lower}\n1|甲铸造厂|甲镇|铝壳炉|0.5|2|已完成"
            )
        )
        (firm,) = reading.records

        assert machines(firm) == [{"kind": "induction_furnace", "shell": "aluminium", "capacity_t": 0.5, "quantity": 2}]
        assert reading.sheets[0].tables[0].header_rows == (1, 2)


def test_a_group_over_a_row_of_heads_with_units_in_brackets() -> None:
    reading = read(
        sheet(
            "企业信息|企业信息|生产情况|生产情况|备注\n企业名称|信用代码|年产量（单位：吨）|产值（单位：万元）|\n甲铸造厂|/|100|200|新增"
        )
    )

    assert fields(reading)["生产情况/年产量（单位：吨）"] == "enterprise.output_t_per_year"
    assert values(reading.records[0].enterprise)["remark"] == "新增"


def test_a_firm_above_a_repeated_head_stays_a_firm() -> None:
    head = "企业全称|产能|停电情况|停电情况\n"
    reading = read(sheet(f"{head}甲铸造厂|100吨||\n嘉禾县乙耐磨材料有限公司|４，３００吨||\n{head}丙铸造厂|200吨||"))

    assert len(reading.records) == 3


def test_a_strange_unit_among_known_ones_leaves_the_row_of_units() -> None:
    reading = read(sheet("企业名称|容量|功率|产能|能耗\n/|t|kW|吨/年|吨标煤/年\n甲铸造厂|0.5|500|3000|20"))

    assert machines(reading.records[0]) == [{"capacity_t": 0.5, "power_kw": 500}]


def test_the_head_again_under_a_township_s_band_goes_on_with_the_table() -> None:
    head = "序号|企业名称|炉型|容量\n/|/|/|t\n"
    reading = read(
        sheet(f"排查表\n{head}一、甲镇\n1|甲铸造厂|铝壳炉|0.5\n二、乙镇\n{head}2|乙铸造厂|钢壳炉|1").merge(
            "A1:D1", "A4:D4", "A6:D6"
        )
    )

    assert len(reading.sheets[0].tables) == 1
    assert [values(one.enterprise)["township"] for one in reading.records] == ["甲镇", "乙镇"]
    assert [machines(one)[0]["capacity_t"] for one in reading.records] == [0.5, 1]


def test_the_second_table_s_rows_say_nothing_of_the_first_one_s_names() -> None:
    firms = "\n".join(f"{number}|君{number}雄|张三|/" for number in "一二三")
    offices = "\n".join(f"{number}|{word}镇|甲{word}铸造厂|停产" for number, word in enumerate("甲乙丙丁戊己庚辛", 1))
    reading = read(sheet(f"序号|企业名称|法人|电话\n{firms}\n\n附表\n序号|乡镇|企业名称|生产状态\n{offices}"))

    assert len(reading.sheets[0].tables) == 2
    assert len(reading.records) == 11


def test_what_is_told_of_this_week_is_the_latest_and_last_week_s_is_kept() -> None:
    reading = read(
        sheet("企业名称|联系电话|上周进展情况|本周进展情况|本月用电量（度）\n甲铸造厂|13800001111|已订购|正在安装|300")
    )
    (firm,) = reading.records

    assert firm.enterprise["progress"].cell == "D2"
    assert "electricity_kwh" not in firm.enterprise


def test_a_choice_may_keep_the_number_that_its_list_gives_it() -> None:
    reading = read(
        sheet("企业名称|设备名称|设备状态|燃料种类\n甲铸造厂|中频炉|01-在用|1、电\n乙铸造厂|退火炉|02-备用|03-天然气")
    )
    first, second = (machines(firm)[0] for firm in reading.records)

    assert (first["state"], first["fuel"]) == ("in_use", "electricity")
    assert (second["state"], second["fuel"]) == ("standby", "natural_gas")
    assert reading.records[0].equipment[0]["state"].raw == "01-在用"


def test_a_head_in_two_languages_is_read_by_its_chinese_words() -> None:
    heads = ("企业名称\nCompany", "法定代表人 Legal Rep.", "年产能 Capacity (t/a)", "功率 kW", "治理设施VOCs")
    reading = read(sheet().row(*heads).row("甲铸造厂", "张三", 800, 300, "无"))
    found = list(fields(reading).values())

    assert reading.records[0].enterprise["capacity_t_per_year"].value == 800
    assert found[:4] == [
        "enterprise.name",
        "enterprise.legal_representative",
        "enterprise.capacity_t_per_year",
        "equipment.power_kw",
    ]


def test_a_head_that_nobody_knows_over_the_only_firms_is_read_by_its_values() -> None:
    reading = read(sheet("ENT_TITLE_X|legal_person|phone\n甲铸造厂|张三|13800001111\n乙铸造厂|李四|13800002222"))

    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert ("column.name_by_values", "A1") in codes(reading)


def test_a_document_s_number_right_before_the_first_action_is_of_that_action() -> None:
    rows = "甲铸造厂|甲科函〔2025〕31号|2025年12月10日|2025年12月22日"
    (firm,) = read(sheet(f"企业名称|来函文号|停电时间|复电时间\n{rows}")).records

    assert by_kind(firm.actions) == {
        "power_cut": {"document_no": "甲科函〔2025〕31号", "taken_on": "2025年12月10日"},
        "power_restored": {"taken_on": "2025年12月22日"},
    }
