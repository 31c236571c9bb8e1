"""Whether a workbook is a quarterly ledger: by the digest on its sheet 版本说明, and by the titles of its sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.quarter import Quarter
from importers.grid import SheetGrid, WorkbookGrid, column_letter
from importers.own_ledger.sheets import is_of_facts, titles, told, word
from importers.values.text import compact

#: A sender may put lines of her own above a title.
_TITLE_ROWS = 8
_COUNTY = re.compile(r"(.+)[(（](\d{6})[)）]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KNOWN = re.compile(r"第(\d+)号变更")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class OwnLedger:
    """What a ledger says of itself: of which county, quarter and day, and on which change it rests.

    `anchor`: the digest of the county's chain at that change. `sheets`: each sheet by the name that the form gives it;
    one that is not listed was put there by somebody else. `quotes`: rows that quote a paper.
    """

    county: str
    county_name: str
    quarter: Quarter
    day: date
    known: int
    anchor: str
    number: str | None
    sheets: Mapping[str, str]
    quotes: Mapping[tuple[str | None, int], str]

    @property
    def called(self) -> str:
        """What people call it: 蓝山县2025年第四季度台账（编号431127-2025Q4-1）."""
        number = f"编号{self.number}" if self.number else "没有编号"
        return f"{self.county_name}{self.quarter.chinese}台账（{number}）"

    def reckoned(self, sheet: str) -> bool:
        """Whether a sheet is reckoned by the register, and so states nothing."""
        return sheet in self.sheets and not is_of_facts(self.sheets[sheet])

    def of_facts(self, sheet: str) -> str | None:
        """The form's name of a sheet that prints facts."""
        name = self.sheets.get(sheet)
        return name if name and is_of_facts(name) else None


def ledger_in(book: WorkbookGrid) -> OwnLedger | None:
    """The ledger that a workbook is, as this register prints it; None of any other workbook."""
    for grid in book.sheets:
        said = _version(grid) if _is_version(grid) else {}
        if found := _told(said, book):
            return found
    return None


def _is_version(grid: SheetGrid) -> bool:
    title = compact(str(told("version")["title"]))
    return any(text.endswith(title) for text in _tops(grid))


def _tops(grid: SheetGrid) -> list[str]:
    """The texts of the first rows, a line each."""
    return [compact(cell.text) for row in list(grid.rows)[:_TITLE_ROWS] for _, cell in grid.row(row).items()]


def _version(grid: SheetGrid) -> dict[str, str]:
    """What stands beside each word in the first two columns; the first time that it stands there."""
    said: dict[str, str] = {}
    for row in grid.rows:
        item, content = grid.text(row, 1).strip(), grid.text(row, 2).strip()
        if item and content:
            said.setdefault(item, content)
    return said


def _told(said: Mapping[str, str], book: WorkbookGrid) -> OwnLedger | None:
    words = told("version")
    county = _COUNTY.fullmatch(said.get(words["county"], ""))
    day = _DAY.match(said.get(words["day"], ""))
    if not county or not day or not _DIGEST.fullmatch(said.get(words["digest"], "")):
        return None
    try:
        on = date.fromisoformat(day[0])
    except ValueError:
        return None
    quarter = Quarter.of(on)
    if compact(said.get(words["quarter"], "")) != compact(quarter.chinese):
        return None
    known = _KNOWN.search(said.get(words["known"], ""))
    anchor = _DIGEST.search(said.get(words["anchor"], ""))
    head = compact(f"{county[1]}{quarter.chinese}")
    sheets = {grid.name: name for grid in book.sheets if (name := _name(grid, head))}
    return OwnLedger(
        county[2],
        county[1],
        quarter,
        on,
        int(known[1]) if known else 0,
        anchor[0] if anchor else "",
        said.get(words["number"]),
        sheets,
        {(grid.name, row): "ignore" for grid in book.sheets if grid.name in sheets for row in _quotes(grid)},
    )


def _name(grid: SheetGrid, head: str) -> str | None:
    """The form's name of a sheet: by its title; the list of words for drop-downs has none, and is hidden."""
    known = titles()
    by_title = (known[text.removeprefix(head)] for text in _tops(grid) if text.removeprefix(head) in known)
    found = next(by_title, None)
    codes = str(told("codes"))
    return found or (codes if grid.hidden and grid.name == codes else None)


def _quotes(grid: SheetGrid) -> list[int]:
    quoted = word("quoted")
    return [row for row, cells in grid.rows.items() if any(cell.text.startswith(quoted) for _, cell in cells.items())]


def answers_written(book: WorkbookGrid, ledger: OwnLedger) -> list[tuple[str, str, str]]:
    """What somebody wrote into the column for answers of a sheet that is not read: sheet, cell, text."""
    place = told("answers")
    found = []
    for grid in book.sheets:
        if ledger.sheets.get(grid.name) != place["sheet"]:
            continue
        heads = [
            (row, column)
            for row, cells in grid.rows.items()
            for column, cell in cells.items()
            if cell.text.strip() == place["column"]
        ]
        for top, column in heads[:1]:
            found += [
                (grid.name, f"{column_letter(column)}{row}", cell.text.strip())
                for row in grid.rows
                if row > top and (cell := grid.cell(row, column)) is not None and cell.text.strip()
            ]
    return found
