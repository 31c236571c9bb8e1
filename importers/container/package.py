"""Walks an OOXML package once: verifies every part against its entry, refuses hostile XML, scans the sheets."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from importers.container.archive import Part, inflate
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
from importers.container.sheet_scan import SheetScan
from importers.container.xml_scan import XmlScan


@dataclass(slots=True)
class Package:
    """The sheets as the workbook lists them; a chart sheet has no scan."""

    date1904: bool = False
    sheets: list[tuple[SheetEntry, SheetScan | None]] = field(default_factory=list)


class PackageReader:
    """Finds parts by the relations of the package, whatever the case and slashes of their names."""

    def __init__(self, content: bytes, parts: tuple[Part, ...], limits: Limits) -> None:
        self.content, self.limits = content, limits
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
            scan = None
            if kind in ("worksheet", "") and path not in self._walked:
                scan = SheetScan(path, self.limits, styles, strings, date1904=workbook.date1904)
                scan.cells = cells
                self._walk(scan)
                cells = scan.cells
                _refuse_box(entry.name, scan, self.limits)
            package.sheets.append((entry, scan))
        self._walk_rest()
        return package

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
        scan = StringsScan(_target(relations, "sharedStrings"), self.limits)
        if _plain(scan.part) in self.parts:
            self._walk(scan)
        return scan.strings

    def _walk(self, scan: XmlScan) -> None:
        part = self.parts.get(_plain(scan.part))
        if part is None:
            raise damaged(f"缺少部件 {scan.part}")
        self._walked.add(scan.part)
        self._walked.add(_plain(scan.part))
        scan.run(inflate(self.content, part))

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
