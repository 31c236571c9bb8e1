"""What reading a roster gives: tables, records with every value traced to its cell, issues and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.dates import DateInterval
from app.domain.proposal import RosterIssue as Issue
from app.domain.statement import Value


@dataclass(frozen=True, slots=True)
class Fact:
    """The value understood, the text as written, the cell that it stands in."""

    value: Value
    raw: str
    cell: str | None

    def as_dict(self) -> dict[str, Any]:
        value = self.value.as_dict() if isinstance(self.value, DateInterval) else self.value
        return {"value": value, "raw": self.raw, "cell": self.cell}


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Extra:
    """A value whose column was not understood, kept under its header."""

    value: str
    cell: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its joined header path, the field it means, how that is known (lexicon, learned, told)."""

    column: str
    header: str
    field: str | None
    unit: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet."""

    range: str
    title: str | None
    header_rows: tuple[int, ...]
    reporting_unit: str | None
    reported_on: DateInterval | None
    columns: tuple[Column, ...]
    ignored_rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its tables, or why it has none (blank, not_a_roster)."""

    name: str
    hidden: bool
    tables: tuple[Table, ...]
    why_no_table: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One firm of one table. `table`: the table's place in its sheet; `sheet_rows`: every row that it was read from."""

    sheet: str
    table: int
    rows: tuple[int, int]
    enterprise: Facts
    equipment: tuple[Facts, ...]
    permits: tuple[Facts, ...]
    plan: Facts | None
    actions: tuple[Facts, ...]
    extras: Mapping[str, Extra]
    sheet_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A sheet row of a table kept whole: every cell by its column letter, and its fate (record, ignored, held)."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    fate: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file gives. `rows` are for the import, not part of the JSON."""

    file: str
    sha256: str
    format: str
    sheets: tuple[Sheet, ...]
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    rows: tuple[Row, ...]
    rows_held: int

    def counts(self) -> dict[str, int]:
        """rows_read = rows in records + ignored + held; and the numbers of the rest."""
        fates = [row.fate for row in self.rows]
        return {
            "rows_read": len(fates),
            "records": len(self.records),
            "equipment": sum(len(record.equipment) for record in self.records),
            "rows_ignored": fates.count("ignored"),
            "rows_held": fates.count("held"),
            "issues": len(self.issues),
        }

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of contract/reading.md."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "format": self.format,
            "sheets": [_sheet(sheet) for sheet in self.sheets],
            "records": [_record(record) for record in self.records],
            "issues": [issue.as_dict() for issue in self.issues],
            "counts": self.counts(),
        }


def _facts(facts: Facts) -> dict[str, Any]:
    return {name: fact.as_dict() for name, fact in facts.items()}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    tables = [
        {
            "range": table.range,
            "title": table.title,
            "header_rows": list(table.header_rows),
            "reporting_unit": table.reporting_unit,
            "reported_on": table.reported_on.as_dict() if table.reported_on else None,
            "columns": [{name: getattr(column, name) for name in Column.__slots__} for column in table.columns],
            "ignored_rows": [{"row": row, "why": why} for row, why in table.ignored_rows],
        }
        for table in sheet.tables
    ]
    return {"name": sheet.name, "hidden": sheet.hidden, "tables": tables, "why_no_table": sheet.why_no_table}


def _record(record: Record) -> dict[str, Any]:
    return {
        "sheet": record.sheet,
        "rows": list(record.rows),
        "enterprise": _facts(record.enterprise),
        "equipment": [_facts(facts) for facts in record.equipment],
        "permits": [_facts(facts) for facts in record.permits],
        "plan": _facts(record.plan) if record.plan else None,
        "actions": [_facts(facts) for facts in record.actions],
        "extras": {header: {"value": extra.value, "cell": extra.cell} for header, extra in record.extras.items()},
    }
