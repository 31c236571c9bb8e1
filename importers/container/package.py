"""Walks an OOXML package once: verifies every part against its entry, refuses hostile XML, scans the sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.errors import Unreadable
from importers.container.archive import Part, inflate
from importers.container.content import SheetContent
from importers.container.distinct_cells import DistinctCells
from importers.container.limits import Limits
from importers.container.package_parts import (
    RelationsScan,
    SheetEntry,
    Strings,
    StringsScan,
    Styles,
    StylesScan,
    WorkbookScan,
)
from importers.container.refusals import damaged, over_limit
from importers.container.shared_strings import read_strings
from importers.container.sheet_layout import Irregular, SheetLayout
from importers.container.sheet_scan import SheetScan
from importers.container.xml_scan import XmlScan


@dataclass(slots=True)
class WalkedSheet:
    """A sheet of the workbook. A chart sheet has no scan; a sheet in an unusual form has no `distinct` cells.

    `damaged`: why a sheet cannot be read at all, among others that can.
    """

    entry: SheetEntry
    part: str = ""
    scan: SheetScan | None = None
    distinct: DistinctCells | None = None
    damaged: str = ""

    def blank(self) -> SheetContent:
        """The sheet without a cell, and why."""
        issues = [(self.entry.name, None, "sheet.damaged", self.damaged)] if self.damaged else []
        return SheetContent(self.entry.name, (), hidden=self.entry.hidden, issues=[*issues])


@dataclass(slots=True)
class Package:
    """The sheets as the workbook lists them."""

    date1904: bool = False
    sheets: list[WalkedSheet] = field(default_factory=list)


class PackageReader:
    """Finds parts by the relations of the package, whatever the case and slashes of their names."""

    def __init__(self, content: bytes, parts: tuple[Part, ...], limits: Limits, *, by_distinct: bool = False) -> None:
        self.content, self.limits, self.by_distinct = content, limits, by_distinct
        self.parts = {_plain(part.name): part for part in parts}
        self._walked: set[str] = set()

    def read(self) -> Package:
        """Walk all parts; the sheets after what they lean on."""
        workbook_path = self._workbook_path()
        relations = self._relations(workbook_path)
        workbook = WorkbookScan(workbook_path, self.limits)
        self._walk(workbook)
        styles, strings = self._styles(relations), self._strings(relations)
        package = Package(date1904=workbook.date1904)
        cells = 0
        for entry in workbook.sheets:
            kind, path = relations.get(entry.relation, ("", ""))
            sheet = WalkedSheet(entry)
            if kind in ("worksheet", "") and path not in self._walked:
                blank = partial(SheetScan, path, self.limits, styles, strings, date1904=workbook.date1904)
                sheet = self._sheet_or_damage(entry, blank, cells, alone=len(workbook.sheets) == 1)
                cells += sheet.scan.cells if sheet.scan else 0
            package.sheets.append(sheet)
        if package.sheets and all(sheet.damaged for sheet in package.sheets):
            raise damaged("每张工作表都不是正确的 XML")
        strings.texts.clear()  # no sheet needs them any more
        self._walk_rest()
        return package

    def _sheet_or_damage(
        self, entry: SheetEntry, blank: Callable[[], SheetScan], cells: int, *, alone: bool
    ) -> WalkedSheet:
        """A sheet whose bytes are whole but no XML costs itself alone; a part that does not fit its entry, the file."""
        try:
            return self._sheet(entry, blank, cells)
        except Unreadable as broken:
            part = self.parts.get(_plain(blank().part))
            if alone or part is None or broken.code != "file.damaged":
                raise
            for _ in inflate(self.content, part):
                pass  # to its end, where its check sum stands
            return WalkedSheet(entry, damaged=broken.message)

    def _sheet(self, entry: SheetEntry, blank: Callable[[], SheetScan], cells: int) -> WalkedSheet:
        """A sheet by its distinct cells where it is in the usual form, else by the careful walk."""
        scan = blank()
        scan.cells_before = cells
        sheet = WalkedSheet(entry, self._part(scan.part).name, scan)
        if self.by_distinct:
            try:
                layout = SheetLayout(self.limits)
                layout.cut(inflate(self.content, self._part(scan.part)))
                sheet.distinct = DistinctCells(layout, scan)
                return sheet
            except Irregular:
                sheet.scan = scan = blank()
                scan.cells_before = cells
        self._walk(scan)
        _refuse_box(entry.name, scan, self.limits)
        return sheet

    def _workbook_path(self) -> str:
        for kind, path in self._relations("").values():
            if kind == "officeDocument" and _plain(path) in self.parts:
                return path
        if "xl/workbook.xml" in self.parts:
            return "xl/workbook.xml"
        raise damaged("缺少工作簿部件 xl/workbook.xml")

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        folder, _, name = path.rpartition("/")
        scan = RelationsScan(posixpath.join(folder, "_rels", f"{name}.rels"), self.limits, folder)
        if _plain(scan.part) in self.parts:
            self._walk(scan)
        return scan.targets

    def _styles(self, relations: dict[str, tuple[str, str]]) -> Styles:
        scan = StylesScan(_target(relations, "styles"), self.limits)
        if _plain(scan.part) in self.parts:
            self._walk(scan)
        return scan.styles()

    def _strings(self, relations: dict[str, tuple[str, str]]) -> Strings:
        path = _target(relations, "sharedStrings")
        if _plain(path) not in self.parts:
            return Strings()
        part = self._part(path)
        return read_strings(lambda: StringsScan(path, self.limits), lambda: inflate(self.content, part))

    def _walk(self, scan: XmlScan) -> None:
        scan.run(inflate(self.content, self._part(scan.part)))

    def _part(self, path: str) -> Part:
        """The part of this path, which with this counts as walked."""
        part = self.parts.get(_plain(path))
        if part is None:
            raise damaged(f"缺少部件 {path}")
        self._walked.add(path)
        self._walked.add(_plain(path))
        return part

    def _walk_rest(self) -> None:
        """What no sheet leans on is still verified, and its XML must not be hostile."""
        for name, part in self.parts.items():
            if name not in self._walked:
                verify_part(self.content, part, self.limits)


def verify_part(content: bytes, part: Part, limits: Limits) -> None:
    """Inflate a part to nothing; walk it if it is XML."""
    if part.name.lower().endswith((".xml", ".rels")) and part.size:
        XmlScan(part.name, limits).run(inflate(content, part))
    else:
        for _ in inflate(content, part):
            pass


def _refuse_box(name: str, scan: SheetScan, limits: Limits) -> None:
    if scan.last_row * scan.last_column > limits.box:
        raise over_limit(f"工作表“{name}”有 {scan.last_row:,} 行 × {scan.last_column} 列，内容散布过广")


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((path for found, path in relations.values() if found == kind), "")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
