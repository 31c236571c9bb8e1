"""What it costs to write a formatted ledger, against XlsxWriter with constant memory writing the very same cells.

    python benchmarks/ledgers.py [ROWS]

Writes the sheet 设备 of a ledger, 50,000 rows unless told otherwise, with title, head, borders, wrapped text, row
heights, filter, print set-up, a SUBTOTAL foot and a note: in turns by reports.workbook and by XlsxWriter
(constant_memory), each to a file, in processor seconds of one process. XlsxWriter gets the row heights reckoned
beforehand. The same ledger at several levels of compression. Then, each in a process of its own, the peak memory
(resident) of the imports alone, of 100,000 and of 1,000,000 rows over sheets of 200,000, with the seconds until the
first byte.

Needed: at most 1.2 times XlsxWriter, and at most 120 MB at 1,000,000 rows.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reports.forms import heading
from reports.tables import Imprint, Printed, Stream, Table
from reports.workbook import streamed
from reports.workbook.heights import lines, points
from reports.workbook.looks import LOOKS
from reports.workbook.package import LEVEL
from reports.workbook.places import BODY, HEAD, LINE, TITLE, letters

TURNS = 7
LEVELS = (1, 2, 3, 4, 5, 6, 9)
OVER_SHEETS, ROWS_A_SHEET = (100_000, 1_000_000), 200_000
IMPRINT = Imprint("蓝山县", "数据截至2025-12-31")
TITLE_NAME, UNIT, COLUMNS = heading("ledger", "设备")
TOWNS = ("新圩镇", "太平圩镇", "塔峰镇", "毛俊镇", "楠市镇", "所城镇", "土市镇")
NOTE = "归属不明的设备在每家可能的企业名后注明，只计一次；“不能确定”是不能确定是否在厂的台数。"


def told(row: int) -> dict[str, Printed]:
    """What a row of the form 设备 says, by column; the other columns are empty."""
    firm, kind = row // 3, row % 3
    return {
        "序号": row + 1,
        "乡镇（街道）": TOWNS[firm % 7],
        "企业名称": f"蓝山县{'鑫宏盛恒瑞'[firm % 5]}{'达发源泰丰'[firm // 5 % 5]}{firm}号铸造有限公司",
        "炉号": f"{kind + 1}#",
        "设备名称": ("无磁轭铝壳中频感应电炉", "中频炉", "冲天炉")[kind],
        "类别": ("感应电炉", "感应电炉", "冲天炉")[kind],
        "频率": ("中频", "中频", "")[kind],
        "炉壳": ("铝壳", "钢壳", "")[kind],
        "磁轭": ("无", "有", "")[kind],
        "容量（吨）": (0.25, 0.5, 1, 1.5, 3)[row % 5],
        "使用状态": ("在用", "闲置", "已拆除")[kind],
        "在厂": 1 if kind < 2 else None,
        "已拆除": 1 if kind == 2 else None,
        "拆除时间": f"2024年{row % 12 + 1}月底前" if kind == 2 else "",
        "拆除去向": "就地拆解，炉体交由物资回收公司处置" if row % 6 == 2 else "",
    }


def rows(count: int) -> Iterator[tuple[Printed, ...]]:
    """So many rows of the form 设备."""
    titles = [column.title for column in COLUMNS]
    return (tuple(map(told(row).get, titles)) for row in range(count))


def table(made: tuple[tuple[Printed, ...], ...] = ()) -> Table:
    """The sheet 设备."""
    return Table("设备", f"蓝山县2025年第四季度{TITLE_NAME}", COLUMNS, made, "合计", (NOTE,), UNIT)


def ours(sheet: Table, path: Path, level: int = LEVEL) -> None:
    """Written as the product writes it."""
    with path.open("wb") as out:
        for piece in streamed([sheet], IMPRINT, level=level):
            out.write(piece)


def heights(sheet: Table) -> list[float]:
    """Of each row."""
    widths = [column.width for column in sheet.columns]
    return [
        points(max(lines(str(cell or ""), width) for cell, width in zip(row, widths, strict=True)))
        for row in sheet.rows
    ]


def theirs(sheet: Table, path: Path, high: list[float]) -> None:
    """The same cells and looks by XlsxWriter."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        look = {name: book.add_format(shape) for name, shape in LOOKS.items()}
        made, last = book.add_worksheet(sheet.name), len(sheet.columns) - 1
        made.merge_range(TITLE - 1, 0, TITLE - 1, last, sheet.title, look["title"])
        made.set_row(TITLE - 1, 32)
        made.write_string(LINE - 1, 0, f"填报单位：{IMPRINT.reporting_unit}", look["line"])
        made.write_string(LINE - 1, last, f"{IMPRINT.day}　{sheet.unit}", look["right"])
        for place, column in enumerate(sheet.columns):
            made.set_column(place, place, column.width)
            made.write_string(HEAD - 1, place, column.title, look["head"])
        texts = [look["code" if column.code else "text"] for column in sheet.columns]
        number = look["number"]
        for row, cells in enumerate(sheet.rows, start=BODY - 1):
            made.set_row(row, high[row - BODY + 1])
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and cell:
                    made.write_string(row, place, cell, texts[place])
                elif cell is None or cell == "":
                    made.write_blank(row, place, None, texts[place])
                else:
                    made.write_number(row, place, cell, number)
        end = BODY - 1 + len(sheet.rows)
        for place, column in enumerate(sheet.columns):
            if column.total:
                span = f"{letters(place)}{BODY}:{letters(place)}{end}"
                total = sum(row[place] or 0 for row in sheet.rows)  # type: ignore[misc]
                made.write_formula(end, place, f"=SUBTOTAL(109,{span})", look["bold_number"], total)
            else:
                made.write_string(end, place, "" if place else "合计", look["bold_text"])
        made.merge_range(end + 1, 0, end + 1, last, NOTE, look["note"])
        _set_up(made, end + 2, last)


def _set_up(sheet: Any, end: int, last: int) -> None:
    sheet.freeze_panes(HEAD, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.print_area(0, 0, end - 1, last)
    sheet.autofilter(HEAD - 1, 0, end - 3, last)


def in_turns(count: int, folder: Path) -> None:
    """Both writers in turns on one table; what is told is the median of the turns' ratios."""
    sheet = table(tuple(rows(count)))
    high = heights(sheet)
    spent: dict[str, list[float]] = {"ours": [], "theirs": []}
    for turn in range(TURNS):
        order = ("ours", "theirs") if turn % 2 else ("theirs", "ours")
        for name in order:
            path = folder / f"{name}.xlsx"
            start = time.process_time()
            ours(sheet, path) if name == "ours" else theirs(sheet, path, high)
            spent[name].append(time.process_time() - start)
    ratios = sorted(mine / other for mine, other in zip(spent["ours"], spent["theirs"], strict=True))
    print(f"{count} rows of {len(COLUMNS)} columns, {TURNS} turns each, processor seconds")
    for name, label in (("ours", "reports.workbook"), ("theirs", "XlsxWriter constant_memory")):
        size = (folder / f"{name}.xlsx").stat().st_size / 1e6
        print(
            f"  {label:28} median {statistics.median(spent[name]):6.2f}  least {min(spent[name]):6.2f}  {size:5.1f} MB"
        )
    middle = statistics.median(ratios)
    print(f"  ratio                        median {middle:6.2f}  from {ratios[0]:.2f} to {ratios[-1]:.2f}")
    for level in LEVELS:
        start = time.process_time()
        ours(sheet, folder / "level.xlsx", level)
        took, size = time.process_time() - start, (folder / "level.xlsx").stat().st_size / 1e6
        print(f"  level {level}{' (chosen)' if level == LEVEL else '':10} {took:6.2f} s  {size:5.1f} MB")


def alone(count: int) -> None:
    """In a process of its own: so many rows over sheets, to where nothing can be sought back.

    Prints the peak in MB, the seconds to the first byte, the processor seconds of all, the file's MB.
    """
    start, first, size = time.perf_counter(), 0.0, 0
    if count:
        for piece in streamed([Stream(table(), rows(count))], IMPRINT, rows_a_sheet=ROWS_A_SHEET):
            first = first or time.perf_counter() - start
            size += len(piece)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{peak:.0f} {first:.3f} {time.process_time():.1f} {size / 1e6:.1f}")


def memory() -> None:
    """Peak memory of a process that streams."""
    print(f"streamed over sheets of {ROWS_A_SHEET} rows, each in a process of its own")
    for count in (0, *OVER_SHEETS):
        call = [sys.executable, __file__, "alone", str(count)]
        said = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split()
        peak, first, took, size = said
        written = f"first byte {first} s, all {took} processor s, {size} MB written"
        print(f"  peak {peak} MB  {f'{count} rows: {written}' if count else 'imports alone'}")


def main() -> None:
    """Everything, or what a process of its own was asked."""
    if sys.argv[1:2] == ["alone"]:
        alone(int(sys.argv[2]))
        return
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        in_turns(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, Path(folder))
    memory()


if __name__ == "__main__":
    main()
