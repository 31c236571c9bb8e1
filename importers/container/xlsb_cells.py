"""The second walk over a binary sheet: each cell record as a cell, by its style."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from math import isfinite

from importers.container.content import Issue, Row
from importers.container.package_parts import Strings
from importers.container.written import (
    DATE_OUT_OF_RANGE,
    FORMULA_WITHOUT_VALUE,
    moment_cell,
    number_cell,
    number_text,
    serial_moment,
    text_cell,
    truth_cell,
)
from importers.container.xlsb_records import ShortRecord, records, wide_bytes
from importers.container.xlsb_sheet import CELLS, END_SHEET, ROW
from importers.container.xlsb_styles import BinaryStyles, rich_text
from importers.grid import Cell, address

# Cell records of [MS-XLSB] 2.3; those of formulas hold the result as the others hold the value.
_RK, _SHARED, _RICH = 2, 7, 62
_ERRORS, _TRUTHS, _REALS, _TEXTS = (3, 11), (4, 10), (5, 9), (6, 8)
_FORMULAS = (8, 9, 10, 11)
_ROWS_AND_CELLS = CELLS | {ROW}
_ERROR_TEXT = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_UNKNOWN_ERROR = "#ERR!"
#: Cells that come again and again are read once; beyond so many different ones, or longer, each where it stands.
_MOST_KNOWN, _LONGEST_KNOWN = 50_000, 200
_ISSUES = {FORMULA_WITHOUT_VALUE: "cell.formula_without_value", DATE_OUT_OF_RANGE: "cell.date_out_of_range"}


class BinaryCells:
    """Reads the cells of all sheets of a workbook."""

    def __init__(self, styles: BinaryStyles, strings: Strings, *, date1904: bool) -> None:
        self.styles, self.strings, self.date1904 = styles.styles(), strings, date1904
        self.struck_fonts = styles.struck_fonts
        self._known: dict[tuple[int, bytes], tuple[Cell | None, list[tuple[str, str]]]] = {}

    def rows(self, pieces: Iterable[bytes], part: str, sheet: str, issues: list[Issue]) -> Iterator[Row]:
        """The rows of a sheet that the first walk has passed; what is to be said of a cell goes to `issues`."""
        row, cells = 0, dict[int, Cell]()
        for kind, record in records(pieces, part, _ROWS_AND_CELLS, END_SHEET):
            place = int.from_bytes(record[:4], "little") + 1
            if kind != ROW:
                cell, said = self._known.get((kind, record[4:])) or self._cell(kind, record)
                if cell is None:
                    continue
                if said:
                    issues.extend((sheet, address(row, place), code, text) for code, text in said)
                if place in cells:
                    issues.append((sheet, address(row, place), "cell.repeated", cell.text))
                cells[place] = cell
            elif place != row:
                if cells:
                    yield row, sorted(cells.items())
                row, cells = place, {}
            elif cells:
                issues.append((sheet, address(row, 1), "row.repeated", f"第 {row} 行在文件里出现了不止一次"))
        if cells:
            yield row, sorted(cells.items())

    def _cell(self, kind: int, record: bytes) -> tuple[Cell | None, list[tuple[str, str]]]:
        """The cell, None when it is blank; and what is to be said of it."""
        style = int.from_bytes(record[4:7], "little")
        struck, said = style in self.styles.struck, list[tuple[str, str]]()
        try:
            cell = self._read(kind, record, style, struck, said)
        except (ShortRecord, struct.error, IndexError):
            error = FORMULA_WITHOUT_VALUE if kind in _FORMULAS else _UNKNOWN_ERROR
            cell = Cell(None, "=" if kind in _FORMULAS else error, error, struck)
        if cell is not None and cell.error and not said:
            said.append((_ISSUES.get(cell.error, "cell.error"), cell.text))
        if len(record) <= _LONGEST_KNOWN and len(self._known) < _MOST_KNOWN:
            self._known[kind, record[4:]] = cell, said  # what stands behind the column is all that a cell is
        return cell, said

    def _read(self, kind: int, record: bytes, style: int, struck: bool, said: list[tuple[str, str]]) -> Cell | None:
        if kind == _SHARED:
            return self._shared(struct.unpack_from("<I", record, 8)[0], struck, said)
        if kind == _RK:
            return self._number(_rk(struct.unpack_from("<i", record, 8)[0]), style, struck)
        if kind in _REALS:
            return self._number(struct.unpack_from("<d", record, 8)[0], style, struck)
        if kind in _TEXTS:
            return _plain_text(record, struck)
        if kind == _RICH:
            return _text_less_struck(*rich_text(record, 8, self.struck_fonts), struck, said)
        if kind in _TRUTHS:
            return truth_cell(bool(record[8]), struck=struck)
        error = _ERROR_TEXT.get(record[8], _UNKNOWN_ERROR)
        return Cell(None, error, error, struck)

    def _shared(self, index: int, struck: bool, said: list[tuple[str, str]]) -> Cell | None:
        if index >= len(self.strings.texts):
            said.append(("cell.text_missing", "#REF!"))
            return Cell(None, "#REF!", "#REF!", struck)
        if index in self.strings.struck:
            return _text_less_struck(self.strings.texts[index], self.strings.struck[index], struck, said)
        return text_cell(self.strings.texts[index], struck=struck)

    def _number(self, value: float, style: int, struck: bool) -> Cell:
        shown = self.styles.format_of(style)
        if not shown.moment or not isfinite(value):
            return number_cell(value, shown, struck=struck)
        clock = not shown.date and 0 <= value < 1  # a time of day, whichever day the calendar begins with
        moment = serial_moment(value, shown, date1904=self.date1904 and not clock)
        if moment is None:
            return Cell(None, number_text(value), DATE_OUT_OF_RANGE, struck)
        return moment_cell(moment, shown, struck=struck)


def _plain_text(record: bytes, struck: bool) -> Cell | None:
    told, _ = wide_bytes(record, 8)
    if told is None:
        raise ShortRecord
    return text_cell(told.decode("utf-16-le", "replace"), struck=struck)


def _text_less_struck(
    text: str, split: tuple[str, str] | None, struck: bool, said: list[tuple[str, str]]
) -> Cell | None:
    """The text that stands; struck out where none does."""
    if split is None:
        return text_cell(text, struck=struck)
    kept, lost = split
    if not kept.strip():
        return text_cell(text, struck=True)
    said.append(("cell.struck_part", lost))
    return text_cell(kept, struck=struck)


def _rk(told: int) -> float:
    """A number in 30 bits: a whole one, or the upper bits of a float; the lowest bit says that it is in hundredths."""
    value: float = told >> 2 if told & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", told & ~3))[0]
    return value / 100 if told & 1 else value
