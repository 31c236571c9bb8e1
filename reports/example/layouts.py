"""Seven township rosters in seven layouts, as townships really send them: no two alike, none of them a template."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from reports.example.book import new_book
from reports.example.county import County, Firm

#: Township, file name and layout. One is a real BIFF .xls, one a GB18030 csv.
Layout = Callable[[Path, County, str], None]


def _aluminium_rows(firm: Firm) -> Iterator[tuple[str, int, str, str]]:
    """Furnace, number, capacity and yoke in a roster's words; what the paper leaves open stays blank."""
    if firm.aluminium:
        yield "铝壳炉", firm.aluminium, "", ""
    for group in firm.steel:
        yield "钢壳中频炉", group.quantity, f"{group.capacity_t:g}" if group.capacity_t else "", group.yoke or ""


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def merged_rows(path: Path, county: County, township: str) -> None:
    """A row a furnace under a two-row head; a firm with several furnaces is merged down; a total at the foot."""
    book, look = new_book(path)
    sheet = book.add_worksheet("铸造企业")
    sheet.merge_range("A1:H1", f"{township}铸造企业熔炼设备摸底排查表", look["title"])
    sheet.write("A2", f"填报单位：{township}人民政府", look["line"])
    sheet.write("F2", f"填报日期：{_chinese_day(county.survey_day)}", look["line"])
    for place, head in (("A3:A4", "序号"), ("B3:B4", "企业名称"), ("G3:G4", "生产状态"), ("H3:H4", "备注")):
        sheet.merge_range(place, head, look["head"])
    sheet.merge_range("C3:F3", "熔炼设备", look["head"])
    for column, head in enumerate(("炉型", "数量（台）", "容量（吨）", "有无磁轭"), start=2):
        sheet.write(3, column, head, look["head"])
    row, total = 4, 0
    for number, firm in enumerate(county.of(township), start=1):
        furnaces = list(_aluminium_rows(firm))
        last = row + len(furnaces) - 1
        for column, text in ((0, number), (1, firm.name), (6, "在产"), (7, firm.roster_remark)):
            if last > row:
                sheet.merge_range(row, column, last, column, text, look["cell"])
            else:
                sheet.write(row, column, text, look["cell"])
        for kind, quantity, capacity, yoke in furnaces:
            sheet.write_row(row, 2, (kind, quantity, float(capacity) if capacity else "", yoke), look["cell"])
            row, total = row + 1, total + quantity
    sheet.write_row(row, 0, ("合计", "", "", total, "", "", "", ""), look["head"])
    sheet.write(row + 1, 0, "填报人：示例", look["line"])
    book.close()


def machines_in_words(path: Path, county: County, township: str) -> None:
    """One row a firm, its machines in one cell in words; a real BIFF workbook."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    centre = xlwt.easyxf("font: bold on, height 320; align: horiz centre")
    sheet.write_merge(0, 0, 0, 4, f"{township}铸造企业情况表", centre)
    sheet.write(1, 0, "填报单位：")
    sheet.write(1, 1, f"{township}人民政府")
    sheet.write(1, 3, "填报日期：")
    sheet.write(1, 4, county.survey_day.isoformat())
    for column, head in enumerate(("序", "单位名称", "现有熔炼设备", "生产经营状况", "备注")):
        sheet.write(2, column, head)
    for row, firm in enumerate(county.of(township), start=3):
        said = [f"{firm.aluminium}台铝壳炉"] if firm.aluminium else []
        for group in firm.steel:
            said.append(f"{group.quantity}台{group.capacity_t:g}吨钢壳中频炉（{group.yoke}磁轭）")
        for column, text in enumerate((row - 2, firm.name, "、".join(said), "在产", firm.roster_remark)):
            sheet.write(row, column, text)
    sheet.write(3 + len(county.of(township)), 0, "注：设备按台数、吨位、类型填写。")
    book.save(str(path))


def repeated_firms_csv(path: Path, county: County, township: str) -> None:
    """The firm repeated on each furnace row, the unit in the cell; GB18030 as Chinese Excel saves csv."""
    with path.open("w", encoding="gb18030", newline="") as out:
        write = csv.writer(out).writerow
        write([f"{township}铸造企业熔化设备清单", "", "", "", "", ""])
        write([f"填报单位：{township}人民政府", "", "", f"填报日期：{county.survey_day:%Y.%m.%d}", "", ""])
        write(["企业名称", "熔化设备名称", "台数", "额定容量", "磁轭", "备注"])
        for firm in county.of(township):
            for kind, quantity, capacity, yoke in _aluminium_rows(firm):
                size = f"{int(float(capacity) * 1000)}公斤" if capacity else "/"
                write([firm.name, kind, f"{quantity}台", size, yoke or "/", firm.roster_remark])


def counted_types(path: Path, county: County, township: str) -> None:
    """A column for each furnace type with the number in it, a subtotal below."""
    book, look = new_book(path)
    sheet = book.add_worksheet("统计")
    sheet.merge_range("A1:F1", f"{township}铸造企业电炉数量统计表", look["title"])
    sheet.write(
        "A2", f"填报单位（盖章）：{township}人民政府          填报日期：{county.survey_day:%Y-%m-%d}", look["line"]
    )
    sheet.write_row(2, 0, ("序号", "公司名称", "铝壳炉（台）", "钢壳炉（台）", "经营状态", "备注"), look["head"])
    firms = county.of(township)
    for row, firm in enumerate(firms, start=3):
        steel = sum(group.quantity for group in firm.steel)
        counts: tuple[object, object] = (firm.aluminium, steel) if firm.invented else ("", "")
        sheet.write_row(row, 0, (row - 2, firm.name, *counts, "在产", firm.roster_remark), look["cell"])
    steel = sum(group.quantity for firm in firms for group in firm.steel)
    sheet.write_row(3 + len(firms), 0, ("小计", "", 0, steel, "", ""), look["head"])
    book.close()


def side_by_side(path: Path, county: County, township: str) -> None:
    """Numbered furnaces side by side; the table does not begin at A1."""
    book, look = new_book(path)
    sheet = book.add_worksheet("炉子")
    sheet.merge_range("B2:I2", f"{township}企业炉子登记", look["title"])
    sheet.write("B3", f"填报单位：{township}人民政府", look["line"])
    sheet.write("G3", f"填报时间：{_chinese_day(county.survey_day)}", look["line"])
    for place, head in (("B4:B5", "编号"), ("C4:C5", "企业全称"), ("D4:D5", "备注")):
        sheet.merge_range(place, head, look["head"])
    for column, head in ((4, "一号炉"), (7, "二号炉")):
        sheet.merge_range(3, column, 3, column + 2, head, look["head"])
        sheet.write_row(4, column, ("类型", "吨位（吨）", "状态"), look["head"])
    for row, firm in enumerate(county.of(township), start=5):
        sheet.write_row(row, 1, (row - 4, firm.name, firm.roster_remark), look["cell"])
        for column, group in zip((4, 7), firm.steel, strict=False):
            sheet.write_row(row, column, ("钢壳炉", group.capacity_t, "在用"), look["cell"])
    book.close()


def cards(path: Path, county: County, township: str) -> None:
    """One card a firm, labels left and values right, one sheet a card."""
    book, look = new_book(path)
    for firm in county.of(township):
        sheet = book.add_worksheet(firm.name[:12])
        sheet.set_column(0, 1, 32)
        sheet.merge_range("A1:B1", "企业登记卡", look["title"])
        steel = "\n".join(f"{group.quantity}台{group.capacity_t:g}吨钢壳中频炉" for group in firm.steel)
        card = (
            ("填报单位", f"{township}人民政府"),
            ("填报日期", county.survey_day.isoformat()),
            ("企业（单位）名称", firm.name),
            ("统一社会信用代码", firm.uscc or ""),
            ("熔炼设备（台数、吨位、类型）", steel),
            ("生产状态", "在产"),
            ("备注", firm.roster_remark),
        )
        for row, (label, text) in enumerate(card, start=1):
            sheet.write(row, 0, label, look["head"])
            sheet.write_string(row, 1, text, look["cell"])
    book.close()


def three_row_head(path: Path, county: County, township: str) -> None:
    """A three-row head with procedures, a unit row under it, and the furnace rows left blank below their firm."""
    book, look = new_book(path)
    sheet = book.add_worksheet("台帐")
    sheet.merge_range("A1:J1", f"{township}铸造企业管理台帐", look["title"])
    sheet.write("A2", f"填报单位：{township}人民政府", look["line"])
    sheet.write("H2", f"填报日期：{county.survey_day:%Y.%m.%d}", look["line"])
    for place, head in (
        ("A3:A5", "序号"),
        ("B3:B5", "企业（单位）名称"),
        ("C3:C5", "统一信用代码（18位）"),
        ("J3:J5", "备注"),
    ):
        sheet.merge_range(place, head, look["head"])
    sheet.merge_range("D3:I3", "基本情况", look["head"])
    sheet.merge_range("D4:F4", "熔炼设备", look["head"])
    sheet.merge_range("G4:H4", "手续", look["head"])
    sheet.merge_range("I4:I5", "生产状态", look["head"])
    sheet.write_row(4, 3, ("炉型", "容量", "数量", "环评手续", "排污许可证"), look["head"])
    sheet.write_row(5, 0, ("/", "/", "/", "/", "吨", "台", "/", "/", "/", "/"), look["cell"])
    row = 6
    for number, firm in enumerate(county.of(township), start=1):
        furnaces = list(_aluminium_rows(firm)) or [("", 0, "", "")]
        for index, (kind, quantity, capacity, _) in enumerate(furnaces):
            first = index == 0
            sheet.write_row(row, 0, (number if first else "", firm.name if first else ""), look["cell"])
            sheet.write_string(row, 2, (firm.uscc or "") if first else "", look["cell"])
            sheet.write_row(row, 3, (kind, float(capacity) if capacity else "", quantity or ""), look["cell"])
            procedures = (firm.eia or "", firm.discharge or "", "在产", firm.roster_remark) if first else ("",) * 4
            sheet.write_row(row, 6, procedures, look["cell"])
            row += 1
    book.close()


LAYOUTS: tuple[tuple[str, str, Layout], ...] = (
    ("新圩镇", "新圩镇.xlsx", merged_rows),
    ("太平圩镇", "太平圩镇.xls", machines_in_words),
    ("土市镇", "土市镇.csv", repeated_firms_csv),
    ("塔峰镇", "塔峰镇.xlsx", counted_types),
    ("毛俊镇", "毛俊镇.xlsx", side_by_side),
    ("楠市镇", "楠市镇.xlsx", cards),
    ("所城镇", "所城镇.xlsx", three_row_head),
)
