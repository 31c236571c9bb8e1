"""Eight rosters of flange forges in eight layouts: six townships, a park, and what lies round the county town."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from reports.example.book import new_book
from reports.example.forges import ForgeCounty

ForgeLayout = Callable[[Path, ForgeCounty, str], None]

#: Who reports for a roster that is no township's own.
UNITS = {"庄力产业集聚区": "庄力产业集聚区管理办公室", "城区周边": "定襄县法兰行业综合整治专班"}


def _unit(sheet: str) -> str:
    return UNITS.get(sheet, f"{sheet}人民政府")


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _top(sheet: Any, look: dict[str, Any], title: str, unit: str, day: str, width: int) -> None:
    sheet.merge_range(0, 0, 0, width - 1, title, look["title"])
    sheet.write(1, 0, f"填报单位：{unit}", look["line"])
    sheet.write(1, width - 2, f"填报日期：{day}", look["line"])


def furnaces_merged(path: Path, county: ForgeCounty, sheet: str) -> None:
    """A row a furnace group under a two-row head; the firm's cells merged down."""
    book, look = new_book(path)
    page = book.add_worksheet("法兰企业")
    _top(page, look, f"{sheet}法兰企业加热炉清单", _unit(sheet), _chinese_day(county.survey_day), 9)
    for place, head in (("A3:A4", "序号"), ("B3:B4", "企业名称"), ("C3:C4", "详细地址"), ("H3:H4", "生产状态")):
        page.merge_range(place, head, look["head"])
    page.merge_range("I3:I4", "备注", look["head"])
    page.merge_range("D3:G3", "加热设备", look["head"])
    page.write_row(3, 3, ("炉型", "使用燃料", "数量（台）", "吨位（吨）"), look["head"])
    row = 4
    for number, forge in enumerate(county.of(sheet), start=1):
        last = row + len(forge.furnaces) - 1
        for column, text in ((0, number), (1, forge.name), (2, forge.address), (7, forge.status), (8, "示例企业")):
            if last > row:
                page.merge_range(row, column, last, column, text, look["cell"])
            else:
                page.write(row, column, text, look["cell"])
        for group in forge.furnaces:
            size = group.capacity_t or ""
            page.write_row(row, 3, ("加热炉", group.fuel or "", group.quantity, size), look["cell"])
            row += 1
    book.close()


def furnaces_in_words(path: Path, county: ForgeCounty, sheet: str) -> None:
    """One row a firm, its furnaces in one cell in words; a real BIFF workbook."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    centre = xlwt.easyxf("font: bold on, height 320; align: horiz centre")
    page.write_merge(0, 0, 0, 5, f"{sheet}法兰锻造企业基本情况表", centre)
    page.write(1, 0, f"填报单位：{_unit(sheet)}")
    page.write(1, 4, f"填报日期：{county.survey_day.isoformat()}")
    for column, head in enumerate(("编号", "单位名称", "主要产品", "主要装备", "生产状态", "备注")):
        page.write(2, column, head)
    for row, forge in enumerate(county.of(sheet), start=3):
        said = "、".join(group.words for group in forge.furnaces)
        for column, text in enumerate((row - 2, forge.name, "法兰", said, forge.status, "示例企业")):
            page.write(row, column, text)
    book.save(str(path))


def fuels_counted(path: Path, county: ForgeCounty, sheet: str) -> None:
    """A column for each kind of heating furnace with the number in it."""
    kinds = ("天然气", "煤", "电")
    book, look = new_book(path)
    page = book.add_worksheet("统计")
    _top(page, look, f"{sheet}法兰企业加热炉数量统计表", _unit(sheet), county.survey_day.isoformat(), 7)
    heads = ("序号", "公司名称", "天然气加热炉（台）", "燃煤加热炉（台）", "电加热炉（台）", "经营状态", "备注")
    page.write_row(2, 0, heads, look["head"])
    forges = county.of(sheet)
    for row, forge in enumerate(forges, start=3):
        counts = [sum(group.quantity for group in forge.furnaces if group.fuel == kind) or "" for kind in kinds]
        page.write_row(row, 0, (row - 2, forge.name, *counts, forge.status, "示例企业"), look["cell"])
    book.close()


def furnace_rows_csv(path: Path, county: ForgeCounty, sheet: str) -> None:
    """The firm repeated on each furnace row; GB18030 as Chinese Excel saves csv; fuel and unit in the cells."""
    with path.open("w", encoding="gb18030", newline="") as out:
        write = csv.writer(out).writerow
        write([f"{sheet}锻造企业加热炉清单", "", "", "", "", ""])
        write([f"填报单位：{_unit(sheet)}", "", "", f"填报日期：{county.survey_day:%Y.%m.%d}", "", ""])
        write(["企业名称", "设备名称", "燃料种类", "台数", "额定容量", "生产状态"])
        for forge in county.of(sheet):
            for group in forge.furnaces:
                size = f"{group.capacity_t:g}t" if group.capacity_t else "/"
                write([forge.name, "锻造加热炉", group.fuel or "/", f"{group.quantity}台", size, forge.status])


def furnaces_beside(path: Path, county: ForgeCounty, sheet: str) -> None:
    """Numbered furnaces side by side; the table does not begin at A1."""
    book, look = new_book(path)
    page = book.add_worksheet("炉子")
    page.merge_range("B2:K2", f"{sheet}法兰企业炉窑登记", look["title"])
    page.write("B3", f"填报单位：{_unit(sheet)}", look["line"])
    page.write("H3", f"填报时间：{_chinese_day(county.survey_day)}", look["line"])
    for place, head in (("B4:B5", "序号"), ("C4:C5", "企业全称"), ("D4:D5", "生产状态"), ("K4:K5", "备注")):
        page.merge_range(place, head, look["head"])
    for column, head in ((4, "1#炉"), (7, "2#炉")):
        page.merge_range(3, column, 3, column + 2, head, look["head"])
        page.write_row(4, column, ("炉型", "燃料", "吨位（吨）"), look["head"])
    for row, forge in enumerate(county.of(sheet), start=5):
        page.write_row(row, 1, (row - 4, forge.name, forge.status), look["cell"])
        page.write(row, 10, "示例企业", look["cell"])
        for column, group in zip((4, 7), forge.furnaces, strict=False):
            page.write_row(row, column, ("加热炉", group.fuel or "", group.capacity_t or ""), look["cell"])
    book.close()


def firms_listed(path: Path, county: ForgeCounty, sheet: str) -> None:
    """The plainest list: a row a firm, how many furnaces and what they burn."""
    book, look = new_book(path)
    page = book.add_worksheet("Sheet1")
    page.write(0, 0, f"{sheet}法兰企业名单", look["line"])
    page.write(0, 3, f"填报日期：{_chinese_day(county.survey_day)}", look["line"])
    page.write_row(1, 0, ("企业名称", "生产状态", "炉型", "台数", "燃料"), look["head"])
    for row, forge in enumerate(county.of(sheet), start=2):
        (group,) = forge.furnaces
        said = (forge.name, forge.status, "加热炉", group.quantity, group.fuel or "")
        page.write_row(row, 0, said, look["cell"])
    book.close()


def park_cards(path: Path, county: ForgeCounty, sheet: str) -> None:
    """One card a firm, labels left and values right, one sheet a card."""
    book, look = new_book(path)
    for forge in county.of(sheet):
        page = book.add_worksheet(forge.name[:12])
        page.set_column(0, 1, 32)
        page.merge_range("A1:B1", "法兰企业登记卡", look["title"])
        card = (
            ("填报单位", _unit(sheet)),
            ("填报日期", county.survey_day.isoformat()),
            ("企业名称", forge.name),
            ("所在园区", sheet),
            ("主要产品", "法兰"),
            ("主要生产设备", "\n".join(group.words for group in forge.furnaces)),
            ("生产状态", forge.status),
            ("备注", "示例企业"),
        )
        for row, (label, text) in enumerate(card, start=1):
            page.write(row, 0, label, look["head"])
            page.write_string(row, 1, text, look["cell"])
    book.close()


def villages_and_roads(path: Path, county: ForgeCounty, sheet: str) -> None:
    """Village and address for what the plan names by village, road and ring road; blank where nobody knows."""
    book, look = new_book(path)
    page = book.add_worksheet("台帐")
    _top(page, look, "定襄县城区周边法兰企业管理台帐", _unit(sheet), f"{county.survey_day:%Y.%m.%d}", 9)
    heads = ("序号", "企业（单位）名称", "所在村", "详细地址", "炉型", "燃料", "台数", "容量（吨）", "生产状态")
    page.write_row(2, 0, heads, look["head"])
    row = 3
    for number, forge in enumerate(county.of(sheet), start=1):
        for group in forge.furnaces:
            placed = (number, forge.name, forge.village, forge.address)
            held = ("加热炉", group.fuel or "", group.quantity, group.capacity_t or "", forge.status)
            page.write_row(row, 0, (*placed, *held), look["cell"])
            row += 1
    book.close()


FORGE_LAYOUTS: tuple[tuple[str, str, ForgeLayout], ...] = (
    ("宏道镇", "宏道镇.xlsx", furnaces_merged),
    ("神山乡", "神山乡.xls", furnaces_in_words),
    ("河边镇", "河边镇.xlsx", fuels_counted),
    ("蒋村镇", "蒋村镇.csv", furnace_rows_csv),
    ("南王乡", "南王乡.xlsx", furnaces_beside),
    ("季庄镇", "季庄镇.xlsx", firms_listed),
    ("庄力产业集聚区", "庄力产业集聚区.xlsx", park_cards),
    ("城区周边", "城区周边.xlsx", villages_and_roads),
)
