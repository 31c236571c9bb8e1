"""Tables to an .xlsx in official layout: title, 填报单位 and 日期, bordered head, print set-up; text stays text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from reports.tables import Imprint, Printed, Table

#: Officials print ledgers in these; named, never shipped.
_TITLE_FONT, _BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
_HEAD_ROW = 2
#: Sheets wider than this, in characters, go on A3.
_A4_WIDTH = 150


def workbook(tables: Iterable[Table], imprint: Imprint) -> bytes:
    """The workbook's bytes. The same tables give the same bytes: it carries no moment of printing."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1), "author": "炉账"})  # noqa: DTZ001 (fixed, so bytes do not drift)
    look = _formats(book)
    for table in tables:
        _sheet(book, look, table, imprint)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    edge = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": _BODY_FONT, "font_size": 11}
    return {
        "title": book.add_format({"font_name": _TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"font_name": _BODY_FONT, "font_size": 11}),
        "right": book.add_format({"font_name": _BODY_FONT, "font_size": 11, "align": "right"}),
        "head": book.add_format({**edge, "bold": True, "align": "center", "bg_color": "#F2F2F2"}),
        "text": book.add_format(edge),
        "number": book.add_format({**edge, "align": "right"}),
        "bold": book.add_format({**edge, "bold": True}),
        "bold_number": book.add_format({**edge, "bold": True, "align": "right"}),
        "note": book.add_format({"font_name": _BODY_FONT, "font_size": 10, "text_wrap": True, "valign": "top"}),
    }


def _sheet(book: Any, look: dict[str, Any], table: Table, imprint: Imprint) -> None:
    sheet = book.add_worksheet(table.name)
    last = len(table.columns) - 1
    sheet.merge_range(0, 0, 0, last, table.title, look["title"])
    sheet.set_row(0, 32)
    sheet.write_string(1, 0, f"填报单位：{imprint.reporting_unit}", look["line"])
    sheet.write_string(1, last, "　".join(filter(None, (imprint.day, table.unit))), look["right"])
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD_ROW, place, column.title, look["head"])
    row = _HEAD_ROW + 1
    for number, cells in enumerate(table.rows):
        sheet.set_row(row, _height(cells, [column.width for column in table.columns]))
        _row(sheet, look, row, cells, bold=number in table.emphasis)
        row += 1
    if table.total:
        _foot(sheet, look, table, row)
        row += 1
    for note in table.notes:
        sheet.merge_range(row, 0, row, last, note, look["note"])
        sheet.set_row(row, _height((note,), [sum(column.width for column in table.columns)]))
        row += 1
    _print_setup(sheet, table, last, row)


def _height(cells: tuple[Printed, ...], widths: list[float]) -> float:
    """Points that the longest wrapped text needs; a Chinese character is two wide. Not every reader fits rows."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        for line in str(cell or "").splitlines():
            lines = max(lines, -(-sum(1 + (ord(character) > 255) for character in line) // max(1, int(width) - 1)))
    return min(409.0, 16.0 * lines + 2)


def _row(sheet: Any, look: dict[str, Any], row: int, cells: tuple[Printed, ...], *, bold: bool) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, (int, float)):
            sheet.write_number(row, place, cell, look["bold_number" if bold else "number"])
        else:
            sheet.write_string(row, place, cell or "", look["bold" if bold else "text"])


def _foot(sheet: Any, look: dict[str, Any], table: Table, row: int) -> None:
    """Sums by SUBTOTAL, so that a filter keeps them true, with their value stored for readers that do not calculate."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    label = min([3, len(table.columns), *(place for place, column in enumerate(table.columns) if column.total)])
    if label > 1:
        sheet.merge_range(row, 0, row, label - 1, table.total or "", look["bold"])
    else:
        sheet.write_string(row, 0, table.total or "", look["bold"])
    for place, column in enumerate(table.columns[label:], start=label):
        numbers = [cells[place] for cells in table.rows if isinstance(cells[place], (int, float))]
        if not column.total or (column.partial and not numbers):
            sheet.write_string(row, place, "未说明" if column.total else "", look["bold"])
            continue
        value = sum(number for number in numbers if isinstance(number, (int, float)))
        if not table.rows:
            sheet.write_number(row, place, 0, look["bold_number"])
            continue
        span = f"{xl_rowcol_to_cell(_HEAD_ROW + 1, place)}:{xl_rowcol_to_cell(row - 1, place)}"
        sheet.write_formula(row, place, f"=SUBTOTAL(109,{span})", look["bold_number"], value)


def _print_setup(sheet: Any, table: Table, last: int, rows: int) -> None:
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(8 if sum(column.width for column in table.columns) > _A4_WIDTH else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.print_area(0, 0, max(rows - 1, _HEAD_ROW), last)
    if table.rows:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(table.rows), last)
