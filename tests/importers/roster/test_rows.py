"""Rows of a table: in a record, ignored by name, or held; nothing is lost."""

from __future__ import annotations

from importers.grid import Cell
from importers.reading import Reading
from tests.importers.sheets import codes, machines, names, read, sheet, struck


def why(reading: Reading) -> dict[int, str]:
    """The ignored rows of all tables."""
    return {row: said for one in reading.sheets for table in one.tables for row, said in table.ignored_rows}


def test_bands_give_their_township_and_a_subtotal_ends_the_firm_above() -> None:
    reading = read(
        sheet("""
乡镇（街道）|企业名称|炉型|容量（吨）
毛俊镇
|甲铸造有限公司|铝壳炉|0.5
||中频炉|1
小计|2家||1.5
||冲天炉|3
楠市镇：
|合计铸造有限公司|铝壳炉|0.75
|甲铸造有限公司|中频炉|2
楠市镇小计|2家||
总    计|||7.25
说明：本表由乡镇填报，数据截至2024年底。
2024年12月31日
""")
    )

    assert names(reading) == ["甲铸造有限公司", "合计铸造有限公司", "甲铸造有限公司"]
    assert [record.enterprise["township"].value for record in reading.records] == ["毛俊镇", "楠市镇", "楠市镇"]
    assert reading.records[0].enterprise["township"].cell == "A2"
    assert why(reading) == {
        2: "title", 5: "total", 7: "title", 10: "total", 11: "total", 12: "note", 13: "footer",
    }  # fmt: skip
    assert codes(reading) == [("row.no_enterprise", "C6")]
    assert reading.rows_held == 1


def test_every_row_is_in_a_record_ignored_or_held() -> None:
    reading = read(
        sheet("""
名单
序号|企业名称|铝壳炉数量
||
合计|12家|5
1|甲铸造厂|1
3||
序号|企业名称|铝壳炉数量
2|乙铸造厂|/
本页合计||1
备注：1.铝壳炉含闲置
单位负责人：|张三|填表人：李四
""")
    )

    assert why(reading) == {
        3: "blank", 4: "total", 6: "blank", 7: "header_repeat", 9: "total", 10: "note", 11: "footer",
    }  # fmt: skip
    assert names(reading) == ["甲铸造厂", "乙铸造厂"]
    assert sorted(row.row for row in reading.rows) == list(range(3, 12))
    counts = reading.counts()
    assert counts["rows_read"] == 2 + counts["rows_ignored"] + counts["rows_held"]


def test_a_numbered_row_without_a_name_is_held_and_not_added_to_the_firm_above() -> None:
    reading = read(sheet("序号|企业名称|炉型|容量（吨）\n1|甲铸造厂|铝壳炉|0.5\n||中频炉|1\n3||冲天炉|3"))

    assert [one["capacity_t"] for one in machines(reading.records[0])] == [0.5, 1]
    assert codes(reading) == [("row.no_enterprise", "A4")]


def test_numbers_that_count_furnaces_do_not_part_a_firm() -> None:
    text = "序号|企业名称|炉号|容量（t）\n1|甲铸造厂|1#|1\n2||2#|1\n3||3#|0.5\n4|乙铸造厂|1#|1"

    assert [len(record.equipment) for record in read(sheet(text)).records] == [3, 1]
    assert [len(record.equipment) for record in read(sheet(text).merge("B2:B4")).records] == [3, 1]


def test_a_firm_in_two_places_of_a_table_is_one_record_unless_the_place_differs() -> None:
    reading = read(
        sheet("""
企业名称|乡镇|设备名称|台数|职工人数
甲铸造厂|毛俊镇|中频炉|1|20
乙铸造厂|毛俊镇|中频炉|1|30
甲 铸造厂|毛俊镇|铝壳炉|2|25
甲铸造厂|楠市镇|铝壳炉|2|25
""")
    )

    assert names(reading) == ["甲铸造厂", "乙铸造厂", "甲铸造厂"]
    assert (reading.records[0].rows, reading.records[0].sheet_rows) == ((2, 4), (2, 4))
    assert codes(reading) == [("firm.contradicts", "E4")]


def test_what_is_struck_out_states_nothing() -> None:
    reading = read(
        sheet("序号|单位名称|设备名称|吨位t")
        .row(1, struck("甲铸造厂"), struck("铝壳炉"), struck("0.5"))
        .row(struck("2"), struck("乙铸造厂"), struck("铝壳炉"), struck("0.5"))
        .row(3, "丙铸造厂", struck("铝壳炉"), 2)
        .row(4, "丁铸造厂", Cell(None, "#REF!", error="#REF!"), 2)
    )

    assert names(reading) == ["丙铸造厂", "丁铸造厂"]
    assert machines(reading.records[0]) == [{"capacity_t": 2}]
    assert codes(reading) == [
        ("row.no_enterprise", "A2"), ("row.struck_out", "A3"), ("cell.struck_out", "C4"), ("cell.error", "C5"),
    ]  # fmt: skip


def test_hidden_parts_are_read_with_a_warning_each() -> None:
    hidden = sheet("企业名称|炉型|容量（吨）\n甲铸造厂|铝壳炉|1").hide(rows=(2,), columns=(3,), sheet=True)
    reading = read(hidden)

    assert machines(reading.records[0])[0]["capacity_t"] == 1
    assert codes(reading) == [("sheet.hidden", None), ("row.hidden", "A2"), ("column.hidden", "C1")]


def test_sheets_that_are_no_rosters_say_so() -> None:
    reading = read(
        sheet("填表说明\n1.企业名称填写营业执照上的全称"),
        sheet("字段|含义|示例\n企业名称|营业执照名称|如：XX铸造有限公司\n法定代表人|姓名|张三\n容量|吨|0.5"),
        sheet("区域|淘汰落后和过剩产能涉及企业数（家）\n全市|100\n越城区|10\n备注：以上为年度任务"),
        sheet("表述|数量|单位|时间\n在产企业|36|家|2024年底"),
        sheet("序号|名称|型号|数量|单位\n1|服务器密码机|HSM-1000|2|台\n2|签名服务器|A1|1|台\n合计|||3|"),
        sheet("公司名称||制表时间|万元\n资产编号|资产名称|规格型号|数量\n1|车床|C6140|2"),
        sheet(""),
    )

    assert reading.records == ()
    assert [one.why_no_table for one in reading.sheets] == ["not_a_roster"] * 6 + ["blank"]


def test_the_same_bytes_give_the_same_object() -> None:
    text = "乡镇|企业名称|铝壳炉|备注\n毛俊镇|甲铸造厂|1|\n楠市镇|乙铸造厂|√|无"

    assert read(sheet(text)).as_dict() == read(sheet(text)).as_dict()


def test_a_row_that_numbers_the_columns_is_none_even_below_a_blank_row() -> None:
    reading = read(sheet("序号|企业名称|炉型|容量（t）\n||||\n甲|乙|1|2\n1|甲铸造厂|铝壳炉|0.5\n||铝壳炉|3"))

    assert names(reading) == ["甲铸造厂"]
    assert len(reading.records[0].equipment) == 2


def test_a_number_that_goes_on_within_the_firm_s_own_is_a_further_row_of_it() -> None:
    text = "序号|企业名称|炉型|容量（吨）\n{}|甲铸造厂|铝壳炉|0.5\n{}||中频炉|1\n{}||冲天炉|3\n4|乙铸造厂|铝壳炉|2"

    for numbers in (("1.1", "1.2", "1.3"), ("1", "1-1", "1-2"), ("7-1", "7-2", "7-3")):
        reading = read(sheet(text.format(*numbers)))
        assert [len(firm.equipment) for firm in reading.records] == [3, 1]
        assert codes(reading) == []
    for numbers in (("1.1", "2.2", "2.3"), ("1.1", "1.3", "1.4"), ("1", "2-1", "2-2")):
        reading = read(sheet(text.format(*numbers)).row(None, None, "铝壳炉", 1))
        assert [len(firm.equipment) for firm in reading.records] == [1, 2]
        assert "row.no_enterprise" in [code for code, _ in codes(reading)]


def test_a_ditto_below_a_firm_s_further_rows_says_what_the_firm_s_first_row_says() -> None:
    reading = read(
        sheet("""
序号|企业名称|所在村|炉型|炉壳
1|甲铸造厂|石枧村|中频炉|钢壳
|||中频炉|
2|乙铸造厂|〃|中频炉|〃
""")
    )

    assert (reading.records[1].enterprise["village"].value, reading.records[1].enterprise["village"].cell) == (
        "石枧村", "C2",
    )  # fmt: skip
    assert "shell" not in machines(reading.records[1])[0]


def test_the_last_machine_above_a_head_that_is_said_again_is_no_part_of_the_head() -> None:
    head = "序号|基本信息||设备||环评\n|企业名称|法人|容量（吨）|炉型|"
    rows = "1|甲铸造厂|张某|1|中频炉|有\n|||—|热处理炉|—"
    merges = ("A2:A3", "B2:C2", "D2:E2", "F2:F3", "A6:A7", "B6:C6", "D6:E6", "F6:F7")
    reading = read(sheet(f"名单\n{head}\n{rows}\n{head}\n2|乙铸造厂|李某|2|中频炉|有").merge(*merges))

    assert [machine.get("kind") for machine in machines(reading.records[0])] == [
        "induction_furnace", "heat_treatment_furnace",
    ]  # fmt: skip
    assert names(reading) == ["甲铸造厂", "乙铸造厂"]


def test_the_only_word_of_a_row_in_a_column_of_machines_is_no_title_of_the_next_page() -> None:
    head = "序号|企业名称|炉型|容量（吨）"
    row = "2|乙铸造厂|冲天炉|3"
    again = read(sheet(f"{head}\n1|甲铸造厂|中频炉|1\n||铝壳炉\n{head}\n{row}"))
    titled = read(sheet(f"{head}\n1|甲铸造厂|中频炉|1\n||铸造企业名单\n{head}\n{row}"))

    assert [len(firm.equipment) for firm in again.records] == [2, 1]
    assert why(again) == {4: "header_repeat"}
    assert [len(firm.equipment) for firm in titled.records] == [1, 1]


def permits(reading: Reading) -> list[dict[str, object]]:
    """The permits of the only record."""
    (record,) = reading.records
    return [{name: fact.value for name, fact in one.items()} for one in record.permits]


def test_two_numbers_of_one_kind_of_permit_are_two_permits() -> None:
    reading = read(
        sheet("""
企业名称|手续类别|办理情况|证号（文号）
甲铸造厂|环评|已办理|永环评〔2019〕7号
乙铸造厂|环评|未办理|
甲铸造厂|环评|已办理|永环评〔2023〕15号
甲铸造厂|环评||永环评 〔2019〕7号
""")
    )

    first, _ = reading.records
    assert [one["number"].value for one in first.permits] == ["永环评〔2019〕7号", "永环评〔2023〕15号"]
    assert [one["number"].cell for one in first.permits] == ["D2", "D4"]
    assert codes(reading) == []


def test_a_number_below_a_permit_that_has_none_yet_is_that_permits() -> None:
    reading = read(sheet("企业名称|排污许可证|排污许可证编号\n甲铸造厂|有|\n甲铸造厂|有|914311\n甲铸造厂|有|914322"))

    assert permits(reading) == [
        {"kind": "pollutant_discharge", "standing": "held", "number": "914311"},
        {"kind": "pollutant_discharge", "standing": "held", "number": "914322"},
    ]
    assert codes(reading) == []


def test_a_row_without_a_number_is_of_no_permit_where_it_could_be_of_two() -> None:
    rows = "甲铸造厂|有|914311\n甲铸造厂|有|914322\n甲铸造厂|{}|"

    assert len(permits(read(sheet("企业名称|排污许可证|排污许可证编号\n" + rows.format("有"))))) == 2
    found = permits(read(sheet("企业名称|排污许可证|排污许可证编号\n" + rows.format("无"))))
    assert found[2] == {"kind": "pollutant_discharge", "standing": "lacking"}


def test_two_documents_of_one_kind_of_action_are_two_actions() -> None:
    reading = read(
        sheet("""
企业名称|处置措施类别|处置时间|文号
甲铸造厂|停电|2025-03-01|蓝政函〔2025〕1号
甲铸造厂|停电|2025-06-01|蓝政函〔2025〕9号
""")
    )

    (record,) = reading.records
    assert [one["document_no"].value for one in record.actions] == ["蓝政函〔2025〕1号", "蓝政函〔2025〕9号"]
    assert codes(reading) == []
