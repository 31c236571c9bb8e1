"""One sheet's XML, piece by piece: head, rows, foot, notes, who signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.tables import Imprint, Printed, Table
from reports.workbook import cells
from reports.workbook.flow import Flow
from reports.workbook.foot import Foot, added
from reports.workbook.heights import lines, points
from reports.workbook.laid import Laid
from reports.workbook.looks import BODY_SIZE, NOTE_SIZE, TITLE_SIZE
from reports.workbook.places import HEAD, letters

#: Rows that are given out together.
_BATCH = 200
_TITLE_HEIGHT, _SIGNED_HEIGHT = 32.0, 30.0
#: Excel takes 65,530 links a sheet; a row may have several.
_MOST_LINKS = 65_000
_BETWEEN_NAMES = "　" * 8


class Sheet:
    """A sheet of a table, the first or a further one, whose rows come from the flow."""

    def __init__(self, table: Table, flow: Flow, laid: Laid, styles: Mapping[str, int]) -> None:
        self._table = table
        self._flow = flow
        self._laid = laid
        self._styles = styles
        self._last = len(table.columns) - 1
        self._width = sum(column.width for column in table.columns)
        self._body = cells.Body(table.columns, styles)
        self._links: dict[int, dict[int, str]] = {}
        for (row, column), target in table.links.items():
            self._links.setdefault(row, {})[column] = target

    def head(self, imprint: Imprint) -> str:
        """Title, 填报单位 and 日期, headings."""
        title = self._table.title + (f"（续{self._flow.sheets - 1}）" if self._flow.sheets > 1 else "")
        top = self._across("title", title, max(_TITLE_HEIGHT, self._height(title, TITLE_SIZE)))
        top += self._line(imprint)
        headings = (self._cell(HEAD, place, "head", one.title) for place, one in enumerate(self._table.columns))
        height = points(max(lines(one.title, one.width) for one in self._table.columns))
        return top + cells.row(self._laid.next_row(height), "".join(headings), height)

    def _line(self, imprint: Imprint) -> str:
        """填报单位 at the left and the day at the right; where they would meet, after one another in one cell."""
        unit, day = f"填报单位：{imprint.reporting_unit}", "　".join(filter(None, (imprint.day, self._table.unit)))
        if not self._last or lines(unit + day, self._width) > 1:
            both = f"{unit}　{day}"
            return self._across("narrow", both, self._height(both))
        at = self._laid.next_row()
        return cells.row(at, self._cell(at, 0, "line", unit) + self._cell(at, self._last, "right", day))

    def rows(self, most: int, largest: int) -> Iterator[bytes]:
        """The rows until there are none, or the sheet is full: so many rows, so many bytes."""
        size = 0
        while size < largest and (taken := self._flow.take(min(_BATCH, most - self._laid.rows))):
            first = self._flow.given - len(taken)
            piece = "".join([self._row(first + place, row) for place, row in enumerate(taken)]).encode()
            size += len(piece)
            yield piece

    def tail(self, imprint: Imprint, notes: tuple[str, ...], further: str) -> str:
        """Foot, notes and who signs. `further`: the sheet on which the rows go on, if any."""
        sums = self._body.sums
        self._flow.sums = added(self._flow.sums, sums)
        split = bool(further) or self._flow.sheets > 1
        if further:
            return self._feet(split=True, ended=False) + self._note(f"未完，下接“{further}”。")
        whole = (f"以上{self._flow.sheets}张表共{self._flow.given}行。",) if split else ()
        signed = self._names(imprint)
        told = self._feet(split=split, ended=True) + "".join(map(self._note, (*whole, *notes)))
        return told + (self._across("signed", signed, max(_SIGNED_HEIGHT, self._height(signed))) if signed else "")

    def _row(self, number: int, row: tuple[Printed, ...]) -> str:
        links = self._links.get(number, {}) if len(self._laid.links) < _MOST_LINKS else {}
        told, height = self._body.row(row, bold=number in self._table.emphasis, links=links)
        self._laid.rows += 1
        at = self._laid.next_row(height)
        self._lead(links, at)
        return cells.row(at, told.replace(cells.ROW, str(at)), height)

    def _feet(self, *, split: bool, ended: bool) -> str:
        if not self._table.total:
            return ""
        word, at = self._table.total, self._laid.next_row()
        links = {} if split else self._links.get(self._flow.given, {})
        self._lead(links, at)
        here = Foot(self._table.columns, f"本表{word}" if split else word, self._styles)
        self._laid.merge(at, 0, here.label - 1)
        told = here.row(at, self._laid.rows, self._body.sums, links)
        if not (split and ended):
            return told
        at = self._laid.next_row()
        self._laid.merge(at, 0, here.label - 1)
        return told + Foot(self._table.columns, f"全部{word}", self._styles).stated(at, self._flow.sums)

    def _lead(self, links: Mapping[int, str], at: int) -> None:
        self._laid.links += [(f"{letters(column)}{at}", target) for column, target in sorted(links.items())]

    def _note(self, note: str) -> str:
        return self._across("note", note, self._height(note, NOTE_SIZE))

    def _names(self, imprint: Imprint) -> str:
        """Who signs, in a line; where it is too narrow, one below the other."""
        names = [f"{label}：{name or '　　　　'}" for label, name in imprint.signatures]
        told = _BETWEEN_NAMES.join(names)
        return "\n".join(names) if lines(told, self._width) > 1 else told

    def _height(self, text: str, size: float = BODY_SIZE) -> float:
        return points(lines(text, self._width, size), size)

    def _across(self, look: str, text: str, height: float) -> str:
        """A row of one cell over all columns."""
        at = self._laid.next_row(height)
        self._laid.merge(at, 0, self._last)
        return cells.row(at, self._cell(at, 0, look, text), height)

    def _cell(self, row: int, column: int, look: str, text: str) -> str:
        return cells.cell(f"{letters(column)}{row}", self._styles[look], text)
