"""A table to be printed: columns, rows, totals and notes; no workbook library yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from app.domain.masking import masked

#: What a printed cell may hold. Text is never read as a formula.
Printed = str | int | float | None

#: A record that a cell stands for: its section of contract/fields.yaml and its id, ("equipment", "0198…"); beside
#: those ("figure", id), a stated figure, and ("county", code). Counted, a machine is as many as it has bodies.
Ref = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, its width in characters, and whether its numbers are summed at the foot.

    `partial`: a blank is unknown, not nothing, so where no row states a number the foot is 未说明 and never 0.
    `fact`: the field that it prints ("enterprise.status"); empty where its cells are reckoned. `how`: in words, how
    they are reckoned, or what is counted. `code`: codes and phones, which stay text when somebody edits them.
    `choices`: the words of its drop-down. `centred`: short words and row numbers, which stand in the middle.
    """

    title: str
    width: float = 12
    total: bool = False
    partial: bool = False
    fact: str = ""
    how: str = ""
    code: bool = False
    choices: tuple[str, ...] = ()
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row's cells come from: its own records, and by column title the records that a number counts.

    A fact's column prints the fact of the row's record of that section.
    """

    records: tuple[Ref, ...] = ()
    counted: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of one column of a sheet from `first` on, which is counted from 0, and what stands in them."""

    sheet: str
    column: int
    first: int
    cells: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one colour of bars."""

    name: str
    categories: Span
    values: Span


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that reckons from the sheets' own cells. `unit` stands in its title; `stacked`: parts of one whole."""

    kind: Literal["bar", "column", "line"]
    title: str
    series: tuple[Series, ...]
    unit: str = ""
    right: bool = False
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. `emphasis`: rows printed bold, heading what follows; `total`: the word of the foot row, if any.

    `origins`: of each row, in their order; empty where nothing is traced. `links`: by row and column, both counted from
    0 and the foot after the last row, the range that a cell leads to (reports.workbook.places.rows_of).
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
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()


def masked_table(table: Table) -> Table:
    """The same without telephone and identity numbers: they do not leave by a printed table.

    Neither by its cells nor by what a drop-down offers or a chart names.
    """
    columns = tuple(replace(one, choices=tuple(dict.fromkeys(map(masked, one.choices)))) for one in table.columns)
    charts = tuple(replace(one, series=tuple(map(_masked_series, one.series))) for one in table.charts)
    rows, notes = tuple(map(_masked_cells, table.rows)), tuple(map(masked, table.notes))
    return replace(table, title=masked(table.title), columns=columns, rows=rows, notes=notes, charts=charts)


def _masked_series(one: Series) -> Series:
    categories = replace(one.categories, cells=_masked_cells(one.categories.cells))
    return replace(one, name=masked(one.name), categories=categories)


def _masked_cells(cells: tuple[Printed, ...]) -> tuple[Printed, ...]:
    return tuple(masked(cell) if isinstance(cell, str) else cell for cell in cells)


@dataclass(frozen=True, slots=True)
class Stream:
    """A sheet whose rows come one by one and may be any number: the table without rows, and its rows.

    `notes`: what stands below the table's own notes and is only known when all rows have come.
    """

    table: Table
    rows: Iterable[tuple[Printed, ...]]
    notes: Callable[[], tuple[str, ...]] = tuple


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands at the head of every sheet: who reports, and the day that the figures are of.

    `signatures`: what is signed below, by label and name; a name may be empty: (("填报人", "张三"), ("审核人", "")).
    """

    reporting_unit: str
    day: str
    signatures: tuple[tuple[str, str], ...] = ()
