"""xlsx and xlsm: values by calamine or openpyxl, laid over with what one walk of the package finds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from importers.container.archive import Part, read_parts
from importers.container.content import BookContent, SheetContent, same_name
from importers.container.engines.second_look import compared, of_distinct, overlaid
from importers.container.engines.values import EngineRow, calamine_rows
from importers.container.limits import Limits
from importers.container.package import Package, PackageReader
from importers.container.package_parts import SheetEntry
from importers.container.repack import repacked
from importers.container.sheet_scan import SheetScan


class EnginesDiffer(Exception):
    """The engine sees other sheets than the package lists."""


def read_with_calamine(content: bytes, form: str, limits: Limits, *, by_distinct: bool = True) -> BookContent:
    """Values by calamine, which is given each different cell once where a sheet is in the usual form."""
    parts = read_parts(content, limits)
    package = PackageReader(content, parts, limits, by_distinct=by_distinct).read()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(_small(content, parts, package)))
    names = [sheet.entry.name for sheet in package.sheets]
    if book.sheet_names != names or len(set(names)) < len(names):  # it finds sheets by their names
        raise EnginesDiffer

    def sheets() -> Iterator[SheetContent]:
        for place, sheet in enumerate(package.sheets):
            if sheet.distinct:
                yield of_distinct(sheet.entry, sheet.distinct, book.get_sheet_by_index(place))
            elif sheet.scan:
                yield _of_rows(sheet.entry, sheet.scan, calamine_rows(book.get_sheet_by_index(place)), "calamine")
            else:
                yield sheet.blank()

    return BookContent(form, sheets(), date1904=package.date1904)


def _small(content: bytes, parts: tuple[Part, ...], package: Package) -> bytes | bytearray:
    """The package with each different cell once, in the sheets of the usual form; whoever needs it has it now."""
    swapped = {sheet.part: sheet.distinct.document for sheet in package.sheets if sheet.distinct}
    for sheet in package.sheets:
        if sheet.distinct:
            sheet.distinct.document = []
    return repacked(content, parts, swapped) if swapped else content


def read_with_openpyxl(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values by openpyxl, where calamine fails."""
    package = PackageReader(content, read_parts(content, limits), limits).read()
    # openpyxl works without numpy, which takes 0.15 s to load and much of the child's address space.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]

    reader = ExcelReader(BytesIO(content), data_only=True, keep_links=False)
    reader.shared_strings = _Texts()
    read_strings = reader.read_strings

    def read_texts() -> None:
        read_strings()
        reader.shared_strings = _Texts(reader.shared_strings)

    reader.read_strings = read_texts
    reader.read()
    book = reader.wb

    names = [sheet.entry.name for sheet in package.sheets]
    alike = len(set(map(same_name, names))) < len(names)
    if alike and len(book.worksheets) != len(names):
        raise EnginesDiffer

    def rows(place: int, scan: SheetScan) -> Iterator[EngineRow]:
        # It gives sheets of one name other names.
        page = book.worksheets[place] if alike else book[names[place]]
        lines = page.iter_rows(max_row=scan.last_row or 1, max_col=scan.last_column or 1, values_only=True)
        for row, line in enumerate(lines, 1):
            yield row, ((column, value) for column, value in enumerate(line, 1) if value is not None)

    def sheets() -> Iterator[SheetContent]:
        for place, sheet in enumerate(package.sheets):
            entry, scan = sheet.entry, sheet.scan
            yield _of_rows(entry, scan, rows(place, scan), "openpyxl") if scan else sheet.blank()

    return BookContent(form, sheets(), date1904=package.date1904)


class _Texts(list[str]):
    """Shared texts; one that is not there costs only the cell that names it, which the walk reports."""

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(place) if place < len(self) else ""


def _of_rows(entry: SheetEntry, scan: SheetScan, rows: Iterator[EngineRow], engine: str) -> SheetContent:
    """A sheet in an unusual form, read by the engine as it is."""
    issues = [(entry.name, *issue) for issue in scan.issues]
    return SheetContent(
        name=entry.name,
        rows=compared(overlaid(rows, scan), scan, entry.name, issues, engine),
        merges=scan.merges,
        hidden=entry.hidden,
        hidden_rows=scan.hidden_rows,
        hidden_columns=scan.hidden_columns,
        issues=issues,
    )
