"""xlsx and xlsm: values by calamine or openpyxl, laid over with what one walk of the package finds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from importers.container.archive import read_parts
from importers.container.content import BookContent, Row, SheetContent
from importers.container.engines.values import EngineRow, calamine_rows, cell_of, with_errors
from importers.container.limits import Limits
from importers.container.number_formats import PLAIN
from importers.container.package import Package, PackageReader
from importers.container.sheet_scan import SheetScan
from importers.container.written import number_cell
from importers.grid import Cell

Rows = Callable[[int, SheetScan], Iterator[EngineRow]]


class EnginesDiffer(Exception):
    """The engine sees other sheets than the package lists."""


def read_with_calamine(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values by calamine."""
    package = PackageReader(content, read_parts(content, limits), limits).read()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    if book.sheet_names != [entry.name for entry, _ in package.sheets]:
        raise EnginesDiffer
    return _book(form, package, lambda place, _: calamine_rows(book.get_sheet_by_index(place)))


def read_with_openpyxl(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values by openpyxl, where calamine fails."""
    package = PackageReader(content, read_parts(content, limits), limits).read()
    # openpyxl works without numpy, which takes 0.15 s to load and much of the child's address space.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)

    def rows(place: int, scan: SheetScan) -> Iterator[EngineRow]:
        sheet = book[package.sheets[place][0].name]
        lines = sheet.iter_rows(max_row=scan.last_row or 1, max_col=scan.last_column or 1, values_only=True)
        for row, line in enumerate(lines, 1):
            yield row, ((column, value) for column, value in enumerate(line, 1) if value is not None)

    return _book(form, package, rows)


def _book(form: str, package: Package, rows: Rows) -> BookContent:
    def sheets() -> Iterator[SheetContent]:
        for place, (entry, scan) in enumerate(package.sheets):
            content = SheetContent(name=entry.name, rows=(), hidden=entry.hidden)
            if scan is not None:
                content.merges, content.issues = scan.merges, scan.issues_of(entry.name)
                content.hidden_rows, content.hidden_columns = scan.hidden_rows, scan.hidden_columns
                content.rows = _overlaid(rows(place, scan), scan)
            yield content

    return BookContent(form, sheets(), date1904=package.date1904)


def _overlaid(rows: Iterator[EngineRow], scan: SheetScan) -> Iterator[Row]:
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
