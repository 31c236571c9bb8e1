"""xls by xlrd, with merges, hidden rows, struck-out fonts and error cells; by calamine where xlrd fails."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any

from importers.container.content import BookContent, Issue, Row, SheetContent
from importers.container.engines.values import calamine_rows, cell_of
from importers.container.limits import Limits
from importers.container.number_formats import PLAIN, NumberFormat, read_format
from importers.container.refusals import damaged, encrypted, over_limit, refuse_same_names
from importers.container.sniff import OLE, ole_format
from importers.container.written import (
    DATE_OUT_OF_RANGE,
    moment_cell,
    number_cell,
    number_text,
    serial_moment,
    text_cell,
    truth_cell,
)
from importers.grid import Cell, Merge, address


def read_with_xlrd(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values and all that stands beside them."""
    _refuse_other_types(content)
    import xlrd

    try:
        book = _opened(content)
    except xlrd.XLRDError as refused:
        if "encrypted" in str(refused).lower():
            raise encrypted() from refused
        raise
    if book.nsheets > limits.sheets:
        raise over_limit(f"工作表超过 {limits.sheets} 张")
    sheets = (_sheet(book, sheet, limits) for sheet in book.sheets())
    return BookContent("xls", sheets, date1904=book.datemode == 1)


def _opened(content: bytes) -> Any:
    import xlrd

    told: dict[str, Any] = {"formatting_info": True, "ragged_rows": True, "logfile": StringIO()}
    try:
        return xlrd.open_workbook(file_contents=content, **told)
    except xlrd.compdoc.CompDocError:
        # The compound file contradicts itself where Excel does not look; the workbook inside may be whole.
        import olefile  # type: ignore[import-untyped]

        with olefile.OleFileIO(BytesIO(content)) as compound:
            name = "Workbook" if compound.exists("Workbook") else "Book"
            return xlrd.open_workbook(file_contents=compound.openstream(name).read(), **told)


def read_with_calamine(content: bytes, form: str, limits: Limits) -> BookContent:
    """Values and merges alone, of xls that xlrd cannot read."""
    _refuse_other_types(content)
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as refused:
        raise encrypted() from refused

    refuse_same_names(book.sheet_names)  # it finds sheets by their names

    def sheets() -> Iterator[SheetContent]:
        for place, listed in enumerate(book.sheets_metadata):
            sheet = book.get_sheet_by_index(place)
            rows = (
                (row, [(column, cell) for column, value in values if (cell := cell_of(_sound(value)))])
                for row, values in calamine_rows(sheet)
            )
            merges = [
                Merge(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            yield SheetContent(listed.name, rows, merges, hidden=listed.visible != SheetVisibleEnum.Visible)

    return BookContent("xls", sheets())


def _sound(value: Any) -> Any:
    """The value, unless it is text of a code page taken for UTF-16: then no text of the book is to be trusted."""
    if isinstance(value, str) and "\0" in value:
        raise damaged("单元格的文字编码不正确，无法辨认")
    return value


def _refuse_other_types(content: bytes) -> None:
    """A compound file may hold a Word document, or a workbook under a password."""
    if not content.startswith(OLE):
        return
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(content)) as compound:
            streams = {"/".join(path) for path in compound.listdir()}
    except Exception:
        return  # damaged outside: the engines may still find the workbook
    if ole_format(streams) == "encrypted":
        raise encrypted()


def _sheet(book: Any, sheet: Any, limits: Limits) -> SheetContent:
    merges = [Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    issues: list[Issue] = []
    content = SheetContent(
        name=sheet.name,
        rows=_rows(book, sheet, issues),
        merges=merges,
        hidden=sheet.visibility != 0,
        hidden_rows={row + 1 for row, shown in sheet.rowinfo_map.items() if shown.hidden},
        hidden_columns={column + 1 for column, shown in sheet.colinfo_map.items() if shown.hidden},
        issues=issues,
    )
    if len(merges) > limits.merges:
        raise over_limit(f"合并单元格超过 {limits.merges:,} 处")
    return content


def _rows(book: Any, sheet: Any, issues: list[Issue]) -> Iterator[Row]:
    looks = _Looks(book)
    for row in range(sheet.nrows):
        cells = []
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in (0, 6):
                continue
            shown, struck = looks.of(sheet.cell_xf_index(row, column))
            if kind == 1:
                runs = sheet.rich_text_runlist_map.get((row, column))
                cell = _text(book, value, runs, struck, (sheet.name, address(row + 1, column + 1)), issues)
            else:
                cell = _cell(book, kind, value, shown, struck)
            if cell is None:
                continue
            if cell.error:
                code = "cell.date_out_of_range" if cell.error == DATE_OUT_OF_RANGE else "cell.error"
                issues.append((sheet.name, address(row + 1, column + 1), code, cell.text))
            cells.append((column + 1, cell))
        yield row + 1, cells


class _Looks:
    """The number format and the strike of each style, looked up once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[int, tuple[NumberFormat, bool]] = {}

    def of(self, style: int) -> tuple[NumberFormat, bool]:
        if style not in self.known:
            shown, struck = PLAIN, False
            if style < len(self.book.xf_list):
                xf = self.book.xf_list[style]
                form = self.book.format_map.get(xf.format_key)
                shown = read_format(form.format_str[:500]) if form else PLAIN
                struck = xf.font_index < len(self.book.font_list) and bool(
                    self.book.font_list[xf.font_index].struck_out
                )
            self.known[style] = shown, struck
        return self.known[style]


def _cell(book: Any, kind: int, value: Any, shown: NumberFormat, struck: bool) -> Cell | None:
    import xlrd

    if kind == xlrd.XL_CELL_NUMBER:
        return number_cell(value, shown, struck=struck)
    if kind == xlrd.XL_CELL_DATE:
        shown = shown if shown.moment else read_format("yyyy-m-d")
        moment = serial_moment(value, shown, date1904=book.datemode == 1)
        if moment is None:
            return Cell(None, number_text(value), DATE_OUT_OF_RANGE, struck)
        return moment_cell(moment, shown, struck=struck)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return truth_cell(bool(value), struck=struck)
    error = xlrd.error_text_from_code.get(value, "#ERR!")
    return Cell(None, error, error, struck)


def _text(
    book: Any, text: str, runs: list[tuple[int, int]] | None, struck: bool, place: tuple[str, str], issues: list[Issue]
) -> Cell | None:
    """Text less the runs that are struck out."""
    if not runs:
        return text_cell(text, struck=struck)
    starts = [(0, struck), *((start, _struck_font(book, font)) for start, font in runs), (len(text), False)]
    pieces = [(text[start:end], gone) for (start, gone), (end, _) in pairwise(starts)]
    lost = "".join(piece for piece, gone in pieces if gone)
    kept = "".join(piece for piece, gone in pieces if not gone)
    if not lost.strip():
        return text_cell(text)
    if not kept.strip():
        return text_cell(text, struck=True)
    issues.append((*place, "cell.struck_part", lost))
    return text_cell(kept)


def _struck_font(book: Any, font: int) -> bool:
    return font < len(book.font_list) and bool(book.font_list[font].struck_out)
