"""Tables become workbooks in official layout: text stays text, totals carry their values, bytes do not drift."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest

from reports.tables import Column, Imprint, Table
from reports.workbook import workbook

IMPRINT = Imprint("蓝山县", "数据截至2025-12-31")


def table(*rows: tuple[str | int | float | None, ...], total: str | None = None) -> Table:
    columns = (Column("企业名称", 28), Column("台数", 8, total=True))
    return Table("设备", "蓝山县设备表", columns, rows, total)


def opened(data: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "http://a.cn", "007"]
)
def test_text_stays_text(text: str) -> None:
    data = workbook([table((text, 1))], IMPRINT)

    cell = opened(data, values=False)["设备"]["A4"]
    assert cell.data_type == "s"
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_total_is_a_formula_with_its_value_stored() -> None:
    data = workbook([table(("甲厂", 2), ("乙厂", 3), total="合计")], IMPRINT)

    assert opened(data)["设备"]["B6"].value == 5
    assert opened(data, values=False)["设备"]["B6"].value == "=SUBTOTAL(109,B4:B5)"


def test_an_empty_table_still_totals_to_nothing() -> None:
    assert opened(workbook([table(total="合计")], IMPRINT))["设备"]["B4"].value == 0


def test_the_head_stands_as_officials_expect() -> None:
    sheet = opened(workbook([table(("甲厂", 2))], IMPRINT))["设备"]

    assert sheet["A1"].value == "蓝山县设备表"
    assert sheet["A2"].value == "填报单位：蓝山县"
    assert [cell.value for cell in sheet[3]] == ["企业名称", "台数"]
    assert sheet["A3"].border.top.style == "thin"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_the_same_table_is_the_same_bytes() -> None:
    assert workbook([table(("甲厂", 2))], IMPRINT) == workbook([table(("甲厂", 2))], IMPRINT)


def test_amounts_that_nobody_stated_do_not_total_to_zero() -> None:
    columns = (Column("企业名称", 28), Column("产能", 8, total=True, partial=True))
    told = Table("企业", "企业表", columns, (("甲厂", None), ("乙厂", None)), "合计")

    assert opened(workbook([told], IMPRINT))["企业"]["B6"].value == "未说明"
