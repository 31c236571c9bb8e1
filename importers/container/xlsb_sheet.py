"""The first walk over a binary sheet: merges and what is hidden, and whether its rows and cells can be read at all."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from importers.container.limits import LAST_COLUMN, LAST_ROW, Limits
from importers.container.refusals import damaged, hostile, over_limit
from importers.container.xlsb_records import records, whole_records
from importers.grid import Merge, address

ROW, END_SHEET = 0, 130
#: Cells with a value: the record of one without (1) is not among them.
CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))
_COLUMNS, _MERGE = 60, 176
_WANTED = CELLS | {ROW, _COLUMNS, _MERGE}
_ROW_HIDDEN, _ROW_OWN_HEIGHT, _COLUMN_HIDDEN = 0x10, 0x20, 0x01


@dataclass(slots=True)
class BinarySheet:
    """What stands beside the values of one sheet."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


class _Walk:
    """Goes by the rules of the specification: rows come in order, cells after the row that they are in."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.part, self.limits = part, limits
        self.sheet = BinarySheet()
        self._row = self._cells = 0

    def run(self, pieces: Iterable[bytes]) -> None:
        with whole_records(self.part):
            for kind, record in records(pieces, self.part, _WANTED, END_SHEET):
                if kind in CELLS:
                    self._cell(record)
                elif kind == ROW:
                    self._open_row(record)
                elif kind == _COLUMNS:
                    self._columns(record)
                else:
                    self._merge(record)

    def _cell(self, record: bytes) -> None:
        column = int.from_bytes(record[:4], "little") + 1
        if not self._row or len(record) < 8:
            raise damaged(f"部件 {self.part} 有单元格不在任何一行里")
        if column > LAST_COLUMN:
            raise hostile(f"部件 {self.part} 有第 {column} 列的单元格，超出工作表")
        self._cells += 1
        if self._cells > self.limits.cells:
            raise over_limit(f"有内容的单元格超过 {self.limits.cells:,} 个")

    def _open_row(self, record: bytes) -> None:
        told, height, flags = struct.unpack_from("<I4xHxB", record)
        if told >= LAST_ROW:
            raise hostile(f"部件 {self.part} 有行号 {told + 1}，工作表最多 {LAST_ROW} 行")
        if told + 1 < self._row:
            raise damaged(f"部件 {self.part} 的第 {told + 1} 行排在第 {self._row} 行之后")
        self._row = told + 1
        if flags & _ROW_HIDDEN or (flags & _ROW_OWN_HEIGHT and not height):
            self.sheet.hidden_rows.add(self._row)

    def _columns(self, record: bytes) -> None:
        first, last, width, flags = struct.unpack_from("<III4xH", record)
        if flags & _COLUMN_HIDDEN or not width:
            self.sheet.hidden_columns.update(range(first + 1, min(last + 1, self.limits.columns) + 1))

    def _merge(self, record: bytes) -> None:
        if len(self.sheet.merges) >= self.limits.merges:
            raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")
        rows, columns = struct.unpack_from("<II", record), struct.unpack_from("<II", record, 8)
        merge = Merge(min(rows) + 1, min(columns) + 1, max(rows) + 1, max(columns) + 1)
        if merge.bottom > LAST_ROW or merge.right > LAST_COLUMN:
            place = f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"
            raise hostile(f"部件 {self.part} 有合并区域 {place}，超出工作表")
        self.sheet.merges.append(merge)


def walk_sheet(pieces: Iterable[bytes], part: str, limits: Limits) -> BinarySheet:
    """What stands beside the values; a refusal where the values cannot be read."""
    walk = _Walk(part, limits)
    walk.run(pieces)
    return walk.sheet
