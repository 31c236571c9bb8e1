"""One streaming walk over an OpenDocument sheet for what calamine does not give: merges, hidden, struck out, errors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from importers.container.content import Issue
from importers.container.limits import LAST_COLUMN, LAST_ROW, Limits
from importers.container.ods_repair import CONTENT, Repairs, faulty_value, untyped
from importers.container.refusals import hostile, over_limit
from importers.container.written import FORMULA_WITHOUT_VALUE, VALUE_INVALID
from importers.container.xml_scan import XmlScan
from importers.grid import Merge, address

_HIDDEN = ("collapse", "filter")
_SHOWN = re.compile(r"0[0-9]+|[0-9]{4}年(?:[0-9]{1,2}月)?")


@dataclass(slots=True)
class OdsSheet:
    """What stands beside the values of one table."""

    name: str
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    #: Text that shows more or less than its value: leading zeros, a month without its day.
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    #: Text of cells that name no type of value, as programs that write ods by hand leave them.
    untyped: dict[tuple[int, int], str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


@dataclass(slots=True)
class OdsStyles:
    """Names of styles that strike out or hide; `parents` for those that inherit."""

    struck: dict[str, bool] = field(default_factory=dict)
    hiding: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)

    def strikes(self, style: str) -> bool:
        """Whether this style, or the nearest one above it that says so, strikes out."""
        for _ in range(20):
            if style in self.struck:
                return self.struck[style]
            style = self.parents.get(style, "")
        return False


class OdsStylesScan(XmlScan):
    """The styles of styles.xml, and of the head of content.xml."""

    def __init__(self, part: str, limits: Limits, styles: OdsStyles) -> None:
        super().__init__(part, limits)
        self.styles = styles
        self._style = ""
        self._count = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self._count += 1
            if self._count > self.limits.styles:
                raise over_limit(f"单元格样式超过 {self.limits.styles:,} 种")
            self._style = attributes.get("style:name", "")
            self.styles.parents[self._style] = attributes.get("style:parent-style-name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.styles.hiding.add(self._style)
        elif name == "text-properties" and self._style:
            line = attributes.get("style:text-line-through-style") or attributes.get("style:text-line-through-type")
            if line:
                self.styles.struck[self._style] = line != "none"


class OdsScan(OdsStylesScan):
    """content.xml: its styles, then its tables."""

    def __init__(self, limits: Limits, styles: OdsStyles) -> None:
        super().__init__(CONTENT, limits, styles)
        self.sheets: list[OdsSheet] = []
        #: Where each table begins, and which cells the engine must not read as they are.
        self.tables: list[int] = []
        self.repairs: Repairs = {}
        self.is_spreadsheet = False
        self._nested = 0
        self._row = self._column = self._rows = self._row_cells = self._cells = 0
        self._column_styles: list[tuple[int, str]] = []
        self._cell: dict[str, str] | None = None
        self._at = 0
        self._shown_text: list[str] | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "spreadsheet":
            self.is_spreadsheet = True
        elif name == "table":
            self._nested += 1
            if self._nested == 1:
                self._open_table(attributes)
        elif self._nested != 1:
            super().opened(name, attributes)
        elif name == "table-column":
            self._open_columns(attributes)
        elif name == "table-row":
            self._row, self._column, self._row_cells = self._row + 1, 0, 0
            self._rows = _repeated(attributes, "table:number-rows-repeated", LAST_ROW, self.part)
            if attributes.get("table:visibility") in _HIDDEN:
                last = min(self._row + self._rows, self.limits.rows + 1)
                self.sheets[-1].hidden_rows.update(range(self._row, last))
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self.heard, self._at = attributes, [], self._parser.CurrentByteIndex
        elif name == "annotation":
            self._shown_text, self.heard = self.heard, None
        elif name == "p" and self.heard:
            self.heard.append("\n")

    def closed(self, name: str) -> None:
        if name == "table":
            self._nested -= 1
        elif self._nested == 1 and name in ("table-cell", "covered-table-cell"):
            self._close_cell(name)
        elif self._nested == 1 and name == "table-row":
            self._row += self._rows - 1
        elif self._nested == 1 and name == "annotation":
            self._shown_text, self.heard = None, self._shown_text

    def _open_table(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= self.limits.sheets:
            raise over_limit(f"工作表超过 {self.limits.sheets} 张")
        hidden = attributes.get("table:style-name", "") in self.styles.hiding
        self.tables.append(self._parser.CurrentByteIndex)
        self.sheets.append(OdsSheet(attributes.get("table:name", ""), hidden))
        self._row = self._column = 0
        self._column_styles = []

    def _open_columns(self, attributes: dict[str, str]) -> None:
        columns = _repeated(attributes, "table:number-columns-repeated", LAST_COLUMN, self.part)
        if attributes.get("table:visibility") in _HIDDEN:
            last = min(self._column + columns, self.limits.columns)
            self.sheets[-1].hidden_columns.update(range(self._column + 1, last + 1))
        self._column += columns
        self._column_styles.append((self._column, attributes.get("table:default-cell-style-name", "")))

    def _close_cell(self, name: str) -> None:
        attributes, text = self._cell or {}, "".join(self.heard or ())
        self._cell, self.heard = None, None
        first = self._column + 1
        columns = _repeated(attributes, "table:number-columns-repeated", LAST_COLUMN, self.part)
        self._column += columns
        sheet = self.sheets[-1]
        if name == "table-cell":
            self._merge(sheet, attributes, first)
        formula = attributes.get("table:formula")
        faulty = faulty_value(attributes)
        if formula and "office:value-type" not in attributes:
            self._error(sheet, first, FORMULA_WITHOUT_VALUE, "=" + formula.partition("=")[2], "formula_without_value")
        elif attributes.get("calcext:value-type") == "error":
            self._error(sheet, first, text or "#ERR!", text or "#ERR!", "error")
        elif faulty is not None:
            self._faulty(sheet, first, faulty, text)
        elif not text.strip() and "office:value-type" not in attributes:
            return
        elif _SHOWN.fullmatch(text) and attributes.get("office:value-type") in ("float", "date"):
            sheet.shown[self._row, first] = text
        self._stands(sheet, attributes, first, columns)
        typed = formula or "office:value-type" in attributes or "calcext:value-type" in attributes
        if text.strip() and (faulty is not None or (name == "table-cell" and not typed)):
            rows, across = range(self._row, self._row + self._rows), range(first, self._column + 1)
            sheet.untyped.update(((row, column), text) for row in rows for column in across)

    def _faulty(self, sheet: OdsSheet, column: int, faulty: str, text: str) -> None:
        """The engine would give up the whole book, or take nonsense for a value: it sees a cell without one."""
        self.repairs[self._at] = untyped()
        if text.strip():
            sheet.issues.append((sheet.name, address(self._row, column), f"cell.{VALUE_INVALID}", faulty))
        elif faulty.strip():
            self._error(sheet, column, VALUE_INVALID, faulty, VALUE_INVALID)

    def _stands(self, sheet: OdsSheet, attributes: dict[str, str], first: int, columns: int) -> None:
        last_row = self._row + self._rows - 1
        if last_row > self.limits.rows or self._column > self.limits.columns:
            place = address(min(last_row, LAST_ROW), min(self._column, LAST_COLUMN))
            raise over_limit(
                f"单元格 {place} 有内容，最多 {self.limits.rows:,} 行、{self.limits.columns} 列",
                "请删去远处多余的内容，或拆成几个文件",
            )
        self._cells += columns * self._rows
        if self._cells > self.limits.cells:
            raise over_limit(f"有内容的单元格超过 {self.limits.cells:,} 个")
        sheet.last_row, sheet.last_column = last_row, max(sheet.last_column, self._column)
        if sheet.last_row * sheet.last_column > self.limits.box:
            raise over_limit(f"工作表“{sheet.name}”的内容散布过广")
        if self.styles.strikes(attributes.get("table:style-name") or self._column_style(first)):
            rows, across = range(self._row, last_row + 1), range(first, self._column + 1)
            sheet.struck.update((row, column) for row in rows for column in across)

    def _column_style(self, column: int) -> str:
        return next((style for last, style in self._column_styles if column <= last), "")

    def _merge(self, sheet: OdsSheet, attributes: dict[str, str], column: int) -> None:
        down = _repeated(attributes, "table:number-rows-spanned", LAST_ROW, self.part)
        across = _repeated(attributes, "table:number-columns-spanned", LAST_COLUMN, self.part)
        if down * across > 1:
            if len(sheet.merges) >= self.limits.merges:
                raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")
            sheet.merges.append(Merge(self._row, column, self._row + down - 1, column + across - 1))

    def _error(self, sheet: OdsSheet, column: int, error: str, text: str, code: str) -> None:
        sheet.errors[self._row, column] = (error, text)
        sheet.issues.append((sheet.name, address(self._row, column), f"cell.{code}", text))


def _repeated(attributes: dict[str, str], name: str, most: int, part: str) -> int:
    told = attributes.get(name, "1")
    if not told.isdecimal() or len(told) > 9 or int(told) > most:
        raise hostile(f"部件 {part} 称某个行或列重复 {told[:20]} 次，超出工作表")
    return max(int(told), 1)
