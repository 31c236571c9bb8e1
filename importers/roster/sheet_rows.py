"""A sheet row by row: the cells that begin in each row, and how far each reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from importers.grid import Cell, Merge, SheetGrid


@dataclass(frozen=True)
class SheetRows:
    """A grid with its rows indexed once; blank texts count as no cell."""

    grid: SheetGrid
    rows: dict[int, tuple[tuple[int, Cell], ...]]
    merges: dict[tuple[int, int], Merge]

    @classmethod
    def of(cls, grid: SheetGrid) -> SheetRows:
        """Index a grid."""
        rows: dict[int, list[tuple[int, Cell]]] = {}
        for (row, column), cell in sorted(grid.cells.items(), key=lambda item: item[0]):
            if cell.text.strip() or cell.error:
                rows.setdefault(row, []).append((column, cell))
        merges = {(merge.top, merge.left): merge for merge in grid.merges}
        return cls(grid, {row: tuple(cells) for row, cells in rows.items()}, merges)

    def between(self, left: int, right: int) -> SheetRows:
        """The same sheet with only these columns, for a table that stands beside another."""
        grid = self.grid
        cells = {place: cell for place, cell in grid.cells.items() if left <= place[1] <= right}
        merges = tuple(merge for merge in grid.merges if left <= merge.left and merge.right <= right)
        return SheetRows.of(
            SheetGrid(
                grid.name,
                cells,
                merges,
                grid.hidden,
                grid.hidden_rows,
                grid.hidden_columns & set(range(left, right + 1)),
            )
        )

    @cached_property
    def height(self) -> int:
        """The last row with a text."""
        return max(self.rows, default=0)

    def own(self, row: int) -> tuple[tuple[int, Cell], ...]:
        """The cells that begin in this row, by column."""
        return self.rows.get(row, ())

    def own_text(self, row: int, column: int) -> str:
        """The text of the cell that begins exactly here; empty where blank or covered."""
        if self.grid.origin(row, column) != (row, column):
            return ""
        return self.grid.text(row, column).strip()

    def text(self, row: int, column: int) -> str:
        """The text that stands here, merges unfolded."""
        return self.grid.text(row, column).strip()

    def reach(self, row: int, column: int) -> int:
        """The last column that the cell beginning here covers."""
        merge = self.merges.get((row, column))
        return merge.right if merge else column

    def depth(self, row: int, column: int) -> int:
        """The last row that the cell beginning here covers."""
        merge = self.merges.get((row, column))
        return merge.bottom if merge else row

    @cached_property
    def _columns(self) -> frozenset[int]:
        """The columns in which some cell begins."""
        return frozenset(column for cells in self.rows.values() for column, _ in cells)

    def beside(self, row: int, column: int) -> int:
        """The column right of the cell that begins here; columns that are blank all the way down are passed over."""
        right = self.reach(row, column) + 1
        return next((at for at in range(right, right + 3) if at in self._columns), right)

    def after(self, row: int, column: int) -> tuple[int, Cell] | None:
        """The next cell to the right that begins in this row, beyond what this one covers."""
        reach = self.reach(row, column)
        return next(((at, cell) for at, cell in self.own(row) if at > reach), None)
