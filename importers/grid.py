"""A sheet as a grid of cells: what engines give and tables are found in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property


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


@dataclass(frozen=True, slots=True)
class Merge:
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

    def origin(self, row: int, column: int) -> tuple[int, int] | None:
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


@dataclass(frozen=True)
class SheetGrid:
    """A sheet: sparse cells by (row, column), 1-based; blank cells are absent.

    `cells` holds a merged range only at its top-left; `at` unfolds it.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @cached_property
    def height(self) -> int:
        """The last row with a cell; 0 on a blank sheet."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """The last column with a cell; 0 on a blank sheet."""
        return max((column for _, column in self.cells), default=0)

    @cached_property
    def _index(self) -> MergeIndex:
        return MergeIndex(merge for merge in self.merges if (merge.top, merge.left) in self.cells)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The top-left of the merge that covers this place, else the place itself."""
        return self._index.origin(row, column) or (row, column)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that stands here, merges unfolded; None where blank."""
        return self.cells.get(self.origin(row, column))

    def text(self, row: int, column: int) -> str:
        """The text that stands here, merges unfolded; empty where blank."""
        cell = self.at(row, column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class WorkbookGrid:
    """All sheets of a file. `format` is what the bytes are: xlsx xlsm xlsb xls ods csv tsv html.

    `engine_issues`: what reading the container found (sheet, cell, code, text), such as a formula without a result.
    """

    file: str
    sha256: str
    format: str
    sheets: tuple[SheetGrid, ...]
    date1904: bool = False
    engine: str = ""
    engine_issues: tuple[tuple[str, str | None, str, str], ...] = ()
