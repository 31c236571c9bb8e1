"""A layout written as a file: xlsx, xls, csv, html, ods."""

from __future__ import annotations

import csv
import html
import io
from datetime import date, datetime
from typing import Any

import xlsxwriter
import xlwt

from importers.grid import column_letter, column_number
from tests.importers.layouts.making import Layout, Page, cells_of

Cells = dict[tuple[int, int], Any]


def written(made: Layout) -> bytes:
    """The bytes of a layout in its form."""
    return _WRITERS[made.form](made)


def suffix(made: Layout) -> str:
    """The ending of its file name; `options["named"]` says another than the form's own."""
    return str(made.options.get("named", made.form))


def placed(page: Page) -> Cells:
    """The page's cells by row and column, 1-based."""
    return {cells_of(reference)[:2]: raw for reference, raw in page.cells.items()}


def _xlsx(made: Layout) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": bool(made.options.get("date1904"))})
    for page in made.pages:
        _xlsx_sheet(book, page)
    book.close()
    return out.getvalue()


def _xlsx_sheet(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet = book.add_worksheet(page.name)
    if page.hidden:
        sheet.hide()
    formats: dict[tuple[bool, str], Any] = {}

    def style(reference: str, raw: Any) -> Any:
        shown = page.formats.get(reference, "yyyy-mm-dd" if isinstance(raw, date) else "")
        key = (reference in page.struck, shown)
        if key not in formats:
            formats[key] = book.add_format({"font_strikeout": key[0], **({"num_format": shown} if shown else {})})
        return formats[key]

    for reference in page.merges:
        top, left, bottom, right = cells_of(reference)
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    if page.formatted_until:
        bordered = book.add_format({"border": 1})
        bottom, right = cells_of(page.formatted_until)[:2]
        filled = placed(page)
        for row in range(1, bottom + 1):
            for column in range(1, right + 1):
                if (row, column) not in filled:
                    sheet.write_blank(row - 1, column - 1, None, bordered)
    for reference, raw in page.cells.items():
        row, column = cells_of(reference)[:2]
        if isinstance(raw, date | datetime):
            sheet.write_datetime(row - 1, column - 1, raw, style(reference, raw))
        elif isinstance(raw, str) and raw.startswith("=") and len(raw) > 1:
            sheet.write_formula(row - 1, column - 1, raw, style(reference, raw), 0)
        elif isinstance(raw, str):
            sheet.write_string(row - 1, column - 1, raw, style(reference, raw))
        else:
            sheet.write(row - 1, column - 1, raw, style(reference, raw))
    for number in page.hidden_rows:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    for letter in page.hidden_columns:
        sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})


def _xls(made: Layout) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    days, plain = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.XFStyle()
    for page in made.pages:
        sheet = book.add_sheet(page.name)
        sheet.visibility = 1 if page.hidden else 0
        for reference in page.merges:
            top, left, bottom, right = cells_of(reference)
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
        for (row, column), raw in placed(page).items():
            sheet.row(row - 1).write(column - 1, raw, days if isinstance(raw, date) else plain)
        for number in page.hidden_rows:
            sheet.row(number - 1).hidden = 1
        for letter in page.hidden_columns:
            sheet.col(column_number(letter) - 1).hidden = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(page: Page) -> list[list[str]]:
    filled = placed(page)
    height, width = max(row for row, _ in filled), max(column for _, column in filled)
    return [[_plain(filled.get((row, at), "")) for at in range(1, width + 1)] for row in range(1, height + 1)]


def _plain(raw: Any) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    return f"{raw.year}/{raw.month}/{raw.day}" if isinstance(raw, date) else str(raw)


def _csv(made: Layout) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=made.options.get("delimiter", ",")).writerows(_lines(made.pages[0]))
    return out.getvalue().encode(made.options.get("encoding", "utf-8-sig"))


def _html(made: Layout) -> bytes:
    page = made.pages[0]
    filled = placed(page)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for reference in page.merges:
        top, left, bottom, right = cells_of(reference)
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(row, at) for row in range(top, bottom + 1) for at in range(left, right + 1)} - {(top, left)}
    height, width = max(row for row, _ in filled), max(column for _, column in filled)
    rows = []
    for row in range(1, height + 1):
        cells = []
        for at in range(1, width + 1):
            if (row, at) in covered:
                continue
            down, across = spans.get((row, at), (1, 1))
            text = html.escape(_plain(filled.get((row, at), ""))).replace("\n", "<br>")
            cells.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    encoding = made.options.get("encoding", "utf-8")
    page_text = f'<html><head><meta charset="{encoding}"></head><body><table>{"".join(rows)}</table></body></html>'
    return page_text.encode(encoding)


def _ods(made: Layout) -> bytes:
    from odf.namespaces import TABLENS
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    for page in made.pages:
        table = Table(name=page.name)
        filled = placed(page)
        ranges = [cells_of(reference) for reference in page.merges]
        height, width = max(row for row, _ in filled), max(column for _, column in filled)
        for row in range(1, height + 1):
            line = TableRow()
            for at in range(1, width + 1):
                over = next((one for one in ranges if one[0] <= row <= one[2] and one[1] <= at <= one[3]), None)
                if over and (over[0], over[1]) != (row, at):
                    line.addElement(CoveredTableCell())
                    continue
                raw = filled.get((row, at))
                number = isinstance(raw, int | float) and not isinstance(raw, bool)
                cell = TableCell(**({"valuetype": "float", "value": raw} if number else {"valuetype": "string"}))
                if over:
                    cell.setAttrNS(TABLENS, "number-rows-spanned", over[2] - over[0] + 1)
                    cell.setAttrNS(TABLENS, "number-columns-spanned", over[3] - over[1] + 1)
                for text in [] if raw is None else _plain(raw).split("\n"):
                    cell.addElement(P(text=text))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


_WRITERS = {"xlsx": _xlsx, "xls": _xls, "csv": _csv, "html": _html, "ods": _ods}


def letters(count: int) -> list[str]:
    """The first column letters: A, B, C …"""
    return [column_letter(at) for at in range(1, count + 1)]
