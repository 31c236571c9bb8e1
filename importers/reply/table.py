"""An xlsx of the same table, for what cannot carry marks itself: each value at its address, as it was shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from importers.container.written import number_text
from importers.grid import Cell, SheetGrid, WorkbookGrid
from importers.reply.marked import marked_package, unique_name
from importers.reply.marks import Asked, Mark, ReplyAbout

_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\\0-\x1f]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
_NARROWEST, _WIDEST = 6, 42
_SAMPLE = 500
_FIXED = datetime(1980, 1, 1)  # noqa: DTZ001
_FIRST_DAY = date(1900, 3, 1)
_LARGEST_WHOLE = 10**15


def table_copy(
    book: WorkbookGrid,
    marks: Sequence[Mark],
    asked: Sequence[Asked],
    about: ReplyAbout,
    reason: str = "原文件的格式不能加标注，这是内容相同的 xlsx 表。",
) -> bytes:
    """The same table as an xlsx, with the marks and the sheets that a marked copy has."""
    names = sheet_names(book)
    return marked_package(plain_copy(book, names), book, marks, asked, about, names=names, reason=reason)


def sheet_names(book: WorkbookGrid) -> dict[str, str]:
    """The names of the sheets as an xlsx allows them, by those that they have."""
    names: dict[str, str] = {}
    for grid in book.sheets:
        plain = _BAD_IN_NAME.sub("_", grid.name).strip("' ")[: _LONGEST_NAME - 3] or "Sheet"
        allowed = plain == grid.name[: len(plain)] and len(grid.name) <= _LONGEST_NAME and plain
        wish = grid.name if allowed and not _BAD_IN_NAME.search(grid.name) and grid.name.strip("' ") else plain
        names[grid.name] = unique_name(wish, list(names.values()))
    return names


def plain_copy(book: WorkbookGrid, names: Mapping[str, str]) -> bytes:
    """The table alone. `names`: of its sheets, as an xlsx allows them."""
    tall = any(merge.bottom > merge.top for grid in book.sheets for merge in grid.merges)
    target = BytesIO()
    told = {"constant_memory": not tall, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    written = xlsxwriter.Workbook(target, told)
    written.set_properties({"created": _FIXED})
    writer = _Writer(written)
    for grid in book.sheets:
        sheet = written.add_worksheet(names[grid.name])
        writer.write(sheet, grid)
    if all(grid.hidden for grid in book.sheets):
        written.worksheets()[0].hidden = 0
    else:
        shown = next(at for at, grid in enumerate(book.sheets) if not grid.hidden)
        written.worksheets()[shown].activate()
        written.worksheets()[shown].set_first_sheet()
    written.close()
    return target.getvalue()


class _Writer:
    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def write(self, sheet: Any, grid: SheetGrid) -> None:
        """A sheet, from its first row to its last."""
        if grid.hidden:
            sheet.hide()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        hidden = grid.hidden_columns
        widths = _widths(grid)
        for column, width in widths.items():
            sheet.set_column(column - 1, column - 1, width, None, {"hidden": column in hidden})
        for column in sorted(hidden - widths.keys()):
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        merges: dict[int, list[Any]] = {}
        for merge in grid.merges:
            merges.setdefault(merge.top, []).append(merge)
        for row in sorted({*grid.rows, *grid.hidden_rows, *merges}):
            hides, height = row in grid.hidden_rows, _height(grid, row, widths)
            if hides or height:
                sheet.set_row(row - 1, height, None, {"hidden": hides})
            for merge in merges.get(row, ()):
                if merge.bottom > merge.top or merge.right > merge.left:
                    around = merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1
                    sheet.merge_range(*around, "", self._format("", wrapped=True))
            for column, cell in grid.row(row).items():
                self._cell(sheet, row - 1, column - 1, cell)

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        value, text = cell.value, cell.text
        if cell.error or value is None or isinstance(value, str):
            shown = self._format("", "\n" in text or _letters(text) > _WIDEST, cell.struck)
            sheet.write_string(row, column, text[:_LONGEST_TEXT], shown)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, self._format("", struck=cell.struck))
        elif isinstance(value, int | float):
            if isinstance(value, int) and abs(value) >= _LARGEST_WHOLE:
                sheet.write_string(row, column, text, self._format("@", struck=cell.struck))
            else:
                sheet.write_number(row, column, value, self._format(_number_format(value, text), struck=cell.struck))
        elif isinstance(value, time) or _as_date(value) >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, self._format(_moment_format(value), struck=cell.struck))
        else:
            sheet.write_string(row, column, text, self._format("", struck=cell.struck))

    def _format(self, number: str, wrapped: bool = False, struck: bool = False) -> Any:
        key = number, wrapped, struck
        if key not in self._formats:
            told: dict[str, Any] = {"valign": "vcenter", "text_wrap": wrapped, "font_strikeout": struck}
            told |= {"border": 1, "border_color": "#BFBFBF", "font_name": "宋体", "font_size": 10}
            if number:
                told["num_format"] = number
            self._formats[key] = self._workbook.add_format(told)
        return self._formats[key]


def _as_date(value: datetime | date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _moment_format(value: datetime | date | time) -> str:
    if isinstance(value, time):
        return "h:mm:ss"
    return "yyyy-m-d h:mm:ss" if isinstance(value, datetime) else "yyyy-m-d"


def _number_format(value: float, text: str) -> str:
    """The format under which the number is shown as it was: zeros before it, a unit behind it, hours beyond 24."""
    plain = number_text(value)
    if text == plain:
        return ""
    if re.fullmatch(r"-?\d+:\d\d:\d\d", text):
        return "[h]:mm:ss"
    digits = re.match(r"[0-9]+", text)
    if digits and isinstance(value, int) and value >= 0 and int(digits[0]) == value:
        return "0" * len(digits[0]) + _behind(text[len(digits[0]) :])
    if text.startswith(plain):
        decimals = len(plain.partition(".")[2]) if "E" not in plain else 0
        return "0" + ("." + "0" * decimals if decimals else "") + _behind(text[len(plain) :])
    return ""


def _behind(unit: str) -> str:
    return '"' + unit.replace('"', "") + '"' if unit else ""


def _widths(grid: SheetGrid) -> dict[int, float]:
    """Columns as wide as what stands in them, from their first rows; a merged text belongs to several."""
    merged = {(merge.top, merge.left) for merge in grid.merges if merge.right > merge.left}
    widths: dict[int, float] = {}
    for row in list(grid.rows)[:_SAMPLE]:
        for column, cell in grid.row(row).items():
            if (row, column) not in merged:
                longest = max((_letters(line) for line in cell.text.split("\n")), default=0)
                widths[column] = max(widths.get(column, _NARROWEST), min(longest + 2, _WIDEST))
    return widths


def _height(grid: SheetGrid, row: int, widths: Mapping[int, float]) -> float | None:
    """Points for a row in which a text takes several lines; not every program finds them out by itself."""
    lines = 1
    for column, cell in grid.row(row).items():
        if len(cell.text) > _WIDEST // 2 or "\n" in cell.text:
            width = max(widths.get(column, _WIDEST), _NARROWEST)
            lines = max(lines, sum(1 + int(_letters(line) // width) for line in cell.text.split("\n")))
    return min(lines * 14.0 + 4, 400.0) if lines > 1 else None


def _letters(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
