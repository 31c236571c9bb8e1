"""Facts: what a cell's text is understood to say, and where it stands; kept small, since a roster states millions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.statement import Value
from importers.grid import address, column_number


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says: the value understood, and the text as written. All cells with one text share it."""

    value: Value
    raw: str


@dataclass(slots=True)
class Fact:
    """What is said, and the place of the cell that says it; row 0: of no cell."""

    wording: Wording
    row: int
    column: int

    @classmethod
    def written(cls, value: Value, raw: str, cell: str | None) -> Fact:
        """A fact by its value, its text and the address of its cell."""
        return cls(Wording(value, raw), *(_place(cell) if cell else (0, 0)))

    def meaning(self, value: Value) -> Fact:
        """The same text of the same cell, understood to mean another value."""
        return Fact(Wording(value, self.raw), self.row, self.column)

    @property
    def value(self) -> Value:
        """The value understood."""
        return self.wording.value

    @property
    def raw(self) -> str:
        """The text as written."""
        return self.wording.raw

    @property
    def cell(self) -> str | None:
        """The address of its cell."""
        return address(self.row, self.column) if self.row else None


Facts = Mapping[str, Fact]


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which facts an entry states, in order, and from which columns; entries of one table share few shapes."""

    columns: tuple[int, ...]
    #: Name → its place among the columns.
    place: Mapping[str, int]


class Entry(Mapping[str, Fact]):
    """The facts of a firm, a machine, a permit …, by name. It holds their texts; a fact is made when it is asked for.

    `rows`: the row in which all of them stand, or that of each.
    """

    __slots__ = ("rows", "shape", "wordings")

    def __init__(self, shape: Shape, rows: int | tuple[int, ...], wordings: tuple[Wording, ...]) -> None:
        self.shape, self.rows, self.wordings = shape, rows, wordings

    def __getitem__(self, name: str) -> Fact:
        at = self.shape.place[name]
        row = self.rows if isinstance(self.rows, int) else self.rows[at]
        return Fact(self.wordings[at], row, self.shape.columns[at])

    def __iter__(self) -> Iterator[str]:
        return iter(self.shape.place)

    def __len__(self) -> int:
        return len(self.wordings)

    def __repr__(self) -> str:
        return repr(dict(self))


class Packing:
    """Makes entries of facts, alike ones of one shape."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[tuple[str, ...], tuple[int, ...]], Shape] = {}

    def entry(self, facts: Facts) -> Entry:
        """The same facts, kept small."""
        names, said = tuple(facts), facts.values()
        columns = tuple([fact.column for fact in said])
        shape = self._shapes.get((names, columns))
        if shape is None:
            shape = Shape(columns, {name: at for at, name in enumerate(names)})
            self._shapes[names, columns] = shape
        rows = [fact.row for fact in said]
        alone = rows[0] if rows and rows.count(rows[0]) == len(rows) else None
        return Entry(shape, tuple(rows) if alone is None else alone, tuple([fact.wording for fact in said]))
