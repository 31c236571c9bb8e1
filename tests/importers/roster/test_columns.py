"""Columns: what their words mean, held against the values below them."""

from __future__ import annotations

import pytest

from importers.roster.header_words import header_words
from importers.roster.meanings import meanings
from tests.importers.sheets import by_kind, codes, fields, machines, read, sheet, values


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("企业（单位）名称", "enterprise.name"),
        ("*被调查企业", "enterprise.name"),
        ("统一信用代码（18位）", "enterprise.uscc"),
        ("炉容量：kg", "equipment.capacity_t"),
        ("有无磁扼", "equipment.yoke"),
        ("生产设施排污许可证编号", "equipment.code"),
        ("排污登记编号", "permit.number"),
        ("安全生产标准化等级", "permit.class"),
        ("恢复送电时间", "action.taken_on"),
        ("责任单位", "enterprise.responsible_unit"),
        ("2023年产值（万元）", "enterprise.output_value_wan"),
        ("营业执照统一社会信用代码", "enterprise.uscc"),
        ("营业执照注销时间", "action.taken_on"),
        ("排污许可证失效日期", "permit.valid_to"),
        ("从业人员期末人数", "enterprise.employees"),
        ("额定容量（kVA）", "equipment.transformer_kva"),
        ("年工业总产值（万元/年）", "enterprise.output_value_wan"),
        ("“一企一策”验收时间", "plan.accepted_on"),
        ("所属乡（镇）", "enterprise.township"),
        ("户主", "enterprise.legal_representative"),
        ("停产原因", None),
        ("备案号", None),
        ("环评编制单位", None),
        ("环评单位", None),
        ("更名前企业名称", "enterprise.former_name"),
        ("是否需办理排污许可证", None),
        ("是否达标排污", None),
        ("环评拟办理时间", None),
        ("安全许可证编号", None),
        ("设备总容量", None),
        ("亩均税收（万元/亩）", None),
        ("实际控制人", None),
        ("除尘设备数量", None),
        ("产能利用率", None),
        ("拟停产时间", None),
    ],
)
def test_the_words_of_a_header(header: str, path: str | None) -> None:
    found = meanings((header_words(header),))

    assert next((one.path for one in found if one.style != "kept"), None) == path


@pytest.mark.parametrize(
    ("path", "meaning"),
    [
        (("停电", "文号"), ("action.document_no", "power_cut")),
        (("排污许可", "有效期至"), ("permit.valid_to", "pollutant_discharge")),
        (("环评", "批复文号"), ("permit.number", "eia")),
        (("变压器", "容量（kVA）"), ("equipment.transformer_kva", None)),
        (("设备", "产能(t/h)"), ("equipment.melt_rate_t_per_h", None)),
        (("治理设施", "设备名称"), (None, None)),
        (("除尘设施", "数量"), (None, None)),
    ],
)
def test_what_stands_above_gives_general_words_their_meaning(
    path: tuple[str, ...], meaning: tuple[str | None, str | None]
) -> None:
    found = meanings(tuple(header_words(text) for text in path))

    assert ((found[0].path, found[0].kind) if found else (None, None)) == meaning


def test_a_number_without_a_unit_is_asked_once_for_the_column_and_kept() -> None:
    reading = read(sheet("企业名称|产能|包联领导\n甲铸造厂|20500|李某\n乙铸造厂|3400|张某"))

    assert codes(reading) == [("value.unit_unknown", "B1"), ("column.not_understood", "C1")]
    assert {header: extra.value for header, extra in reading.records[0].extras.items()} == {
        "产能": "20500", "包联领导": "李某",
    }  # fmt: skip
    assert values(reading.records[0].enterprise) == {"name": "甲铸造厂"}


def test_a_unit_line_gives_units_to_columns_of_its_dimension_only() -> None:
    reading = read(sheet("单位：万元、台\n企业名称|年产值|产能|铝壳炉\n甲铸造厂|6170|300|2\n乙铸造厂|20|50|1"))
    units = {column.header: column.unit for column in reading.sheets[0].tables[0].columns}

    assert units == {"企业名称": None, "年产值": "万元", "产能": None, "铝壳炉": "台"}
    assert "capacity_t_per_year" not in reading.records[0].enterprise


def test_values_that_do_not_fit_their_header_are_kept_with_one_question() -> None:
    reading = read(sheet("企业名称|炉壳\n甲铸造厂|东区\n乙铸造厂|西区\n丙铸造厂|南区\n丁铸造厂|北区"))

    assert codes(reading) == [("column.values_misfit", "B1")]
    assert [record.extras["炉壳"].value for record in reading.records] == ["东区", "西区", "南区", "北区"]
    assert all(record.equipment == () for record in reading.records)


@pytest.mark.parametrize(
    ("header", "texts", "path"),
    [
        ("属地", ("毛俊镇", "楠市镇"), "enterprise.township"),
        ("区域", ("蓝山县", "江永县"), "enterprise.county"),
        ("街道（村）", ("毛俊村", "南庄村"), "enterprise.village"),
        ("行业类别", ("黑色金属铸造", "锻件制造"), "enterprise.industry"),
        ("行业类别", ("3391", "C3393"), "enterprise.industry_code"),
        ("现状", ("在产", "停产"), "enterprise.status"),
        ("编号", ("1", "2"), None),
    ],
)
def test_values_decide_what_a_shared_word_means(header: str, texts: tuple[str, ...], path: str | None) -> None:
    rows = "\n".join(f"示例{at}铸造厂|{text}" for at, text in enumerate(texts))

    assert fields(read(sheet(f"企业名称|{header}\n{rows}")))[header] == path


def test_a_bare_name_is_an_enterprise_only_where_firms_stand_under_it() -> None:
    assert read(sheet("名称|型号|数量\n混砂机|S25|2\n抛丸机|Q37|1")).records == ()
    assert len(read(sheet("名称|法人|电话\n甲铸造厂|张三|13800000000\n乙铸造有限公司|李四|/")).records) == 2


def test_permits_of_many_kinds_in_one_row() -> None:
    reading = read(
        sheet("""
企业名称|营业执照|立项备案||环评|||排污许可|||安全生产标准化|
|有/无|文号|时间|批复文号|批复时间|验收情况|证书编号|管理类别|有效期|等级|有效期至
甲铸造厂|有|蓝发改备〔2019〕12号|2019.3|永环评〔2019〕5号|/|已验收|91431125MA4L1ABC2X001P|简化管理|2023.1.1至2028.1.1|三级|2026年12月
""").merge("C1:D1", "E1:G1", "H1:J1", "K1:L1")
    )

    assert by_kind(reading.records[0].permits) == {
        "business_licence": {"standing": "held"},
        "project_filing": {"number": "蓝发改备〔2019〕12号", "valid_from": "2019.3"},
        "eia": {"number": "永环评〔2019〕5号"},
        "eia_acceptance": {"standing": "held"},
        "pollutant_discharge": {
            "number": "91431125MA4L1ABC2X001P", "class": "simplified", "valid_from": "2023.1.1", "valid_to": "2028.1.1",
        },
        "safety_grade": {"class": "level_3", "valid_to": "2026年12月"},
    }  # fmt: skip


def test_actions_take_document_and_authority_from_the_columns_beside_them() -> None:
    reading = read(
        sheet("""
企业名称|停产时间|下达单位|停电时间|文号|实施单位|恢复送电时间|文号|责令改正决定书文号|是否停电
甲铸造厂|2025年11月下旬|生态环境局|2025.12.10|蓝科工〔2025〕3号|供电公司|2025年12月22日|蓝科工〔2025〕9号|永环责改〔2025〕7号|是
乙铸造厂||||||||否|否
""")
    )

    assert by_kind(reading.records[0].actions) == {
        "halt": {"taken_on": "2025年11月下旬", "authority": "生态环境局"},
        "power_cut": {"taken_on": "2025.12.10", "document_no": "蓝科工〔2025〕3号", "authority": "供电公司"},
        "power_restored": {"taken_on": "2025年12月22日", "document_no": "蓝科工〔2025〕9号"},
        "correction_order": {"document_no": "永环责改〔2025〕7号"},
    }
    assert reading.records[1].actions == ()


def test_a_size_column_without_machines_states_no_machine() -> None:
    reading = read(sheet("企业名称|拆除时间|使用状态\n甲铸造厂|2024年3月|闲置\n乙铸造厂|2024年5月|在用"))

    assert all(record.equipment == () for record in reading.records)
    assert by_kind(reading.records[0].actions) == {"dismantled": {"taken_on": "2024年3月"}}
    assert reading.records[0].extras["使用状态"].value == "闲置"


def test_a_count_merged_over_several_furnaces_is_of_none_of_them() -> None:
    reading = read(sheet("企业名称|炉型|台数\n甲铸造厂|中频炉|5\n|铝壳炉|").merge("A2:A3", "C2:C3"))

    assert [one.get("quantity") for one in machines(reading.records[0])] == [None, None]
    assert codes(reading) == [("equipment.count_shared", "C2")]


def test_acceptance_is_of_the_eia_beside_it_and_of_the_plan_elsewhere() -> None:
    beside = read(sheet("企业名称|环评批复|验收情况|验收时间\n甲铸造厂|√|已验收|2019年3月"))
    elsewhere = read(sheet("企业名称|整改措施|完成时限|验收时间\n甲铸造厂|拆除铝壳炉|2024年底前|2025-01-08"))

    assert by_kind(beside.records[0].permits)["eia_acceptance"] == {"standing": "held", "valid_from": "2019年3月"}
    assert values(elsewhere.records[0].plan) == {"accepted_on": "2025-01-08"}


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("营业执照是否注销", {"standing": "revoked"}, {}),
        ("营业执照是否被吊销", {"standing": "revoked"}, {}),
        ("营业执照是否过期", {"standing": "expired"}, {}),
        ("是否无营业执照", {"standing": "lacking"}, {}),
        ("未办理营业执照", {"standing": "lacking"}, {}),
        ("是否有营业执照", {"standing": "held"}, {"standing": "lacking"}),
    ],
)
def test_a_yes_under_a_head_that_denies_never_says_that_the_permit_is_held(
    header: str, yes: dict[str, str], no: dict[str, str]
) -> None:
    first, second = read(sheet(f"企业名称|{header}\n甲铸造厂|是\n乙铸造厂|否")).records

    assert by_kind(first.permits).get("business_licence", {}) == yes
    assert by_kind(second.permits).get("business_licence", {}) == no


def test_a_head_that_denies_the_yoke_states_none_where_it_is_ticked() -> None:
    reading = read(sheet("企业名称|炉型|是否无磁轭\n甲铸造厂|铝壳炉|是\n乙铸造厂|钢壳炉|否"))

    assert [machines(firm)[0].get("yoke") for firm in reading.records] == [False, None]


def test_the_day_of_production_is_the_machine_s_where_each_row_tells_of_one() -> None:
    rows = read(
        sheet("企业名称|炉型|容量（吨）|投产时间\n甲铸造厂|铝壳炉|0.5|2014年7月\n|钢壳炉|1|2016年").merge("A2:A3")
    )
    firms = read(sheet("企业名称|投产时间|主要产品\n甲铸造厂|2014年7月|铸件\n乙铸造厂|2016年|管件"))

    assert [one["commissioned_on"] for one in machines(rows.records[0])] == ["2014年7月", "2016年"]
    assert "established_on" not in rows.records[0].enterprise
    assert [values(firm.enterprise)["established_on"] for firm in firms.records] == ["2014年7月", "2016年"]


def test_the_unit_of_a_size_may_stand_in_the_column_beside_it() -> None:
    reading = read(sheet("企业名称|炉型|容量|单位|台数\n甲铸造厂|铝壳炉|500|公斤|1\n乙铸造厂|钢壳炉|2|吨|1"))

    assert [machines(firm)[0]["capacity_t"] for firm in reading.records] == [0.5, 2]


def test_a_place_above_the_county_is_kept_and_not_asked_about() -> None:
    higher = read(sheet("设区市|企业名称|乡镇\n永州市|甲铸造厂|毛俊镇\n永州市|乙铸造厂|楠市镇"))
    county = read(sheet("省（区、市）|企业名称|乡镇\n蓝山县|甲铸造厂|毛俊镇\n江永县|乙铸造厂|桃川镇"))

    assert higher.issues == ()
    assert higher.records[0].extras["设区市"].value == "永州市"
    assert fields(county)["省（区、市）"] == "enterprise.county"


def test_acceptances_on_several_levels_are_asked_about_once_each() -> None:
    reading = read(
        sheet("""
企业名称|镇街自验||区县复验||市级抽验|
|时间|结论|时间|结论|时间|结论
甲铸造厂|2020.7.2|合格|2020.8.6|合格|2020.9.10|合格
""").merge("A1:A2", "B1:C1", "D1:E1", "F1:G1")
    )

    assert reading.records[0].plan is None
    assert codes(reading) == [("column.not_understood", at) for at in ("B2", "D2", "F2")]
    assert len(reading.records[0].extras) == 6


def test_the_acceptance_of_a_plan_under_its_own_head() -> None:
    reading = read(sheet("企业名称|“一企一策”|\n|验收日期|验收情况\n甲铸造厂|2024年5月|通过").merge("A1:A2", "B1:C1"))

    assert values(reading.records[0].plan) == {"accepted_on": "2024年5月", "acceptance": "passed"}


def test_numbered_furnaces_in_one_row_of_heads() -> None:
    reading = read(
        sheet(
            "企业名称|1号电炉炉型|1号电炉吨位（t）|炉2炉型|炉2吨位（t）\n甲铸造厂|铝壳炉|0.5|钢壳炉|1\n乙铸造厂|钢壳炉|2||"
        )
    )

    assert [one["capacity_t"] for one in machines(reading.records[0])] == [0.5, 1]
    assert [one["shell"] for one in machines(reading.records[0])] == ["aluminium", "steel"]


def test_a_head_that_is_only_a_unit_gives_it_to_the_head_above() -> None:
    reading = read(
        sheet("企业名称|1号炉||熔炼炉|\n|炉型|吨|额定容量|台数\n||||\n甲铸造厂|铝壳炉|0.5||").merge(
            "A1:A2", "B1:C1", "D1:E1"
        )
    )
    found = meanings(tuple(header_words(text) for text in ("电炉", "额定容量", "吨")))

    assert machines(reading.records[0])[0]["capacity_t"] == 0.5
    assert [one.path for one in found] == ["equipment.capacity_t"]


def test_permits_under_a_common_head_by_their_short_names() -> None:
    found = [
        meanings(tuple(header_words(text) for text in ("手续（√/×）", name)))[0] for name in ("土地", "消防", "环评")
    ]

    assert [(one.path, one.kind) for one in found] == [
        ("permit.standing", "land"), ("permit.standing", "fire"), ("permit.standing", "eia"),
    ]  # fmt: skip


def test_sizes_under_a_word_for_models_are_capacities_beside_the_models() -> None:
    reading = read(sheet("企业名称|设备名称|规格|型号\n甲铸造厂|中频炉|0.5吨|GW-0.5\n乙铸造厂|中频炉|1.5吨|KGPS-750"))

    assert [(one["capacity_t"], one["model"]) for firm in reading.records for one in machines(firm)] == [
        (0.5, "GW-0.5"), (1.5, "KGPS-750"),
    ]  # fmt: skip


def test_a_size_whose_unit_stands_beside_it_is_asked_about_only_where_the_unit_is_missing() -> None:
    head = "企业名称|炉型|容量|单位|台数\n甲铸造厂|铝壳炉|500|公斤|1\n"
    whole, partly = read(sheet(f"{head}乙铸造厂|钢壳炉|2|吨|1")), read(sheet(f"{head}乙铸造厂|钢壳炉|2||1"))

    assert codes(whole) == []
    assert codes(partly) == [("value.unit_unknown", "C3")]
    assert [machines(firm)[0].get("capacity_t") for firm in partly.records] == [0.5, None]


def test_columns_of_one_head_that_are_kept_aside_keep_a_name_each() -> None:
    reading = read(sheet("企业名称|包联领导|包联领导|年产值（万元）\n甲铸造厂|张某|李某|5\n乙铸造厂|王某|赵某|6"))

    assert sorted(one.value for one in reading.records[0].extras.values()) == ["张某", "李某"]


def test_a_count_in_its_own_column_goes_before_one_by_the_way_and_the_difference_is_asked() -> None:
    for head, row in (("容量（吨）|台数", "2台0.5吨|3"), ("台数|容量（吨）", "3|2台0.5吨")):
        reading = read(
            sheet(f"企业名称|炉型|{head}\n甲铸造厂|铝壳炉|{row}\n乙铸造厂|铝壳炉|{row.replace('2台', '3台')}")
        )
        said = [machines(firm)[0] for firm in reading.records]

        assert [(one["capacity_t"], one["quantity"]) for one in said] == [(0.5, 3), (0.5, 3)]
        assert [code for code, _ in codes(reading)] == ["equipment.contradicts"]


def test_the_main_transformer_is_a_machine_of_the_firm_and_of_no_furnace() -> None:
    alone = read(sheet("企业名称|年产值（万元）|主变\n甲铸造厂|500|1250KVA\n乙铸造厂|300|/"))
    beside = read(sheet("企业名称|炉型|容量（吨）|主变\n甲铸造厂|铝壳炉|0.5|1250KVA\n乙铸造厂|铝壳炉|1|630KVA"))

    assert machines(alone.records[0]) == [{"kind": "transformer", "transformer_kva": 1250}]
    assert alone.records[1].equipment == ()
    assert "transformer_kva" not in machines(beside.records[0])[0]
    assert codes(beside) == [("column.not_understood", "D1")]


def test_tons_in_a_line_of_units_are_a_furnace_s_only_where_nothing_else_can_be_meant() -> None:
    table = "企业名称|炉型|容量|产能\n甲铸造厂|铝壳炉|0.5|3000\n乙铸造厂|铝壳炉|1|5000"

    assert [
        machines(read(sheet(f"单位：{units}\n{table}")).records[0])[0].get("capacity_t")
        for units in ("吨、台", "万元、吨", "吨")
    ] == [0.5, None, None]


def test_the_number_of_a_business_licence_is_the_firm_s_code_of_either_kind() -> None:
    reading = read(
        sheet("""
企业名称|营业执照||环评
|有|证号|
甲铸造厂|√|91140921118149791C|有
乙铸造厂|√|140921252558819|无
""").merge("A1:A2", "B1:C1", "D1:D2")
    )

    assert reading.records[0].enterprise["uscc"].value == "91140921118149791C"
    assert reading.records[1].enterprise["registration_no"].value == "140921252558819"


def test_the_day_on_which_a_notice_was_served_is_the_action_s_and_no_permit_s() -> None:
    action = read(sheet("企业名称|停产通知书文号|送达日期\n甲铸造厂|永环停〔2025〕1号|2025年11月20日"))
    permit = read(sheet("企业名称|环评批复文号|送达日期\n甲铸造厂|永环评〔2025〕1号|2025年11月20日"))

    assert action.records[0].actions[0]["taken_on"].raw == "2025年11月20日"
    assert all("valid_from" not in one for one in permit.records[0].permits)
    assert codes(permit) == [("column.not_understood", "C1")]


def test_firms_without_an_industry_code_leave_that_of_the_others() -> None:
    reading = read(sheet("企业名称|行业类型|行业代码\n甲铸造厂|黑色金属铸造|3391\n乙铸造厂|锻件|无\n丙铸造厂|锻件|无"))

    assert reading.records[0].enterprise["industry_code"].value == "3391"
    assert codes(reading) == []


def test_a_break_between_digits_joins_no_number() -> None:
    reading = read(sheet("企业名称|熔炼设备").row("甲铸造厂", "铝壳炉0.5\n2吨").row("乙铸造厂", "中频感应\n电炉0.5\n2"))

    assert [machines(firm)[0].get("capacity_t") for firm in reading.records] == [None, None]
    assert [code for code, _ in codes(reading)] == ["machines.not_understood"] * 2


def test_acceptance_under_a_group_of_the_plan_is_the_plan_s_though_the_eia_stands_beside_it() -> None:
    text = "企业名称|环评文号|“一企一策”|\n||验收日期|验收结论\n甲铸造厂|蓝环评〔2021〕2号|2023.01.26|通过"
    reading = read(sheet(text).merge("A1:A2", "B1:B2", "C1:D1"))
    plan = reading.records[0].plan or {}

    assert {name: fact.raw for name, fact in plan.items()} == {"accepted_on": "2023.01.26", "acceptance": "通过"}
    assert [one["kind"].value for one in reading.records[0].permits] == ["eia"]


def test_a_column_of_numbers_that_are_none_is_kept_and_asked_about() -> None:
    numbered = read(sheet("编号|企业名称|法定代表人\nLS-2021-03|甲铸造厂|王建\nLS-2021-04|乙铸造厂|李明"))
    counted = read(sheet("编号|企业名称|法定代表人\n1|甲铸造厂|王建\n2-1|乙铸造厂|李明\n（三）|丙铸造厂|张华"))

    assert [extra.value for one in numbered.records for extra in one.extras.values()] == ["LS-2021-03", "LS-2021-04"]
    assert codes(numbered) == [("column.not_understood", "A1")]
    assert codes(counted) == []
