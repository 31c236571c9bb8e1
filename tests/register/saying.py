"""Statements in one line, for the tests of the register."""

from __future__ import annotations

from datetime import date
from itertools import count

from app.domain.dates import DateInterval
from app.domain.statement import Evidence, Statement, Value

_numbers = count(1)


def day(text: str) -> date:
    """2024-01-15, or 01-15 of 2024."""
    return date.fromisoformat(text if len(text) > 5 else f"2024-{text}")


def said(
    field: str, value: Value, on: str, by: str = "A", *, change: int | None = None, section: str = "equipment"
) -> Statement:
    """What a source says of a field for a day; its file is named after it."""
    where = Evidence(f"{by}.xlsx", "Sheet1", "B2", str(value))
    number = next(_numbers) if change is None else change
    return Statement("subject", section, field, value, day(on), by, where, number)


def between(since: str | None, until: str | None) -> DateInterval:
    """An interval of days, open where None."""
    return DateInterval(day(since) if since else None, day(until) if until else None, "month", "…")
