"""What reading a roster gives: tables, records with every value traced to its cell, issues and counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from app.domain.dates import DateInterval
from app.domain.proposal import RosterIssue as Issue
from importers.facts import Fact as Fact
from importers.facts import Facts as Facts
from importers.facts_json import FactsWriter, as_json
from importers.grid import GridRow, column_letter, column_number

if TYPE_CHECKING:
    from importers.own_ledger.recognised import OwnLedger


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


_letters, _number = cache(column_letter), lru_cache(maxsize=1 << 14)(column_number)


class RowTexts(Mapping[str, str]):
    """The texts of a sheet row by column letter, read off the grid when they are asked for."""

    __slots__ = ("_row",)

    def __init__(self, row: GridRow) -> None:
        self._row = row

    def __getitem__(self, letters: str) -> str:
        cell = self._row.get(_number(letters))
        if cell is None:
            raise KeyError(letters)
        return cell.text

    def __iter__(self) -> Iterator[str]:
        return map(_letters, self._row.columns)

    def __len__(self) -> int:
        return len(self._row)


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
    """All that one file gives. `engine`: what opened it. `rows` are for the import, not part of the JSON.

    `ledger`: what it says of itself where it is a ledger that a register printed; not part of the JSON either.
    """

    file: str
    sha256: str
    format: str
    sheets: tuple[Sheet, ...]
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    rows: tuple[Row, ...]
    rows_held: int
    engine: str = ""
    ledger: OwnLedger | None = None

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

    def json_pieces(self) -> Iterator[str]:
        """The JSON object of contract/reading.md on one line, piece by piece: whole it would fill the memory."""
        head = {"file": self.file, "sha256": self.sha256, "format": self.format, "engine": self.engine}
        yield as_json(head | {"sheets": [_sheet(sheet) for sheet in self.sheets]})[:-1]
        writer = FactsWriter()
        yield ', "records": ['
        yield from _listed(_record(record, writer) for record in self.records)
        yield '], "issues": ['
        yield from _listed(as_json(issue.as_dict()) for issue in self.issues)
        yield f'], "counts": {as_json(self.counts())}}}'

    def as_dict(self) -> dict[str, Any]:
        """The same as an object."""
        made: dict[str, Any] = json.loads("".join(self.json_pieces()))
        return made


def _listed(pieces: Iterable[str]) -> Iterator[str]:
    return (f", {piece}" if at else piece for at, piece in enumerate(pieces))


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


def _record(record: Record, writer: FactsWriter) -> str:
    extras = {header: {"value": extra.value, "cell": extra.cell} for header, extra in record.extras.items()}
    parts = {
        "sheet": as_json(record.sheet),
        "rows": as_json(record.rows),
        "enterprise": writer.facts(record.enterprise),
        "equipment": writer.entries(record.equipment),
        "permits": writer.entries(record.permits),
        "plan": writer.facts(record.plan) if record.plan else "null",
        "actions": writer.entries(record.actions),
        "extras": as_json(extras),
    }
    named = [f'"{name}": {part}' for name, part in parts.items()]
    return f"{{{', '.join(named)}}}"
