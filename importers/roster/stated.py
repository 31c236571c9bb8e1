"""What one line of a table states: the firm's facts, its machines, permits, plan, actions, and what is kept aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.domain.proposal import RosterIssue as Issue
from app.domain.vocabulary import SECTIONS
from importers.grid import address
from importers.reading import Extra, Fact
from importers.roster.angles import read_angle
from importers.roster.beside import IDENTITY, numbered_code
from importers.roster.cells import CellReader, Heard
from importers.roster.header_words import dimensions
from importers.roster.reads import Reads
from importers.roster.regions import Line, Region
from importers.values import nothing_kind, understand
from importers.values.text import compact

Machine = dict[str, Fact]
_IDENTITY = {path.split(".")[1] for path in IDENTITY}
#: What one column may say of every machine that another column of the row tells in words.
_SHARED = {"state", "fuel", "abatement", "yoke", "shell", "frequency", "remark"}
#: What makes a machine of its own beside those that other columns count.
_ALONE = _IDENTITY - {"capacity_t", "quantity", "power_kw", "shell", "frequency"}
_SIZE = re.compile(r"\d+(\.\d+)?(t|吨|kg|公斤|千克)(/台|/h|/小时)?", re.IGNORECASE)


@dataclass
class Stated:
    """The facts of one line, each by its field's name; permits and actions by their kind."""

    enterprise: dict[str, Fact] = field(default_factory=dict)
    equipment: list[Machine] = field(default_factory=list)
    permits: dict[str, dict[str, Fact]] = field(default_factory=dict)
    plan: dict[str, Fact] = field(default_factory=dict)
    actions: dict[str, dict[str, Fact]] = field(default_factory=dict)
    extras: dict[str, Extra] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


@dataclass
class LineReading:
    """Reads the lines of one region under its columns."""

    region: Region
    columns: Sequence[Reads]
    reader: CellReader

    def read(self, line: Line) -> Stated:
        """All that a line states."""
        stated = Stated()
        machines = _Machines(self, line)
        read: list[tuple[Reads, Heard]] = []
        for column in self.columns:
            place = self.place(line, column.key)
            if place is None or column.style == "row_number":
                continue
            heard = self._heard(column, line, place)
            stated.issues += heard.issues
            if heard.extra:
                stated.extras[self._extra_name(column)] = heard.extra
            machines.take(column, heard, line.places[column.key])
            read.append((column, heard))
        self._facts(stated, read)
        self._angles(stated, line)
        stated.equipment = machines.assembled()
        stated.issues += machines.issues
        return stated

    def place(self, line: Line, key: int) -> tuple[int, int] | None:
        """Where a column's cell stands for a line; 同上 leads to the row above."""
        place = line.places.get(key)
        at = self._numbers.get(line.row, 0)
        while place is not None and nothing_kind(self.region.view.text(*place)) == "ditto":
            at -= 1
            place = self.region.stating[at].places.get(key) if at >= 0 else None
        return place

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The place of each line among those that carry facts."""
        return {line.row: at for at, line in enumerate(self.region.stating)}

    def _extra_name(self, column: Reads) -> str:
        """The header, with its column where another has the same."""
        same = [
            one
            for one in self.columns
            if one.head.header == column.head.header and one.style in ("kept", "unit", "act")
        ]
        first = not same or same[0].key == column.key
        return column.head.header if first else f"{column.head.header}（{address(1, column.head.place[1])[:-1]}列）"

    def _heard(self, column: Reads, line: Line, place: tuple[int, int]) -> Heard:
        if column.style == "unit":
            return Heard()
        unit = self._unit_beside(column, line)
        if unit is not None and column.path in ("equipment.model", "equipment.capacity_t"):
            sized = self._sized(column, unit, place)
            if sized is not None:
                return sized
        if column.path == "equipment.quantity" and column.style == "value" and self._covers_machines(place):
            return self._shared_count(column, line, place)
        heard = self.reader.read(column, place)
        if column.path == "equipment.model" and not self._states_capacity:
            heard = self._model(heard, place)
        return heard

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

    def _sized(self, column: Reads, unit: str, place: tuple[int, int]) -> Heard | None:
        """A size whose unit stands beside it: 吨 is a capacity, 千伏安 a transformer's."""
        cell, at = self.reader.cell(place)
        for name, dimension in (("capacity_t", "mass"), ("transformer_kva", "apparent_power")):
            if cell is not None and dimension in dimensions(compact(unit)):
                said = understand(SECTIONS["equipment"][name], cell, unit=unit)
                if said.value is not None:
                    return Heard(facts=((f"equipment.{name}", Fact(said.value, cell.text, at)),))
        return None

    def _model(self, heard: Heard, place: tuple[int, int]) -> Heard:
        """A model that is only a size states the capacity too: 0.2吨, and 0.1吨/小时 the melting rate."""
        cell, at = self.reader.cell(place)
        if cell is None or not _SIZE.fullmatch(compact(cell.text)):
            return heard
        said = understand(SECTIONS["equipment"]["capacity_t"], cell)
        facts = [] if said.value is None else [("equipment.capacity_t", Fact(said.value, cell.text, at))]
        facts += [(path, Fact(value, cell.text, at)) for path, value in said.also.items()]
        return replace(heard, facts=(*heard.facts, *facts))

    def _covers_machines(self, place: tuple[int, int]) -> bool:
        view = self.region.view
        merge = view.merges.get(view.grid.origin(*place))
        return merge is not None and sum(merge.top <= line.row <= merge.bottom for line in self.region.stating) > 1

    def _shared_count(self, column: Reads, line: Line, place: tuple[int, int]) -> Heard:
        """A count merged over several machines is their sum: it is of none of them."""
        cell, at = self.reader.cell(place)
        if cell is None or self.region.view.grid.origin(*place)[0] != line.row:
            return Heard()
        words = ("question", "台数合并在几行设备上，不知道每行各几台，未采用", "请逐行填写台数")
        return Heard(issues=(self.reader.issue("equipment.count_shared", *words, at, column.path, cell.text),))

    def _angles(self, stated: Stated, line: Line) -> None:
        """Longitude and latitude whose degrees, minutes and seconds stand in columns of their own."""
        for path in dict.fromkeys(column.path or "" for column in self.columns if column.style == "angle"):
            columns = [column for column in self.columns if column.style == "angle" and column.path == path]
            places = [(column, place) for column in columns if (place := self.place(line, column.key))]
            read = [(column, *self.reader.cell(place)) for column, place in places]
            said, raw = read_angle(path, [(column.kind, cell) for column, cell, _ in read if cell])
            at = read[0][2] if read else None
            if said.value is not None:
                stated.enterprise.setdefault(path.split(".")[1], Fact(said.value, raw, at))
            elif said.issue:
                stated.issues.append(self.reader.issue(*said.issue, at, path, raw))

    def _facts(self, stated: Stated, read: Sequence[tuple[Reads, Heard]]) -> None:
        """What a column states of its own field goes before what another says by the way."""
        said = [(column, path, fact) for column, heard in read for path, fact in heard.facts]
        said.sort(key=_by_the_way)
        kinds = {path: fact for _, path, fact in said if path in ("permit.kind", "action.kind")}
        for column, path, fact in said:
            section, name = path.split(".", 1)
            if section == "enterprise":
                stated.enterprise.setdefault(name, fact)
            elif section == "plan":
                stated.plan.setdefault(name, fact)
            elif section in ("permit", "action"):
                told = kinds.get(f"{section}.kind")
                kind = Fact(column.kind, column.head.path[-1], column.head_cell) if column.kind else told
                if kind:
                    entries = stated.permits if section == "permit" else stated.actions
                    entries.setdefault(str(kind.value), {"kind": kind}).setdefault(name, fact)
                else:
                    stated.extras[self._extra_name(column)] = Extra(fact.raw.strip(), fact.cell or "")


def _by_the_way(said: tuple[Reads, str, Fact]) -> int:
    """A firm's fact that another column states: of persons' telephones the contact's goes before the owner's."""
    column, path, _ = said
    if not path.startswith("enterprise.") or path == column.path or column.style != "value":
        return 0
    return 2 if column.path == "enterprise.legal_representative" else 1


class _Machines:
    """The machines of one line: those told in words, those counted, numbered ones, and the row's own."""

    def __init__(self, reading: LineReading, line: Line) -> None:
        self.reading, self.line = reading, line
        self.told: list[Machine] = []
        self.counted: list[Machine] = []
        self.groups: dict[str | None, Machine] = {}
        self.heads: dict[str, Reads] = {}
        self.words_at: Reads | None = None
        self.issues: list[Issue] = []
        self.own: set[str | None] = set()

    def take(self, column: Reads, heard: Heard, place: tuple[int, int]) -> None:
        """Take what a cell says of machines."""
        facts = {path.split(".")[1]: fact for path, fact in heard.facts if path.startswith("equipment.")}
        if not facts and not heard.machines:
            return
        if self.reading.region.view.grid.origin(*place)[0] in self.line.rows:
            self.own.add(column.group)
        if column.group is not None:
            self.heads.setdefault(column.group, column)
        for name, fact in facts.items():
            self.groups.setdefault(column.group, {}).setdefault(name, fact)
        if column.style == "count":
            self.counted += [dict(one) for one in heard.machines]
        elif column.group is not None:
            self._take_group(column, heard.machines)
        elif heard.machines:
            self._take_words(column, heard.machines)

    def _take_group(self, column: Reads, machines: Sequence[Mapping[str, Fact]]) -> None:
        """Words within a numbered furnace belong to it; several machines there are several."""
        own = self.groups.setdefault(column.group, {})
        for number, machine in enumerate(machines):
            if number == 0:
                for name, fact in machine.items():
                    own.setdefault(name, fact)
            else:
                self.counted.append(dict(machine))

    def _take_words(self, column: Reads, machines: Sequence[Mapping[str, Fact]]) -> None:
        """A row's name and its type speak of one machine; several machines in one cell stand for themselves."""
        if len(machines) == 1 and len(self.told) == 1:
            named = column.path == "equipment.name"
            first, second = (machines[0], self.told[0]) if named else (self.told[0], machines[0])
            self.told = [{**second, **first}]
        else:
            self.told += [dict(one) for one in machines]
        self.words_at = column

    def assembled(self) -> list[Machine]:
        """The machines of the line, in the order in which the columns tell of them."""
        row = self.groups.pop(None, {})
        grouped = [one for group, facts in self.groups.items() if (one := self._of_group(group or "", facts))]
        self.counted = grouped + self.counted
        return self._of_row(row) + self.counted

    def _of_row(self, row: Machine) -> list[Machine]:
        if None not in self.own:
            return []
        if len(self.told) > 1:
            return self._several(row)
        machine = {**(self.told[0] if self.told else {}), **row}
        if self.told:
            self._contradictions(self.told[0], row)
        if _count(machine) == 0:
            return []
        total = self.groups and machine.keys() == {"quantity"}
        if (self._counts or total) and not self.told and not machine.keys() & _ALONE:
            self._of_counted(machine)
            return []
        if not machine.keys() & _IDENTITY:
            self._without_machine(row)
            return []
        return [machine]

    @property
    def _counts(self) -> bool:
        """Whether columns of the table tell of machines by their type."""
        return any(one.style == "count" or (one.group and one.says) for one in self.reading.columns)

    def _of_counted(self, row: Machine) -> None:
        """What the row says beside counts by type: it is of the only machine counted; a total is of none."""
        if len(self.counted) == 1:
            only = self.counted[0]
            row = {name: fact for name, fact in row.items() if name not in only or only[name].value != fact.value}
            fits = not row.keys() & only.keys()
            only |= row if fits else {}
            row = {} if fits else row
        total = _count(row)
        if total is not None and total == sum(_count(one) or 1 for one in self.counted):
            row = {name: fact for name, fact in row.items() if name != "quantity"}
        self._without_machine(row)

    def _without_machine(self, row: Machine) -> None:
        """What is said of a machine that nothing else in the row names."""
        for name, fact in row.items():
            words = ("question", f"“{fact.raw}”说的是哪台设备不清楚，未采用", "请在同一行写明设备名称或容量")
            self.issues.append(self._issue("equipment.which", words, name, fact))

    def _several(self, row: Machine) -> list[Machine]:
        """Several machines in words: what the row says besides holds for all or is asked about."""
        shared = {name: fact for name, fact in row.items() if name in _SHARED}
        alone = {name: fact for name, fact in row.items() if name not in _SHARED}
        quantity = _count(alone)
        if quantity is not None and quantity == sum(_count(one) or 1 for one in self.told):
            alone.pop("quantity")
        for name, fact in alone.items():
            words = ("question", f"这一格里有几种设备，不知道“{fact.raw}”说的是哪一台，未采用", "请一台设备一行填写")
            self.issues.append(self._issue("equipment.which", words, name, fact))
        return [{**shared, **one} for one in self.told]

    def _contradictions(self, told: Machine, row: Machine) -> None:
        """A capacity or count in words that the row's own column denies: the column holds, the difference is asked."""
        for name in ("capacity_t", "quantity", "shell", "frequency"):
            if name in told and name in row and told[name].value != row[name].value:
                words = (
                    "question",
                    f"“{told[name].raw}”与“{row[name].raw}”不一致，按单列的内容采用",
                    "请核对后改成一致",
                )
                self.issues.append(self._issue("equipment.contradicts", words, name, row[name]))

    def _issue(self, code: str, words: tuple[str, str, str], name: str, fact: Fact) -> Issue:
        return self.reading.reader.issue(code, *words, fact.cell, f"equipment.{name}", fact.raw)

    def _of_group(self, group: str, facts: Machine) -> Machine | None:
        """A numbered furnace, or the machines of one type told in several columns; none where nothing is stated."""
        column = self.heads[group]
        if group not in self.own or _count(facts) == 0:
            return None
        says = self.reading.reader.header_says(column)
        counts = [one for one in self.reading.columns if one.group == group and one.path == "equipment.quantity"]
        if says and counts and "quantity" not in facts:
            return None
        machine = {**says, **facts}
        if numbered_code(group) and "code" not in machine:
            at = column.head.places[0] if len(column.head.places) > 1 else column.head.place
            text = self.reading.region.view.text(*at)
            machine["code"] = Fact(compact(text), text, address(*at))
        return machine


def _count(machine: Mapping[str, Fact]) -> int | None:
    fact = machine.get("quantity")
    return fact.value if fact and isinstance(fact.value, int) else None
