"""What the walk of a sheet knows better than the engine laid over its values, and where the two disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from importers.container.content import Issue, Placed, Row, SheetContent
from importers.container.crossing import wire_of
from importers.container.distinct_cells import DistinctCells
from importers.container.engines.values import EngineRow, cell_of, with_errors
from importers.container.number_formats import PLAIN
from importers.container.package_parts import SheetEntry
from importers.container.sheet_scan import SheetScan, read_reference
from importers.container.written import number_cell, number_text
from importers.grid import Cell, address

DIFFER = "cell.engines_differ"


def overlaid(rows: Iterator[EngineRow], scan: SheetScan) -> Iterator[Row]:
    """The engine's values, corrected where the walk knows better; cells that the engine leaves out come with it."""
    plain = scan.plain

    def read() -> Iterator[tuple[int, dict[int, Cell]]]:
        for row, values in rows:
            if plain:
                yield row, {column: cell for column, value in values if (cell := cell_of(value))}
            else:
                yield row, {column: cell for column, value in values if (cell := _cell(value, (row, column), scan))}

    return with_errors(read(), scan.errors, scan.struck)


def _cell(value: Any, place: tuple[int, int], scan: SheetScan) -> Cell | None:
    struck = place in scan.struck
    digits = scan.digits.get(place)
    if digits is not None:
        return number_cell(0, raw=digits, struck=struck)
    return cell_of(scan.kept.get(place, value), scan.formats.get(place, PLAIN), struck=struck)


def compared(rows: Iterator[Row], scan: SheetScan, sheet: str, issues: list[Issue], engine: str) -> Iterator[Row]:
    """The rows as they are; a cell that only the walk or only the engine finds filled is said."""
    seen: set[int] = set()
    for row, cells in rows:
        found = 0
        for column, _ in cells:
            found |= 1 << column
        due = scan.filled.get(row, 0)
        seen.add(row)
        if found != due:
            issues.extend(_differences(row, found, due, scan, sheet, engine))
        yield row, cells
    if len(seen) < len(scan.filled) or not seen.issuperset(scan.filled):
        for row in sorted(scan.filled.keys() - seen):
            issues.extend(_differences(row, 0, scan.filled[row], scan, sheet, engine))


def _differences(row: int, found: int, due: int, scan: SheetScan, sheet: str, engine: str) -> Iterator[Issue]:
    odd = found ^ due
    while odd:
        column = odd.bit_length() - 1
        odd ^= 1 << column
        if found >> column & 1:
            yield sheet, address(row, column), DIFFER, f"文件里没有看到内容，{engine} 读出了内容"
        elif (row, column) not in scan.faint:
            yield sheet, address(row, column), DIFFER, f"文件里有内容，{engine} 没有读出"


def of_distinct(entry: SheetEntry, distinct: DistinctCells, page: Any) -> SheetContent:
    """A sheet in the usual form: its different cells by the engine, each where it stands."""
    start = page.start
    left = [""] * start[1] if start else []
    lines = [left + line for line in page.iter_rows()] if start else []
    first_day = date(1904, 1, 1) if distinct.scan.date1904 else date(1899, 12, 30)
    table: list[Any] = [None] * distinct.different
    told: dict[int, list[tuple[str, str]]] = {}
    for place, said, value in zip(distinct.plain, distinct.said, distinct.plain_values(lines), strict=True):
        if value != said and not _agree(said, value, first_day):
            told.setdefault(place, []).append((DIFFER, f"文件里写的是“{_shown(said)}”，calamine 读出“{_shown(value)}”"))
        table[place] = _wire(value)
    _read_odd(entry, distinct, lines, table, told)
    scan = distinct.scan
    blank = [place for place in (*distinct.plain, *distinct.odd) if table[place] is None]
    rows = distinct.rows.without(blank, len(table))
    rows.table = ["" if wire is None else wire for wire in table]
    return SheetContent(
        name=entry.name,
        rows=rows,
        merges=scan.merges,
        hidden=entry.hidden,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        issues=_everywhere(entry.name, distinct.rows, told),
    )


def _read_odd(
    entry: SheetEntry,
    distinct: DistinctCells,
    lines: list[list[Any]],
    table: list[Any],
    told: dict[int, list[tuple[str, str]]],
) -> None:
    """The odd cells into the table, and what is to be said of each."""
    scan, issues = distinct.scan, list[Issue]()
    rows = overlaid(distinct.odd_rows(lines), scan)
    for row, cells in compared(rows, scan, entry.name, issues, "calamine"):
        for column, cell in cells:
            table[distinct.odd_at((row, column))] = wire_of(cell)
    for place, code, text in [*scan.issues, *(issue[1:] for issue in issues)]:
        at = read_reference(place or "")
        if at is not None:
            told.setdefault(distinct.odd_at(at), []).append((code, text))


def _everywhere(sheet: str, rows: Placed, told: dict[int, list[tuple[str, str]]]) -> list[Issue]:
    """What is said of a cell, said of every place where it stands."""
    if not told:
        return []
    places = rows.places_of(told)
    issues = [(sheet, address(row, column), code, text) for row, column, one in places for code, text in told[one]]
    return sorted(issues, key=lambda issue: issue[2] == DIFFER)  # as where the engine is heard after the walk


def _wire(value: Any) -> Any:
    """A plain value as it crosses to the parent; None when it is blank."""
    if value.__class__ is str and "\r" not in value:
        return value if value.strip() else None
    if value.__class__ is float and -1e15 < value < 1e15:
        whole = int(value)
        return whole if whole == value else value
    if value.__class__ is date:
        day = value.isoformat()
        return [day, "d", day, None, False]
    cell = cell_of(value)
    return None if cell is None else wire_of(cell)


def _agree(said: float | str, value: Any, first_day: date) -> bool:
    """Line ends count as one, whichever they are; blanks alone count as nothing; a day is its serial number."""
    if isinstance(said, str):
        return isinstance(value, str) and (_lines(said) == _lines(value) or not (said.strip() or value.strip()))
    if isinstance(value, datetime):
        seconds = (value - datetime.combine(first_day, time())) / timedelta(seconds=1)
        return abs(seconds - said * 86_400) < 1
    return isinstance(value, date) and (value - first_day).days == said


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shown(value: Any) -> str:
    return number_text(value) if isinstance(value, int | float) else str(value)
