"""What is printed is whole and stands where officials look for it: heights, narrow tables, blanks, charts, names."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from workbook_samples import IMPRINT, TOWNS, firms, opened, progress, summary

from reports.tables import Chart, Column, Series, Span, Table
from reports.workbook import workbook
from reports.workbook.heights import lines, points, room

WIDE = (Column("企业名称", 40), Column("仍有淘汰类设备（家）", 7))


def drawn(chart: Chart) -> bytes:
    with zipfile.ZipFile(BytesIO(workbook([summary(chart), firms()], IMPRINT))) as parts:
        return parts.read("xl/charts/chart1.xml")


def test_headings_are_as_high_as_their_longest_needs() -> None:
    sheet = opened(workbook([Table("表", "题", WIDE, (("甲厂", 1),))], IMPRINT))["表"]

    assert sheet.row_dimensions[3].height == points(lines("仍有淘汰类设备（家）", 7)) > 3 * 16


@pytest.mark.parametrize(("width", "characters"), [(5, 2), (7, 3), (12, 5), (26, 12), (92, 43)])
def test_a_line_holds_the_chinese_characters_that_excel_gives_room(width: float, characters: int) -> None:
    assert room(width) // 2 == characters
    assert lines("字" * characters, width) == 1
    assert lines("字" * (characters + 1), width) == 2
    assert lines("字" * (4 * characters + 1), width) >= 5


def test_smaller_letters_need_fewer_lines() -> None:
    text = "字" * 50

    assert lines(text, 96, 10) == 1 < lines(text, 96, 11)
    assert points(3, 10) < points(3)


def test_a_blank_cell_is_blank_and_has_its_lines() -> None:
    sheet = opened(workbook([Table("表", "题", WIDE, (("", None),))], IMPRINT))["表"]

    assert [cell.value for cell in sheet[4]] == [None, None]
    assert {cell.border.bottom.style for cell in sheet[4]} == {"thin"}


def test_numbers_of_rows_stand_in_the_middle() -> None:
    columns = (Column("序号", 5, centred=True), Column("单位", 6, centred=True), Column("台数", 8, total=True))
    sheet = opened(workbook([Table("表", "题", columns, ((1, "家", 3),), "合计")], IMPRINT))["表"]

    assert [cell.alignment.horizontal for cell in sheet[4]] == ["center", "center", "right"]


def test_an_amount_that_nobody_stated_stands_where_amounts_stand() -> None:
    columns = (Column("企业", 28), Column("产能", 8, total=True, partial=True))
    sheet = opened(workbook([Table("表", "题", columns, (("甲厂", None),), "合计")], IMPRINT))["表"]

    assert (sheet["B5"].value, sheet["B5"].alignment.horizontal) == ("未说明", "right")


def test_a_table_too_narrow_for_unit_and_day_has_them_in_one_cell() -> None:
    columns = (Column("乡镇", 8), Column("家数", 6))
    sheet = opened(workbook([Table("表", "蓝山县铸造企业分乡镇汇总表", columns, (("新圩镇", 1),))], IMPRINT))["表"]

    assert sheet["A2"].value == "填报单位：蓝山县　数据截至2025-12-31"
    assert sheet["B2"].value is None
    assert {"A1:B1", "A2:B2"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= points(3)
    assert sheet.row_dimensions[1].height >= points(4, 18)


def test_names_that_do_not_stand_side_by_side_stand_below_one_another() -> None:
    sheet = opened(workbook([Table("表", "题", (Column("甲", 16), Column("乙", 16)), (("a", "b"),))], IMPRINT))["表"]

    assert sheet["A5"].value.splitlines() == ["填报人：张三", "审核人：　　　　", "负责人：　　　　"]
    assert sheet.row_dimensions[5].height == points(3)


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (8, 1), (9, 2), (17, 5), (41, 10), (900, 200)])
def test_an_axis_of_counts_has_whole_numbers(highest: int, step: int) -> None:
    names, values = Span("汇总", 0, 0, ("甲", "乙")), Span("汇总", 1, 0, (0, highest))

    xml = drawn(Chart("column", "题", (Series("家", names, values),)))

    assert f'<c:majorUnit val="{step}"/>'.encode() in xml


def test_an_axis_of_amounts_is_left_to_the_reader() -> None:
    names, values = Span("汇总", 0, 0, ("甲", "乙")), Span("汇总", 1, 0, (0.5, 2))

    assert b"majorUnit" not in drawn(Chart("line", "题", (Series("吨", names, values),)))


def test_parts_of_a_whole_are_stacked_without_the_numbers_of_what_is_nothing() -> None:
    names = Span("汇总", 0, 0, tuple(row[0] for row in TOWNS))
    series = tuple(Series(name, names, Span("汇总", place, 0, tuple(row[place] for row in TOWNS))) for name, place in
                   (("家", 1), ("台", 2)))  # fmt: skip

    xml = drawn(Chart("column", "题", series, stacked=True))

    assert b'<c:grouping val="stacked"/>' in xml
    assert b'<c:overlap val="100"/>' in xml
    assert b'formatCode="0;-0;"' in xml
    assert b'<c:majorUnit val="2"/>' in xml
    assert b"stacked" not in drawn(progress())


def test_charts_of_a_wide_table_stand_side_by_side() -> None:
    columns = (Column("乡镇", 60), Column("家数", 60, total=True), Column("台数", 60, total=True))
    wide = replace(summary(progress(), progress()), columns=columns)

    sheet = opened(workbook([wide, firms()], IMPRINT))["汇总"]

    left, right = (chart.anchor for chart in sheet._charts)
    assert left._from.row == right._from.row
    assert (left.to.col, left.to.colOff) < (right._from.col, right._from.colOff)
    assert right.to.col <= len(columns)
