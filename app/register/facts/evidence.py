"""Which statements stand behind a subject's facts on a day: the values claimed, the cells, one source's view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.statement import Statement, Value, same_value
from app.register.facts.settle import PRESENT, agreed, last_words, standing
from app.register.facts.timelines import Timelines, at, timelines

_Some = TypeVar("_Some", bound=Subject)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Statements by subject and field, as known, whatever day they speak of."""

    day: date
    said: Mapping[str, Mapping[str, Sequence[Statement]]]
    dismantled: Mapping[str, Sequence[Statement]]

    @classmethod
    def of(
        cls, statements: Iterable[Statement], day: date, dismantled: Mapping[str, Sequence[Statement]] | None = None
    ) -> Evidence:
        """Sort the statements, for a day asked about.

        `dismantled`, by firm: what is told of the dismantling of its one machine.
        """
        said: defaultdict[str, dict[str, list[Statement]]] = defaultdict(dict)
        for statement in statements:
            said[statement.subject].setdefault(statement.field, []).append(statement)
        return cls(day, dict(said), dismantled or {})

    def all_on(self, subject: str) -> list[Statement]:
        """Every statement on a subject."""
        return [said for words in self.said.get(subject, {}).values() for said in words]

    def on(self, subject: str, field: str) -> tuple[Statement, ...]:
        """The statements that decide a field on the day: of the last day spoken of, each source's last word."""
        return standing(self.said.get(subject, {}).get(field, ()), self.day)

    def removals(self, firm: str, machine: str) -> tuple[Statement, ...]:
        """What is told of a machine's removal on whatever day: a report of December tells of a removal in March."""
        words = self.said.get(machine, {}).get("removed_on") or self.dismantled.get(firm, ())
        return tuple(sorted(words, key=lambda said: (said.day, said.change)))

    def told_apart(self, firm: str, machine: str) -> tuple[Statement, ...]:
        """The last telling of the machine's removal, where sources tell of different days for it."""
        told = self.removals(firm, machine)
        last = [said for said in told if said.field in ("removed_on", "taken_on") and said.day == told[-1].day]
        words = last_words(last)
        return words if agreed(words) is None else ()

    def values(self, subject: str, field: str) -> tuple[Value, ...]:
        """The different values that sources claim."""
        found: list[Value] = []
        for said in self.on(subject, field):
            if not any(same_value(said.value, value) for value in found):
                found.append(said.value)
        return tuple(found)


def believing(snapshot: Snapshot, evidence: Evidence, source: str) -> Snapshot:
    """The register where, wherever statements stand against each other, that source's (or file's) is the value."""
    firms = tuple(_firm(firm, evidence, source) for firm in snapshot.enterprises)
    return replace(snapshot, enterprises=firms)


def _firm(firm: Enterprise, evidence: Evidence, source: str) -> Enterprise:
    dismantled = evidence.dismantled.get(firm.id, ())
    machines = tuple(_machine(machine, evidence, dismantled, source) for machine in firm.equipment)
    perhaps = tuple(_machine(machine, evidence, dismantled, source) for machine in firm.perhaps)
    told = timelines("enterprise", evidence.all_on(firm.id), prefer=source)
    return replace(_settled(firm, told, evidence.day), equipment=machines, perhaps=perhaps)


def _machine(machine: Equipment, evidence: Evidence, dismantled: Sequence[Statement], source: str) -> Equipment:
    told = timelines("equipment", evidence.all_on(machine.id), dismantled, source)
    there = at(told.get(PRESENT, ()), evidence.day)
    present = there.value if there and isinstance(there.value, bool) else None
    return replace(_settled(machine, told, evidence.day), present=present)


def _settled(subject: _Some, told: Timelines, day: date) -> _Some:
    """The subject with the source's word for each field on which sources contradict each other and it has spoken."""
    chosen: dict[str, Value] = {}
    agreed = set()
    for field in subject.disputed:
        stretch = at(told.get(field, ()), day)
        if stretch is not None and not stretch.disputed:
            agreed.add(field)
            if stretch.value is not None:
                chosen[field] = stretch.value
    return replace(subject, facts={**subject.facts, **chosen}, disputed=subject.disputed - agreed)
