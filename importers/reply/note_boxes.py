"""The boxes that comments are shown in: wide and high enough for their text, laid out beside their cells."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from importers.grid import Place
from importers.reply.refused import NotMarkable
from importers.reply.sheet_cut import Measures

_WIDTH, _LINE, _MARGIN = 288, 19, 16
_HIGHEST = 620
#: Half-width letters that fit on a line of nine points, with room for another font.
_LETTERS = 42
_SHAPE = re.compile(r"_x0000_s([0-9]{1,7})\b")
_BLOCKS = re.compile(r"""<\w+:idmap\b[^>]*\bdata\s*=\s*["']([0-9, ]*)["']""")
_ROOT = re.compile(r"<(?:\w+:)?xml\b[^>]*>")
_SHAPE_WHOLE = re.compile(r"<v:shape\b(?:(?!</?v:shape\b).)*</v:shape>", re.DOTALL)
_BOX_ROW = re.compile(r"<x:Row>\s*([0-9]{1,7})\s*</x:Row>")
_BOX_COLUMN = re.compile(r"<x:Column>\s*([0-9]{1,5})\s*</x:Column>")
_ANCHOR = re.compile(r"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_KIND = "_x0000_t202"
_SHAPE_KIND = (
    f'<v:shapetype id="{_KIND}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BLOCK = 1024


def height_of(text: str) -> int:
    """Pixels that a comment's text takes."""
    lines = sum(max(1, -(-_letters(line) // _LETTERS)) for line in text.split("\n"))
    return min(lines * _LINE + _MARGIN, _HIGHEST)


def _letters(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)


class Distances:
    """Where columns and rows lie, in pixels."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._columns = sorted(measures.columns)
        self._first = [first for first, _, _ in self._columns]

    def anchor(self, place: Place, width: int, height: int) -> str:
        """The corners of a box beside a cell, as column, pixels, row, pixels; twice."""
        row, column = place
        top = max(row - 2, 0)
        right, right_rest = self._along(column, 15 + width, self._column)
        bottom, bottom_rest = self._along(top, 4 + height, self._row)
        corners = (column, 15, top, 4, right, right_rest, bottom, bottom_rest)
        return ", ".join(map(str, corners))

    def _along(self, at: int, left: int, size: object) -> tuple[int, int]:
        """The column or row (counted from 0) that lies so many pixels on, and how many are left in it."""
        for _ in range(400):
            step = size(at + 1)  # type: ignore[operator]
            if left < step:
                break
            left -= step
            at += 1
        return at, min(left, 2000)

    def _column(self, number: int) -> int:
        at = bisect_right(self._first, number) - 1
        if at >= 0 and self._columns[at][1] >= number:
            return int(self._columns[at][2] * 7 + 0.5)
        return int(self._measures.width * 7 + 5)

    def _row(self, number: int) -> int:
        return int(self._measures.rows.get(number, self._measures.height) * 4 / 3)


def shapes(notes: Mapping[Place, str], distances: Distances, first: int) -> str:
    """A hidden box for each comment; `first`: the number of the first."""
    return "".join(
        _shape(place, distances.anchor(place, _WIDTH, height_of(text)), height_of(text), first + at)
        for at, (place, text) in enumerate(notes.items())
    )


def _shape(place: Place, anchor: str, height: int, number: int) -> str:
    row, column = place
    return (
        f'<v:shape id="_x0000_s{number}" type="#{_KIND}" style="position:absolute;'
        f'width:{_WIDTH * 3 // 4}pt;height:{height * 3 // 4}pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
        "</v:shape>"
    )


def _grown(shape: str, shared: Mapping[Place, str], distances: Distances) -> str:
    row, column = _BOX_ROW.search(shape), _BOX_COLUMN.search(shape)
    place = (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)
    if place not in shared:
        return shape
    anchor = distances.anchor(place, _WIDTH, height_of(shared[place]))
    return _ANCHOR.sub(lambda found: found[1] + anchor + found[3], shape, count=1)


def used_blocks(drawings: Iterable[str]) -> set[int]:
    """The blocks of shape numbers that drawings of the workbook already have."""
    used: set[int] = set()
    for drawing in drawings:
        for found in _BLOCKS.finditer(drawing):
            used.update(int(number) for number in re.findall(r"[0-9]{1,6}", found[1]))
        used.update(int(number) // _BLOCK for number in _SHAPE.findall(drawing))
    return used


def new_drawing(notes: Mapping[Place, str], measures: Measures, used: set[int]) -> bytes:
    """A drawing with nothing but the boxes; its blocks of numbers are free, and used from now on."""
    count = -(-(len(notes) + 1) // _BLOCK)
    start = max(used, default=0) + 1
    blocks = list(range(start, start + count))
    used.update(blocks)
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    data = ",".join(map(str, blocks))
    body = shapes(notes, Distances(measures), start * _BLOCK + 1)
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
    return f"<xml {spaces}>{layout}{_SHAPE_KIND}{body}</xml>".encode()


def drawing_with(drawing: str, notes: Mapping[Place, str], shared: Mapping[Place, str], measures: Measures) -> str:
    """A drawing with more boxes at its end, numbered on from its own; shared ones grow with their text."""
    if shared:
        drawing = _SHAPE_WHOLE.sub(lambda found: _grown(found[0], shared, Distances(measures)), drawing)
    if not notes:
        return drawing
    root, end = _ROOT.search(drawing), drawing.rfind("</")
    if root is None or end < 0 or not re.fullmatch(r"</(?:\w+:)?xml\s*>\s*", drawing[end:]):
        raise NotMarkable("原件批注的图形部件写法异常")
    declared = all(f"xmlns:{prefix}=" in root[0] and uri in root[0] for prefix, uri in _NAMESPACES.items())
    first = max(map(int, _SHAPE.findall(drawing)), default=_BLOCK) + 1
    body = shapes(notes, Distances(measures), first)
    if f'id="{_KIND}"' not in drawing:
        body = _SHAPE_KIND + body
    if not declared:
        spaces = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _NAMESPACES.items())
        body = re.sub(r"<(v:shape|v:shapetype) ", rf"<\1 {spaces} ", body)
    return drawing[:end] + body + drawing[end:]
