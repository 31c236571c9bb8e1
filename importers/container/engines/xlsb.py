"""xlsb: the records of its parts walked as [MS-XLSB] describes them; what they mean is decided as for an xlsx."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import Unreadable
from importers.container.archive import inflate, read_parts
from importers.container.content import BookContent, Issue, SheetContent
from importers.container.limits import Limits
from importers.container.package import PackageReader, WalkedSheet
from importers.container.package_parts import SheetEntry, Strings
from importers.container.refusals import damaged, over_limit
from importers.container.xlsb_cells import BinaryCells
from importers.container.xlsb_records import records, whole_records, wide_text
from importers.container.xlsb_sheet import BinarySheet, walk_sheet
from importers.container.xlsb_styles import BinaryStyles, read_binary_strings

_PROPERTIES, _SHEET, _END_BOOK = 153, 156, 132
_DATE_1904 = 0x01

Relations = dict[str, tuple[str, str]]


def read_xlsb(content: bytes, form: str, limits: Limits) -> BookContent:
    """Every sheet is walked twice: first whether it can be read, then its values a row at a time."""
    return _BinaryPackage(content, read_parts(content, limits), limits).book(form)


class _BinaryPackage(PackageReader):
    """A package whose parts are records where those of an xlsx are XML."""

    def book(self, form: str) -> BookContent:
        """The workbook; the values of its sheets are read when they are asked for."""
        path = self._binary_path()
        relations = self._relations(path)
        entries, date1904 = self._entries(path)
        styles = self._binary_styles(_target(relations, "styles"))
        strings = self._binary_strings(_target(relations, "sharedStrings"), styles)
        cells = BinaryCells(styles, strings, date1904=date1904)
        alone = len(entries) == 1
        sheets = [self._sheet_content(entry, relations, cells, alone=alone) for entry in entries]
        if sheets and all(_is_damaged(sheet) for sheet in sheets):
            raise damaged("每张工作表的记录都残缺不全")
        self._walk_rest()
        return BookContent(form, sheets, date1904=date1904)

    def _binary_path(self) -> str:
        for kind, path in self._relations("").values():
            if kind == "officeDocument" and path.lower() in self.parts:
                return path
        return "xl/workbook.bin"

    def _entries(self, path: str) -> tuple[list[SheetEntry], bool]:
        """The sheets in order, and whether days are counted from 1904."""
        entries, date1904 = list[SheetEntry](), False
        with whole_records(path):
            for kind, record in records(self._pieces(path), path, (_PROPERTIES, _SHEET), _END_BOOK):
                if kind == _PROPERTIES:
                    date1904 = bool(record[0] & _DATE_1904)
                    continue
                relation, at = wide_text(record, 8)
                hidden = int.from_bytes(record[:4], "little") != 0
                entries.append(SheetEntry(wide_text(record, at)[0], relation, hidden))
                if len(entries) > self.limits.sheets:
                    raise over_limit(f"工作表超过 {self.limits.sheets} 张")
        return entries, date1904

    def _binary_styles(self, path: str) -> BinaryStyles:
        styles = BinaryStyles(path, self.limits)
        if path.lower() in self.parts:
            styles.take(self._pieces(path))
        return styles

    def _binary_strings(self, path: str, styles: BinaryStyles) -> Strings:
        if path.lower() not in self.parts:
            return Strings()
        return read_binary_strings(self._pieces(path), path, styles.struck_fonts)

    def _sheet_content(
        self, entry: SheetEntry, relations: Relations, cells: BinaryCells, *, alone: bool
    ) -> SheetContent:
        """A sheet; blank where it is a chart, or where its records are cut short among others that are whole."""
        kind, path = relations.get(entry.relation, ("", ""))
        if kind not in ("worksheet", ""):
            return WalkedSheet(entry).blank()
        if path.lower() not in self.parts:
            raise damaged(f"缺少工作表“{entry.name}”的部件 {path}".rstrip())
        try:
            beside = walk_sheet(self._pieces(path), path, self.limits)
        except Unreadable as broken:
            if alone or broken.code != "file.damaged":
                raise
            for _ in self._pieces(path):
                pass  # to its end, where its check sum stands
            return WalkedSheet(entry, damaged=broken.message).blank()
        return self._laid(entry, path, beside, cells)

    def _laid(self, entry: SheetEntry, path: str, beside: BinarySheet, cells: BinaryCells) -> SheetContent:
        issues: list[Issue] = []
        return SheetContent(
            name=entry.name,
            rows=cells.rows(self._pieces(path), path, entry.name, issues),
            merges=beside.merges,
            hidden=entry.hidden,
            hidden_rows=beside.hidden_rows,
            hidden_columns=beside.hidden_columns,
            issues=issues,
        )

    def _pieces(self, path: str) -> Iterator[bytes]:
        return inflate(self.content, self._part(path))


def _target(relations: Relations, kind: str) -> str:
    return next((path for found, path in relations.values() if found == kind), "")


def _is_damaged(sheet: SheetContent) -> bool:
    return any(code == "sheet.damaged" for _, _, code, _ in sheet.issues)
