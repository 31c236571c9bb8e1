"""A table as it is found on a sheet: its head, its rows each with its kind, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from importers.grid import Place, address
from importers.roster.furniture import Furniture
from importers.roster.heads import Head
from importers.roster.sheet_rows import SheetRows

#: Rows that carry facts: a firm's first row, a further row of it.
DATA = ("firm", "more")


class RowPlaces(Mapping[int, Place]):
    """The places of a plain row's cells by column key: a key is its column, so that no place is written down."""

    __slots__ = ("columns", "row")

    def __init__(self, row: int, columns: Mapping[int, object]) -> None:
        self.row, self.columns = row, columns

    def __getitem__(self, key: int) -> Place:
        if key not in self.columns:
            raise KeyError(key)
        return self.row, key

    def __iter__(self) -> Iterator[int]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table by column key; a card of one firm is one line over many sheet rows.

    `kind`: firm or more (a row without a firm's name), else why it is ignored. `band`: the place of a township's name
    that a band above gave to this line.
    """

    kind: str
    rows: tuple[int, ...]
    places: Mapping[int, Place]
    band: Place | None = None

    @property
    def row(self) -> int:
        """Its first sheet row."""
        return self.rows[0]

    @property
    def columns(self) -> Iterable[int]:
        """The sheet columns of its places."""
        return self.places if isinstance(self.places, RowPlaces) else (column for _, column in self.places.values())


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

    @cached_property
    def top(self) -> int:
        """Its first row, of the head or of a card."""
        return min([*self.header_rows, *(row for line in self.lines for row in line.rows)])

    @cached_property
    def bottom(self) -> int:
        """Its last row."""
        return max([*self.header_rows, *(row for line in self.lines for row in line.rows)])

    @property
    def range(self) -> str:
        """From the first header row to the table's last row."""
        columns = {head.place[1] for head in self.heads}.union(*(line.columns for line in self.stating))
        return f"{address(self.top, min(columns))}:{address(self.bottom, max(columns))}"
