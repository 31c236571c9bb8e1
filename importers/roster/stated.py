"""What one line of a table states: the firm's facts, its machines, permits, plan, actions, and what is kept aside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.domain.proposal import RosterIssue as Issue
from app.domain.vocabulary import SECTIONS
from importers.facts import Fact, Wording
from importers.grid import Cell, Place, Shape, address
from importers.reading import Extra
from importers.roster.angles import read_angle
from importers.roster.cells import CellReader, Heard
from importers.roster.header_words import dimensions
from importers.roster.line_machines import Machine, Machines
from importers.roster.reads import Reads
from importers.roster.regions import Line, Region, RowPlaces
from importers.values import nothing_kind, understand
from importers.values.text import compact

_SIZE = re.compile(r"\d+(\.\d+)?(t|吨|kg|公斤|千克)(/台|/h|/小时)?", re.IGNORECASE)


#: So many texts of a column are remembered; in a longer one they repeat near each other.
_REMEMBERED = 8192


@dataclass(slots=True)
class Stated:
    """The facts of one line, each by its field's name; permits and actions by their kind."""

    enterprise: dict[str, Fact] = field(default_factory=dict)
    equipment: list[Machine] = field(default_factory=list)
    permits: dict[str, dict[str, Fact]] = field(default_factory=dict)
    plan: dict[str, Fact] = field(default_factory=dict)
    actions: dict[str, dict[str, Fact]] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one text says under its column, by whom it speaks of: the firm, the row's machine, machines of their own.

    `aside`: facts by path that other columns may state with more right, or that wait for their kind.
    """

    firm: tuple[tuple[str, Wording], ...]
    machine: tuple[tuple[str, Wording], ...]
    machines: tuple[Mapping[str, Wording | Fact], ...]
    aside: tuple[tuple[str, Wording], ...]
    extra: str | None
    issues: tuple[Issue, ...]
    ditto: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A column with what its texts were found to say; the grid keeps equal cells as one, so its identity is the key."""

    key: int
    column: Reads
    extra_name: str
    tellings: dict[int, Telling] = field(default_factory=dict)


@dataclass
class LineReading:
    """Reads the lines of one region under its columns."""

    region: Region
    columns: Sequence[Reads]
    reader: CellReader

    def read(self, line: Line) -> Stated:
        """All that a line states."""
        stated, machines = Stated(), Machines(self)
        firm, rows, by_others = stated.enterprise, line.rows, self._by_others
        aside: list[tuple[Reads, str, Fact]] = []
        for told, cell, row, at in self._cells(line):
            own = row in rows
            telling = told.tellings.get(id(cell)) or self._telling_of(told, cell)
            if telling.ditto:
                above = self._above(line, told)
                if above is None:
                    continue
                telling, row, at = above
            if told.key in by_others:
                telling = self._with_others(told.column, line, (row, at)) or telling
            for name, said in telling.firm:
                if name not in firm:
                    firm[name] = Fact(said, row, at)
            if telling.machine or telling.machines:
                machines.take(told.column, telling, row, at, own=own)
            if telling.aside:
                aside += [(told.column, path, Fact(said, row, at)) for path, said in telling.aside]
            if telling.extra is not None:
                stated.extras[told.extra_name] = Extra(telling.extra, address(row, at))
            if telling.issues:
                stated.issues += [replace(issue, cell=address(row, at)) for issue in telling.issues]
        self._facts(stated, aside)
        self._angles(stated, line)
        stated.equipment = machines.assembled()
        stated.issues += machines.issues
        return stated

    def _cells(self, line: Line) -> Iterator[tuple[_Told, Cell, int, int]]:
        """The cells of a line by the order of the columns, each with the place where it begins."""
        if isinstance(line.places, RowPlaces):
            yield from self._cells_of_row(line.row)
            return
        grid = self.region.view.grid
        for told in self._columns:
            place = line.places.get(told.key)
            origin = grid.origin(*place) if place else None
            cell = grid.cell(*origin) if origin else None
            if origin and cell is not None:
                yield told, cell, *origin

    def _cells_of_row(self, number: int) -> Iterator[tuple[_Told, Cell, int, int]]:
        """The same for a plain row: a key is its column, and few columns are covered by a merge from above."""
        grid, covered = self.region.view.grid, self.region.view.covered(number)
        row = grid.row(number)
        if not covered:
            for told, at in self._filled(row.shape):
                yield told, row.cells[at], number, told.key
            return
        cells, places = row.cells, row.shape.place
        for told in self._columns:
            origin = covered.get(told.key)
            if origin is None:
                if (place := places.get(told.key)) is not None:
                    yield told, cells[place], number, told.key
            elif (merged := grid.cell(*origin)) is not None:
                yield told, merged, *origin

    def _filled(self, shape: Shape) -> list[tuple[_Told, int]]:
        """The columns that a row of this shape fills, each with the place of its cell among the row's."""
        found = self._by_shape.get(shape)
        if found is None:
            found = [(told, shape.place[told.key]) for told in self._columns if told.key in shape.place]
            self._by_shape[shape] = found
        return found

    @cached_property
    def _by_shape(self) -> dict[Shape, list[tuple[_Told, int]]]:
        return {}

    @cached_property
    def _columns(self) -> tuple[_Told, ...]:
        """The columns whose cells can say something."""
        silent = ("row_number", "unit")
        return tuple(_Told(one.key, one, self._extra_name(one)) for one in self.columns if one.style not in silent)

    def _telling_of(self, told: _Told, cell: Cell) -> Telling:
        """What a cell says under its column: found out once for each text."""
        telling = told.tellings.get(id(cell))
        if telling is not None:
            return telling
        heard = self.reader.hear(told.column, cell)
        if told.column.path == "equipment.model" and not self._states_capacity:
            heard = _model(heard, cell)
        if len(told.tellings) >= _REMEMBERED:
            told.tellings.clear()
        telling = told.tellings[id(cell)] = _telling(told.column, heard)
        return telling

    def _above(self, line: Line, told: _Told) -> tuple[Telling, int, int] | None:
        """What 同上 says, with the place where it is written."""
        place = self.place(line, told.key)
        origin = self.region.view.grid.origin(*place) if place else None
        cell = self.region.view.grid.cell(*origin) if origin else None
        return (self._telling_of(told, cell), *origin) if origin and cell is not None else None

    def place(self, line: Line, key: int) -> Place | None:
        """Where a column's cell stands for a line; 同上 leads to the row above."""
        place = line.places.get(key)
        at = self._numbers.get(line.row, 0)
        while place is not None and nothing_kind(self.region.view.text(*place)) == "ditto":
            at -= 1
            while at > 0 and key in self._of_firms and self._goes_on(at) and not self._text(at, key):
                at -= 1
            place = self.region.stating[at].places.get(key) if at >= 0 else None
        return place

    def _goes_on(self, at: int) -> bool:
        """Whether a line is a further row of the firm right above it, without a number of its own."""
        line, above = self.region.stating[at], self.region.stating[at - 1]
        numbered = any(self._text(at, one.key) for one in self.columns if one.style == "row_number")
        return line.kind == "more" and line.row == above.rows[-1] + 1 and not numbered

    def _text(self, at: int, key: int) -> str:
        place = self.region.stating[at].places.get(key)
        return self.region.view.text(*place) if place else ""

    @cached_property
    def _of_firms(self) -> frozenset[int]:
        """The columns that speak of the firm: what its first row says holds for its further rows."""
        return frozenset(one.key for one in self.columns if one.section == "enterprise")

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The place of each line among those that carry facts."""
        return {line.row: at for at, line in enumerate(self.region.stating)}

    def _extra_name(self, column: Reads) -> str:
        """The header, with its column where another that may be kept aside has the same."""
        same = [one for one in self.columns if one.head.header == column.head.header and _may_be_kept(one)]
        first = not same or same[0].key == column.key
        return column.head.header if first else f"{column.head.header}（{address(1, column.head.place[1])[:-1]}列）"

    @cached_property
    def _by_others(self) -> frozenset[int]:
        """The columns of which a cell may say something else by the cells beside it or by its merge."""
        sized = {one.key for one in self.columns if one.path in ("equipment.model", "equipment.capacity_t")}
        counts = [one.key for one in self.columns if one.path == "equipment.quantity" and one.style == "value"]
        return frozenset((sized & self._units_beside.keys()) | set(counts if self.region.view.merges else ()))

    def _with_others(self, column: Reads, line: Line, place: Place) -> Telling | None:
        """What a cell says by those beside it or by its merge, where that is something else."""
        cell = self.region.view.grid.cell(*place)
        unit = self._unit_beside(column, line)
        if cell and column.path == "equipment.quantity" and self._covers_machines(place):
            return _telling(column, self._shared_count(column, line, cell, place))
        if cell and column.path != "equipment.quantity" and unit is not None and (sized := _sized(cell, unit)):
            return _telling(column, sized)
        return None

    def _unit_beside(self, column: Reads, line: Line) -> str | None:
        """The unit that a column of units states for the size left of it."""
        beside = self._units_beside.get(column.key)
        place = self.place(line, beside) if beside is not None else None
        return self.region.view.text(*place) if place else None

    @cached_property
    def _units_beside(self) -> dict[int, int]:
        """The key of the column of units right of a column, by that column's key."""
        pairs = zip(self.columns, self.columns[1:], strict=False)
        return {one.key: beside.key for one, beside in pairs if beside.style == "unit"}

    @cached_property
    def _states_capacity(self) -> bool:
        return any(one.path == "equipment.capacity_t" for one in self.columns)

    def _covers_machines(self, place: Place) -> bool:
        merge = self.region.view.merges.get(place)
        return merge is not None and bisect_right(self._rows, merge.bottom) - bisect_left(self._rows, merge.top) > 1

    @cached_property
    def _rows(self) -> list[int]:
        """The first rows of the lines that carry facts."""
        return sorted(line.row for line in self.region.stating)

    def _shared_count(self, column: Reads, line: Line, cell: Cell, place: Place) -> Heard:
        """A count merged over several machines is their sum: it is of none of them, and asked about once."""
        if place[0] != line.row:
            return Heard()
        words = ("question", "台数合并在几行设备上，不知道每行各几台，未采用", "请逐行填写台数")
        return Heard(issues=(self.reader.issue("equipment.count_shared", *words, None, column.path, cell.text),))

    @cached_property
    def counts(self) -> bool:
        """Whether columns of the table tell of machines by their type."""
        return any(one.style == "count" or (one.group and one.says) for one in self.columns)

    @cached_property
    def _angle_columns(self) -> dict[str, list[Reads]]:
        found: dict[str, list[Reads]] = {}
        for column in self.columns:
            if column.style == "angle":
                found.setdefault(column.path or "", []).append(column)
        return found

    def _angles(self, stated: Stated, line: Line) -> None:
        """Longitude and latitude whose degrees, minutes and seconds stand in columns of their own."""
        grid = self.region.view.grid
        for path, columns in self._angle_columns.items():
            places = [(column, grid.origin(*place)) for column in columns if (place := self.place(line, column.key))]
            read = [(column.kind, cell) for column, origin in places if (cell := grid.cell(*origin))]
            said, raw = read_angle(path, read)
            at = places[0][1] if places else (0, 0)
            if said.value is not None:
                stated.enterprise.setdefault(path.split(".")[1], Fact(Wording(said.value, raw), *at))
            elif said.issue:
                stated.issues.append(self.reader.issue(*said.issue, address(*at) if places else None, path, raw))

    def _facts(self, stated: Stated, said: list[tuple[Reads, str, Fact]]) -> None:
        """What a column states of its own field goes before what another says by the way."""
        said.sort(key=lambda one: _by_the_way(one[0], one[1]))
        kinds = {path: fact for _, path, fact in said if path in ("permit.kind", "action.kind")}
        for column, path, fact in said:
            section, name = path.split(".", 1)
            if section == "enterprise":
                stated.enterprise.setdefault(name, fact)
            elif section == "plan":
                stated.plan.setdefault(name, fact)
            elif section in ("permit", "action"):
                name, _, listed = name.partition(".")
                told = fact.meaning(listed) if listed else kinds.get(f"{section}.kind")
                kind = Fact(Wording(column.kind, column.head.path[-1]), *column.head.place) if column.kind else told
                if kind:
                    entries = stated.permits if section == "permit" else stated.actions
                    entries.setdefault(str(kind.value), {"kind": kind}).setdefault(name, fact)
                else:
                    stated.extras[self._extra_name(column)] = Extra(fact.raw.strip(), fact.cell or "")


def _may_be_kept(column: Reads) -> bool:
    """Whether its texts may go to extras: not understood, no fact, or of a permit or action of no known kind."""
    unkind = column.section in ("permit", "action") and not column.kind
    return unkind or column.style in ("kept", "aside", "act", "position")


def _telling(column: Reads, heard: Heard) -> Telling:
    """What was heard, by whom it speaks of."""
    firm: list[tuple[str, Wording]] = []
    machine: dict[str, Wording] = {}
    aside: list[tuple[str, Wording]] = []
    for path, said in heard.facts:
        section, name = path.split(".", 1)
        if section == "equipment":
            machine[name] = said
        elif section == "enterprise" and not _by_the_way(column, path):
            firm.append((name, said))
        else:
            aside.append((path, said))
    facts = (tuple(firm), tuple(machine.items()), heard.machines, tuple(aside))
    return Telling(*facts, heard.extra, heard.issues, heard.ditto)


def _sized(cell: Cell, unit: str) -> Heard | None:
    """A size whose unit stands beside it: 吨 is a capacity, 千伏安 a transformer's."""
    for name, dimension in (("capacity_t", "mass"), ("transformer_kva", "apparent_power")):
        if dimension in dimensions(compact(unit)):
            said = understand(SECTIONS["equipment"][name], cell, unit=unit)
            if said.value is not None:
                return Heard(facts=((f"equipment.{name}", Wording(said.value, cell.text)),))
    return None


def _model(heard: Heard, cell: Cell) -> Heard:
    """A model that is only a size states the capacity too: 0.2吨, and 0.1吨/小时 the melting rate."""
    if not _SIZE.fullmatch(compact(cell.text)):
        return heard
    said = understand(SECTIONS["equipment"]["capacity_t"], cell)
    facts = [] if said.value is None else [("equipment.capacity_t", Wording(said.value, cell.text))]
    facts += [(path, Wording(value, cell.text)) for path, value in said.also.items()]
    return replace(heard, facts=(*heard.facts, *facts))


def _by_the_way(column: Reads, path: str) -> int:
    """A firm's fact that another column states: of persons' telephones the contact's goes before the owner's."""
    if not path.startswith("enterprise.") or path == column.path or column.style != "value":
        return 0
    return 2 if column.path == "enterprise.legal_representative" else 1
