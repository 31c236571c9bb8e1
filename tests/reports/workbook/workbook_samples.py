"""A workbook with everything that a sheet may have, and ways to look into it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import openpyxl

from reports.tables import Chart, Column, Imprint, Series, Span, Table
from reports.workbook import workbook
from reports.workbook.places import rows_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
IMPRINT = Imprint("蓝山县", "数据截至2025-12-31", (("填报人", "张三"), ("审核人", ""), ("负责人", "")))
TOWNS = (("塔峰镇", 3, 1), ("新圩镇", 4, 6), ("太平圩镇", 5, 11))


def progress(kind: str = "column", *, right: bool = False) -> Chart:
    """A chart of both counts by township."""
    names = Span("汇总", 0, 0, tuple(row[0] for row in TOWNS))
    firms, machines = (Span("汇总", place, 0, tuple(row[place] for row in TOWNS)) for place in (1, 2))
    return Chart(kind, "各镇进展", (Series("家", names, firms), Series("台", names, machines)), "家、台", right)  # type: ignore[arg-type]


def summary(*charts: Chart) -> Table:
    """A sheet with sums, notes, charts and links."""
    columns = (Column("乡镇", 14), Column("家数", 10, total=True), Column("台数", 10, total=True))
    links = {(0, 1): rows_of("企业底数", 0, 1, 3), (3, 1): rows_of("企业底数", 0, 2, 3)}
    return Table(
        "汇总", "蓝山县汇总表", columns, TOWNS, "合计", ("家数指企业。",), "单位：家、台", links=links, charts=charts
    )


def firms() -> Table:
    """A sheet with codes and a drop-down."""
    columns = (Column("企业", 28), Column("电话", 14, code=True), Column("状态", 10, choices=("在产", "停产", "关停")))
    rows = (("甲厂", "0746123", "在产"), ("乙厂", "138****1234", "停产"), ("丙厂", "007", "关停"))
    return Table("企业底数", "蓝山县企业底数表", columns, rows, "合计3家")


def everything() -> bytes:
    """All of it."""
    charts = (progress(), progress("bar"), progress("line"), progress(right=True))
    return workbook([summary(*charts), firms()], IMPRINT)


def opened(data: bytes, *, values: bool = True) -> openpyxl.Workbook:
    """As openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def part(data: bytes, name: str) -> ElementTree.Element:
    """A part of the package."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return ElementTree.fromstring(parts.read(name))
