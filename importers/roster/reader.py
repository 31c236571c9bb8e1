"""A workbook read as rosters: `read_workbook` gives all that contract/reading.md promises of a file."""

from __future__ import annotations

from pathlib import Path

from app.domain.proposal import RosterIssue as Issue
from importers import collector
from importers.grid import SheetGrid, WorkbookGrid, column_letter
from importers.own_ledger import stating
from importers.own_ledger.recognised import ledger_in
from importers.reading import Column, Reading, Record, Row, Sheet, Table
from importers.reply.returned import without_reply_sheets
from importers.roster.cells import CellReader
from importers.roster.columns import plan_columns
from importers.roster.ledger_columns import map_of
from importers.roster.notices import engine_issues, hidden_issues
from importers.roster.parts import as_written
from importers.roster.reads import Plan, Reads
from importers.roster.records import Joiner
from importers.roster.regions import Region
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.roster.tables import find_regions
from importers.roster.told import Told, laid_over, unmatched
from importers.roster.units import unit_name
from importers.roster.unread import unread_firms


def read_file(path: Path, told: Told | None = None) -> Reading:
    """Open a file and read it.

    Raises:
        Unreadable: when it is no workbook, or is encrypted, damaged, hostile or over a limit.
    """
    from importers.container import open_workbook

    with collector.paused():
        return read_workbook(open_workbook(path), told)


@collector.paused()
def read_workbook(book: WorkbookGrid, told: Told | None = None) -> Reading:
    """Read every sheet of a workbook. Pure: the same grid and the same map give the same reading."""
    sheets: list[Sheet] = []
    records: list[Record] = []
    rows: list[Row] = []
    issues: list[Issue] = engine_issues(book)
    ledger = ledger_in(book)
    over = laid_over(told, map_of(ledger)) if ledger else told
    for grid in without_reply_sheets(book).sheets:
        if ledger and ledger.reckoned(grid.name):
            sheets.append(Sheet(grid.name, grid.hidden, (), "not_a_roster" if grid.rows else "blank"))
            continue
        sheet, found, kept, asked = _read_sheet(grid, book.date1904, over or Told())
        sheets.append(sheet)
        records += found
        rows += kept
        issues += asked
    issues = _once(issues)
    if ledger:
        sheets = [stating.dated(sheet, ledger) for sheet in sheets]
        records, issues = stating.stated(ledger, sheets, records, rows, issues)
        issues = stating.told_of(book, ledger) + issues
    if told:
        issues += unmatched(told, sheets, {grid.name: grid.height for grid in book.sheets})
    held = sum(row.fate == "held" for row in rows)
    return Reading(
        file=book.file,
        sha256=book.sha256,
        format=book.format,
        sheets=tuple(sheets),
        records=tuple(records),
        issues=tuple(issues),
        rows=tuple(rows),
        rows_held=held,
        engine=book.engine,
        ledger=ledger,
    )


def _once(issues: list[Issue]) -> list[Issue]:
    """Each issue once; of two about one cell's same trouble the one that knows the field."""
    found: dict[tuple[str, str | None, str | None, str | None], Issue] = {}
    for issue in issues:
        found.setdefault((issue.code, issue.sheet, issue.cell, issue.field), issue)
    once = list(found.values())
    told = {(one.sheet, one.cell) for one in once if one.code == "cell.formula_without_value"}
    once = [one for one in once if not (one.code == "cell.error" and (one.sheet, one.cell) in told)]
    plain = {(one.code, one.sheet, one.cell) for one in once if one.cell is not None and not one.field}
    fielded = {place for one in once if one.field and (place := (one.code, one.sheet, one.cell)) in plain}
    return [one for one in once if one.field or (one.code, one.sheet, one.cell) not in fielded]


def _read_sheet(grid: SheetGrid, date1904: bool, told: Told) -> tuple[Sheet, list[Record], list[Row], list[Issue]]:
    view = SheetRows.of(grid)
    tables: list[Table] = []
    records: list[Record] = []
    rows: list[Row] = []
    issues: list[Issue] = []
    for number, region in enumerate(find_regions(view, told)):
        reader = CellReader(view, region.furniture.year, date1904, region.furniture.legend)
        plan = plan_columns(region, told, reader)
        joined = Joiner(region, plan, reader, number).join()
        tables.append(_table(region, plan, joined.rows))
        found, kept, asked = as_written(region.view, joined.records, joined.rows, joined.issues)
        records += found
        seen = {row.row for row in rows}
        rows += [row for row in kept if row.row not in seen]
        issues += hidden_issues(region) + asked
    issues += [] if tables else unread_firms(view)
    why = None if tables else ("not_a_roster" if view.rows else "blank")
    return Sheet(grid.name, grid.hidden, tuple(tables), why), records, rows, issues


def _table(region: Region, plan: Plan, rows: list[Row]) -> Table:
    return Table(
        range=region.range,
        title=region.furniture.title,
        header_rows=region.header_rows,
        reporting_unit=region.furniture.reporting_unit,
        reported_on=region.furniture.reported_on,
        columns=tuple(_column(region, reads) for reads in plan.columns),
        ignored_rows=tuple((row.row, row.why or "") for row in rows if row.fate == "ignored"),
    )


def _column(region: Region, reads: Reads) -> Column:
    place = next((line.places[reads.key] for line in region.stating if reads.key in line.places), reads.head.place)
    field = None if reads.style in ("row_number", "unit") else reads.path
    unit = unit_name(reads.unit, spellings().dimensions.get(field or ""))
    return Column(column_letter(place[1]), reads.head.header, field, unit, reads.by)
