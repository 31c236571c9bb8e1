"""A template's sheet: its own columns in their order, grey and yellow cells, comments, drop-downs, limits, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Equipment
from app.domain.statement import Evidence, Statement
from reports.template import Asked, TemplateColumn, columns_of, default_columns, template, validation
from reports.template.columns import paths
from tests.reports.template.reading_back import ABOUT, TOWNSHIP, machine, read, records, snapshot_of

OWN = columns_of(
    [
        {"header": "序号", "field": None, "unit": None},
        {"header": "企业名称", "field": "enterprise.name", "unit": None},
        {"header": "信用代码", "field": "enterprise.uscc", "unit": None},
        {"header": "熔炼设备/炉型", "field": "equipment.kind", "unit": None},
        {"header": "熔炼设备/容量", "field": "equipment.capacity_t", "unit": "kg"},
        {"header": "铝壳/钢壳", "field": "equipment.shell", "unit": None},
        {"header": "包联领导", "field": None, "unit": None},
        {"header": "完成时限", "field": "enterprise.deadline", "unit": None},
        {"header": "备注", "field": "enterprise.remark", "unit": None},
    ]
)
KNOWN, ASKED = "FFEDEDED", "FFFFF2A8"


def firm(**facts: Any) -> Enterprise:
    machines = (
        machine("m1", {"name": "铝壳炉", "kind": "induction_furnace", "shell": "aluminium", "capacity_t": 0.15}),
        Equipment("m2", {"name": "冲天炉", "kind": "cupola"}, frozenset({"capacity_t"})),
    )
    return Enterprise("f", {"name": "甲铸造厂", "township": TOWNSHIP, **facts}, equipment=machines)


def sheet_of(*firms: Enterprise, columns: Any = OWN, asked: Any = ()) -> Any:
    content = template(snapshot_of(*firms), TOWNSHIP, columns, asked, ABOUT, read=records)
    return openpyxl.load_workbook(BytesIO(content)).worksheets[0]


def fill(cell: Any) -> str | None:
    return str(cell.fill.fgColor.rgb) if cell.fill.patternType else None


def test_the_columns_are_its_own_in_their_order_with_their_units() -> None:
    sheet = sheet_of(firm())

    assert [cell.value for cell in sheet[3]] == [
        *("序号", "企业名称", "信用代码", "熔炼设备", None, "铝壳/钢壳", "包联领导", "完成时限", "备注")
    ]
    assert [cell.value for cell in sheet[4]][3:5] == ["炉型", "容量（公斤）"]
    assert {"D3:E3", "A3:A4", "B3:B4"} <= {str(merged) for merged in sheet.merged_cells.ranges}


def test_a_machine_has_a_row_and_its_firms_cells_are_merged_over_them() -> None:
    sheet = sheet_of(firm())

    assert [sheet["A5"].value, sheet["B5"].value, sheet["D5"].value, sheet["E5"].value] == [
        1,
        "甲铸造厂",
        "铝壳炉",
        150,
    ]
    assert [sheet["D6"].value, sheet["E6"].value] == ["冲天炉", None]
    assert {"A5:A6", "B5:B6", "C5:C6", "I5:I6"} <= {str(merged) for merged in sheet.merged_cells.ranges}


def test_known_cells_are_grey_and_unknown_ones_white() -> None:
    sheet = sheet_of(firm())

    assert (fill(sheet["B5"]), fill(sheet["E5"]), fill(sheet["C5"])) == (KNOWN, KNOWN, None)


def test_a_disputed_cell_is_empty_and_yellow_and_names_every_claim_with_its_source() -> None:
    claims = tuple(
        Statement("m2", "equipment", "capacity_t", value, date(2025, 9, 30), source, Evidence(file, "表1", "D6", ""))
        for value, source, file in ((3.0, "新圩镇人民政府", "新圩镇.xlsx"), (5.0, "生态环境分局", "执法.xlsx"))
    )
    sheet = sheet_of(firm(), asked=[Asked("m2", "capacity_t", claims=claims)])

    assert (sheet["E6"].value, fill(sheet["E6"])) == (None, ASKED)
    told = sheet["E6"].comment.text
    assert "新圩镇人民政府：3（新圩镇.xlsx 表1!D6" in told
    assert "生态环境分局：5（执法.xlsx 表1!D6" in told


def test_an_asked_cell_keeps_its_value_and_says_what_is_asked() -> None:
    sheet = sheet_of(firm(), asked=[Asked("m1", "shell", "炉壳是铝壳还是钢壳？")])

    assert (sheet["F5"].value, fill(sheet["F5"])) == ("铝壳", ASKED)
    assert "炉壳是铝壳还是钢壳？" in sheet["F5"].comment.text


def test_what_is_asked_and_no_column_tells_gets_a_column_at_the_right() -> None:
    sheet = sheet_of(firm(), asked=[Asked("m1", "yoke", "有无磁轭？")])

    assert (sheet["J3"].value, fill(sheet["J3"]), fill(sheet["J5"])) == ("有无磁轭", ASKED, ASKED)
    assert sheet["I3"].value == "备注"


def test_a_column_that_was_not_understood_keeps_its_head_and_stays_empty() -> None:
    sheet = sheet_of(firm())

    assert sheet["G3"].value == "包联领导"
    assert all(sheet.cell(row, 7).value is None for row in range(5, 12))


def test_text_stays_text_and_a_paper_keeps_its_words() -> None:
    deadline = DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
    sheet = sheet_of(firm(remark="=1+1", uscc="91431127MA4L00001X", deadline=deadline))

    assert (sheet["I5"].value, sheet["I5"].data_type, sheet["I5"].number_format) == ("=1+1", "s", "@")
    assert (sheet["C5"].number_format, sheet["H5"].value) == ("@", "2024年3月底前")


def test_what_a_cell_cannot_carry_leaves_it_empty_and_is_told_beside_it() -> None:
    sheet = sheet_of(firm(remark="不明"))

    assert (sheet["I5"].value, fill(sheet["I5"])) == (None, None)
    assert "登记为：不明" in sheet["I5"].comment.text


def test_enumerated_cells_have_drop_downs_and_others_limits_down_to_the_blank_rows() -> None:
    rules = {str(one.sqref): one for one in sheet_of(firm()).data_validations.dataValidation}

    assert rules["F5:F21"].formula1 == '"铝壳,钢壳"'
    assert rules["C5:C21"].formula1 == "LEN(C5)=18"
    assert ">=0" in rules["E5:E21"].formula1
    assert all(one.errorStyle == "warning" and one.error and one.prompt for one in rules.values())


def test_every_rule_of_every_column_fits_into_a_workbook(recwarn: pytest.WarningsRecorder) -> None:
    every = snapshot_of(replace(firm(), facts={**firm().facts, "employees": 3, "longitude": 112.1, "deadline": "甲"}))
    sheet = sheet_of(*every.enterprises, columns=default_columns(every))

    assert list(recwarn) == []
    assert all(len(str(one.formula1)) <= 257 for one in sheet.data_validations.dataValidation)


def test_a_long_drop_down_stands_on_a_hidden_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "LONGEST_LIST", 20)
    content = template(snapshot_of(firm()), TOWNSHIP, OWN, (), ABOUT)
    book = openpyxl.load_workbook(BytesIO(content))

    assert book["代码表"].sheet_state == "hidden"
    (kinds,) = [one for one in book["名册"].data_validations.dataValidation if str(one.sqref) == "D5:D21"]
    assert kinds.formula1 == "代码表!$A$1:$A$27"
    assert [sheet.why_no_table for sheet in read(content).sheets if sheet.name == "代码表"] == ["not_a_roster"]


def test_the_head_stays_in_sight_and_is_printed_on_every_page() -> None:
    sheet = sheet_of(firm())

    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("C5", "A4:I6", "$3:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "landscape",
        0,
        9,
    )


def test_who_reports_is_filled_in_where_it_is_known_and_the_day_is_left_to_be_filled_in() -> None:
    sheet = sheet_of(firm())

    row = [(cell.value, fill(cell)) for cell in sheet[2]]
    assert ("新圩镇人民政府", KNOWN) in row
    assert (None, ASKED) in row


def test_the_same_register_gives_the_same_bytes() -> None:
    made = [template(snapshot_of(firm()), TOWNSHIP, OWN, (), ABOUT) for _ in range(2)]

    assert made[0] == made[1]


def test_a_township_without_firms_gets_an_empty_roster_to_fill_in() -> None:
    content = template(snapshot_of(), TOWNSHIP, (), (), ABOUT, read=records)

    assert records(content) == ()
    assert openpyxl.load_workbook(BytesIO(content)).worksheets[0]["B3"].value == "企业名称"


def test_a_head_is_divided_only_where_it_stands_under_a_group() -> None:
    heads = ("停电/时间", "停电/实施单位", "铝壳/钢壳", "三个一批/类别", "容量/吨", "规格型号")

    assert paths([TemplateColumn(head) for head in heads]) == [
        *(("停电", "时间"), ("停电", "实施单位"), ("铝壳/钢壳",), ("三个一批", "类别"), ("容量/吨",), ("规格型号",))
    ]
    assert paths([TemplateColumn("三个一批/类别")]) == [("三个一批/类别",)]
