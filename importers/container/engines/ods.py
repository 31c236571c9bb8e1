"""ods by calamine, laid over with one walk of content.xml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from importers.container.archive import Part, inflate, read_parts
from importers.container.content import BookContent, Row, SheetContent
from importers.container.engines.values import EngineRow, calamine_rows, cell_of, with_errors
from importers.container.limits import Limits
from importers.container.ods_scan import OdsScan, OdsSheet, OdsStyles, OdsStylesScan
from importers.container.package import verify_part
from importers.container.refusals import damaged, encrypted, refuse_same_names, wrong_type
from importers.container.xml_scan import XmlScan
from importers.grid import Cell


class EnginesDiffer(Exception):
    """The engine sees other sheets than the document lists."""


class ManifestScan(XmlScan):
    """Whether a part is under a password."""

    encrypted = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"


def read_ods(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values by calamine."""
    walked = walk(content, limits)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    names = [sheet.name for sheet in walked]
    if book.sheet_names != names:
        raise EnginesDiffer
    refuse_same_names(names)  # calamine finds sheets by their names: it would give one of them twice

    def sheets() -> Iterator[SheetContent]:
        for place, sheet in enumerate(walked):
            yield SheetContent(
                name=sheet.name,
                rows=_overlaid(calamine_rows(book.get_sheet_by_index(place)), sheet),
                merges=sheet.merges,
                hidden=sheet.hidden,
                hidden_rows=sheet.hidden_rows,
                hidden_columns=sheet.hidden_columns,
                issues=sheet.issues,
            )

    return BookContent("ods", sheets())


def walk(content: bytes, limits: Limits) -> list[OdsSheet]:
    """Verify every part, refuse hostile XML, scan the tables."""
    parts = {part.name: part for part in read_parts(content, limits)}
    manifest = ManifestScan("META-INF/manifest.xml", limits)
    _run(manifest, parts, content)
    if manifest.encrypted:
        raise encrypted()
    styles = OdsStyles()
    _run(OdsStylesScan("styles.xml", limits, styles), parts, content)
    if "content.xml" not in parts:
        raise damaged("缺少部件 content.xml")
    scan = OdsScan(limits, styles)
    _run(scan, parts, content)
    if not scan.is_spreadsheet:
        raise wrong_type("OpenDocument 文字或演示文档")
    for name, part in parts.items():
        if name not in ("META-INF/manifest.xml", "styles.xml", "content.xml"):
            verify_part(content, part, limits)
    return scan.sheets


def _run(scan: XmlScan, parts: dict[str, Part], content: bytes) -> None:
    part = parts.get(scan.part)
    if part is not None:
        scan.run(inflate(content, part))


def _overlaid(rows: Iterator[EngineRow], sheet: OdsSheet) -> Iterator[Row]:
    laid = (
        (row, {column: cell for column, value in values if (cell := _cell(value, (row, column), sheet))})
        for row, values in rows
    )
    return with_errors(laid, sheet.errors, sheet.struck, sheet.untyped)


def _cell(value: Any, place: tuple[int, int], sheet: OdsSheet) -> Cell | None:
    cell = cell_of(value, struck=place in sheet.struck)
    shown = sheet.shown.get(place)
    if cell is None or shown is None:
        return cell
    return Cell(shown if isinstance(cell.value, date) else cell.value, shown, cell.error, cell.struck)
