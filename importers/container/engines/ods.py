"""ods by calamine, laid over with one walk of content.xml; what it could not read is taken out before it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

from importers.container.archive import Part, inflate, read_parts
from importers.container.content import BookContent, Row, SheetContent
from importers.container.engines.values import EngineRow, calamine_rows, cell_of, with_errors
from importers.container.limits import Limits
from importers.container.ods_repair import MIMETYPE, repaired
from importers.container.ods_scan import OdsScan, OdsSheet, OdsStyles, OdsStylesScan
from importers.container.package import verify_part
from importers.container.refusals import damaged, encrypted, wrong_type
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
    scan = walk(content, limits)
    names = [sheet.name for sheet in scan.sheets]
    if len(set(names)) < len(names):  # the engine finds sheets by their names: it would give one of them twice
        names = [str(place) for place, _ in enumerate(names, 1)]
        scan.repairs.update((at, {"table:name": name}) for at, name in zip(scan.tables, names, strict=True))
    parts = read_parts(content, limits)
    if scan.repairs or not _says_its_type(content, parts):
        content = repaired(content, parts, scan.repairs)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    if book.sheet_names != names:
        raise EnginesDiffer

    def sheets() -> Iterator[SheetContent]:
        for place, sheet in enumerate(scan.sheets):
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


def _says_its_type(content: bytes, parts: Iterable[Part]) -> bool:
    """Whether the first part is whole, without which the engine reads nothing."""
    told = next((part for part in parts if part.name == "mimetype"), None)
    return told is not None and b"".join(inflate(content, told)) == MIMETYPE


def walk(content: bytes, limits: Limits) -> OdsScan:
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
    return scan


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
