"""What an engine gives of one sheet, and of the book."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, compress
from typing import Any

from importers.grid import Cell, Merge

Issue = tuple[str, str | None, str, str]
Row = tuple[int, list[tuple[int, Cell]]]


@dataclass(slots=True)
class Placed:
    """Rows whose equal cells are stated once.

    `table`: the different cells as they cross to the parent. `numbers`, `kinds`: a row's number and which of `shapes`,
    the sets of columns, it has. `ids`: the cells of all rows one after the other, as places in `table`.
    """

    table: list[Any]
    shapes: list[tuple[int, ...]]
    numbers: array[int]
    kinds: array[int]
    ids: array[int]

    def starts(self) -> Iterator[int]:
        """Where each row begins in `ids`."""
        return accumulate((len(self.shapes[kind]) for kind in self.kinds), initial=0)

    def places_of(self, wanted: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """(row, column, id) of every cell of these ids, in reading order."""
        for number, kind, start in zip(self.numbers, self.kinds, self.starts(), strict=False):
            columns = self.shapes[kind]
            row = self.ids[start : start + len(columns)]
            for column, one in zip(columns, row, strict=True):
                if one in wanted:
                    yield number, column, one

    def without(self, gone: Collection[int], different: int) -> Placed:
        """The same less the cells of some ids, of so many different ones."""
        if not gone:
            return self
        kept = bytearray(b"\1") * different
        for one in gone:
            kept[one] = 0
        return self._where(bytes(map(kept.__getitem__, self.ids)))

    def without_places(self, lost: Iterable[int]) -> Placed:
        """The same less the cells at some places of `ids`."""
        mask = bytearray(b"\1") * len(self.ids)
        for place in lost:
            mask[place] = 0
        return self._where(bytes(mask)) if 0 in mask else self

    def _where(self, mask: bytes) -> Placed:
        """The cells at the places where the mask has a 1."""
        left = Placed(self.table, [], array("I"), array("I"), array("I", compress(self.ids, mask)))
        shapes: dict[tuple[int, ...], int] = {}
        known: dict[tuple[int, bytes], int] = {}
        at = 0
        for number, kind in zip(self.numbers, self.kinds, strict=True):
            start, at = at, at + len(self.shapes[kind])
            key = kind, mask[start:at]
            new = known.get(key)
            if new is None:
                columns = tuple(compress(self.shapes[kind], key[1]))
                new = known[key] = shapes.setdefault(columns, len(shapes)) if columns else -1
            if new >= 0:
                left.numbers.append(number)
                left.kinds.append(new)
        left.shapes = list(shapes)
        return left


@dataclass(slots=True)
class SheetContent:
    """A sheet as an engine reads it. `rows` may be a generator that adds to `issues` while it runs."""

    name: str
    rows: Iterable[Row] | Placed
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)


@dataclass(slots=True)
class BookContent:
    """A workbook as an engine reads it; each sheet has a name of its own, by which its cells can be cited."""

    format: str
    sheets: Iterable[SheetContent]
    date1904: bool = False

    def __post_init__(self) -> None:
        self.sheets = _told_apart(self.sheets)


def same_name(name: str) -> str:
    """What two names have in common that spreadsheet programs take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _told_apart(sheets: Iterable[SheetContent]) -> Iterator[SheetContent]:
    """The sheets in order; one whose name was there before is numbered, and that is said."""
    taken: set[str] = set()
    for sheet in sheets:
        stated, number = sheet.name, 1
        while same_name(sheet.name) in taken:
            number += 1
            sheet.name = f"{stated}（{number}）"
        taken.add(same_name(sheet.name))
        if number > 1:
            sheet.issues.insert(0, (sheet.name, None, "sheet.same_name", stated))
        yield sheet
