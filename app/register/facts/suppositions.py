"""Facts on which sources differ, supposed each way: one answer where all agree, else what is in dispute is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from app.domain.register import Enterprise, Equipment, Subject
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS
from app.register.facts.evidence import Evidence
from app.rules.limits.judging import judge
from app.rules.limits.limit import Grade, Limit, PermitRule
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import Case, Verdict, untold

_MOST = 64


@dataclass(frozen=True, slots=True)
class Suppositions:
    """A firm (and a machine of it) under a limit, with what was told beside a measurement."""

    firm: Enterprise
    machine: Equipment | None
    limit: Limit
    evidence: Evidence
    told: Mapping[str, Any]

    @property
    def disputed(self) -> tuple[str, ...]:
        """The labels of what sources contradict each other about, as far as the limit asks for it."""
        return tuple(dict.fromkeys(SECTIONS[section][name].zh for section, _, name, _ in self._alternatives()))

    def cases(self) -> Iterator[tuple[Facts, tuple[Facts, ...]]]:
        """Facts and permits under every combination of the values claimed; as they stand where these are too many."""
        alternatives = self._alternatives()
        if prod(len(values) for *_, values in alternatives) > _MOST:
            alternatives = []
        for chosen in product(*(values for *_, values in alternatives)):
            supposed = {
                (subject, name): value for (_, subject, name, _), value in zip(alternatives, chosen, strict=True)
            }
            yield self._facts(supposed), tuple(self._of(permit, supposed) for permit in self._permits())

    def _alternatives(self) -> list[tuple[str, str, str, tuple[Value, ...]]]:
        """Section, subject, field and the values claimed, of all that is in dispute and matters."""
        found = [("enterprise", self.firm, name) for path in self.limit.fields if (name := _of_firm(path))]
        if self.machine is not None:
            found += [("equipment", self.machine, name) for name in self.limit.fields if "." not in name]  # type: ignore[misc]
        disputes = [(section, subject.id, name) for section, subject, name in found if name in subject.disputed]
        for permit in self._permits():
            disputes += [("permit", permit.id, name) for name in sorted(permit.disputed)]
        claimed = [(*one, self.evidence.values(one[1], one[2])) for one in disputes if one[2] not in self.told]
        return [(section, subject, name, values) for section, subject, name, values in claimed if values]

    def _facts(self, supposed: Mapping[tuple[str, str], Value]) -> Facts:
        firm = {f"enterprise.{name}": value for name, value in self._of(self.firm, supposed).items()}
        machine = self._of(self.machine, supposed) if self.machine else {}
        # What stood beside a measurement is told of that very day, so it goes before what a roster says.
        return {**firm, **machine, **self.told}

    def _of(self, subject: Subject, supposed: Mapping[tuple[str, str], Value]) -> dict[str, Value]:
        own = {name: value for (id, name), value in supposed.items() if id == subject.id}
        return {**subject.facts, **own}

    def _permits(self) -> list[Subject]:
        body = self.limit.body
        kind = body.permit if isinstance(body, PermitRule) else "safety_grade" if isinstance(body, Grade) else None
        return [one for one in self.firm.permits if one.facts.get("kind") == kind] if kind else []


def agreed(limit: Limit, cases: Sequence[Case], disputed: Sequence[str]) -> tuple[Verdict, ...]:
    """What the limit says in every case; where the cases differ, it cannot be told."""
    said = [judge(limit, case) for case in cases]
    if all(_answers(one) == _answers(said[0]) for one in said):
        return said[0]
    ways = "；".join(dict.fromkeys(one.because for verdicts in said for one in verdicts))
    return (untold(f"各来源对{'、'.join(disputed)}说法不一，结论不同（{ways}）"),)


def _answers(verdicts: Sequence[Verdict]) -> list[tuple[str | None, str, str | None]]:
    return [(one.measure, one.answer, one.result) for one in verdicts]


def _of_firm(path: str) -> str | None:
    return path.partition(".")[2] or None if path.startswith("enterprise.") else None
