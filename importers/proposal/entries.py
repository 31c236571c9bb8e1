"""The row in which an entry of a record stands, and what it states."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.statement import Value
from importers.proposal.hearing import RowPlace
from importers.reading import Facts, Record


def values_of(facts: Facts) -> dict[str, Value]:
    """What an entry states, without the cells."""
    return {name: fact.value for name, fact in facts.items()}


def row_of(record: Record, facts: Facts) -> RowPlace:
    """The sheet row in which an entry stands: the lowest of its cells among the record's rows (merges begin above)."""
    rows = set(record.sheet_rows) or set(range(record.rows[0], record.rows[1] + 1))
    stands = [row for row in _rows(fact.cell for fact in facts.values()) if row in rows]
    return record.sheet, max(stands, default=record.rows[0])


def _rows(cells: Iterable[str | None]) -> list[int]:
    found = [re.search(r"\d+$", cell) for cell in cells if cell]
    return [int(one[0]) for one in found if one]
