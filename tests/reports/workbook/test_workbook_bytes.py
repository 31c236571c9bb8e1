"""The same tables are the same bytes anywhere, and they are given out while the rows go by."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbook_samples import IMPRINT, everything, firms, opened

from reports.tables import Column, Stream, Table
from reports.workbook import streamed, workbook

FOLDER = Path(__file__).parent
DIGEST = "import hashlib, workbook_samples; print(hashlib.sha256(workbook_samples.everything()).hexdigest())"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "UTC"])
def test_another_process_in_another_time_zone_gives_the_same_bytes(zone: str) -> None:
    place = {"PYTHONPATH": os.pathsep.join((str(FOLDER), *sys.path)), "TZ": zone, "PYTHONHASHSEED": str(len(zone))}
    said = subprocess.run(
        [sys.executable, "-c", DIGEST], env=os.environ | place, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == hashlib.sha256(everything()).hexdigest()


def test_rows_that_come_one_by_one_give_the_bytes_of_the_whole_table() -> None:
    whole = firms()
    bare = Table(whole.name, whole.title, whole.columns, (), whole.total)
    assert b"".join(streamed([Stream(bare, iter(whole.rows))], IMPRINT)) == workbook([whole], IMPRINT)


def test_the_head_is_out_before_a_row_is_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(3):
            read.append(number)
            yield (number,)

    pieces = streamed([Stream(Table("表", "表", (Column("甲"),), ()), rows())], IMPRINT)
    assert next(pieces).startswith(b"PK")
    assert read == []
    assert b"PK\5\6" in b"".join(pieces)
    assert read == [0, 1, 2]


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        table = Stream(
            Table("表", "表", (Column("甲", 20), Column("乙", 20)), ()), ((f"甲{n}", n) for n in range(count))
        )
        tracemalloc.start()
        for _ in streamed([table], IMPRINT):
            pass
        return tracemalloc.get_traced_memory()[1]

    peak(10)
    assert peak(40_000) < peak(4_000) + 1_000_000
    tracemalloc.stop()


def test_rows_beyond_a_sheet_go_on_on_further_sheets_with_all_sums() -> None:
    columns = (Column("名", 12), Column("台数", 10, total=True), Column("产能", 10, total=True, partial=True))
    table = Table("清单", "设备清单", columns, (), "合计", ("末注",))
    data = b"".join(streamed([Stream(table, ((f"{n}#", n, None) for n in range(25)))], IMPRINT, rows_a_sheet=10))

    book = opened(data)
    assert book.sheetnames == ["清单", "清单（2）", "清单（3）"]
    first, last = book["清单"], book["清单（3）"]
    assert [first["A14"].value, first["B14"].value, first["C14"].value] == ["本表合计", 45, "未说明"]
    assert first["A15"].value == "未完，下接“清单（2）”。"
    assert last["A1"].value == "设备清单（续2）"
    assert [cell.value for cell in last[9]] == ["本表合计", 20 + 21 + 22 + 23 + 24, "未说明"]
    assert [cell.value for cell in last[10]] == ["全部合计", 300, "未说明"]
    assert [last["A11"].value, last["A12"].value] == ["以上3张表共25行。", "末注"]
    assert opened(data, values=False)["清单（2）"]["B14"].value == "=SUBTOTAL(109,B4:B13)"


def test_rows_that_just_fill_a_sheet_stay_on_it() -> None:
    table = Stream(Table("清单", "清单", (Column("甲"),), ()), ((n,) for n in range(10)))
    assert opened(b"".join(streamed([table], IMPRINT, rows_a_sheet=10))).sheetnames == ["清单"]
