"""How the ledger's own sheets look: row numbers, stacked progress, dates on one line, headings of few lines."""

from __future__ import annotations

import pytest

from reports.forms import form, sheets
from reports.ledger.gathered.content import Content
from reports.ledger.making.suite import suite
from reports.tables import Column
from reports.workbook.heights import lines

EVERY = [(sheet, column) for sheet in sheets("ledger") for column in form("ledger", sheet).columns]


def test_row_numbers_and_units_stand_in_the_middle() -> None:
    assert {column.title for _, column in EVERY if column.centred} == {"序号", "单位"}
    assert all(column.centred for _, column in EVERY if column.title == "序号")


@pytest.mark.parametrize(("sheet", "column"), EVERY, ids=lambda one: getattr(one, "title", one))
def test_no_heading_runs_down_its_column(sheet: str, column: Column) -> None:
    assert lines(column.title, column.width) <= 5, sheet


@pytest.mark.parametrize(
    ("sheet", "title", "text"),
    [
        ("一企一策", "方案制定时间", "2024年上半年"),
        ("一企一策", "恢复生产时间", "2025年12月22日前"),
        ("停电关停", "时间", "2025年12月22日前"),
        ("设备", "拆除时间", "2024年3月底前"),
        ("核对", "结果", "没有数字，没有名单"),
        ("企业底数", "统一社会信用代码", "91431127MA0000170G"),
    ],
)
def test_what_is_printed_often_stands_on_one_line(sheet: str, title: str, text: str) -> None:
    (column,) = [one for one in form("ledger", sheet).columns if one.title == title]

    assert lines(text, column.width) == 1


def test_progress_by_township_is_stacked(county: Content) -> None:
    charts = [chart for table in suite(county) for chart in table.charts if "进展" in chart.title]

    assert all(chart.stacked for chart in charts)
    assert len(charts) == (county.county_name == "蓝山县")
