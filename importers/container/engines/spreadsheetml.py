"""XML spreadsheet 2003, saved as .xml or under the name .xls: one streaming walk gives values and all beside them."""

from __future__ import annotations

import re

from importers.container.charset import decode
from importers.container.content import BookContent, Issue, SheetContent
from importers.container.engines.spreadsheetml_styles import Look, StyleSheet
from importers.container.engines.spreadsheetml_values import Heard, Value, cell_of_value
from importers.container.limits import LAST_COLUMN, LAST_ROW, Limits
from importers.container.refusals import damaged, hostile, over_limit, wrong_type
from importers.container.written import FORMULA_WITHOUT_VALUE
from importers.container.xml_scan import XmlScan
from importers.grid import Cell, Merge, address

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_PART = "XML 表格"
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml([^>]*)\?>")
_CHARSET = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_STRIKES = ("S", "s", "Del", "del", "Strike", "strike")
_PIECE = 1 << 20


def read_spreadsheetml(content: bytes, form: str, limits: Limits) -> BookContent:
    """All sheets; the encoding is found as for any text, since report programs write XML in GB2312 too."""
    declared = _CHARSET.search(content[:200])
    text = decode(content, declared[1].decode("ascii") if declared else None)
    text = _DECLARATION.sub(lambda told: "\n" * told[0].count("\n"), text, count=1)
    document = text.encode("utf-8", "surrogatepass")
    scan = _scanned(document, limits, beside_merges=False)
    if scan.covered:
        scan = _scanned(document, limits, beside_merges=True)
    if not scan.sheets:
        raise wrong_type("没有工作表的“XML 表格 2003”")
    return BookContent(form, [sheet.content(scan.limits) for sheet in scan.sheets], date1904=scan.date1904)


def _scanned(document: bytes, limits: Limits, *, beside_merges: bool) -> SpreadsheetScan:
    scan = SpreadsheetScan(limits, beside_merges=beside_merges)
    scan.run(document[at : at + _PIECE] for at in range(0, len(document), _PIECE))
    return scan


class ReadSheet:
    """A sheet as it is walked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden = self.unclear = False
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.issues: list[Issue] = []

    def content(self, limits: Limits) -> SheetContent:
        """The sheet, unless its values lie too far apart."""
        last_column = max((max(cells) for cells in self.rows.values()), default=0)
        if max(self.rows, default=0) * last_column > limits.box:
            raise over_limit(f"工作表“{self.name}”的内容散布过广")
        return SheetContent(
            self.name,
            [(row, sorted(cells.items())) for row, cells in self.rows.items()],
            self.merges,
            self.hidden,
            self.hidden_rows,
            self.hidden_columns,
            self.issues,
        )


class SpreadsheetScan(XmlScan):
    """Styles first, then sheet by sheet. An element counts only where it belongs: comments hold text and data too.

    A cell that does not say its column stands behind the one before. Excel refuses a book in which it comes to lie
    under a merge from above; LibreOffice writes such books, and means the next column that is free (`beside_merges`),
    also where it says a column: it counts them without those that are merged.
    """

    def __init__(self, limits: Limits, *, beside_merges: bool = False) -> None:
        super().__init__(_PART, limits)
        self.beside_merges = beside_merges
        #: Whether a value came to lie under a merge without saying its column.
        self.covered = False
        self._busy: dict[int, int] = {}
        self._says_column = self._under = self._moved = self._row_unclear = self._row_miscounts = False
        self.sheets: list[ReadSheet] = []
        self.styles = StyleSheet(limits)
        self.date1904 = False
        self._prefix = "ss:"
        self._path: list[str] = [""]
        self._row = self._row_end = self._column = self._column_end = self._left = self._listed = 0
        self._table_style = self._row_style = self._cell_style = ""
        self._column_styles: dict[int, str] = {}
        self._formula: str | None = None
        self._value: Value | None = None
        #: How deep the value that is being heard lies; 0 outside of one.
        self._data_at = 0
        self._heard = Heard()

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        where = self._path[-1]
        self._path.append(name)
        if self._data_at:
            self._open_run(name, attributes)
        elif name == "Cell" and where == "Row":
            self._open_cell(attributes)
        elif name == "Data" and where == "Cell":
            self._value, self._heard = Value(self._told(attributes, "Type")), Heard()
            self._data_at = len(self._path) - 1
            self.heard = self._heard.begin(struck=False)
        elif name == "Row" and where == "Table":
            self._open_row(attributes)
        elif name == "Column" and where == "Table":
            self._open_column(attributes)
        elif name == "Table" and where == "Worksheet":
            self._open_table(attributes)
        elif name == "Worksheet" and where == "Workbook":
            self._open_sheet(attributes)
        elif name == "Visible" and where == "WorksheetOptions":
            self.heard = []
        elif name == "Date1904" and where == "ExcelWorkbook":
            self.date1904 = True
        elif name == "Workbook" and not where:
            spaces = (full for full, value in attributes.items() if value == SPACE and full.startswith("xmlns:"))
            self._prefix = next((full.removeprefix("xmlns:") + ":" for full in spaces), "")
        elif where in ("Styles", "Style"):
            self.styles.opened(name, {full.removeprefix(self._prefix): told for full, told in attributes.items()})

    def closed(self, name: str) -> None:
        self._path.pop()
        where = self._path[-1]
        if self._data_at and len(self._path) > self._data_at:
            self.heard = self._heard.close_run()
        elif self._data_at:
            self.heard, self._data_at = None, 0
        elif name == "Cell" and where == "Row":
            self._close_cell()
        elif name == "Visible" and where == "WorksheetOptions":
            if self.sheets and "".join(self.heard or ()).strip() in ("SheetHidden", "SheetVeryHidden"):
                self.sheets[-1].hidden = True
            self.heard = None

    def _told(self, attributes: dict[str, str], name: str) -> str:
        return attributes.get(self._prefix + name, "")

    def _number(self, attributes: dict[str, str], name: str, most: int) -> int:
        """A figure of rows or columns; 0 where it is not told."""
        told = self._told(attributes, name).strip()
        if not told:
            return 0
        if not (told.isascii() and told.isdecimal()) or len(told) > 9 or int(told) > most:
            raise hostile(f"部件 {self.part} 有 {name}=“{told[:20]}”，超出工作表")
        return int(told)

    def _next(self, attributes: dict[str, str], after: int, most: int) -> int:
        """Where an element stands: where it says, else behind the one before."""
        place = self._number(attributes, "Index", most) or after + 1
        if self.beside_merges:
            place = max(place, after + 1)
        if place <= after:
            raise damaged(f"部件 {self.part} 的第 {place} 行或列排在第 {after} 行或列之后")
        if place > most:
            raise hostile(f"部件 {self.part} 的行或列超出工作表")
        return place

    def _open_sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= self.limits.sheets:
            raise over_limit(f"工作表超过 {self.limits.sheets} 张")
        self.sheets.append(ReadSheet(self._told(attributes, "Name")))
        self._row_end = self._left = self._listed = 0
        self._busy = {}
        self._table_style, self._column_styles = "", {}

    def _open_table(self, attributes: dict[str, str]) -> None:
        self._table_style = self._told(attributes, "StyleID")
        self._row_end = max(self._number(attributes, "TopCell", LAST_ROW) - 1, self._row_end)
        self._left = self._listed = max(self._number(attributes, "LeftCell", LAST_COLUMN) - 1, 0)

    def _open_column(self, attributes: dict[str, str]) -> None:
        first = self._next(attributes, self._listed, LAST_COLUMN)
        self._listed = first + self._number(attributes, "Span", LAST_COLUMN)
        columns = range(first, min(self._listed, self.limits.columns) + 1)
        if self._told(attributes, "Hidden") == "1" or self._told(attributes, "Width") in ("0", "0.0"):
            self.sheets[-1].hidden_columns.update(columns)
        style = self._told(attributes, "StyleID")
        if style:
            self._column_styles.update(dict.fromkeys(columns, style))

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = self._next(attributes, self._row_end, LAST_ROW)
        self._row_end = self._row + self._number(attributes, "Span", LAST_ROW)
        self._column_end = self._left
        self._row_unclear = self._row_miscounts = False
        self._row_style = self._told(attributes, "StyleID")
        if self._told(attributes, "Hidden") == "1" or self._told(attributes, "Height") in ("0", "0.0"):
            self.sheets[-1].hidden_rows.update(range(self._row, min(self._row_end, self.limits.rows) + 1))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._says_column = self._prefix + "Index" in attributes
        self._column = self._next(attributes, self._column_end, LAST_COLUMN)
        self._under = self._moved = self._is_busy()
        while self.beside_merges and self._under:
            self._column += 1
            self._under = self._is_busy()
        across = self._number(attributes, "MergeAcross", LAST_COLUMN)
        down = self._number(attributes, "MergeDown", LAST_ROW)
        self._column_end = self._column + across
        if self._column_end > LAST_COLUMN or self._row + down > LAST_ROW:
            raise hostile(f"部件 {self.part} 在 {address(self._row, self._column)} 的合并区域超出工作表")
        if across or down:
            merges = self.sheets[-1].merges
            if len(merges) >= self.limits.merges:
                raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")
            merges.append(Merge(self._row, self._column, self._row + down, self._column_end))
            if down:
                last = min(self._column_end, self.limits.columns)
                self._busy.update(dict.fromkeys(range(self._column, last + 1), self._row + down))
        self._cell_style = self._told(attributes, "StyleID")
        self._formula = attributes.get(self._prefix + "Formula")
        self._value = None

    def _open_run(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() == "br":
            self._heard.now.append("\n")
        struck = name in _STRIKES or any("line-through" in told for told in attributes.values())
        self.heard = self._heard.open_run(struck=struck)

    def _close_cell(self) -> None:
        value, self._value = self._value, None
        sheet, spot = self.sheets[-1], address(self._row, self._column)
        self._doubt_column(sheet, spot, value is not None)
        look = self._look()
        if value is None:
            if not self._formula:
                return
            text = "=" + self._formula.partition("=")[2]
            cell: Cell | None = Cell(None, text, FORMULA_WITHOUT_VALUE, look.struck)
            sheet.issues.append((sheet.name, spot, "cell.formula_without_value", text))
        else:
            cell, code, raw = cell_of_value(value, self._heard.runs, look, date1904=self.date1904)
            if code:
                sheet.issues.append((sheet.name, spot, code, raw))
        if cell is not None:
            sheet.rows.setdefault(self._row, {})[self._column] = cell

    def _is_busy(self) -> bool:
        """Whether a merge from above covers this place."""
        return self._busy.get(self._column, 0) >= self._row

    def _doubt_column(self, sheet: ReadSheet, spot: str, filled: bool) -> None:
        """Where a row below a merge does not say its columns, its first value could stand in another: said once."""
        if filled and not self._says_column and (self._under or self._row_miscounts):
            self.covered = True
        self._row_miscounts = filled and self._says_column and self._under
        doubtful = (self.beside_merges and self._moved) or (self._row_unclear and not self._says_column)
        if filled and doubtful and not sheet.unclear:
            sheet.unclear = True
            sheet.issues.append((sheet.name, spot, "sheet.columns_unclear", spot))
        self._row_unclear = not filled and (self._row_unclear or (self._under and not self._says_column))

    def _look(self) -> Look:
        """By the cell's own style, else its row's, its column's, its table's."""
        named = self._cell_style or self._row_style or self._column_styles.get(self._column) or self._table_style
        return self.styles.look(named)
