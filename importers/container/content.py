"""What an engine gives of one sheet, and the form in which it crosses from the child to its parent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from importers.grid import Cell, Merge

Issue = tuple[str, str | None, str, str]
Row = tuple[int, list[tuple[int, Cell]]]


@dataclass(slots=True)
class SheetContent:
    """A sheet as an engine reads it. `rows` may be a generator that adds to `issues` while it runs."""

    name: str
    rows: Iterable[Row]
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class BookContent:
    """A workbook as an engine reads it."""

    format: str
    sheets: Iterable[SheetContent]
    date1904: bool = False


def pack(column: int, cell: Cell) -> list[Any]:
    """A cell as a short JSON list: column, text, then kind, value, error, struck as far as needed."""
    packed: list[Any] = [column, cell.text]
    value = cell.value
    if isinstance(value, bool):
        packed += ["b", value]
    elif isinstance(value, int | float):
        packed += ["n", value]
    elif isinstance(value, datetime):
        packed += ["t", value.isoformat()]
    elif isinstance(value, date):
        packed += ["d", value.isoformat()]
    elif isinstance(value, time):
        packed += ["h", value.isoformat()]
    elif value is None:
        packed += ["x", None]
    elif value != cell.text:
        packed += ["s", value]
    if cell.error is not None or cell.struck:
        packed += [None] * (4 - len(packed)) + [cell.error, cell.struck]
    return packed


def unpack(packed: list[Any]) -> tuple[int, Cell]:
    """The cell that `pack` packed."""
    column, text, *rest = packed
    kind = rest[0] if rest else None
    value: Any = text if kind is None else rest[1]
    if kind in _FROM_TEXT:
        value = _FROM_TEXT[kind](value)
    error, struck = rest[2:] if len(rest) > 2 else (None, False)
    return column, Cell(value=value, text=text, error=error, struck=struck)


_FROM_TEXT = {"t": datetime.fromisoformat, "d": date.fromisoformat, "h": time.fromisoformat}
