"""A table to be printed: columns, rows, totals and notes; no workbook library yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What a printed cell may hold. Text is never read as a formula.
Printed = str | int | float | None

#: A record that a cell stands for: its section of contract/fields.yaml and its id, ("equipment", "0198…").
Ref = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in characters, and whether its numbers are summed at the foot.

    `partial`: a blank is unknown, not nothing, so where no row states a number the foot is 未说明 and never 0.
    `fact`: the field that it prints ("enterprise.status"); empty where its cells are reckoned.
    """

    title: str
    width: float = 12
    total: bool = False
    partial: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row's cells come from: its own records, and by column title the records that a number counts.

    A fact's column prints the fact of the row's record of that section.
    """

    records: tuple[Ref, ...] = ()
    counted: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `emphasis`: rows printed bold, heading what follows; `total`: the word of the foot row, if any.

    `origins`: of each row, in their order; empty where nothing is traced.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Printed, ...], ...]
    total: str | None = None
    notes: tuple[str, ...] = ()
    unit: str = ""
    emphasis: frozenset[int] = frozenset()
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands at the head of every sheet: who reports, and the day that the figures are of."""

    reporting_unit: str
    day: str
