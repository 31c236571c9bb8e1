"""Charts that Excel and WPS draw from the cells, with the cells' values stored for readers that do not reckon."""

from __future__ import annotations

from math import ceil
from typing import Any

from reports.tables import Chart, Span
from reports.workbook.laid import ROW_HEIGHT, Laid
from reports.workbook.looks import BODY_FONT
from reports.workbook.places import BODY, HEAD

#: Shades, dashes and marks that differ on a black and white print.
_SHADES = ("#404040", "#A6A6A6", "#7F7F7F", "#D9D9D9", "#595959", "#BFBFBF")
_DARK = ("#404040", "#7F7F7F", "#595959")
_DASHES = ("solid", "dash", "round_dot", "long_dash_dot", "square_dot", "long_dash")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus")
#: Pixels, of which a point is 4/3.
_HEIGHT, _NARROWEST, _WIDEST = 280, 560, 1100
_ROW, _COLUMN = 20, 64
#: A chart as wide as its table would lose its frame at the edge of the paper.
_FRAME = 4
#: Steps of an axis of counts at most.
_STEPS = 8
#: Rows of a chart and of the gap below it.
_ROWS = ceil(_HEIGHT / _ROW) + 1
_FONT = {"name": BODY_FONT, "size": 10}


def draw(book: Any, sheet: Any, laid: Laid) -> None:
    """The sheet's charts, and its print area, which they belong to: those beside the table, then those below.

    Below a table that is wide enough two stand side by side.
    """
    below = [chart for chart in laid.charts if not chart.right]
    last_row, columns = max(laid.last_row, BODY - 1), len(laid.columns)
    beside = HEAD
    for chart in (one for one in laid.charts if one.right):
        _insert(book, sheet, chart, beside, columns + 1, _NARROWEST)
        beside += _ROWS
    wide, width = laid.pixels(), min(_WIDEST, max(_NARROWEST, laid.pixels() - _FRAME))
    reach = wide + _COLUMN + _NARROWEST if beside > HEAD else max(wide, width if below else 0)
    used, last_row = laid.filled + max(0, beside - last_row) * ROW_HEIGHT, max(last_row, beside)
    page, breaks = laid.page_height(reach), []
    abreast = 2 if width < wide and wide >= 2 * _NARROWEST + _COLUMN else 1
    if abreast > 1 and len(below) > 1:
        width = (wide - _COLUMN) // 2
    for first in range(0, len(below), abreast):
        if used + _ROWS * ROW_HEIGHT > page:
            breaks.append(last_row)
            used = laid.repeated + ROW_HEIGHT
        for place, chart in enumerate(below[first : first + abreast]):
            _insert(book, sheet, chart, last_row + 1, 0, width, place * (width + _COLUMN))
        last_row, used = last_row + _ROWS, used + _ROWS * ROW_HEIGHT
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, last_row - 1, columns - 1 + ceil((reach - wide) / _COLUMN))


def _insert(book: Any, sheet: Any, chart: Chart, row: int, column: int, width: int, right: int = 0) -> None:
    made = _made(book, chart)
    made.set_size({"width": width, "height": _HEIGHT})
    sheet.insert_chart(row, column, made, {"object_position": 2, "x_offset": right})


def _made(book: Any, chart: Chart) -> Any:
    stacked = chart.stacked and chart.kind != "line"
    made = book.add_chart({"type": chart.kind, **({"subtype": "stacked"} if stacked else {})})
    for place, series in enumerate(chart.series):
        made.add_series(
            {
                "name": series.name,
                "categories": _range(series.categories),
                "values": _range(series.values),
                "categories_data": _stored(series.categories),
                "values_data": _stored(series.values),
                **_look(chart, place),
            }
        )
    title = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
    made.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    made.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": _FONT})
    words, amounts = {"num_font": _FONT}, {"num_font": _FONT, "major_gridlines": {"visible": True}}
    amounts |= _scale(chart)
    if chart.kind == "bar":
        # Bars begin at the bottom unless told otherwise; the first row of a table stands at the top.
        made.set_y_axis({**words, "reverse": True, "crossing": "max", "major_gridlines": {"visible": False}})
        made.set_x_axis(amounts)
    else:
        made.set_x_axis(words)
        made.set_y_axis(amounts)
    return made


def _scale(chart: Chart) -> dict[str, Any]:
    """Amounts begin at 0; counts go up by whole numbers, as there is no half of a firm or of a furnace."""
    rows = [[cell for cell in one.values.cells if isinstance(cell, (int, float))] for one in chart.series]
    every = [cell for row in rows for cell in row]
    if not every or min(every) < 0:
        return {}
    if any(cell != int(cell) for cell in every):
        return {"min": 0}
    highest = sum(map(max, filter(None, rows))) if chart.stacked else max(every)
    steps = (first * 10**power for power in range(16) for first in (1, 2, 5))
    return {"min": 0, "num_format": "0", "major_unit": next(one for one in steps if one * _STEPS >= highest)}


def _look(chart: Chart, place: int) -> dict[str, Any]:
    shade, labels = _SHADES[place % len(_SHADES)], {"value": True, "font": {**_FONT, "size": 9}}
    if chart.stacked:
        # A part that is nothing has no room for its number, and a dark one needs a light one.
        light = {"color": "#FFFFFF"} if shade in _DARK else {}
        labels |= {"num_format": "0;-0;", "position": "center", "font": {**_FONT, "size": 9, **light}}
    if chart.kind == "line":
        line = {"color": shade, "width": 2, "dash_type": _DASHES[place % len(_DASHES)]}
        marker = {"type": _MARKERS[place % len(_MARKERS)], "size": 6}
        return {"line": line, "marker": marker, "data_labels": {**labels, "position": "above"}}
    return {"fill": {"color": shade}, "border": {"color": "#000000", "width": 0.5}, "gap": 60, "data_labels": labels}


def _stored(span: Span) -> list[Any]:
    return ["" if cell is None else cell for cell in span.cells]


def _range(span: Span) -> list[Any]:
    """A span as XlsxWriter names ranges, rows and columns counted from 0."""
    first = BODY - 1 + span.first
    return [span.sheet, first, span.column, first + len(span.cells) - 1, span.column]
