"""The last look at a sheet before it leaves the child: limits, values under merges, merges that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.container.content import Issue, Row, SheetContent
from importers.container.limits import Limits
from importers.container.refusals import over_limit
from importers.grid import Cell, Merge, MergeIndex, address


class Finished:
    """A sheet's rows on their way out, counted; what is known only after the last row comes from `rest`."""

    def __init__(self, sheet: SheetContent, limits: Limits, cells_left: int) -> None:
        self.sheet, self.limits, self.cells_left = sheet, limits, cells_left
        self.cells = self.last_row = self.last_column = 0
        self.merges, overlapping = without_overlaps(sheet.merges, limits)
        self.issues: list[Issue] = [
            (sheet.name, address(merge.top, merge.left), "sheet.merges_overlap", _range(merge)) for merge in overlapping
        ]
        if sheet.hidden:
            self.issues.append((sheet.name, None, "sheet.hidden", sheet.name))
        self._index = MergeIndex(self.merges)
        self._origins: dict[tuple[int, int], Cell] = {}

    @property
    def rows(self) -> Iterator[Row]:
        """Rows with something in them."""
        for row, cells in self.sheet.rows:
            shown = [(column, cell) for column, cell in cells if self._shows(row, column, cell)]
            if shown:
                self._count(row, shown)
                yield row, shown

    def rest(self) -> dict[str, Any]:
        """Merges, what is hidden within the sheet's used part, and the issues."""
        used = [merge for merge in self.merges if merge.top <= self.last_row and merge.left <= self.last_column]
        issues = [*self.issues, *self.sheet.issues]
        if len(issues) > self.limits.issues:
            over = len(issues) - self.limits.issues
            issues = [*issues[: self.limits.issues], (self.sheet.name, None, "sheet.more_issues", str(over))]
        return {
            "merges": [(merge.top, merge.left, merge.bottom, merge.right) for merge in used],
            "hidden_rows": sorted(row for row in self.sheet.hidden_rows if row <= self.last_row),
            "hidden_columns": sorted(column for column in self.sheet.hidden_columns if column <= self.last_column),
            "issues": issues,
        }

    def _shows(self, row: int, column: int, cell: Cell) -> bool:
        """A value under a merge is not seen on the sheet: it is said, not shown."""
        if not self.merges:
            return True
        origin = self._index.origin(row, column)
        if origin is None:
            return True
        if origin == (row, column):
            self._origins[origin] = cell
            return True
        above = self._origins.get(origin)
        if above is not None and above.text != cell.text:
            self.issues.append((self.sheet.name, address(row, column), "cell.under_merge", cell.text))
        return above is None

    def _count(self, row: int, cells: list[tuple[int, Cell]]) -> None:
        self.cells += len(cells)
        self.last_row, self.last_column = row, max(self.last_column, cells[-1][0])
        if row > self.limits.rows:
            raise over_limit(f"工作表“{self.sheet.name}”有内容的行超过 {self.limits.rows:,} 行")
        if self.last_column > self.limits.columns:
            place = address(row, self.last_column)
            raise over_limit(f"工作表“{self.sheet.name}”的单元格 {place} 有内容，最多 {self.limits.columns} 列")
        if self.cells > self.cells_left:
            raise over_limit(f"有内容的单元格超过 {self.limits.cells:,} 个")


def finished(sheet: SheetContent, limits: Limits, cells_left: int) -> Finished:
    """The sheet ready to leave."""
    return Finished(sheet, limits, cells_left)


def without_overlaps(merges: list[Merge], limits: Limits) -> tuple[list[Merge], list[Merge]]:
    """Merges that stand alone, in order; and those that overlap one before them, which no program shows."""
    if len(merges) > limits.merges:
        raise over_limit(f"合并单元格超过 {limits.merges:,} 处")
    alone: list[Merge] = []
    overlapping: list[Merge] = []
    busy = [0] * (limits.columns + 2)
    for merge in sorted(merges, key=lambda merge: (merge.top, merge.left)):
        left, right = min(merge.left, limits.columns + 1), min(merge.right, limits.columns + 1)
        if merge.top == merge.bottom and merge.left == merge.right:
            continue
        if left > limits.columns:
            continue  # beyond the last column that may hold a value
        if max(busy[left : right + 1]) >= merge.top:
            overlapping.append(merge)
            continue
        busy[left : right + 1] = [merge.bottom] * (right + 1 - left)
        alone.append(merge)
    return alone, overlapping


def _range(merge: Merge) -> str:
    return f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"
