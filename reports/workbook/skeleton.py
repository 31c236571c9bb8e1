"""The workbook without its cells, made by XlsxWriter: styles, print set-up, filters, merges, charts, names, drop-downs.

XlsxWriter is given every sheet with what is laid on it and no cell. Its sheets are cut where the cells belong; all
other parts are taken as they are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from reports.workbook.charts import draw
from reports.workbook.choices import Choices
from reports.workbook.escape import attribute
from reports.workbook.laid import Laid
from reports.workbook.looks import LOOKS
from reports.workbook.places import BODY, HEAD, letters

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_CELLS = re.compile(rb"(<sheetData>.*?</sheetData>|<sheetData/>)", re.DOTALL)
_SIZE, _STYLED = re.compile(rb"<dimension [^>]*/>"), re.compile(rb'<c r="[A-Z]+[0-9]+" s="([0-9]+)"/>')
#: Merged cells stand behind the filter, if there is one, and links before the margins (ECMA-376, CT_Worksheet).
_FILTER = re.compile(rb"^(<autoFilter [^>]*/>)?")
_AFTER_LINKS = b"<pageMargins "


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The parts of a workbook: of each sheet what stands before and behind its cells, styles by name, all the rest."""

    before: tuple[bytes, ...]
    behind: tuple[bytes, ...]
    styles: Mapping[str, int]
    rest: Mapping[str, bytes]


def sheet_part(place: int) -> str:
    """The name of the part of a sheet, counted from 0."""
    return f"xl/worksheets/sheet{place + 1}.xml"


def skeleton(sheets: Sequence[Laid], choices: Choices) -> Skeleton:
    """The workbook of these sheets. The same sheets give the same parts, and a style has always one number."""
    parts = _made(sheets, choices)
    sheets_cut = [_CELLS.split(parts.pop(sheet_part(place)), maxsplit=1) for place in range(len(sheets))]
    styles = dict(zip(LOOKS, map(int, _STYLED.findall(sheets_cut[0][1])), strict=True))
    before = tuple(_SIZE.sub(b"", one[0]) for one in sheets_cut)
    behind = tuple(_with_ranges(one[2], laid) for one, laid in zip(sheets_cut, sheets, strict=True))
    return Skeleton(before, behind, styles, parts)


def _made(sheets: Sequence[Laid], choices: Choices) -> dict[str, bytes]:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": datetime(2000, 1, 1), "author": "炉账"})  # noqa: DTZ001 (fixed, so bytes do not drift)
    formats = [book.add_format(look) for look in LOOKS.values()]
    made = [book.add_worksheet(laid.name) for laid in sheets]
    for place, look in enumerate(formats):
        made[0].write_blank(0, place, None, look)
    for sheet, laid in zip(made, sheets, strict=True):
        _lay(sheet, laid, choices)
        draw(book, sheet, laid)
    choices.write(book)
    book.close()
    with zipfile.ZipFile(out) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _lay(sheet: Any, laid: Laid, choices: Choices) -> None:
    last = len(laid.columns) - 1
    for place, column in enumerate(laid.columns):
        sheet.set_column(place, place, column.width)
    for row, height in laid.heights.items():
        sheet.set_row(row - 1, height)
    _print_setup(sheet, laid)
    if laid.rows:
        end = BODY + laid.rows - 2
        sheet.autofilter(HEAD - 1, 0, end, last)
        sheet.ignore_errors({"number_stored_as_text": f"A{BODY}:{letters(last)}{end + 1}"})
        for place, column in enumerate(laid.columns):
            if column.choices:
                sheet.data_validation(BODY - 1, place, end, place, choices.rule(column))


def _print_setup(sheet: Any, laid: Laid) -> None:
    sheet.freeze_panes(HEAD, 0)
    sheet.repeat_rows(HEAD - 1)
    sheet.set_landscape()
    sheet.set_paper(8 if laid.on_a3() else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _with_ranges(behind: bytes, laid: Laid) -> bytes:
    """Merged cells and links, which XlsxWriter would write with cells of their own, where ECMA-376 has them."""
    merged = _element("mergeCells", (f'<mergeCell ref="{cells}"/>' for cells in laid.merged))
    links = _element("hyperlinks", (f'<hyperlink ref="{cell}" location="{attribute(to)}"/>' for cell, to in laid.links))
    behind = _FILTER.sub(lambda found: found[0] + merged, behind, count=1)
    return behind.replace(_AFTER_LINKS, links + _AFTER_LINKS, 1)


def _element(name: str, children: Iterable[str]) -> bytes:
    inside = "".join(children)
    return f"<{name}>{inside}</{name}>".encode() if inside else b""
