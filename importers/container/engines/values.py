"""An engine's value as a cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from importers.container.content import Row
from importers.container.number_formats import PLAIN, NumberFormat
from importers.container.written import moment_cell, number_cell, text_cell, truth_cell
from importers.grid import Cell

Place = tuple[int, int]
EngineRow = tuple[int, Iterator[tuple[int, Any]]]


def cell_of(value: Any, shown: NumberFormat = PLAIN, *, struck: bool = False) -> Cell | None:
    """The cell of a Python value; None when it is blank."""
    if isinstance(value, str):
        return text_cell(value, struck=struck)
    if isinstance(value, bool):
        return truth_cell(value, struck=struck)
    if isinstance(value, int | float):
        return number_cell(value, shown, struck=struck)
    if isinstance(value, date | time | timedelta):
        return moment_cell(value, shown, struck=struck)
    return None if value is None else text_cell(str(value), struck=struck)


def with_errors(
    rows: Iterator[tuple[int, dict[int, Cell]]],
    errors: Mapping[Place, tuple[str, str]],
    struck: Collection[Place] = (),
    untyped: Mapping[Place, str] | None = None,
) -> Iterator[Row]:
    """Rows with the cells that the engine leaves out, because an error or nothing stands where their value should.

    `untyped`: text of cells that name no type of value; an engine takes them for blank, a spreadsheet shows them.
    """
    missing: dict[int, dict[int, Cell]] = {}
    for (row, column), text in (untyped or {}).items():
        missing.setdefault(row, {})[column] = Cell(text, text, None, (row, column) in struck)
    for (row, column), (error, text) in errors.items():
        missing.setdefault(row, {})[column] = Cell(None, text, error, (row, column) in struck)
    for row, cells in rows:
        cells.update(missing.pop(row, {}))
        yield row, sorted(cells.items())
    for row in sorted(missing):
        yield row, sorted(missing[row].items())


def calamine_rows(sheet: Any) -> Iterator[EngineRow]:
    """Rows as calamine stores them: numbered from the first row of the sheet, columns from the first used one."""
    if sheet.start is None:
        return
    first = sheet.start[1] + 1
    for row, values in enumerate(sheet.iter_rows(), 1):
        yield row, ((column, value) for column, value in enumerate(values, first) if value != "")
