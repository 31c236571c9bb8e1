"""What it costs to read a roster, against python-calamine on the same file: seconds, time per row, peak memory.

    python benchmarks/read.py [ROWS …]

Writes rosters of 10,000 and 100,000 rows (or of ROWS) of 24 columns in their usual form: a title, a header, firms
merged over two rows in part of the columns, dates, codes, machines. Then measures in one run, each in a process of its
own: python-calamine with its merged ranges filled; the grid (guard, child, engine, assembly); the grid and its meaning.
Memory is what both hold together at one moment at most, the process that reads and its child (resident, each shared
page counted once), sampled every 10 ms from outside; each one's own peak is beside it.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import select
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import xlsxwriter
from python_calamine import CalamineWorkbook

from app.domain.credit_code import check_character, organisation_check
from importers.container import open_workbook
from importers.roster import read_workbook

HEADER = [
    "序号", "乡镇", "企业名称", "统一社会信用代码", "法定代表人", "联系电话", "详细地址", "生产状态",
    "主要产品", "产能（吨/年）", "年产量（吨）", "产值（万元）", "职工人数", "设备编号", "设备名称", "炉型",
    "炉壳", "有无磁轭", "容量（吨）", "数量（台）", "功率（kW）", "使用状态", "投运日期", "备注",
]  # fmt: skip
NAME, CODE, DAY = HEADER.index("企业名称"), HEADER.index("统一社会信用代码"), HEADER.index("投运日期")
TOWNS = ("新圩镇", "太平圩镇", "塔峰镇", "毛俊镇", "楠市镇", "所城镇", "土市镇")


def credit_code(firm: int) -> str:
    """A credit code with its check character, a different one for each firm."""
    organisation = f"{10_000_000 + firm}"
    body = f"91431127{organisation}{organisation_check(organisation)}"
    return body + check_character(body)


def row_values(row: int) -> list[object]:
    """The row with this number from 0 on: the odd ones are second machines."""
    firm, second = divmod(row, 2)
    return [
        row + 1, TOWNS[firm * 7 // 50_000 % 7], f"蓝山第{firm}号铸造有限公司", credit_code(firm),
        "王李张刘陈杨"[firm % 6] + "建国明华平"[firm % 5], f"1387{firm:07}", f"第{firm % 97}组{firm % 13}号",
        ("在产", "停产")[firm % 2], ("法兰", "井盖", "炉排")[firm % 3], 1000 + firm % 500, 900 + firm % 400,
        200 + firm % 90, 20 + firm % 50, f"{second + 1}#", "中频炉", ("铝壳中频炉", "钢壳中频炉")[second],
        ("铝壳", "钢壳")[second], ("有", "无")[second], (0.5, 1, 2, 3)[row % 4], 1, (250, 500, 1000)[row % 3],
        ("在用", "闲置")[second], date(2010, 1, 1) + timedelta(days=row % 5000), ("旧炉", "")[second],
    ]  # fmt: skip


def write_roster(path: Path, rows: int) -> None:
    """A roster of so many rows, title and header among them."""
    with xlsxwriter.Workbook(path) as book:
        plain, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("企业")
        sheet.merge_range(0, 0, 0, len(HEADER) - 1, "蓝山县铸造企业排查表（2025年9月30日）", plain)
        sheet.write_row(1, 0, HEADER, plain)
        for row in range(rows - 2):
            values = row_values(row)
            for column, value in enumerate(values):
                if column in (NAME, CODE):
                    if not row % 2:
                        sheet.merge_range(row + 2, column, row + 3, column, value, plain)
                else:
                    sheet.write(row + 2, column, value, day if column == DAY else plain)


def calamine(path: Path) -> int:
    """The yardstick: values as lists, every merged range filled with its value."""
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, bottom + 1):
            rows[row][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return len(rows)


def grid(path: Path) -> int:
    """The grid of cells."""
    return open_workbook(path).sheets[0].height


def meaning(path: Path) -> int:
    """The grid, and what it says."""
    return read_workbook(open_workbook(path)).counts()["rows_read"]


READERS: tuple[tuple[str, Callable[[Path], int]], ...] = (
    ("python-calamine, merges filled", calamine),
    ("open_workbook", grid),
    ("open_workbook, read_workbook", meaning),
)


def measure(read: Callable[[Path], int], path: Path) -> dict[str, float]:
    """Seconds and peak memory (MB, both processes) of one reading."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    start = time.perf_counter()
    rows = read(path)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1000
    return {
        "rows": rows,
        "seconds": seconds,
        "own": own,
        "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
    }


def resident(process: int) -> float:
    """What a process and its children hold (MB), a page that several share counted once; nothing once it has ended."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    own = sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1000
    return own + sum(resident(int(child)) for child in children)


def apart(do: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Do something in a process of its own, so that its memory is not counted to the next, and watch what it holds."""
    end, start = os.pipe()
    child = os.fork()
    if not child:
        os.write(start, json.dumps(do()).encode())
        os._exit(0)
    os.close(start)
    together = 0.0
    with os.fdopen(end, "rb") as told:
        while not select.select([told], [], [], 0.01)[0]:
            together = max(together, resident(child))
        figures = json.loads(told.read())
    os.waitpid(child, 0)
    return figures | {"together": together}


def best(read: Callable[[Path], int], path: Path) -> dict[str, float]:
    """The quickest of three readings."""
    return min((apart(lambda: measure(read, path)) for _ in range(3)), key=lambda one: one["seconds"])


def main(sizes: list[int]) -> None:
    """A line a size and reader."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; best of three")
    print(f"{'rows':>8}  {'':<32} {'seconds':>8} {'ratio':>6} {'µs/row':>7} {'MB':>6}  (reader, child)")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.xlsx"
            apart(lambda path=path, rows=rows: write_roster(path, rows) or {})
            yardstick = 0.0
            for name, read in READERS:
                one = best(read, path)
                yardstick = yardstick or one["seconds"]
                print(
                    f"{rows:>8,}  {name:<32} {one['seconds']:>8.2f} {one['seconds'] / yardstick:>6.2f} "
                    f"{1e6 * one['seconds'] / rows:>7.1f} {one['together']:>6.0f}  "
                    f"({one['own']:.0f}, {one['child']:.0f})"
                )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
