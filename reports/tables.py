"""A table to be printed: columns, rows, totals and notes; no workbook library yet."""

from __future__ import annotations

from dataclasses import dataclass

#: What a printed cell may hold. Text is never read as a formula.
Printed = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in characters, and whether its numbers are summed at the foot.

    `partial`: a blank is unknown, not nothing, so where no row states a number the foot is 未说明 and never 0.
    """

    title: str
    width: float = 12
    total: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `emphasis`: rows printed bold, heading what follows; `total`: the word of the foot row, if any."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Printed, ...], ...]
    total: str | None = None
    notes: tuple[str, ...] = ()
    unit: str = ""
    emphasis: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands at the head of every sheet: who reports, and the day that the figures are of."""

    reporting_unit: str
    day: str
