"""Cuts the rows of a worksheet written in the usual form at the speed of C: what stands where, each cell's XML once.

A spreadsheet program writes one form: `<row r="7" …><c r="A7" …>…</c>…</row>`, rows and cells in order, nothing else
between. Such rows can be cut at their tags, because text and attribute values cannot hold a `<`, and because whoever
takes the pieces (distinct_cells.py) lets no comment, no CDATA and no processing instruction through, and nothing that
is not one whole cell. Any other form is `Irregular`: the careful walk reads the whole sheet.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import pairwise

from importers.container.limits import Limits
from importers.grid import column_number

_ATTRIBUTES = rb'((?: (?!r=)[A-Za-z0-9:_.-]++="[^"<>&]*+"){0,20}+)'
_HEAD = re.compile(rb"\s*+<row" + _ATTRIBUTES + rb' r="([1-9][0-9]{0,6})"' + _ATTRIBUTES + rb" ?(/?)>")
_LETTERS = re.compile(rb"[A-Z]{1,3}")
#: What may stand neither before nor behind the rows: it could hide them, or hold others.
_ELSEWHERE = re.compile(rb"<!|.<\?|<(?:[\w.-]++:)?(?:c|row|sheetData)[\s/>]", re.DOTALL)
OTHER_ENCODING = re.compile(rb"^[^>]*encoding=[\"'](?!utf-?8[\"'])", re.IGNORECASE)
_LONGEST_ROW = 2_000_000
_LONGEST_EPILOG = 10_000_000
_MOST_DISTINCT = 500_000
_MOST_HEADS = 20_000


class Irregular(Exception):
    """Not in the usual form: the careful walk must read it."""


class _Numbered(dict[bytes, int]):
    """Numbers what it is asked for, from 0 up, in the order of the first asking."""

    def __missing__(self, key: bytes) -> int:
        if len(self) >= _MOST_DISTINCT:
            raise Irregular
        number = self[key] = len(self)
        return number


class _Shapes(dict[tuple[bytes, ...], int]):
    """Numbers the different sets of columns; refuses columns out of order."""

    def __init__(self, limits: Limits) -> None:
        self.most = limits.columns
        self.columns: list[tuple[int, ...]] = []

    def __missing__(self, letters: tuple[bytes, ...]) -> int:
        if not all(map(_LETTERS.fullmatch, letters)):
            raise Irregular
        columns = tuple(column_number(one.decode()) for one in letters)
        if columns[-1] > self.most or any(left >= right for left, right in pairwise(columns)):
            raise Irregular
        self.columns.append(columns)
        number = self[letters] = len(self)
        return number


class SheetLayout:
    """`numbers`, `kinds`: a row's number and which of `shapes` it has; `ids`: its cells, as places in `bodies`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.prolog = self.epilog = b""
        #: The XML of every different cell, after its address, and of every different row head, after its number.
        self.bodies: dict[bytes, int] = _Numbered()
        self.heads: dict[bytes, list[int]] = {}
        self.numbers, self.kinds, self.ids = array("I"), array("I"), array("I")
        self._shapes = _Shapes(limits)
        self._last = 0

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        """The different sets of columns."""
        return self._shapes.columns

    def cut(self, pieces: Iterable[bytes]) -> None:
        """Cut the whole part; raises Irregular where it is not in the usual form."""
        rest, ended = b"", False
        after: list[bytes] = []
        for piece in pieces:
            if ended:
                after.append(piece)
                if sum(map(len, after)) > _LONGEST_EPILOG:
                    raise Irregular
                continue
            rest = rest + piece if rest else piece
            if not self.prolog:
                self.prolog, begun, rest = _divided(rest, b"<sheetData>")
                if not begun:
                    continue
            inside, ended, behind = _divided(rest, b"</sheetData>", whole=True)
            last = inside.rfind(b"</row>")
            if last >= 0:
                self._rows(inside[:last])
                inside = inside[last + 6 :]
            if ended:
                self._blank_rows(inside)
                after.append(behind)
            elif len(inside) > _LONGEST_ROW:
                raise Irregular
            rest = inside
        self.epilog = b"".join(after)
        if not ended or _ELSEWHERE.search(self.prolog) or _ELSEWHERE.search(b" " + self.epilog):
            raise Irregular
        if OTHER_ENCODING.match(self.prolog):
            raise Irregular

    def _rows(self, inside: bytes) -> None:
        kind_of, body_of, most = self._shapes.__getitem__, self.bodies.__getitem__, self.limits.rows
        for row in inside.split(b"</row>"):
            first, *cells = row.split(b'<c r="')
            head = _HEAD.fullmatch(first)
            before, number, told, closed = head.groups() if head else self._behind_blank_rows(first)
            told = before + told if before else told
            if closed or told not in self.heads or not self._last < int(number) <= most:
                self._count_row(int(number), told)
            else:
                self._last = int(number)
                self.heads[told].append(self._last)
            if not cells:
                continue
            if closed:
                raise Irregular
            mark = number + b'"'  # a cell is told by its letters, the number of its row, and then all the rest
            letters, _, bodies = zip(*[cell.partition(mark) for cell in cells], strict=True)
            self.numbers.append(self._last)
            self.kinds.append(kind_of(letters))
            self.ids.extend(map(body_of, bodies))

    def _behind_blank_rows(self, first: bytes) -> tuple[bytes, bytes, bytes, bytes]:
        """The head of a row that has rows without an end tag before it, which are passed."""
        at = 0
        while True:
            head = _HEAD.match(first, at)
            if head is None:
                raise Irregular
            at = head.end()
            if at == len(first):
                return head[1], head[2], head[3], head[4]
            if not head[4]:
                raise Irregular
            self._count_row(int(head[2]), head[1] + head[3])

    def _blank_rows(self, rest: bytes) -> None:
        """What stands behind the last row with an end tag: rows without cells, or nothing."""
        at = 0
        while rest[at:].strip():
            head = _HEAD.match(rest, at)
            if head is None or not head[4]:
                raise Irregular
            self._count_row(int(head[2]), head[1] + head[3])
            at = head.end()

    def _count_row(self, row: int, told: bytes) -> None:
        if not self._last < row <= self.limits.rows:
            raise Irregular
        self._last = row
        alike = self.heads.get(told)
        if alike is None:
            if len(self.heads) >= _MOST_HEADS:
                raise Irregular
            alike = self.heads[told] = []
        alike.append(row)


def _divided(text: bytes, mark: bytes, *, whole: bool = False) -> tuple[bytes, bool, bytes]:
    """Before the mark, whether it is there, and behind it; without a mark all is before it, or (not `whole`) kept."""
    at = text.find(mark)
    if at >= 0:
        return text[:at], True, text[at + len(mark) :]
    if len(text) > _LONGEST_ROW and not whole:
        raise Irregular
    return (text, False, b"") if whole else (b"", False, text)
