"""What is laid on a sheet besides its cells, noted while its rows go by."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.tables import Chart, Column
from reports.workbook.places import HEAD, letters

#: The height of a row that none is told of, in points.
ROW_HEIGHT = 15.0
#: Rows whose heights a chart beside the table has to know.
_BESIDE = 80
#: Sheets wider than this, in characters, go on A3.
_A4_WIDTH = 150
#: Width and height of the paper within the margins, lying, in points.
_A4, _A3 = (770.0, 495.0), (1118.0, 741.0)


@dataclass(slots=True)
class Laid:
    """A sheet: its name and columns, and of what was written so far the rows, merged cells, links and charts.

    `filled`: points of the printed page on which the last row stands.
    """

    name: str
    columns: tuple[Column, ...]
    charts: tuple[Chart, ...] = ()
    rows: int = 0
    last_row: int = 0
    filled: float = 0
    page: float = field(init=False)
    merged: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page = self.page_height(self.pixels())

    def merge(self, row: int, first: int, last: int) -> None:
        """Cells of a row become one."""
        if last > first:
            self.merged.append(f"{letters(first)}{row}:{letters(last)}{row}")

    def next_row(self, height: float | None = None) -> int:
        """The number of one more row."""
        self.last_row += 1
        high = height or ROW_HEIGHT
        self.filled = self.filled + high if self.filled + high <= self.page else self.repeated + high
        if height and self.last_row <= _BESIDE:
            self.heights[self.last_row] = height
        return self.last_row

    @property
    def repeated(self) -> float:
        """The height of the headings, with which each page begins."""
        return self.heights.get(HEAD, ROW_HEIGHT)

    def on_a3(self) -> bool:
        """Whether A4 is too narrow."""
        return sum(column.width for column in self.columns) > _A4_WIDTH

    def pixels(self) -> int:
        """The width of the table."""
        return sum(round(column.width * 7 + 5) for column in self.columns)

    def page_height(self, pixels: int) -> float:
        """Points of the sheet that stand on a printed page, where it is so wide."""
        width, height = _A3 if self.on_a3() else _A4
        return height * max(1.0, pixels * 0.75 / width)
