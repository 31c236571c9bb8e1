"""The charts of a ledger: progress and obsolete equipment by township, 家 and 台 over the last quarters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from reports.ledger.gathered.families import STAGES
from reports.tables import Chart, Series, Span, Table

_OBSOLETE = ("仍有淘汰类设备（家）", "仍有淘汰类设备（台）", "淘汰类待核实（家）", "淘汰类待核实（台）")

_PROGRESS = "各乡镇（街道）“一企一策”进展"


def charted(table: Table) -> Table:
    """The same table, with charts where there is anything to draw."""
    if table.name == "分乡镇汇总":
        plans = [replace(one, stacked=True) for one in _chart(table, "column", _PROGRESS, STAGES, "家")]
        obsolete = _chart(table, "column", "各乡镇（街道）淘汰类设备", _OBSOLETE, "家、台")
        return replace(table, charts=(*plans, *obsolete))
    if table.name == "季度走势":
        return replace(table, charts=_chart(table, "line", "近几个季度淘汰类设备", _OBSOLETE, "家、台"))
    return table


def _chart(
    table: Table, kind: Literal["column", "line"], title: str, wanted: Iterable[str], unit: str
) -> tuple[Chart, ...]:
    """One chart of the columns in which anything is counted; none where that is nothing, or but one place."""
    columns = {column.title: place for place, column in enumerate(table.columns)}
    drawn = [name for name in wanted if name in columns and any(row[columns[name]] for row in table.rows)]
    if not drawn or len(table.rows) < 2:
        return ()
    categories = _span(table, 0)
    return (Chart(kind, title, tuple(Series(name, categories, _span(table, columns[name])) for name in drawn), unit),)


def _span(table: Table, column: int) -> Span:
    return Span(table.name, column, 0, tuple(row[column] for row in table.rows))
