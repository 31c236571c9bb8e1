"""Limits over a county's register as of a day: for each that applies, met, not met or not to be told, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.measures import MEASURES
from app.domain.register import AsOf, Enterprise, Equipment, Snapshot
from app.domain.statement import Value
from app.register.desk.who import firm_called
from app.register.facts.evidence import Evidence
from app.register.facts.grounds import grounds
from app.register.facts.suppositions import Suppositions, agreed
from app.register.facts.views import snapshot
from app.register.limits.county_limits import limits_of
from app.register.limits.lines import Checked, Line, Target, Used, listed
from app.register.limits.measuring import Recorded, measurements
from app.register.limits.service_lives import own_lives
from app.register.scope import Actor
from app.rules.limits.asking import question
from app.rules.limits.limit import Grade, Limit, PermitRule
from app.rules.limits.ranges import Facts
from app.rules.limits.safety_grade import is_named
from app.rules.limits.verdict import CANNOT_TELL, Case, Verdict

_PERMITS = ("standing", "class", "valid_from", "valid_to")


def check(
    session: Session,
    county: str,
    *,
    firm: str | None = None,
    township: str | None = None,
    as_of: date,
    known: int,
    actor: Actor,
) -> Checked:
    """Every limit in force that day over the county's firms, over one township's, or over one firm.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
    """
    whole = snapshot(session, county, AsOf(as_of, known), actor, township=township)
    if firm is not None:
        one = firm_called(session, county, firm, actor)
        whole = replace(whole, enterprises=tuple(own for own in whole.enterprises if own.id == one))
    asked = in_force(session, county, as_of, known, actor)
    measured: dict[str, list[Recorded]] = {}
    for said in measurements(session, county, known, actor):
        measured.setdefault(said.machine or said.firm, []).append(said)
    checking = _Checking(whole, grounds(session, whole, actor), measured, firm is not None)
    lines = tuple(line for own in whole.enterprises for line in checking.of_firm(own, asked))
    return Checked(
        county,
        as_of,
        known,
        lines=tuple(line for line in lines if line.limit.decides),
        drafts=tuple(line for line in lines if not line.limit.decides and line.verdict.answer != CANNOT_TELL),
        silent=tuple(limit for limit in asked if not limit.decides),
        targets=() if firm or township else tuple(_targets(whole, asked)),
        without_target=() if firm or township else _without_target(whole, asked),
    )


def in_force(session: Session, county: str, as_of: date, known: int, actor: Actor) -> list[Limit]:
    """The limits in force that day in the county: the shipped ones, those of its own files, and its own years."""
    standing = limits_of(session, county, known, actor).limits.limits.values()
    limits = [*standing, *own_lives(session, county, known, actor)]
    return [one for one in limits if one.in_force(as_of, county) and one.status != "historical"]


def rows_in_force(session: Session, county: str, as_of: date, known: int, actor: Actor) -> list[dict[str, Any]]:
    """The same as lists show them: by whom each is adopted, in which file of the county's it stands, what is newer."""
    own = limits_of(session, county, known, actor)
    return [
        own.line(one) if one.level != "own" else listed(one) | {"adopted": "county"}
        for one in in_force(session, county, as_of, known, actor)
    ]


@dataclass(frozen=True, slots=True)
class _Checking:
    """What a check has at hand: the register, its statements, its measurements.

    `measured`: by machine, whosever it was when it was measured; else by firm. `alone`: one firm is asked about, so
    machines that may be its own are shown with it; else each is shown once.
    """

    whole: Snapshot
    evidence: Evidence
    measured: Mapping[str, Sequence[Recorded]]
    alone: bool = False

    def of_firm(self, firm: Enterprise, limits: Iterable[Limit]) -> Iterator[Line]:
        """Every limit over the firm and its machines."""
        for limit in limits:
            if limit.body is None or not limit.computes:
                continue
            machines: list[Equipment | None] = [None]
            if limit.of_machines:
                held = (*firm.equipment, *(firm.perhaps if self.alone else ()))
                machines += [one for one in held if one.present is not False]
            for machine in machines:
                yield from self.of_subject(limit, firm, machine)

    def of_subject(self, limit: Limit, firm: Enterprise, machine: Equipment | None) -> Iterator[Line]:
        """One limit over one machine, or over the firm as a whole."""
        own = self.latest(limit, firm, machine)
        for said in own:
            yield from self.lines(limit, firm, machine, said)
        if limit.of_machines and machine is None:
            return
        absent = [name for name in limit.measures if name not in {said.kind for said in own}]
        if absent and not (own and limit.kind == "heat_treatment"):
            yield from self.lines(limit, firm, machine, None, own)
        elif not limit.measures:
            yield from self.lines(limit, firm, machine, None)

    def latest(self, limit: Limit, firm: Enterprise, machine: Equipment | None) -> list[Recorded]:
        """The last measurements of each kind (and metal) that were finished by the day; all of that last day."""
        found: dict[tuple[str, str], list[Recorded]] = {}
        for one in self.measured.get(machine.id if machine else firm.id, ()):
            until = one.on.until
            if one.kind not in limit.measures or until is None or until > self.whole.as_of.day:
                continue
            key = (one.kind, str(one.circumstances.get("metal", "")))
            before = found.get(key, [])
            last = before[0].on.until if before else None
            if last is None or until >= last:
                found[key] = [*(before if until == last else []), one]
        return [one for some in found.values() for one in some]

    def lines(
        self,
        limit: Limit,
        firm: Enterprise,
        machine: Equipment | None,
        said: Recorded | None,
        others: Sequence[Recorded] = (),
    ) -> Iterator[Line]:
        """The verdicts on one measurement, or on the want of one; `others` are those that there are."""
        told: dict[str, Value] = {one.kind: one.value for one in others}
        if said is not None:
            told = {**said.circumstances, said.kind: said.value}
        supposed = Suppositions(firm, machine, limit, self.evidence, told)
        cases = [Case(facts, self.whole.as_of.day, permits) for facts, permits in supposed.cases()]
        for verdict in agreed(limit, cases, supposed.disputed):
            if said is None and others and verdict.measure is not None:
                continue
            if said is not None and _of_another(verdict, said):
                continue
            yield self.line(limit, firm, machine, said, _settled(verdict, limit, machine), cases[0].facts)

    def line(
        self,
        limit: Limit,
        firm: Enterprise,
        machine: Equipment | None,
        said: Recorded | None,
        verdict: Verdict,
        facts: Facts,
    ) -> Line:
        """One verdict with its question and the cells behind its facts."""
        asked = question(facts, verdict.lacks) if verdict.answer == CANNOT_TELL else None
        used = tuple(self.used(limit, firm, machine))
        return Line(limit, firm, machine, verdict, self.whole.as_of.day, said, asked, used)

    def used(self, limit: Limit, firm: Enterprise, machine: Equipment | None) -> Iterator[Used]:
        """The statements behind the facts that the limit asks for."""
        named = ["enterprise.name"] if isinstance(limit.body, Grade) else []
        for path in (*named, *limit.fields):
            section, _, name = path.rpartition(".")
            subject = firm.id if section else machine.id if machine else None
            for said in self.evidence.on(subject, name) if subject else ():
                yield Used(section or "equipment", name, said.value, said.evidence.file, said.evidence.place)
        if isinstance(limit.body, (Grade, PermitRule)):
            kind = limit.body.permit if isinstance(limit.body, PermitRule) else "safety_grade"
            for permit in firm.permits:
                for name in _PERMITS if permit.facts.get("kind") == kind else ():
                    for said in self.evidence.on(permit.id, name):
                        yield Used("permit", name, said.value, said.evidence.file, said.evidence.place)


def _of_another(verdict: Verdict, said: Recorded) -> bool:
    """Whether a verdict is on what this measurement did not measure."""
    if verdict.measure is not None:
        return verdict.measure != said.kind
    return bool(set(verdict.lacks) & (set(MEASURES) - {said.kind}))


def _settled(verdict: Verdict, limit: Limit, machine: Equipment | None) -> Verdict:
    """Nothing is decided of a machine that may be gone, or that is not named."""
    if verdict.answer == CANNOT_TELL and machine is None and limit.of_machines:
        firms = tuple(name for name in verdict.lacks if name.startswith("enterprise."))
        return replace(verdict, lacks=("measurement.equipment", *firms))
    if machine is None or verdict.answer == CANNOT_TELL:
        return verdict
    if machine.owners and any(name.startswith("enterprise.") for name in limit.fields):
        why = f"这台设备归属不明，限值要看是哪家企业的（若是这家的：{verdict.because}）"
        return replace(verdict, answer=CANNOT_TELL, because=why, lacks=("equipment.owner",), result=None)
    if machine.present:
        return verdict
    why = f"这台设备那一天可能已经拆除（若还在：{verdict.because}）"
    return replace(verdict, answer=CANNOT_TELL, because=why, lacks=("state",), result=None)


def _targets(whole: Snapshot, limits: Iterable[Limit]) -> Iterator[Target]:
    """Of each safety grade whose paper names firms: which of them the register holds."""
    for limit in limits:
        if isinstance(limit.body, Grade) and limit.body.named:
            held = [one for one in whole.enterprises if is_named(limit.body, _named(one))]
            found = {name for one in held for name in limit.body.named if is_named(Grade("", (name,)), _named(one))}
            absent = tuple(name for name in limit.body.named if name not in found)
            yield Target(limit, tuple(one.name for one in held), absent)


def _without_target(whole: Snapshot, limits: Iterable[Limit]) -> tuple[str, ...]:
    """The firms that no safety grade names, where some name firms at all."""
    grades = [one.body for one in limits if isinstance(one.body, Grade) and one.body.named]
    if not grades:
        return ()
    return tuple(one.name for one in whole.enterprises if not any(is_named(grade, _named(one)) for grade in grades))


def _named(firm: Enterprise) -> Facts:
    return {f"enterprise.{name}": firm.facts[name] for name in ("name", "former_name") if name in firm.facts}
