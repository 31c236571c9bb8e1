"""Rows as the XML of a sheet. What columns repeat is told once: a register has few townships, states and kinds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from math import isfinite

from reports.tables import Column, Printed
from reports.workbook import escape
from reports.workbook.heights import lines, points
from reports.workbook.places import letters

#: Values of a column that are remembered at most; memory is flat whatever comes.
_REMEMBERED = 1024
#: The whole numbers up to here are exact in Excel.
_EXACT = 1 << 53

#: Where the row's number belongs. No cell's XML holds this character.
ROW = "\0"
_WEIGHTS = ("", "bold_")

#: What a value is in its column: its XML, its lines, its amount where it is one.
_Told = tuple[str, int, Decimal | None]


def number(value: float) -> str | None:
    """A number as Excel keeps it, exactly; None for one that it would change or cannot hold."""
    if not isfinite(value):
        return None
    if abs(value) <= _EXACT and value == int(value):
        return str(int(value))
    return None if isinstance(value, int) else repr(float(value))


def cell(place: str, style: int, value: Printed) -> str:
    """A cell on its own."""
    return f'<c r="{place}"{inside(value, style, style)[0]}'


def inside(value: Printed, style: int, number_style: int, quoted: int | None = None) -> tuple[str, Decimal | None]:
    """A cell's XML from behind its place, and its amount where it is a number."""
    if value is None or value == "":
        return f' s="{style}"/>', None
    if not isinstance(value, str):
        if (told := number(value)) is not None:
            return f' s="{number_style}"><v>{told}</v></c>', Decimal(told)
        value = str(value)
    if escape.is_plain(value):
        return f' s="{style}" t="inlineStr"><is><t>{value}</t></is></c>', None
    if quoted is not None and escape.is_formula_like(value):
        style = quoted
    return f' s="{style}" t="inlineStr"><is>{escape.content(value)}</is></c>', None


def formula(place: str, style: int, written: str, value: str) -> str:
    """A cell that reckons, with its value for readers that do not. Only the writer's own formulas come here."""
    return f'<c r="{place}" s="{style}"><f>{written}</f><v>{value}</v></c>'


def row(number: int, cells: str, height: float | None = None) -> str:
    """A row of ready cells."""
    high = "" if height is None else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{number}"{high}>{cells}</row>'


class Body:
    """The rows of a table: each to its XML, with the sums of the columns that are summed."""

    def __init__(self, columns: tuple[Column, ...], styles: Mapping[str, int]) -> None:
        self._columns = columns
        self._styles = styles
        self._plain, self._bold = ([_Values(*one, styles, weight) for one in enumerate(columns)] for weight in _WEIGHTS)
        self._summed = [place for place, column in enumerate(columns) if column.total]
        self.sums: dict[int, Decimal | None] = dict.fromkeys(self._summed)

    def row(self, cells: tuple[Printed, ...], *, bold: bool = False, links: Collection[int] = ()) -> tuple[str, float]:
        """The cells' XML, with ROW where the row's number belongs, and their height.

        `links`: the columns that lead somewhere.
        """
        if len(cells) != len(self._columns):
            raise ValueError(f"{len(cells)} cells in a row of {len(self._columns)} columns")
        columns = self._bold if bold else self._plain
        told = [values[value] for values, value in zip(columns, cells, strict=True)]
        for place in links:
            told[place] = _Values(place, self._columns[place], self._styles, f"{_WEIGHTS[bold]}link_")[cells[place]]
        for place in self._summed:
            if (amount := told[place][2]) is not None:
                self.sums[place] = (self.sums[place] or Decimal(0)) + amount
        return "".join([one[0] for one in told]), points(max([one[1] for one in told]))


class _Values(dict[Printed, _Told]):
    """What the values of a column are in the sheet, made when they are first asked for."""

    def __init__(self, place: int, column: Column, styles: Mapping[str, int], look: str) -> None:
        self._open = f'<c r="{letters(place)}{ROW}"'
        self._width = column.width
        text, amount = ("centred", "centred") if column.centred else ("code" if column.code else "text", "number")
        self._text, self._number = styles[look + text], styles[look + amount]
        self._quoted = styles[look + "quoted"]

    def __missing__(self, value: Printed) -> _Told:
        xml, amount = inside(value, self._text, self._number, self._quoted)
        if len(self) >= _REMEMBERED:
            self.clear()
        told = self._open + xml, lines("" if value is None else str(value), self._width), amount
        self[value] = told
        return told
