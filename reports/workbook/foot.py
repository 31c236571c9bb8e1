"""The foot of a table: sums by SUBTOTAL, so that a filter keeps them true, with their value stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from reports.tables import Column
from reports.workbook import cells
from reports.workbook.places import BODY, letters

#: What stands where amounts are summed and no row states one.
_UNSTATED = "未说明"
Sums = Mapping[int, Decimal | None]


class Foot:
    """A foot row of these columns under this word."""

    def __init__(self, columns: tuple[Column, ...], word: str, styles: Mapping[str, int]) -> None:
        self._columns = columns
        self._word = word
        self._styles = styles
        #: Columns that the word stands over.
        self.label = min([3, len(columns), *(place for place, column in enumerate(columns) if column.total)])

    def row(self, at: int, rows: int, sums: Sums, links: Collection[int] = ()) -> str:
        """The sums of so many rows of the sheet, as formulas over them."""
        end = BODY + rows - 1
        return self._row(at, sums, {place: f"SUBTOTAL(109,{_down(place, end)})" for place in sums if rows}, links)

    def stated(self, at: int, sums: Sums) -> str:
        """The sums of rows that stand on several sheets, as numbers."""
        return self._row(at, sums, {}, ())

    def _row(self, at: int, sums: Sums, formulas: Mapping[int, str], links: Collection[int]) -> str:
        texts = [
            self._cell(f"{letters(place)}{at}", place, sums, formulas, links) for place in range(len(self._columns))
        ]
        return cells.row(at, "".join(texts))

    def _cell(self, place: str, column: int, sums: Sums, formulas: Mapping[int, str], links: Collection[int]) -> str:
        look = "bold_link_" if column in links else "bold_"
        text, amount = self._styles[look + "text"], self._styles[look + "number"]
        if column < self.label or not self._columns[column].total:
            return cells.cell(place, text, self._word if column == 0 else "")
        total = sums[column]
        if total is None and self._columns[column].partial:
            return cells.cell(place, amount, _UNSTATED)
        value = amount_of(total)
        if column in formulas:
            return cells.formula(place, amount, formulas[column], cells.number(value) or str(value))
        return cells.cell(place, amount, value)


def amount_of(total: Decimal | None) -> float | int:
    """A sum as a number: whole where it is whole."""
    if total is None:
        return 0
    return int(total) if total == total.to_integral_value() else float(total)


def added(sums: Sums, more: Sums) -> dict[int, Decimal | None]:
    """The sums of both; of what neither states there is none."""
    both = {place: (sums.get(place), total) for place, total in more.items()}
    return {
        place: None if one is other is None else (one or 0) + (other or Decimal(0))
        for place, (one, other) in both.items()
    }


def _down(column: int, end: int) -> str:
    return f"{letters(column)}{BODY}:{letters(column)}{end}"
