"""Where things stand on a sheet: rows of a table and cells of its sheet, ranges that links and charts name."""

from __future__ import annotations

import re
from functools import cache

#: Title, 填报单位 and 日期, headings; then the rows.
TITLE, LINE, HEAD, BODY = 1, 2, 3, 4
#: What Excel 2007 and later have at most.
LAST_ROW = 1_048_576
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


@cache
def letters(column: int) -> str:
    """A column's letters, counted from 0: 0 is A, 26 is AA."""
    told = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def cell(row: int, column: int) -> str:
    """The cell where a table's row and column stand, both counted from 0: (0, 1) is B4."""
    return f"{letters(column)}{BODY + row}"


def row_and_column(cell: str) -> tuple[int, int] | None:
    """The row and the column of a table, counted from 0, that stand in a cell: B4 is (0, 1). The foot is a row too.

    None for what is no cell, or above the rows.
    """
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2]) - BODY
    return (row, column - 1) if row >= 0 else None


def rows_of(sheet: str, first: int, last: int, columns: int) -> str:
    """The target of a link: a table's rows from the first to the last, counted from 0, over so many columns."""
    return f"{quoted(sheet)}!{cell(first, 0)}:{cell(last, columns - 1)}"


def quoted(sheet: str) -> str:
    """A sheet's name as references write it."""
    return "'" + sheet.replace("'", "''") + "'"
