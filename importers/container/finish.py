"""The last look at a sheet before it leaves the child: limits, values under merges, merges that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from importers.container.content import Issue, Placed, Row, SheetContent
from importers.container.crossing import lines_of_placed, lines_of_rows, lines_of_table, wire_text
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

    def lines(self) -> Iterator[str]:
        """The rows with something in them, as they cross to the parent."""
        if isinstance(self.sheet.rows, Placed):
            yield from lines_of_table(self.sheet.rows.table)  # the parent can begin while the rest is made ready
            yield from lines_of_placed(self._placed(self.sheet.rows))
        else:
            yield from lines_of_rows(self._rows(self.sheet.rows))

    def _rows(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row, cells in rows:
            shown = [(column, cell) for column, cell in cells if self._shows(row, column, cell)]
            if shown:
                self._count(row, len(shown), shown[-1][0])
                yield row, shown

    def _placed(self, placed: Placed) -> Placed:
        lost: set[int] = set()
        for row, column, above, under in under_merges(placed, self.merges):
            text = wire_text(placed.table[placed.ids[under]])
            if wire_text(placed.table[placed.ids[above]]) != text:
                self.issues.append((self.sheet.name, address(row, column), "cell.under_merge", text))
            lost.add(under)
        placed = placed.without_places(lost)
        for kind in set(placed.kinds):
            self.last_column = max(self.last_column, placed.shapes[kind][-1])
        if placed.numbers:
            self._count(placed.numbers[-1], len(placed.ids), self.last_column)
        return placed

    def rest(self) -> dict[str, Any]:
        """Merges, what is hidden within the sheet's used part, and the issues."""
        used = [merge for merge in self.merges if merge.top <= self.last_row and merge.left <= self.last_column]
        # An engine knows a sheet by the name in the file, which another sheet may have too.
        issues = [*self.issues, *((self.sheet.name, *issue[1:]) for issue in self.sheet.issues)]
        if len(issues) > self.limits.issues:
            over = len(issues) - self.limits.issues
            issues = [*issues[: self.limits.issues], (self.sheet.name, None, "sheet.more_issues", str(over))]
        return {
            "merges": used,
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

    def _count(self, row: int, cells: int, last_column: int) -> None:
        self.cells += cells
        self.last_row, self.last_column = row, max(self.last_column, last_column)
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
    for merge in sorted(merges, key=itemgetter(0, 1)):
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


def under_merges(placed: Placed, merges: list[Merge]) -> list[tuple[int, int, int, int]]:
    """Values under a merge whose corner has one: row, column, and the places in `ids` of the corner and the value."""
    if not merges:
        return []
    rows = {
        number: (placed.shapes[kind], start)
        for number, kind, start in zip(placed.numbers, placed.kinds, placed.starts(), strict=False)
    }
    last = placed.numbers[-1] if placed.numbers else 0
    # Merges do not overlap, but a wide sheet of tall ones would take longer to go through than its cells.
    tall = sum(min(merge.bottom, last) - merge.top + 1 for merge in merges if merge.top <= last) > len(placed.ids)
    return sorted(_by_cells(rows, merges) if tall else _by_merges(rows, merges, last))


_FiledRows = dict[int, tuple[tuple[int, ...], int]]


def _by_merges(rows: _FiledRows, merges: list[Merge], last: int) -> Iterator[tuple[int, int, int, int]]:
    for top, left, bottom, right in merges:
        columns, start = rows.get(top, ((), 0))
        corner = bisect_left(columns, left)
        if corner == len(columns) or columns[corner] != left:
            continue
        for row in range(top, min(bottom, last) + 1):
            under, begin = rows.get(row, ((), 0))
            at = bisect_left(under, left) if row > top else corner + 1
            while at < len(under) and under[at] <= right:
                yield row, under[at], start + corner, begin + at
                at += 1


def _by_cells(rows: _FiledRows, merges: list[Merge]) -> Iterator[tuple[int, int, int, int]]:
    index = MergeIndex(merges)
    for row, (columns, start) in rows.items():
        for at, column in enumerate(columns, start):
            origin = index.origin(row, column)
            if origin is None or origin == (row, column) or origin[0] not in rows:
                continue
            above, begin = rows[origin[0]]
            corner = bisect_left(above, origin[1])
            if corner < len(above) and above[corner] == origin[1]:
                yield row, column, begin + corner, at


def _range(merge: Merge) -> str:
    return f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"
