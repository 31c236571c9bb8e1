"""A ledger's tables as they are kept with its issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.register.ledgers.frozen import Cell, Frozen, Heading, Origin, Sheet
from reports.tables import Column, Imprint, Table


def frozen(tables: Iterable[Table], imprint: Imprint, told: Mapping[str, Any]) -> Frozen:
    """The ledger as data: the same cells in the same places as in its file."""
    signed = "　".join(f"{label}：{name}" for label, name in imprint.signatures)
    return Frozen(told, tuple(_sheet(table, signed) for table in tables))


def _sheet(table: Table, signed: str) -> Sheet:
    return Sheet(
        table.name,
        table.title,
        tuple(map(_heading, table.columns)),
        tuple(tuple(map(_cell, row)) for row in table.rows),
        tuple(Origin(origin.records, dict(origin.counted)) for origin in table.origins),
        table.total,
        table.notes,
        table.unit,
        table.emphasis,
        signed=signed,
    )


def _heading(column: Column) -> Heading:
    return Heading(column.title, column.fact, column.total, column.partial, column.how)


def _cell(value: Any) -> Cell:
    """A value that JSON says the same way: a number of a library's own becomes a plain one."""
    if value is None or isinstance(value, str):
        return value
    return float(value) if isinstance(value, float) else int(value)
