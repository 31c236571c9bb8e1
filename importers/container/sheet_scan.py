"""One streaming walk over a worksheet for what the engine does not give: hidden, struck out, errors, lost formulas."""

from __future__ import annotations

import re

from importers.container.limits import LAST_COLUMN, LAST_ROW, Limits
from importers.container.number_formats import PLAIN, NumberFormat
from importers.container.package_parts import Strings, Styles, split_runs
from importers.container.refusals import hostile, over_limit
from importers.container.written import DATE_OUT_OF_RANGE, FORMULA_WITHOUT_VALUE, serial_moment
from importers.container.xml_scan import XmlScan, on
from importers.grid import Merge, address, column_letter, column_number

Place = tuple[int, int]

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")

#: Serial numbers that are a day, whichever of the two date systems the workbook has.
DAYS_OF_BOTH_SYSTEMS = (61.0, 2_900_000.0)


def read_reference(text: str) -> Place | None:
    """`D6` as row 6, column 4; None where it is no address."""
    match = _REFERENCE.match(text)
    return (int(match[2]), column_number(match[1].upper())) if match else None


class SheetScan(XmlScan):
    """What stands where. Positions follow the rule of the engine: a row or cell without one is the next."""

    def __init__(self, part: str, limits: Limits, styles: Styles, strings: Strings, *, date1904: bool) -> None:
        super().__init__(part, limits)
        self.styles, self.strings, self.date1904 = styles, strings, date1904
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.issues: list[tuple[str | None, str, str]] = []
        #: Cells that the engine gives wrongly or not at all.
        self.digits: dict[Place, str] = {}
        self.errors: dict[Place, tuple[str, str]] = {}
        self.kept: dict[Place, str] = {}
        self.struck: set[Place] = set()
        self.formats: dict[Place, NumberFormat] = {}
        #: How many values this sheet has, and the sheets before it.
        self.cells = self.cells_before = 0
        self.last_row = self.last_column = 0
        self._row = self._column = 0
        self._row_text, self._digits = "0", 1
        self._letters: dict[str, int] = {}
        self._rows_hidden = False
        #: Which columns of a row hold a value, a bit each: a row or cell that comes twice is found by it.
        self.filled: dict[int, int] = {}
        #: Places of values that may be nothing but blanks: an engine may give none.
        self.faint: set[Place] = set()
        self._repeats = False
        self._runs: list[tuple[bool, str]] = []
        self._run_struck = False
        self._kind = self._formula = self._value = ""
        self._has_formula = self._has_value = self._in_cell = False
        self._style = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "f", "t"):
            self.heard = [] if self._in_cell else None
        elif name == "row":
            self._open_row(attributes)
        elif name == "col":
            self._open_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name in ("r", "strike") and self._in_cell:
            self._run_struck = name == "strike" and on(attributes, "val", "1")
        elif name == "sheetFormatPr":
            self._rows_hidden = on(attributes, "zeroHeight")

    def closed(self, name: str) -> None:
        if name == "v":
            self._value, self._has_value, self.heard = "".join(self.heard or ()), True, None
        elif name == "f":
            self._formula, self._has_formula, self.heard = "".join(self.heard or ()), True, None
        elif name == "t":
            if self._in_cell and self._kind == "inlineStr":
                text = "".join(self.heard or ())
                self._value, self._has_value = self._value + text, True
                self._runs.append((self._run_struck, text))
            self.heard = None
        elif name == "c":
            self._close_cell()

    def continue_after(self, row: int) -> None:
        """Go on as if this row had just been walked."""
        self._row, self._column = row, 0

    def _open_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        row = int(told) if told.isdecimal() and len(told) < 8 else self._row + 1
        if not 1 <= row <= LAST_ROW or len(told) >= 8:
            raise hostile(f"部件 {self.part} 有行号 {told[:20]}，工作表最多 {LAST_ROW} 行")
        self._row, self._column = row, 0
        self._row_text = str(row)
        self._digits = len(self._row_text)
        self._repeats = row in self.filled
        flat = attributes.get("ht") in ("0", "0.0") and on(attributes, "customHeight")
        if on(attributes, "hidden", "1" if self._rows_hidden else "0") or flat:
            self.hidden_rows.add(row)

    def _open_columns(self, attributes: dict[str, str]) -> None:
        if on(attributes, "hidden") or attributes.get("width") in ("0", "0.0"):
            first, last = attributes.get("min", "1"), attributes.get("max", "1")
            if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) < 20:
                columns = range(max(int(first), 1), min(int(last), self.limits.columns) + 1)
                self.hidden_columns.update(columns)

    def _merge(self, reference: str) -> None:
        start, _, end = reference.partition(":")
        first, last = read_reference(start), read_reference(end or start)
        if first is not None and last is not None:
            self.add_merge(*first, *last)
        elif len(self.merges) >= self.limits.merges:
            raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")

    def add_merge(self, row: int, column: int, other_row: int, other_column: int) -> None:
        """A merged range by two opposite corners."""
        if len(self.merges) >= self.limits.merges:
            raise over_limit(f"合并单元格超过 {self.limits.merges:,} 处")
        top, bottom = (row, other_row) if row <= other_row else (other_row, row)
        left, right = (column, other_column) if column <= other_column else (other_column, column)
        if bottom > LAST_ROW or right > LAST_COLUMN or top < 1:
            place = f"{address(top, left)}:{address(bottom, right)}"
            raise hostile(f"部件 {self.part} 有合并区域 {place}，超出工作表")
        self.merges.append(Merge(top, left, bottom, right))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        if told is None:
            self._cell_row, self._column = self._row, self._column + 1
        else:
            # Nearly every cell names its own row: its letters are known from the rows above.
            column = self._letters.get(told[: -self._digits]) if told.endswith(self._row_text) else None
            self._cell_row, self._column = (self._row, column) if column else self._place(told)
        self._kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() and len(style) < 8 else 0
        self._value = self._formula = ""
        self._has_value = self._has_formula = self._run_struck = False
        self._runs = []
        self._in_cell = True

    def _place(self, told: str) -> Place:
        place = read_reference(told)
        if place is None:
            raise hostile(f"部件 {self.part} 有单元格地址 {told[:20]!r}，不是地址")
        row, column = place
        if row > LAST_ROW or column > LAST_COLUMN or row < 1:
            raise hostile(f"部件 {self.part} 有单元格 {told}，超出工作表")
        if told == f"{column_letter(column)}{row}":
            self._letters[column_letter(column)] = column
        return row, column

    def _close_cell(self) -> None:
        self._in_cell = False
        place = (self._cell_row, self._column)
        if self._has_formula and not (self._has_value and (self._value or self._kind == "str")):
            self._error(place, FORMULA_WITHOUT_VALUE, "=" + self._formula, "cell.formula_without_value")
        elif not self._value:
            return
        elif self._kind == "e":
            self._error(place, self._value, self._value, "cell.error")
        elif self._kind == "s" and not self._has_text():
            self._error(place, "#REF!", "#REF!", "cell.text_missing")
        elif self._kind == "s" and self.strings.struck and self._value.isdecimal():
            self._text_less_struck(place, self.strings.struck.get(int(self._value)))
        elif any(struck for struck, _ in self._runs):
            self._text_less_struck(place, split_runs(self._runs))
        elif self._kind == "n":
            self._number(place)
        if self._is_faint():
            self.faint.add(place)
        self._stands(place)

    def _has_text(self) -> bool:
        """Whether the shared text that this cell names is there."""
        told = self._value.strip()
        return told.isdecimal() and len(told) < 9 and int(told) < len(self.strings.texts)

    def _is_faint(self) -> bool:
        """Whether the value may be blank: of text escaped as `_x000D_` only the engine knows."""
        text = self._value
        if self._kind == "s":
            texts = self.strings.texts
            text = texts[int(text)] if text.isdecimal() and len(text) < 9 and int(text) < len(texts) else ""
        return self._kind in ("s", "str", "inlineStr") and ("_x" in text or not text.strip())

    def _stands(self, place: Place) -> None:
        """A value stands here: it counts, and must lie where a roster can reach."""
        row, column = place
        if row > self.limits.rows or column > self.limits.columns:
            limit = f"{self.limits.rows:,} 行、{self.limits.columns} 列"
            raise over_limit(
                f"单元格 {address(row, column)} 有内容，最多 {limit}", "请删去远处多余的内容，或拆成几个文件"
            )
        self.cells += 1
        if self.cells_before + self.cells > self.limits.cells:
            raise over_limit(f"有内容的单元格超过 {self.limits.cells:,} 个")
        filled = self.filled.get(row, 0)
        if self._repeats:
            self.issues.append((address(row, column), "row.repeated", f"第 {row} 行在文件里出现了不止一次"))
            self._repeats = False
        if filled >> column & 1:
            self.issues.append((address(row, column), "cell.repeated", "" if self._kind == "s" else self._value))
        self.filled[row] = filled | 1 << column
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        if self._style in self.styles.struck:
            self.struck.add(place)

    def _error(self, place: Place, error: str, text: str, code: str) -> None:
        self.errors[place] = (error, text)
        self.issues.append((address(*place), code, text))

    def _text_less_struck(self, place: Place, split: tuple[str, str] | None) -> None:
        if split is None:
            return
        kept, struck = split
        if kept.strip():
            self.kept[place] = kept
            self.issues.append((address(*place), "cell.struck_part", struck))
        else:
            self.struck.add(place)

    def _number(self, place: Place) -> None:
        shown = self.styles.format_of(self._style)
        if shown is not PLAIN:
            if not shown.moment or (shown.year and not shown.day):
                self.formats[place] = shown
            if shown.moment:
                self._date(place, shown)
                return
        if len(self._value) > 15 and self._value.isdecimal() and len(self._value.strip("0")) > 15:
            # More digits than a spreadsheet program keeps: they were written by another program and are all there.
            self.digits[place] = self._value

    def _date(self, place: Place, shown: NumberFormat) -> None:
        try:
            serial = float(self._value)
            if DAYS_OF_BOTH_SYSTEMS[0] <= serial < DAYS_OF_BOTH_SYSTEMS[1]:
                return
            moment = serial_moment(serial, shown, date1904=self.date1904)
        except (ValueError, OverflowError):
            moment = None
        if moment is None:
            self._error(place, DATE_OUT_OF_RANGE, self._value, "cell.date_out_of_range")

    @property
    def plain(self) -> bool:
        """No cell differs from what the engine gives."""
        return not (self.struck or self.digits or self.kept or self.formats)
