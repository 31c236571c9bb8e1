"""A sheet row by row: the cells that begin in each row, and how far each reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from importers.grid import BLANK_ROW, Cell, GridRow, Merge, Place, Shape, SheetGrid


class Kinds:
    """Finds the cells of one kind in rows; the grid keeps equal cells as one, so each text is looked at once."""

    _REMEMBERED = 1 << 16

    def __init__(self, is_one: Callable[[Cell], bool]) -> None:
        self._is_one = is_one
        self._others: set[int] = set()

    def any(self, cells: Sequence[Cell]) -> bool:
        """Whether one of these cells is of the kind."""
        others = self._others
        new = [cell for cell in cells if id(cell) not in others]
        if any(map(self._is_one, new)):
            return True
        if len(others) > self._REMEMBERED:
            others.clear()
        others.update(map(id, new))
        return False


@dataclass(frozen=True)
class SheetRows:
    """A grid with its rows indexed once; blank texts count as no cell."""

    grid: SheetGrid
    rows: Mapping[int, GridRow]
    merges: dict[Place, Merge]

    @classmethod
    def of(cls, grid: SheetGrid) -> SheetRows:
        """Index a grid."""
        blank = Kinds(lambda cell: not (cell.text.strip() or cell.error))
        rows = {
            number: written
            for number, row in grid.rows.items()
            if (written := _written(row, blank) if blank.any(row.cells) else row)
        }
        return cls(grid, rows, {(merge.top, merge.left): merge for merge in grid.merges})

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

    def row(self, row: int) -> GridRow:
        """The cells that begin in this row."""
        return self.rows.get(row, BLANK_ROW)

    def own(self, row: int) -> tuple[tuple[int, Cell], ...]:
        """The cells that begin in this row, each with its column, from left to right."""
        return tuple(self.row(row).items())

    def own_text(self, row: int, column: int) -> str:
        """The text of the cell that begins exactly here; empty where blank or covered."""
        cell = self.row(row).get(column)
        if cell is None or (self.merges and self.grid.origin(row, column) != (row, column)):
            return ""
        return cell.text.strip()

    def covered(self, row: int) -> Mapping[int, Place]:
        """The columns of a row that merges cover, each with the place where its merge begins."""
        return {
            column: (merge.top, merge.left)
            for merge in self.grid.merges_on(row)
            for column in range(merge.left, min(merge.right, self.grid.width) + 1)
        }

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
        return frozenset().union(*(row.columns for row in self.rows.values()))

    def beside(self, row: int, column: int) -> int:
        """The column right of the cell that begins here; columns that are blank all the way down are passed over."""
        right = self.reach(row, column) + 1
        return next((at for at in range(right, right + 3) if at in self._columns), right)

    def after(self, row: int, column: int) -> tuple[int, Cell] | None:
        """The next cell to the right that begins in this row, beyond what this one covers."""
        reach = self.reach(row, column)
        return next(((at, cell) for at, cell in self.own(row) if at > reach), None)


def _written(row: GridRow, blank: Kinds) -> GridRow | None:
    """A row without its blank texts; None where nothing else stands there."""
    written = [(column, cell) for column, cell in row.items() if not blank.any((cell,))]
    columns, cells = zip(*written, strict=True) if written else ((), ())
    return GridRow(Shape(columns), cells) if cells else None
