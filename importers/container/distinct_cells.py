"""The different cells of a sheet as a small sheet of its own, read once by the walk and once by the engine."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from app.errors import Unreadable
from importers.container.content import Placed
from importers.container.number_formats import PLAIN
from importers.container.sheet_layout import Irregular, SheetLayout
from importers.container.sheet_scan import DAYS_OF_BOTH_SYSTEMS, Place, SheetScan
from importers.grid import column_number

#: Cells a row of the small sheet: few enough for the last column that may hold a value.
_ACROSS = 256
_FORMULA = rb'(?:<f(?: [a-z0-9]++="[^"<>&]*+"){0,8}+(?:/>|>[^<&]*+</f>))?+'
_PLAIN = re.compile(
    rb'(?: s="([0-9]{1,6})")?+(?:'
    rb'(?: t="n")?+>' + _FORMULA + rb"<v>(-?[0-9]{1,15}(?:\.[0-9]{1,18}+)?(?:E[+-]?[0-9]{1,2}+)?)</v></c>"
    rb'| t="s"><v>([0-9]{1,9})</v></c>'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?+>([^<&\r]*+)</t></is></c>'
    rb'| t="str">' + _FORMULA + rb"<v>([^<&\r]++)</v></c>"
    rb"|( ?/>|></c>))"
)
#: One whole cell, whatever is in it; that its tags fit together is for the walk to find.
_ODD = re.compile(
    rb'(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*+"){0,5}+ ?(?:/>|>(?:[^<]++|<(?![!?]|/?(?:c|row)[\s/>]))*+</c>)', re.DOTALL
)
_MERGES = re.compile(rb"(<mergeCells(?: [a-z]++=\"[^\"<>&]*+\")*+>)(.*)(</mergeCells>)", re.DOTALL)
_MERGE = re.compile(
    rb'<mergeCell ref="([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})" ?/>|(.++)', re.DOTALL
)


class DistinctCells:
    """`document`: the small sheet, in pieces. Plain cells come first; what is odd in any way `scan` walks with care.

    `rows` says where they stand in the sheet. What `scan` says of places means places of the small sheet.
    """

    def __init__(self, layout: SheetLayout, scan: SheetScan) -> None:
        self.scan = scan
        self.bodies = list(layout.bodies)
        layout.bodies.clear()
        self.plain: list[int] = []
        #: What the plain cells say.
        self.said: list[float | str] = []
        self.odd: list[int] = []
        self._struck: set[bytes | None] = set()
        blank = self._classify()
        self._first = len(layout.heads)
        self._odd_after = self._first + -(-len(self.plain) // _ACROSS)
        self.document = self._walked(layout)
        heads = list(layout.heads.values())
        hidden = (head for head in scan.hidden_rows if head <= self._first)
        scan.hidden_rows = {row for head in hidden for row in heads[head - 1]}
        self.different = len(self.bodies)
        self.bodies = []
        self.rows = Placed([], layout.shapes, layout.numbers, layout.kinds, layout.ids).without(blank, self.different)
        self._stands()

    def _classify(self) -> set[int]:
        """Sort the cells into plain and odd ones; returns the blank ones."""
        blank_ones: set[int] = set()
        ranges: dict[bytes | None, tuple[float, float]] = {}
        for place, body in enumerate(self.bodies):
            found = _PLAIN.fullmatch(body)
            if found is None:
                self.odd.append(place)
                continue
            style, number, index, inline, text, blank = found.groups()
            if blank is not None:
                blank_ones.add(place)
                continue
            if style not in ranges:
                ranges[style] = self._plain_range(style)
            least, most = ranges[style]
            told: float | str | None
            if number is not None:
                told = float(number) if least <= float(number) < most else None
            elif style in self._struck:
                told = None
            else:
                told = self._shared(int(index)) if index is not None else _unescaped(inline if text is None else text)
            if told is None:
                self.odd.append(place)
            else:
                self.plain.append(place)
                self.said.append(told)
        return blank_ones

    def _plain_range(self, style: bytes | None) -> tuple[float, float]:
        """Which numbers the engine's value says all of under this style: least, and most not included."""
        shown = self.scan.styles.format_of(int(style or 0))
        if int(style or 0) in self.scan.styles.struck:
            self._struck.add(style)
            return 0, 0
        if shown is PLAIN:
            return -math.inf, math.inf
        return DAYS_OF_BOTH_SYSTEMS if shown.date and shown.day and not shown.duration else (0, 0)

    def _shared(self, index: int) -> str | None:
        """A shared text; None where something is struck out, or escaped: what that stands for is left to the engine."""
        strings = self.scan.strings
        text = strings.texts[index] if index < len(strings.texts) and index not in strings.struck else "_x"
        return None if "_x" in text else text

    def _walked(self, layout: SheetLayout) -> list[bytes]:
        """The small sheet in pieces, once the walk has passed it as it would have passed the sheet."""
        if not all(_ODD.fullmatch(self.bodies[place]) for place in self.odd):
            raise Irregular
        heads = b"".join(b'<row r="%d"%s/>' % (number, told) for number, told in enumerate(layout.heads, 1))
        before = layout.prolog + b"<sheetData>" + heads
        epilog, merges = without_merges(layout.epilog)
        behind = b"</sheetData>" + epilog
        plain, odd = list(self._rows(self.plain)), list(self._rows(self.odd))
        try:
            self.scan.feed(before)
            for row in plain:
                self.scan.feed(row, silently=True)
            self.scan.continue_after(self._odd_after)
            for row in (*odd, behind):
                self.scan.feed(row)
            self.scan.end()
            for merge in merges:
                self.scan.add_merge(*merge)
        except Unreadable as refused:
            raise Irregular from refused  # the careful walk says it of the sheet itself
        return [before, *plain, *odd, behind]

    def _rows(self, places: list[int]) -> Iterator[bytes]:
        """Rows and cells without an address are the next ones, for the walk as for the engine."""
        for start in range(0, len(places), _ACROSS):
            yield b"<row><c" + b"<c".join([self.bodies[place] for place in places[start : start + _ACROSS]]) + b"</row>"

    def _stands(self) -> None:
        """The counts of the scan, of the sheet itself."""
        rows, limits = self.rows, self.scan.limits
        self.scan.cells = len(rows.ids)
        self.scan.last_row = rows.numbers[-1] if rows.numbers else 0
        self.scan.last_column = max((rows.shapes[kind][-1] for kind in set(rows.kinds)), default=0)
        if (
            self.scan.cells_before + self.scan.cells > limits.cells
            or self.scan.last_row * self.scan.last_column > limits.box
        ):
            raise Irregular

    def plain_values(self, lines: list[list[Any]]) -> list[Any]:
        """The engine's values of the plain cells, from its rows of the small sheet; an empty text where it has none."""
        values: list[Any] = []
        for line in lines[self._first : self._odd_after]:
            values += line
            values += [""] * (_ACROSS - len(line))
        return (values + [""] * (len(self.plain) - len(values)))[: len(self.plain)]

    def odd_rows(self, lines: list[list[Any]]) -> Iterator[tuple[int, Iterator[tuple[int, Any]]]]:
        """The engine's rows of the odd cells, blanks left out, with their numbers in the small sheet."""
        for number, line in enumerate(lines[self._odd_after :], self._odd_after + 1):
            yield number, ((column, value) for column, value in enumerate(line, 1) if value != "")

    def odd_at(self, place: Place) -> int:
        """Which cell stands at a place of the small sheet."""
        row, column = place
        return self.odd[(row - self._odd_after - 1) * _ACROSS + column - 1]


def _unescaped(text: bytes) -> str | None:
    """A text that stands for itself."""
    if b"_x" in text:
        return None
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Irregular from None


def without_merges(epilog: bytes) -> tuple[bytes, list[tuple[int, int, int, int]]]:
    """What stands behind the rows less its merged ranges, and these as row, column, row, column."""
    section = _MERGES.search(epilog)
    found = _MERGE.findall(section[2]) if section else []
    if section is None or any(odd for *_, odd in found):
        return epilog, []
    letters: dict[bytes, int] = {}
    for first, _, last, _, _ in found:
        for one in (first, last):
            if one not in letters:
                letters[one] = column_number(one.decode())
    merges = [(int(top), letters[left], int(bottom), letters[right]) for left, top, right, bottom, _ in found]
    return epilog[: section.start(2)] + epilog[section.end(2) :], merges
