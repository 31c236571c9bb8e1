"""A small fluent builder of sheets: `sheet("名册").row("企业名称", "容量").merge("A1:A2").grid()`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.dates import DateInterval
from importers.grid import Cell, Merge, SheetGrid, WorkbookGrid, column_number
from importers.reading import Facts, Reading, Record
from importers.roster import read_workbook
from importers.roster.told import Told

Stored = str | int | float | date | datetime | Cell | None


def cell(value: Stored) -> Cell | None:
    """A cell as an engine would give it; None and "" are blank."""
    if isinstance(value, Cell):
        return value
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return Cell(value, f"{value:g}")
    return Cell(value, str(value))


def struck(text: str) -> Cell:
    """A cell whose text is struck out."""
    return Cell(text, text, struck=True)


@dataclass
class SheetBuilder:
    """Rows from the top down, then merges and what is hidden."""

    name: str
    rows: list[tuple[Stored, ...]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def row(self, *values: Stored) -> SheetBuilder:
        """The next row."""
        self.rows.append(values)
        return self

    def text(self, text: str) -> SheetBuilder:
        """Rows as lines, cells divided by `|`; whole numbers and decimals become numbers."""
        for line in text.strip("\n").splitlines():
            self.row(*(_stored(part.strip()) for part in line.split("|")))
        return self

    def merge(self, *ranges: str) -> SheetBuilder:
        """Merged ranges such as A1:C2."""
        for said in ranges:
            found = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", said)
            if not found:
                raise ValueError(said)
            left, top, right, bottom = found.groups()
            self.merges.append(Merge(int(top), column_number(left), int(bottom), column_number(right)))
        return self

    def hide(self, *, rows: tuple[int, ...] = (), columns: tuple[int, ...] = (), sheet: bool = False) -> SheetBuilder:
        """Hide rows, columns or the sheet."""
        self.hidden_rows |= set(rows)
        self.hidden_columns |= set(columns)
        self.hidden = self.hidden or sheet
        return self

    def grid(self) -> SheetGrid:
        """The sheet as the engines would give it."""
        cells = {
            (row, column): made
            for row, values in enumerate(self.rows, 1)
            for column, value in enumerate(values, 1)
            if (made := cell(value)) is not None
        }
        return SheetGrid(
            self.name,
            cells,
            tuple(self.merges),
            self.hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
        )


def _stored(text: str) -> Stored:
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d+\.\d+", text) else text


def sheet(text: str = "", name: str = "Sheet1") -> SheetBuilder:
    """A new sheet, its rows as lines of cells divided by `|`."""
    made = SheetBuilder(name)
    return made.text(text) if text else made


def values(facts: Facts | None) -> dict[str, object]:
    """The facts' values by name, days as they were written."""
    plain = {name: fact.value for name, fact in (facts or {}).items()}
    return {name: value.text if isinstance(value, DateInterval) else value for name, value in plain.items()}


def machines(record: Record) -> list[dict[str, object]]:
    """The values of a record's machines without their names."""
    return [{name: value for name, value in values(one).items() if name != "name"} for one in record.equipment]


def by_kind(entries: tuple[Facts, ...]) -> dict[object, dict[str, object]]:
    """The values of permits or actions by their kind."""
    found = [values(entry) for entry in entries]
    return {one["kind"]: {name: value for name, value in one.items() if name != "kind"} for one in found}


def names(reading: Reading) -> list[object]:
    """The firms of a reading, in order."""
    return [record.enterprise["name"].value for record in reading.records]


def codes(reading: Reading) -> list[tuple[str, str | None]]:
    """The issues of a reading as (code, cell)."""
    return [(issue.code, issue.cell) for issue in reading.issues]


def fields(reading: Reading, sheet_number: int = 0, table: int = 0) -> dict[str, str | None]:
    """The field of each column of a table by its header."""
    return {one.header: one.field for one in reading.sheets[sheet_number].tables[table].columns}


def read(*sheets: SheetBuilder, told: Told | None = None, file: str = "roster.xlsx") -> Reading:
    """The reading of a workbook of these sheets."""
    return read_workbook(WorkbookGrid(file, "0" * 64, "xlsx", tuple(one.grid() for one in sheets)), told)
