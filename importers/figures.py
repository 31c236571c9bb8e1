"""Stated figures out of the sheets that are no roster but a table of numbers: each is a record of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.dates import DateInterval
from app.domain.register import StatedFigure
from importers.grid import Cell, SheetGrid, WorkbookGrid, address
from importers.lexicon import load
from importers.values import read_days, roster_day

#: Rows that are looked through for a header.
_DEEPEST_HEADER = 30

_UNIT_LINE = re.compile(r"(?:填报|报送|填表|编制)单位[(（]?(?:盖章|公章)?[)）]?[:：](.+)")


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of a table of figures: its row, its columns by meaning, and the unit that it names."""

    row: int
    columns: Mapping[str, int]
    unit: str


def figures(book: WorkbookGrid, sheets: Iterable[str], source: str | None = None) -> tuple[StatedFigure, ...]:
    """The figures that these sheets of a workbook state.

    `source` is who says so where neither the row nor the sheet names a source; else it is the file.
    """
    wanted = set(sheets)
    return tuple(
        figure
        for sheet in book.sheets
        if sheet.name in wanted
        for figure in _of_sheet(book, sheet, source or book.file)
    )


def figures_day(book: WorkbookGrid, sheets: Iterable[str]) -> date | None:
    """The day that sheets of figures state above their tables, else the last that a figure speaks of."""
    wanted = [sheet for sheet in book.sheets if sheet.name in set(sheets)]
    stated = [day.until for sheet in wanted for text in _above(sheet) if (day := roster_day(text)) and day.until]
    spoken = [figure.until for figure in figures(book, [sheet.name for sheet in wanted]) if figure.until]
    return max(stated, default=max(spoken, default=None))


def _above(sheet: SheetGrid) -> list[str]:
    """What stands above a table of figures, line by line."""
    head = _head(sheet)
    return [sheet.text(row, column) for row, column in sorted(sheet.cells) if head and row < head.row]


def _of_sheet(book: WorkbookGrid, sheet: SheetGrid, source: str) -> Iterator[StatedFigure]:
    head = _head(sheet)
    if head is None:
        return
    above = _above(sheet)
    said_by = next((found[1].strip() for text in above if (found := _UNIT_LINE.search(text.strip()))), source)
    year = next((day.until.year for text in above if (day := roster_day(text)) and day.until), None)
    for row in range(head.row + 1, sheet.height + 1):
        figure = _figure(book, sheet, head, row, said_by, year)
        if figure:
            yield figure


def _head(sheet: SheetGrid) -> _Head | None:
    """The first row that names both a phrase and a number."""
    lexicon = load("figures")
    meanings = {_plain(word): name for name, words in lexicon["headers"].items() for word in words}
    for row in sorted({row for row, _ in sheet.cells if row <= _DEEPEST_HEADER}):
        columns: dict[str, int] = {}
        for column in range(1, sheet.width + 1):
            name = meanings.get(_plain(sheet.text(row, column)))
            if name:
                columns.setdefault(name, column)
        if all(name in columns for name in lexicon["needed"]):
            written = _plain(sheet.text(row, columns["number"]))
            unit = next((unit for word, unit in lexicon["units"].items() if written.startswith(word)), "")
            return _Head(row, columns, unit)
    return None


def _figure(
    book: WorkbookGrid, sheet: SheetGrid, head: _Head, row: int, source: str, year: int | None
) -> StatedFigure | None:
    """One row: a figure where it has a phrase; the number is None where the paper states none."""
    text = {name: sheet.text(row, column).strip() for name, column in head.columns.items()}
    phrase = text["phrase"]
    if not phrase or (not text["number"] and len({value for value in text.values() if value}) == 1):
        return None
    when = sheet.at(row, head.columns["when"]) if "when" in head.columns else None
    days = _days(when, year, book.date1904) or roster_day(phrase)
    number, unit = _number(sheet.at(row, head.columns["number"]))
    place = sheet.origin(row, head.columns["number"])
    cell = address(*(place if place in sheet.cells else sheet.origin(row, head.columns["phrase"])))
    return StatedFigure(
        id=f"{sheet.name}!{cell}",
        phrase=phrase,
        number=number,
        unit=text.get("unit") or unit or head.unit,
        since=days.since if days else None,
        until=days.until if days else None,
        when=text.get("when") or (days.text if days else ""),
        source=text.get("source") or source,
        topic=_topic(text.get("topic"), phrase),
        evidence_file=book.file,
        evidence_cell=f"{sheet.name}!{cell}",
        raw=text["number"] or phrase,
    )


def _number(cell: Cell | None) -> tuple[float | None, str]:
    """The number of a cell with the unit written behind it; None where it is blank, 不明, or no number."""
    if cell is None or cell.struck or cell.error:
        return None, ""
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return float(cell.value), ""
    plain = _plain(cell.text)
    lexicon = load("figures")
    if plain in lexicon["nought"]:
        return 0.0, ""
    if plain in {_plain(word) for word in lexicon["unknown"]}:
        return None, ""
    found = re.fullmatch(r"(?:约|近|等|共)?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(万|亿)?([^\d.,]*)", plain)
    if not found:
        return None, ""
    scale = {"万": 10_000, "亿": 100_000_000}.get(found[2] or "", 1)
    return float(found[1].replace(",", "")) * scale, found[3]


def _days(cell: Cell | None, year: int | None, date1904: bool) -> DateInterval | None:
    if cell is None or cell.struck:
        return None
    value = cell.value if cell.value is not None else cell.text
    return read_days(value, year=year, date1904=date1904) or roster_day(cell.text)


def _topic(stated: str | None, phrase: str) -> str | None:
    """The topic's key by the words of its column, else by those of the phrase; None where no one topic is known."""
    text = _plain(stated or phrase)
    found = [str(topic) for topic, words in load("figures")["topics"].items() if any(word in text for word in words)]
    return found[0] if found and (stated or len(found) == 1) else None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("“", "").replace("”", "")
