"""A table as it is found on a sheet: its head, its rows each with its kind, and the lines around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from importers.grid import address
from importers.roster.furniture import Furniture
from importers.roster.heads import Head
from importers.roster.sheet_rows import SheetRows

#: Rows that carry facts: a firm's first row, a further row of it.
DATA = ("firm", "more")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table by column key; a card of one firm is one line over many sheet rows.

    `kind`: firm or more (a row without a firm's name), else why it is ignored. `band`: the place of a township's name
    that a band above gave to this line.
    """

    kind: str
    rows: tuple[int, ...]
    places: Mapping[int, tuple[int, int]]
    band: tuple[int, int] | None = None

    @property
    def row(self) -> int:
        """Its first sheet row."""
        return self.rows[0]


@dataclass(frozen=True)
class Region:
    """A table on its sheet. `name`: the key of the column of the enterprises' names.

    `card`: labels at the left, values at the right.
    """

    view: SheetRows
    header_rows: tuple[int, ...]
    heads: tuple[Head, ...]
    name: int
    lines: tuple[Line, ...]
    furniture: Furniture
    card: bool = False

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.view.grid.name

    @cached_property
    def stating(self) -> tuple[Line, ...]:
        """The lines that carry facts."""
        return tuple(line for line in self.lines if line.kind in DATA)

    @property
    def top(self) -> int:
        """Its first row, of the head or of a card."""
        return min([*self.header_rows, *(row for line in self.lines for row in line.rows)])

    @property
    def bottom(self) -> int:
        """Its last row."""
        return max([*self.header_rows, *(row for line in self.lines for row in line.rows)])

    @property
    def range(self) -> str:
        """From the first header row to the table's last row."""
        columns = [head.place[1] for head in self.heads]
        columns += [column for line in self.stating for _, column in line.places.values()]
        return f"{address(self.top, min(columns))}:{address(self.bottom, max(columns))}"
