"""The machines that one line tells of, in words, by counts, by numbered blocks, or in columns of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.domain.dates import DateInterval
from app.domain.proposal import RosterIssue as Issue
from app.domain.statement import Value
from importers.facts import Fact, Wording
from importers.roster.beside import IDENTITY, numbered_code
from importers.roster.reads import Reads
from importers.values.text import compact

if TYPE_CHECKING:
    from importers.roster.stated import LineReading, Telling

Machine = dict[str, Fact]
_IDENTITY = {path.split(".")[1] for path in IDENTITY}
#: What one column may say of every machine that another column of the row tells in words.
_SHARED = {"state", "fuel", "abatement", "yoke", "shell", "frequency", "remark"}
#: What makes a machine of its own beside those that other columns count.
_ALONE = _IDENTITY - {"capacity_t", "quantity", "power_kw", "shell", "frequency"}


class Machines:
    """The machines of one line: those told in words, those counted, numbered ones, and the row's own."""

    def __init__(self, reading: LineReading) -> None:
        self.reading = reading
        self.told: list[Machine] = []
        self.counted: list[Machine] = []
        self.groups: dict[str | None, Machine] = {}
        self.heads: dict[str, Reads] = {}
        self.issues: list[Issue] = []
        self.own: set[str | None] = set()

    def take(self, column: Reads, telling: Telling, row: int, at: int, *, own: bool) -> None:
        """Take what the cell at this place says of machines; `own`: it begins in one of the line's rows."""
        group = column.group
        if own:
            self.own.add(group)
        if group is not None:
            self.heads.setdefault(group, column)
        if telling.machine:
            facts = self.groups.setdefault(group, {})
            for name, said in telling.machine:
                if name not in facts:
                    facts[name] = Fact(said, row, at)
                elif own and _differ(facts[name].value, said.value):
                    facts[name] = self._settled(column, name, facts[name], Fact(said, row, at))
        if telling.machines:
            self._take_machines(column, [_placed(one, row, at) for one in telling.machines])

    def _settled(self, column: Reads, name: str, held: Fact, further: Fact) -> Fact:
        """Of two columns that differ the one for the field itself holds, else the first; the difference is asked."""
        keeps = column.path == f"equipment.{name}"
        kept, other = (further, held) if keeps else (held, further)
        columns = self.reading.columns
        its = keeps or any(one.path == f"equipment.{name}" and one.group == column.group for one in columns)
        how = "按单列的内容采用" if its else "按前者采用"
        words = ("question", f"“{kept.raw}”与“{other.raw}”不一致，{how}", "请核对后改成一致")
        self.issues.append(self._issue("equipment.contradicts", words, name, other))
        return kept

    def _take_machines(self, column: Reads, machines: list[Machine]) -> None:
        if column.style == "count":
            self.counted += machines
        elif column.group is not None:
            self._take_group(column.group, machines)
        else:
            self._take_words(column, machines)

    def _take_group(self, group: str, machines: Sequence[Machine]) -> None:
        """Words within a numbered furnace belong to it; several machines there are several."""
        own = self.groups.setdefault(group, {})
        for name, fact in machines[0].items():
            own.setdefault(name, fact)
        self.counted += machines[1:]

    def _take_words(self, column: Reads, machines: Sequence[Machine]) -> None:
        """A row's name and its type speak of one machine; several machines in one cell stand for themselves."""
        if len(machines) == 1 and len(self.told) == 1 and not _apart(machines[0], self.told[0]):
            named = column.path == "equipment.name"
            first, second = (machines[0], self.told[0]) if named else (self.told[0], machines[0])
            self.told = [{**second, **first}]
        else:
            self.told += machines

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
        if (self.reading.counts or total) and not self.told and not machine.keys() & _ALONE:
            self._of_counted(machine)
            return []
        if not machine.keys() & _IDENTITY:
            self._without_machine(row)
            return []
        return [machine]

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
            machine["code"] = Fact(Wording(compact(text), text), *at)
        return machine


def _differ(one: Value, other: Value) -> bool:
    """Whether two values of one field say different things; days are compared without the words that told them."""
    if isinstance(one, DateInterval) and isinstance(other, DateInterval):
        return not one.same_days(other)
    return one != other


def _apart(one: Machine, other: Machine) -> bool:
    """Whether two columns tell of two machines: of two kinds, and each says how many there are."""
    counted = "quantity" in one and "quantity" in other
    return counted and "kind" in one and "kind" in other and one["kind"].value != other["kind"].value


def _count(machine: Mapping[str, Fact]) -> int | None:
    fact = machine.get("quantity")
    return fact.value if fact and isinstance(fact.value, int) else None


def _placed(machine: Mapping[str, Wording | Fact], row: int, at: int) -> Machine:
    """What a cell at this place says of a machine, beside what its header says in its own."""
    return {name: said if isinstance(said, Fact) else Fact(said, row, at) for name, said in machine.items()}
