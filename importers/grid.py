"""A sheet as a grid of cells: what engines give and tables are found in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, NamedTuple, cast

Place = tuple[int, int]


@cache
def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """Row 6, column 4 → D6."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as stored. `text` is what was written, as a person would see it; `value` its stored type.

    A number that the engine could only give as a number has both. `error`: #REF! and the like, or a formula without a
    stored result. `struck`: struck out, so it states nothing.
    """

    value: str | int | float | bool | date | datetime | time | None
    text: str
    error: str | None = None
    struck: bool = False


class Merge(NamedTuple):
    """A merged range, all four ends inclusive, 1-based."""

    top: int
    left: int
    bottom: int
    right: int


class MergeIndex:
    """Finds the merge that covers a place without unfolding any: a merge over the whole sheet costs little.

    Merges do not overlap. They are filed under bands of 64 rows, and sorted by column for a row when it is first asked.
    """

    _BAND = 64

    def __init__(self, merges: Iterable[Merge]) -> None:
        self._bands: dict[int, list[Merge]] = {}
        self._rows: dict[int, tuple[list[int], list[Merge]]] = {}
        for merge in merges:
            for band in range(merge.top // self._BAND, min(merge.bottom, 1 << 20) // self._BAND + 1):
                self._bands.setdefault(band, []).append(merge)

    def on(self, row: int) -> list[Merge]:
        """The merges that cover a part of this row, from left to right."""
        return (self._rows.get(row) or self._row(row))[1] if row // self._BAND in self._bands else []

    def origin(self, row: int, column: int) -> Place | None:
        """The top-left of the merge that covers this place; None where none does."""
        if row // self._BAND not in self._bands:
            return None
        lefts, merges = self._rows.get(row) or self._row(row)
        place = bisect_right(lefts, column) - 1
        if place < 0 or merges[place].right < column:
            return None
        return merges[place].top, merges[place].left

    def _row(self, row: int) -> tuple[list[int], list[Merge]]:
        if len(self._rows) > 4096:
            self._rows.clear()
        band = self._bands[row // self._BAND]
        merges = sorted((merge for merge in band if merge.top <= row <= merge.bottom), key=lambda merge: merge.left)
        self._rows[row] = [merge.left for merge in merges], merges
        return self._rows[row]


class Shape:
    """Which columns of a row are filled, in order; rows that are filled alike share one."""

    __slots__ = ("columns", "place")

    def __init__(self, columns: tuple[int, ...]) -> None:
        self.columns = columns
        #: Column → its place among `columns`, and so among the row's cells.
        self.place = {column: place for place, column in enumerate(columns)}


class GridRow:
    """The filled cells of one row, from left to right."""

    __slots__ = ("cells", "shape")

    def __init__(self, shape: Shape, cells: tuple[Cell, ...]) -> None:
        self.shape = shape
        self.cells = cells

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns of `cells`, one to one."""
        return self.shape.columns

    def get(self, column: int) -> Cell | None:
        """The cell of a column; None where blank."""
        place = self.shape.place.get(column)
        return None if place is None else self.cells[place]

    def items(self) -> Iterator[tuple[int, Cell]]:
        """(column, cell), from left to right."""
        return zip(self.shape.columns, self.cells, strict=True)

    def __len__(self) -> int:
        return len(self.cells)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GridRow) and self.columns == other.columns and self.cells == other.cells

    __hash__ = None  # type: ignore[assignment]


BLANK_ROW = GridRow(Shape(()), ())


class Cells(Mapping[Place, Cell]):
    """The filled cells of a sheet by (row, column), read-only, in reading order. It holds rows, not places.

    Cells that are equal are one object, so that what is worked out for one can be kept by its identity.
    """

    __slots__ = ("rows",)

    def __init__(self, rows: Mapping[int, GridRow]) -> None:
        #: Rows with something in them, in order.
        self.rows = rows

    @classmethod
    def of(cls, cells: Mapping[Place, Cell]) -> Cells:
        """The same cells, filed by rows."""
        rows: dict[int, list[tuple[int, Cell]]] = {}
        shapes: dict[tuple[int, ...], Shape] = {}
        known: dict[object, Cell] = {}
        for (row, column), cell in sorted(cells.items(), key=itemgetter(0)):
            rows.setdefault(row, []).append((column, known.setdefault((type(cell.value), cell), cell)))
        filed = {}
        for row, filled in rows.items():
            columns = tuple(column for column, _ in filled)
            filed[row] = GridRow(shapes.setdefault(columns, Shape(columns)), tuple(cell for _, cell in filled))
        return cls(filed)

    def __getitem__(self, place: Place) -> Cell:
        row = self.rows[place[0]]
        return row.cells[row.shape.place[place[1]]]

    def get(self, place: Place, default: Any = None) -> Any:
        """The cell of a place, else `default`."""
        row = self.rows.get(place[0])
        if row is None:
            return default
        at = row.shape.place.get(place[1])
        return default if at is None else row.cells[at]

    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and self.get(place) is not None

    def __iter__(self) -> Iterator[Place]:
        return ((number, column) for number, row in self.rows.items() for column in row.columns)

    def __len__(self) -> int:
        return sum(len(row) for row in self.rows.values())

    def __eq__(self, other: object) -> bool:
        return self.rows == other.rows if isinstance(other, Cells) else super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True)
class SheetGrid:
    """A sheet: sparse cells by (row, column), 1-based; blank cells are absent.

    `cells` holds a merged range only at its top-left; `at` unfolds it. It is filed by rows whatever mapping is given.
    """

    name: str
    cells: Mapping[Place, Cell]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not isinstance(self.cells, Cells):
            object.__setattr__(self, "cells", Cells.of(self.cells))

    @cached_property
    def rows(self) -> Mapping[int, GridRow]:
        """Rows with something in them, in order; merges not unfolded."""
        return cast(Cells, self.cells).rows

    def row(self, row: int) -> GridRow:
        """What is stored in a row; merges not unfolded."""
        return self.rows.get(row, BLANK_ROW)

    def cell(self, row: int, column: int) -> Cell | None:
        """What is stored here; merges not unfolded."""
        found = self.rows.get(row)
        return None if found is None else found.get(column)

    @cached_property
    def height(self) -> int:
        """The last row with a cell; 0 on a blank sheet."""
        return max(self.rows, default=0)

    @cached_property
    def width(self) -> int:
        """The last column with a cell; 0 on a blank sheet."""
        return max((row.columns[-1] for row in self.rows.values()), default=0)

    @cached_property
    def _index(self) -> MergeIndex:
        return MergeIndex(merge for merge in self.merges if self.cell(merge.top, merge.left) is not None)

    def merges_on(self, row: int) -> list[Merge]:
        """The merges that cover a part of this row and have a value, from left to right."""
        return self._index.on(row)

    def origin(self, row: int, column: int) -> Place:
        """The top-left of the merge that covers this place, else the place itself."""
        return self._index.origin(row, column) or (row, column)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that stands here, merges unfolded; None where blank."""
        return self.cell(*self.origin(row, column))

    def text(self, row: int, column: int) -> str:
        """The text that stands here, merges unfolded; empty where blank."""
        cell = self.at(row, column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class WorkbookGrid:
    """All sheets of a file. `format` is what the bytes are: xlsx xlsm xlsb xls ods csv tsv html, mht, spreadsheetml.

    `engine_issues`: what reading the container found (sheet, cell, code, text), such as a formula without a result.
    """

    file: str
    sha256: str
    format: str
    sheets: tuple[SheetGrid, ...]
    date1904: bool = False
    engine: str = ""
    engine_issues: tuple[tuple[str, str | None, str, str], ...] = ()
