"""How a sheet crosses from the child to its parent: different cells once, rows as numbers of cells, in JSON lines.

{"cells": [cell, …]}      continues the table of different cells
{"shapes": [[column, …]]} continues the table of the sets of columns that rows have
{"rows": [numbers, shapes, cells]}    rows: number and shape each, then all their cells; unsigned 32-bit in base64
"""

from __future__ import annotations

import json
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from importers.container.content import Placed, Row
from importers.container.written import number_text
from importers.grid import Cell, GridRow, Shape

_CHUNK = 1 << 16
#: So many different cells are remembered; after that equal ones may cross again.
_MOST_KNOWN = 300_000


def wire_of(cell: Cell) -> Any:
    """A cell as JSON: text and numbers as they are, the rest as [text, kind, value, error, struck]."""
    value, text = cell.value, cell.text
    if cell.error is None and not cell.struck:
        if isinstance(value, str) and value == text:
            return text
        if isinstance(value, int | float) and not isinstance(value, bool) and number_text(value) == text:
            return value
    for kind, types in _KINDS:
        if isinstance(value, types):
            return [text, kind, value if kind in "bns" else value.isoformat(), cell.error, cell.struck]
    return [text, "x", None, cell.error, cell.struck]


def wire_text(wire: Any) -> str:
    """The text of the cell that crosses so."""
    if isinstance(wire, str):
        return wire
    return str(wire[0]) if isinstance(wire, list) else number_text(wire)


_KINDS: tuple[tuple[str, Any], ...] = (
    ("b", bool),
    ("n", (int, float)),
    ("t", datetime),
    ("d", date),
    ("h", time),
    ("s", str),
)
_FROM_TEXT = {"t": datetime.fromisoformat, "d": date.fromisoformat, "h": time.fromisoformat}


def lines_of_rows(rows: Iterable[Row]) -> Iterator[str]:
    """Rows of cells on their way out, each different cell once."""
    known: dict[Any, int] = {}
    shapes: dict[tuple[int, ...], int] = {}
    fresh: list[Any] = []
    total = told = 0
    numbers, kinds, ids = array("I"), array("I"), array("I")
    for row, cells in rows:
        numbers.append(row)
        columns = tuple([column for column, _ in cells])
        kinds.append(shapes.setdefault(columns, len(shapes)))
        for _, cell in cells:
            key: Any = cell.text
            if cell.value is not key or cell.error is not None or cell.struck:
                key = (cell.value.__class__, cell.value, key, cell.error, cell.struck)
            number = known.get(key)
            if number is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                number = known[key] = total
                total += 1
                fresh.append(wire_of(cell))
            ids.append(number)
        if len(ids) >= _CHUNK:
            yield from _chunk(fresh, list(shapes)[told:], numbers, kinds, ids)
            told, fresh = len(shapes), []
            numbers, kinds, ids = array("I"), array("I"), array("I")
    yield from _chunk(fresh, list(shapes)[told:], numbers, kinds, ids)


def lines_of_table(table: list[Any]) -> Iterator[str]:
    """The different cells of a sheet, known beforehand."""
    for start in range(0, len(table), _CHUNK // 4):
        yield as_line({"cells": table[start : start + _CHUNK // 4]})


def lines_of_placed(placed: Placed) -> Iterator[str]:
    """The rows of a sheet whose different cells have crossed."""
    yield as_line({"shapes": placed.shapes})
    at = row = 0
    while row < len(placed.numbers):
        first, start = row, at
        while row < len(placed.numbers) and at - start < _CHUNK:
            at += len(placed.shapes[placed.kinds[row]])
            row += 1
        yield from _chunk([], [], placed.numbers[first:row], placed.kinds[first:row], placed.ids[start:at])


def _chunk(
    cells: list[Any], shapes: list[tuple[int, ...]], numbers: array[int], kinds: array[int], ids: array[int]
) -> Iterator[str]:
    if cells:
        yield as_line({"cells": cells})
    if shapes:
        yield as_line({"shapes": shapes})
    if numbers:
        yield as_line({"rows": [b64encode(one.tobytes()).decode() for one in (numbers, kinds, ids)]})


def as_line(what: Any) -> str:
    """A line of JSON."""
    return json.dumps(what, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


class Arriving:
    """A sheet on its way in. Lines that do not fit together raise LookupError, TypeError or ValueError."""

    def __init__(self) -> None:
        self.rows: dict[int, GridRow] = {}
        self._cells: list[Cell] = []
        self._shapes: list[Shape] = []
        self._known: dict[type, dict[Any, Cell]] = {str: {}, int: {}, float: {}, list: {}}

    def take(self, line: dict[str, Any]) -> None:
        """One line of the sheet."""
        if "rows" in line:
            self._take_rows(*line["rows"])
        elif "cells" in line:
            self._cells.extend(map(self._cell, line["cells"]))
        else:
            self._shapes.extend(Shape(tuple(columns)) for columns in line["shapes"])

    def _cell(self, wire: Any) -> Cell:
        """Equal cells are one object."""
        known = self._known[wire.__class__]
        key = wire if wire.__class__ is not list else (*wire, wire[2].__class__)
        cell = known.get(key)
        if cell is None:
            cell = known[key] = _cell_from(wire)
        return cell

    def _take_rows(self, *told: str) -> None:
        numbers, kinds, ids = (_numbers(one) for one in told)
        cells = list(map(self._cells.__getitem__, ids))
        at = 0
        for number, kind in zip(numbers, kinds, strict=True):
            shape = self._shapes[kind]
            end = at + len(shape.columns)
            self.rows[number] = GridRow(shape, tuple(cells[at:end]))
            at = end
        if at != len(cells):
            raise ValueError


def _numbers(told: str) -> array[int]:
    numbers = array("I")
    numbers.frombytes(b64decode(told, validate=True))
    return numbers


def _cell_from(wire: Any) -> Cell:
    if isinstance(wire, str):
        return Cell(wire, wire)
    if isinstance(wire, int | float):
        return Cell(wire, number_text(wire))
    text, kind, value, error, struck = wire
    stored: Any = _FROM_TEXT[kind](value) if kind in _FROM_TEXT else value
    return Cell(stored, text, error, struck)
