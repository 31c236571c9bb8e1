"""One walk over a sheet's part for the places where marks go in: which bytes give way to which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from importers.container.limits import DEFAULT, LAST_ROW
from importers.container.sheet_scan import read_reference
from importers.container.xml_scan import XmlScan, local, on
from importers.grid import Place, address
from importers.reply.part_bytes import Splice
from importers.reply.refused import NotMarkable
from importers.reply.xml_part import element_text, in_utf_8, tag_end

_STYLE = re.compile(rb"""(\ss\s*=\s*)(?:"[^"]*"|'[^']*')""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(rb"<(?:([^\s/>:]+):)?[^\s/>]+")
_SHEET_DATA, _ROW, _CELL = 2, 3, 4

#: What comes in a sheet after `legacyDrawing`.
_AFTER = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)

#: The style in place of the one that the cell at a place has.
Restyle = Callable[[int, Place], int]

#: What a cell says instead: a number, a text, or nothing.
Said = float | str | None


@dataclass(slots=True)
class Measures:
    """Widths of columns in characters and heights of rows in points, as far as stated; a hidden one has none."""

    columns: list[tuple[int, int, float]] = field(default_factory=list)
    rows: dict[int, float] = field(default_factory=dict)
    width: float = 8.43
    height: float = 15.0


class SheetCut(XmlScan):
    """`splices`: where marks go in. `legacy`: the relation of the comments' drawing; `legacy_place`: where one goes.

    Positions follow the rule of the reader: a row or a cell without one is the next. `said`: what some of the wanted
    cells say instead of what they said.
    """

    def __init__(
        self, part: str, wanted: Iterable[Place], restyle: Restyle, said: Mapping[Place, Said] | None = None
    ) -> None:
        super().__init__(part, DEFAULT)
        self.splices: list[Splice] = []
        self.measures = Measures()
        self.legacy: str | None = None
        self.legacy_place: int | None = None
        self.prefix = ""
        self.root: dict[str, str] = {}
        self._restyle = restyle
        self._said = said or {}
        #: The cell that is being written anew: where it began, and what stands there instead.
        self._anew: tuple[int, bytes] | None = None
        self._wanted = {address(*place): place for place in (*wanted, *self._said)}
        self._columns_of: dict[int, list[int]] = {}
        for row, column in sorted(self._wanted.values()):
            self._columns_of.setdefault(row, []).append(column)
        self._rows_left = sorted(self._columns_of, reverse=True)
        self._met: set[Place] = set()
        self._made: set[Place] = set()
        self._made_rows: set[int] = set()
        self._buffer, self._base = b"", 0
        self._in_rows = False
        self._row = 0
        self._before: str | int = 0
        #: Within a wanted row: column and offset of its cells, and the row's own style.
        self._cells: list[tuple[int, int]] | None = None
        self._row_style: int | None = None
        self._column_styles: list[tuple[int, int, int]] = []

    def _new_parser(self) -> expat.XMLParserType:
        return in_utf_8(super()._new_parser())

    def feed(self, piece: bytes, *, silently: bool = False) -> None:
        """Walk on, keeping the bytes that are not yet told."""
        self._buffer += piece
        super().feed(piece, silently=silently)
        told = max(self._parser.CurrentByteIndex, self._base)
        self._buffer, self._base = self._buffer[told - self._base :], told

    def end(self) -> None:
        super().end()
        if self._rows_left:
            raise NotMarkable(f"部件 {self.part} 里没有放单元格的地方")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_rows:
            if name == "c" and self._depth == _CELL:
                self._cell(attributes)
            elif name == "row" and self._depth == _ROW:
                self._open_row(attributes)
            elif name == "f" and self._anew is not None:
                raise NotMarkable("更正的单元格里原来是公式")
        elif name == "sheetData" and self._depth == _SHEET_DATA:
            self._open_rows()
        elif name == "col":
            self._column(attributes)
        elif self._depth == _SHEET_DATA:
            self._element(name, attributes)
        elif self._depth == 1:
            self.root = attributes
            found = _NAME.match(self._tag(self._parser.CurrentByteIndex))
            self.prefix = found[1].decode() + ":" if found and found[1] else ""

    def closed(self, name: str) -> None:
        if self._in_rows:
            if self._cells is not None and name == "row" and self._depth == _ROW - 1:
                self._close_row(self._parser.CurrentByteIndex)
            elif self._anew is not None and name == "c" and self._depth == _CELL - 1:
                (start, text), end = self._anew, self._parser.CurrentByteIndex
                self.splices.append(Splice(start, end + len(self._tag(end)), text))
                self._anew = None
            elif name == "sheetData" and self._depth == _SHEET_DATA - 1:
                self._in_rows = False
                self._insert(self._parser.CurrentByteIndex, self._rows_before(LAST_ROW + 1))
        elif not self._depth and self.legacy_place is None:
            self.legacy_place = self._parser.CurrentByteIndex

    def _tag(self, start: int) -> bytes:
        at = start - self._base
        if at < 0:
            raise NotMarkable(f"部件 {self.part} 有一个标签长得异常")
        return self._buffer[at : tag_end(self._buffer, at)]

    def _insert(self, at: int, text: str) -> None:
        if text:
            self.splices.append(Splice(at, at, text.encode()))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        """A child of the sheet. What is wrapped in alternatives belongs to what stands next to it."""
        if name == "legacyDrawing":
            self.legacy = local(attributes, "id")
        elif name == "sheetFormatPr":
            self.measures.width = _number(attributes.get("defaultColWidth"), self.measures.width)
            self.measures.height = _number(attributes.get("defaultRowHeight"), self.measures.height)
        if name not in _AFTER and name != "AlternateContent":
            self.legacy_place = None
        elif self.legacy_place is None:
            self.legacy_place = self._parser.CurrentByteIndex

    def _column(self, attributes: dict[str, str]) -> None:
        first, last = (int(_number(attributes.get(end), 1)) for end in ("min", "max"))
        width = 0.0 if on(attributes, "hidden") else _number(attributes.get("width"), self.measures.width)
        self.measures.columns.append((first, last, width))
        self._column_styles.append((first, last, int(_number(attributes.get("style"), 0))))

    def _open_rows(self) -> None:
        start = self._parser.CurrentByteIndex
        tag = self._tag(start)
        if not tag.endswith(b"/>"):
            self._in_rows = True
            return
        rows = self._rows_before(LAST_ROW + 1)
        self.splices.append(Splice(start, start + len(tag), _filled(tag, rows)))

    def _open_row(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r", "")
        self._row = int(told) if told.isdecimal() else self._row + 1
        self._before = 0
        if "ht" in attributes or "hidden" in attributes:
            height = _number(attributes.get("ht"), self.measures.height)
            self.measures.rows[self._row] = 0.0 if on(attributes, "hidden") else height
        if self._row in self._made_rows:
            raise NotMarkable(f"部件 {self.part} 的行次序是乱的")
        if not self._rows_left or self._rows_left[-1] > self._row:
            if self._row in self._columns_of:
                self._cells = []  # comes again: only cells that stand in it are marked
            return
        start = self._parser.CurrentByteIndex
        self._insert(start, self._rows_before(self._row))
        if not self._rows_left or self._rows_left[-1] != self._row:
            return
        style = int(_number(attributes.get("s"), 0)) if on(attributes, "customFormat") else None
        self._row_style, tag = style, self._tag(start)
        self._cells = []
        if tag.endswith(b"/>"):
            self._rows_left.pop()
            self.splices.append(Splice(start, start + len(tag), _filled(tag, self._new_cells(self._row))))
            self._cells = self._row_style = None

    def _close_row(self, end: int) -> None:
        """What the row lacks goes before the first cell to its right."""
        cells, self._cells = self._cells or [], None
        if not self._rows_left or self._rows_left[-1] != self._row:
            return
        self._rows_left.pop()
        for column in self._columns_of[self._row]:
            place = self._row, column
            if place not in self._met:
                at = next((offset for other, offset in cells if other > column), end)
                self._insert(at, self._new_cell(place))
        self._row_style = None

    def _cell(self, attributes: dict[str, str]) -> None:
        told = attributes.get("r")
        if self._cells is None and told is not None:
            if told not in self._wanted:
                self._before = told
                return
            place = self._wanted[told]
        else:
            place = self._place(told)
        self._before = place[1]
        start = self._parser.CurrentByteIndex
        if self._cells is not None and place[0] == self._row:
            self._cells.append((place[1], start))
        if address(*place) in self._wanted:
            self._mark(place, attributes, start)

    def _place(self, told: str | None) -> Place:
        if told is not None:
            place = read_reference(told)
            if place is None:
                raise NotMarkable(f"部件 {self.part} 有单元格地址 {told[:20]!r}，不是地址")
            return place
        before = self._before
        if isinstance(before, str):
            before = (read_reference(before) or (0, 0))[1]
        return self._row, before + 1

    def _mark(self, place: Place, attributes: dict[str, str], start: int) -> None:
        if place in self._made:
            raise NotMarkable(f"部件 {self.part} 的单元格次序是乱的")
        self._met.add(place)
        style = int(_number(attributes.get("s"), 0))
        tag = self._tag(start)
        if place in self._said:
            self._write(place, style, start, tag)
            return
        new = str(self._restyle(style, place)).encode()
        found = _STYLE.search(tag)
        if found:
            self.splices.append(Splice(start + found.start(), start + found.end(), b' s="' + new + b'"'))
        else:
            # Behind the address, where spreadsheet programs write it.
            ahead = _REFERENCE.search(tag) or _NAME.match(tag)
            at = start + (ahead.end() if ahead else 2)
            self.splices.append(Splice(at, at, b' s="' + new + b'"'))

    def _write(self, place: Place, style: int, start: int, tag: bytes) -> None:
        """The whole cell gives way to one that says something else."""
        written = self._cell_of(place, style).encode()
        if tag.endswith(b"/>"):
            self.splices.append(Splice(start, start + len(tag), written))
        else:
            self._anew = start, written

    def _cell_of(self, place: Place, style: int) -> str:
        """A cell of this style as it is to be, with what it says if that is told."""
        p, said = self.prefix, self._said.get(place)
        head = f'<{p}c r="{address(*place)}" s="{self._restyle(style, place)}"'
        if said is None:
            return f"{head}/>"
        if isinstance(said, str):
            text = f'<{p}is><{p}t xml:space="preserve">{element_text(said)}</{p}t></{p}is>'
            return f'{head} t="inlineStr">{text}</{p}c>'
        return f"{head}><{p}v>{said!r}</{p}v></{p}c>"

    def _rows_before(self, number: int) -> str:
        """The wanted rows that the sheet lacks before a row, with their cells."""
        made = []
        while self._rows_left and self._rows_left[-1] < number:
            row = self._rows_left.pop()
            if any((row, column) in self._met for column in self._columns_of[row]):
                raise NotMarkable(f"部件 {self.part} 的行次序是乱的")
            self._made_rows.add(row)
            made.append(f'<{self.prefix}row r="{row}">{self._new_cells(row)}</{self.prefix}row>')
        return "".join(made)

    def _new_cells(self, row: int) -> str:
        return "".join(self._new_cell((row, column)) for column in self._columns_of[row])

    def _new_cell(self, place: Place) -> str:
        self._made.add(place)
        style = self._row_style
        if style is None:
            of_columns = (style for first, last, style in self._column_styles if first <= place[1] <= last)
            style = next(of_columns, 0)
        return self._cell_of(place, style)


def _filled(tag: bytes, inside: str) -> bytes:
    """`<row/>` with something in it."""
    name = re.match(rb"<([^\s/>]+)", tag)
    return tag[:-2].rstrip() + b">" + inside.encode() + b"</" + (name[1] if name else b"") + b">"


def _number(text: str | None, otherwise: float) -> float:
    try:
        number = float(text or "")
    except ValueError:
        return otherwise
    return number if 0 <= number < 1e7 else otherwise
