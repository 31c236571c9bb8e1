"""A cell of a ledger by its address, 企业底数!D5: which sheet, and what stands there. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import BadInput, NotFound
from app.register.ledgers.frozen import Cell, Frozen, Sheet

TITLE, IMPRINT, HEADING, DATA = "title", "imprint", "heading", "row"
FOOT, NOTE, SIGNED = "foot", "note", "signed"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell found: what kind of row it is in; `row`, `column`: of the data, from 0; `value`: what is printed there."""

    sheet: Sheet
    address: str
    kind: str
    row: int
    column: int
    value: Cell


def found(frozen: Frozen, text: str) -> Place:
    """The cell of that address.

    Raises:
        BadInput: when it is no address.
        NotFound: when the ledger has no such sheet, or its table no such cell.
    """
    name, column, row = parsed(text)
    sheet = frozen.sheet(name)
    if sheet is None:
        names = "、".join(one.name for one in frozen.sheets)
        raise NotFound(f"这份台账没有“{name}”表", fix=f"请从这些表里选：{names}", code="cell.sheet")
    kind, place = _of_row(sheet, row)
    if not kind or column >= len(sheet.columns):
        last = address(sheet, last_row(sheet), len(sheet.columns) - 1)
        raise NotFound(
            f"“{text.strip()}”不在表内：“{name}”表到 {last} 为止", fix="请写表内的单元格", code="cell.beyond"
        )
    return Place(sheet, address(sheet, row, column), kind, place, column, _value(sheet, kind, place, column))


def parsed(text: str) -> tuple[str, int, int]:
    """Sheet, column from 0, row from 1.

    Raises:
        BadInput: when it is no address.
    """
    told = re.fullmatch(r"\s*'?(.+?)'?\s*[!！]\s*\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\s*", text)
    if not told:
        raise BadInput(
            f"单元格“{text}”写法不对", fix="请写成 企业底数!D5 的样子：表名、感叹号、列和行", code="cell.bad"
        )
    column = 0
    for letter in told[2].upper():
        column = column * 26 + ord(letter) - 64
    return told[1], column - 1, int(told[3])


def letters(column: int) -> str:
    """A column (from 0) as workbooks write it."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def address(sheet: Sheet, row: int, column: int) -> str:
    """A cell as it is asked for; `row` from 1."""
    return f"{sheet.name}!{letters(column)}{row}"


def row_address(sheet: Sheet, place: int, column: int = 0) -> str:
    """A cell of a row of the data, from 0."""
    return address(sheet, sheet.head + 1 + place, column)


def last_row(sheet: Sheet) -> int:
    """The last row that has anything."""
    return sheet.head + len(sheet.rows) + bool(sheet.total) + len(sheet.notes) + bool(sheet.signed)


def numbers(sheet: Sheet, column: int) -> Sequence[int | float]:
    """The numbers of a column of the data."""
    return [cell for row in sheet.rows if is_number(cell := row[column]) and not isinstance(cell, str | None)]


def is_number(cell: Cell) -> bool:
    """Whether a number is printed."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _of_row(sheet: Sheet, row: int) -> tuple[str, int]:
    """The kind of a row of the sheet and its place among its kind; an empty kind where it has no such row."""
    if row < sheet.head:
        return (TITLE, 0) if row == 1 else (IMPRINT, 0)
    if row == sheet.head:
        return HEADING, 0
    place = row - sheet.head - 1
    if place < len(sheet.rows):
        return DATA, place
    place -= len(sheet.rows)
    if sheet.total:
        if place == 0:
            return FOOT, 0
        place -= 1
    if place < len(sheet.notes):
        return NOTE, place
    return (SIGNED, 0) if sheet.signed and place == len(sheet.notes) else ("", 0)


def _value(sheet: Sheet, kind: str, place: int, column: int) -> Cell:
    if kind == DATA:
        return sheet.rows[place][column]
    if kind == FOOT:
        return _foot(sheet, column)
    if kind == NOTE:
        return sheet.notes[place]
    if kind == SIGNED:
        return sheet.signed
    if kind == HEADING:
        return sheet.columns[column].title
    return sheet.title if kind == TITLE else None


def _foot(sheet: Sheet, column: int) -> Cell:
    if not sheet.columns[column].total:
        return sheet.total if column == 0 else None
    told = numbers(sheet, column)
    return "未说明" if sheet.columns[column].partial and not told else sum(told)
