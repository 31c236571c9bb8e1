"""A roster made in a few words: every cell put on its sheet together with what a careful person reads from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from importers.grid import address, column_number

#: Facts that a machine's words may carry by the way: a reader may state them or leave them out.
_BY_THE_WAY = {"name": "*", "fuel": "*"}


@dataclass(frozen=True)
class Due:
    """A fact that should be read. `cells`: where it may be said to stand (empty: not judged). `value` "*": any."""

    value: Any
    cells: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class V:
    """A cell whose text is not its value: V("500KG", 0.5). `optional`: a reader may leave it out."""

    raw: Any
    value: Any
    optional: bool = False


@dataclass(frozen=True)
class N:
    """A cell that states nothing. `asked`: the code of the issue that is due at it; "*" any code."""

    raw: Any
    asked: str | None = None


@dataclass(frozen=True)
class W:
    """A cell of words about machines: one mapping of facts each. W("2台4吨中频炉", {"quantity": 2, …})."""

    raw: str
    machines: tuple[Mapping[str, Any], ...]

    def __init__(self, raw: str, *machines: Mapping[str, Any]) -> None:
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "machines", machines)


@dataclass
class Entry:
    """One thing that a firm's facts speak of: the firm itself, a machine, a permit, its plan, an action."""

    page: Page
    facts: dict[str, Due] = field(default_factory=dict)

    def says(self, name: str, cell: str | None, raw: Any, value: Any = None, *, optional: bool = False) -> Entry:
        """State a fact: `raw` is put into `cell` (None: it stands nowhere), due as `value` (the same unless told)."""
        if cell is not None:
            self.page.put(cell, raw)
        due = raw if value is None else value
        held = self.facts.get(name)
        cells = (*(held.cells if held else ()), *((cell,) if cell else ()))
        self.facts[name] = Due(due, cells, optional)
        return self

    def may(self, **facts: Any) -> Entry:
        """Facts that a reader may state or leave out; "*" with any value."""
        for name, value in facts.items():
            self.facts.setdefault(name, Due(value, (), True))
        return self


@dataclass
class Firm:
    """One firm of one table: what is due of it, by part."""

    page: Page
    rows: list[int]
    own: Entry
    machines: list[Entry] = field(default_factory=list)
    permits: dict[str, Entry] = field(default_factory=dict)
    plan: Entry | None = None
    actions: dict[str, Entry] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)

    def says(self, name: str, cell: str | None, raw: Any, value: Any = None, *, optional: bool = False) -> Firm:
        """A fact of the firm itself."""
        self.own.says(name, cell, raw, value, optional=optional)
        return self

    def machine(self, cell: str | None = None, raw: Any = None, **facts: Any) -> Entry:
        """A machine of its own; with `cell`, its facts stand in that cell's words."""
        one = Entry(self.page)
        if cell is not None:
            self.page.put(cell, raw)
        for name, value in facts.items():
            one.facts[name] = Due(value, (cell,) if cell else ())
        one.may(**_BY_THE_WAY)
        self.machines.append(one)
        return one

    def permit(self, kind: str) -> Entry:
        """The permit of that kind; `eia#2` is the second one of the kind 环评."""
        return self.permits.setdefault(kind, Entry(self.page, {"kind": Due(kind.partition("#")[0], (), True)}))

    def planned(self) -> Entry:
        """Its 一企一策."""
        self.plan = self.plan or Entry(self.page)
        return self.plan

    def action(self, kind: str) -> Entry:
        """The action of that kind."""
        return self.actions.setdefault(kind, Entry(self.page, {"kind": Due(kind, (), True)}))

    def extra(self, header: str, cell: str, raw: str) -> Firm:
        """A value under a column that nobody foresaw: kept under its header."""
        self.page.put(cell, raw)
        self.extras[header] = raw
        return self

    def entry(self, path: str, machine: Callable[[], Entry]) -> tuple[Entry, str]:
        """The entry and the fact's name of a path: e.name, m.capacity_t, p.eia.standing, plan.stage."""
        part, *rest = path.split(".")
        if part == "e":
            return self.own, rest[0]
        if part == "m":
            return machine(), rest[0]
        if part == "p":
            return self.permit(rest[0]), rest[1]
        if part == "a":
            return self.action(rest[0]), rest[1]
        return self.planned(), rest[0]


@dataclass
class Page:
    """A sheet: its cells by address, its merges, and what is due of it."""

    name: str = "Sheet1"
    hidden: bool = False
    cells: dict[str, Any] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    formats: dict[str, str] = field(default_factory=dict)
    formatted_until: str | None = None
    firms: list[Firm] = field(default_factory=list)
    ignored: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    def put(self, cell: str, raw: Any, *, merge: str | None = None) -> Page:
        """Write a cell; `merge` is the range that it covers."""
        if cell in self.cells and self.cells[cell] != raw:
            raise ValueError(f"{cell} already says {self.cells[cell]!r}")
        self.cells[cell] = raw
        if merge:
            self.merges.append(merge)
        return self

    def row(self, row: int, values: Sequence[Any], left: str = "A") -> Page:
        """Write a row of cells that state nothing of firms: heads, titles, totals. None leaves a cell blank."""
        for at, raw in enumerate(values, column_number(left)):
            if raw is not None:
                self.put(address(row, at), raw)
        return self

    def merge(self, *ranges: str) -> Page:
        """Merge ranges."""
        self.merges += ranges
        return self

    def skip(self, row: int, *why: str) -> Page:
        """This row must be ignored, for one of these reasons (total blank note footer header_repeat title)."""
        self.ignored.append((row, why))
        return self

    def ask(self, cell: str, code: str = "*") -> Page:
        """An issue is due at this cell; a column's letter alone: anywhere in the column or at its head."""
        self.asked.append((cell, code))
        return self

    def firm(self, *rows: int) -> Firm:
        """A firm written in these rows (first and last)."""
        one = Firm(self, list(rows), Entry(self))
        one.own.may(**self.known)
        self.firms.append(one)
        return one

    def line(
        self,
        row: int,
        columns: Sequence[tuple[str, str | None]],
        values: Sequence[Any],
        *,
        left: str = "A",
        firm: Firm | None = None,
        extends: bool = False,
    ) -> Firm:
        """One row of a plain table. `columns`: (header, path) with paths as in Firm.entry; "x" keeps the text under the
        header; None states nothing; "w" is words about machines. A value is plain, or V, N, W; None is a blank cell.
        `firm`: this row says more of that firm; without its name where the name is blank below. `extends`: m.… facts
        belong to the firm's last machine."""  # fmt: skip
        one = firm or self.firm(row)
        if row not in one.rows:
            one.rows.append(row)
        made: list[Entry] = [one.machines[-1]] if extends else []

        def machine() -> Entry:
            if not made:
                made.append(one.machine())
            return made[0]

        for at, ((header, path), value) in enumerate(zip(columns, values, strict=True), column_number(left)):
            _put(self, one, address(row, at), header, path, value, machine)
        return one


def _put(
    page: Page, firm: Firm, cell: str, header: str, path: str | None, value: Any, machine: Callable[[], Entry]
) -> None:
    if value is None:
        return
    raw = value.raw if isinstance(value, V | N | W) else value
    page.put(cell, raw)
    if isinstance(value, N):
        if value.asked:
            page.ask(cell, value.asked)
    elif isinstance(value, W):
        for said in value.machines:
            firm.machine(cell, raw, **said)
    elif path == "x":
        firm.extras[header] = str(raw)
    elif path is not None:
        entry, name = firm.entry(path, machine)
        due = value.value if isinstance(value, V) else value
        held = entry.facts.get(name)
        cells = held.cells if held and held.value == due else ()
        entry.facts[name] = Due(due, (*cells, cell), isinstance(value, V) and value.optional)


@dataclass
class Layout:
    """A file and its truth. `form`: how it is written (see `written`); `options` go to the writer."""

    name: str
    pages: list[Page]
    form: str = "xlsx"
    options: dict[str, Any] = field(default_factory=dict)

    def page(self, name: str = "Sheet1", **more: Any) -> Page:
        """A further sheet."""
        one = Page(name, **more)
        self.pages.append(one)
        return one


#: Every layout of the collection by its name: a function that makes it.
LAYOUTS: dict[str, Callable[[], Layout]] = {}


def layout(make: Callable[[Layout], None]) -> Callable[[Layout], None]:
    """Enter a function that fills a Layout into the collection, under its own name."""
    name = make.__name__.strip("_")

    def made() -> Layout:
        one = Layout(name, [])
        make(one)
        return one

    if name in LAYOUTS:
        raise ValueError(f"two layouts are called {name}")
    LAYOUTS[name] = made
    return make


def days(since: str | None, until: str | None, precision: str | None = None) -> dict[str, Any]:
    """An interval; `precision` None: not judged."""
    return {"from": since, "to": until, "precision": precision}


def day(iso: str) -> dict[str, Any]:
    """One day."""
    return days(iso, iso, "day")


def month(iso: str) -> dict[str, Any]:
    """A month, told as 2024-03."""
    year, number = map(int, iso.split("-"))
    last = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return days(f"{iso}-01", f"{iso}-{last[number - 1]}", "month")


def year(number: int) -> dict[str, Any]:
    """A year."""
    return days(f"{number}-01-01", f"{number}-12-31", "year")


def cells_of(reference: str) -> tuple[int, int, int, int]:
    """A range's first row and column, last row and column: B4:D9."""
    ends = [re.fullmatch(r"([A-Z]+)(\d+)", end) for end in reference.split(":")]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        raise ValueError(reference)
    return int(first[2]), column_number(first[1]), int(last[2]), column_number(last[1])
