"""Aggregates asked of the database against the whole snapshot and the ledger's families, on random registers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, Subject
from app.register.aggregates.asking import aggregates, over_quarters
from app.register.aggregates.counts import DISPUTED, NOT_STATED, Aggregates, Figures, Permits
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.steps.gathered import gathered
from app.rules.procedures.states import closed, power_cut, production_stopped
from app.store.engine import reading
from reports.ledger.gathered.families import families as ledger_families
from reports.ledger.gathered.gathering import content
from reports.ledger.reconciling.counted_again import COLUMNS, PRINTED
from reports.ledger.sheets.townships import bodies_of, count
from tests.register.aggregates.registers import passed_on, write_register
from tests.register.rosters import COUNTY, head

MOMENTS = (date(2023, 12, 31), date(2024, 1, 15), date(2024, 3, 12), date(2025, 6, 30), date(2025, 12, 31))


def word(subject: Subject, name: str) -> str:
    return DISPUTED if name in subject.disputed else str(subject.facts.get(name) or NOT_STATED)


def bodies(machines: list[Equipment], present: bool | None) -> int:
    return sum(one.bodies for one in machines if one.present is present)


def families(found: Aggregates) -> dict[str, Any]:
    """The counts as the snapshot is counted below."""
    told = found.totals()
    return {
        "enterprises": told.enterprises,
        **{name: +told.sorted_by[name] for name in ("status", "disposition", "scale")},
        "townships": Counter({name: own.enterprises for name, own in found.by_name(COUNTY).items() if own.enterprises}),
        "kinds": {
            kind: (one.there.furnaces, one.gone.furnaces, one.cannot_tell.furnaces, one.unsaid)
            for kind, one in told.kinds.items()
        },
        "kind_firms": {
            kind: (one.all.enterprises, one.there.enterprises, one.gone.enterprises, one.cannot_tell.enterprises)
            for kind, one in told.kinds.items()
            if one.all.enterprises
        },
        "held": told.held.as_dict(),
        "owner_unknown": told.owner_unknown.as_dict(),
        "plans": +told.plans,
        "permits": +told.permits,
        "acts": {kind: (one.acts, one.enterprises, one.come, one.to_come) for kind, one in told.acts.items()},
    }


def counted(whole: Snapshot) -> dict[str, Any]:
    """The same from the snapshot, firm by firm."""
    firms = whole.enterprises
    machines = [one for firm in firms for one in firm.equipment]
    kinds = {word(one, "kind") for one in machines}
    acts = [(firm, act) for firm in firms for act in firm.actions]
    return {
        "enterprises": len(firms),
        **{name: Counter(word(firm, name) for firm in firms) for name in ("status", "disposition", "scale")},
        "townships": Counter(word(firm, "township") for firm in firms),
        "kinds": {kind: in_bodies([one for one in machines if word(one, "kind") == kind]) for kind in kinds},
        "kind_firms": {kind: told for kind in kinds if (told := in_firms(firms, kind))[0]},
        "held": {
            name: {"enterprises": firms_, "furnaces": bodies_}
            for name, firms_, bodies_ in zip(
                ("all", "there", "gone", "cannot_tell"),
                in_firms(firms, None),
                (sum(in_bodies(machines)[:3]), *in_bodies(machines)[:3]),
                strict=True,
            )
        }
        | {"unsaid": in_bodies(machines)[3]},
        "owner_unknown": unowned(firms),
        "plans": Counter(word(plan, "stage") for firm in firms for plan in firm.plans),
        "permits": Counter(
            Permits(word(one, "kind"), word(one, "standing"), term(one, whole.as_of.day))
            for firm in firms
            for one in firm.permits
        ),
        "acts": {
            kind: told_of([(firm, act) for firm, act in acts if act.facts["kind"] == kind], whole.as_of.day)
            for kind in {str(act.facts["kind"]) for _, act in acts}
        },
    }


def in_bodies(machines: list[Equipment]) -> tuple[int, ...]:
    unsaid = sum("quantity" not in one.facts for one in machines)
    return *(bodies(machines, present) for present in (True, False, None)), unsaid


def in_firms(firms: tuple[Enterprise, ...], kind: str | None) -> tuple[int, ...]:
    own = [[one for one in firm.equipment if not one.owners and kind in (None, word(one, "kind"))] for firm in firms]
    there = [sum(any(one.present is present for one in some) for some in own) for present in (True, False, None)]
    return sum(bool(some) for some in own), *there


def unowned(firms: tuple[Enterprise, ...]) -> dict[str, int]:
    machines = [one for firm in firms for one in firm.equipment]
    possible = {firm for one in machines for firm in one.owners}
    perhaps = [firm for firm in firms if firm.id in possible and all(one.owners for one in firm.equipment)]
    return {"enterprises": len(perhaps), "furnaces": sum(one.bodies for one in machines if one.owners)}


def term(permit: Subject, day: date) -> str:
    if "valid_to" in permit.disputed:
        return DISPUTED
    until = permit.facts.get("valid_to")
    if not isinstance(until, DateInterval):
        return "no_end"
    if until.until is not None and until.until < day:
        return "ended"
    return "running" if until.since is not None and until.since >= day else "cannot_tell"


def told_of(acts: list[tuple[Enterprise, Subject]], day: date) -> tuple[int, ...]:
    days = [on for _, act in acts if isinstance(on := act.facts.get("taken_on"), DateInterval)]
    come = sum(on.until is not None and on.until <= day for on in days)
    return (
        len(acts),
        len({firm.id for firm, _ in acts}),
        come,
        sum(on.since is not None and on.since > day for on in days),
    )


def in_force(session: Session, whole: Snapshot) -> dict[str, Counter[str]]:
    """By the rules on steps, of the firms that are there."""
    of, day = gathered(session, COUNTY, whole.as_of.known, LOCAL_OPERATOR), whole.as_of.day
    found: dict[str, Counter[str]] = {}
    for firm in whole.enterprises:
        acts = of.actions.get(firm.id, ())
        states = (power_cut(acts, day), production_stopped(acts, day), closed(acts, day))
        for name, state in zip(("power_cut", "halt", "closure"), states, strict=True):
            if state.recorded and state.answer is not False:
                found.setdefault(name, Counter())["yes" if state.answer else "cannot_tell"] += 1
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_counts_what_the_snapshot_holds(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    if seed != 1:
        passed_on(engine)
    with reading(engine) as session:
        for day in MOMENTS:
            for known in (0, 1, 3, head(engine)):
                whole = snapshot(session, COUNTY, AsOf(day, known))
                found = aggregates(session, [(COUNTY, known)], day, LOCAL_OPERATOR)
                assert families(found) == counted(whole), (day, known)
                told = {name: +own for name, own in found.totals().in_force.items() if +own}
                assert told == in_force(session, whole), (day, known)


@pytest.mark.parametrize("seed", [4, 5])
def test_they_are_what_the_ledgers_columns_count(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    if seed != 4:
        passed_on(engine)
    with reading(engine) as session:
        for quarter in map(Quarter.parse, ("2024Q1", "2025Q2", "2025Q4")):
            told = content(session, quarter, COUNTY, head(engine), (), LOCAL_OPERATOR)
            found = aggregates(session, [COUNTY], quarter.last, LOCAL_OPERATOR).by_name(COUNTY)
            sizes = bodies_of(told)
            by_column = {
                title: {place: count(some, sizes) for place, some in members.items()}
                for title, members in ledger_families(told).items()
            }
            assert by_column.keys() == COLUMNS.keys()
            for title, of in COLUMNS.items():
                mine = {PRINTED.get(place, place): number for place, own in found.items() if (number := of(own))}
                assert mine == by_column[title], (title, quarter)


def test_over_quarters_each_end_is_asked_by_the_same_knowledge(engine: Engine) -> None:
    write_register(engine, 1)
    quarters = [Quarter(2024, 1), Quarter(2024, 2), Quarter(2025, 4)]
    with reading(engine) as session:
        found = over_quarters(session, [(COUNTY, 2)], quarters, LOCAL_OPERATOR)
        again = {one: aggregates(session, [(COUNTY, 2)], one.last, LOCAL_OPERATOR) for one in quarters}
    assert list(found) == quarters
    assert {one: own.as_dict() for one, own in found.items()} == {one: own.as_dict() for one, own in again.items()}


def test_what_an_actor_may_not_see_is_not_counted(engine: Engine) -> None:
    write_register(engine, 2)
    passed_on(engine)
    day = date(2025, 6, 30)
    clerk, stranger = Actor("经办", townships=frozenset(["431127105"])), Actor("外县", counties=frozenset(["431126"]))
    with reading(engine) as session:
        own = aggregates(session, [COUNTY], day, clerk)
        whole = snapshot(session, COUNTY, AsOf(day, head(engine)), clerk)
        nothing = aggregates(session, [(COUNTY, head(engine))], day, stranger)
    assert own.totals().enterprises == len(whole.enterprises) > 0
    assert own.totals().held.there.furnaces == sum(
        one.bodies for firm in whole.enterprises for one in firm.equipment if one.present
    )
    assert nothing.totals().as_dict() == Figures().as_dict()


def test_counties_where_no_clause_is_in_force_are_named(engine: Engine) -> None:
    write_register(engine, 3)
    before_all = date(1990, 1, 1)
    with reading(engine) as session:
        found = aggregates(session, [(COUNTY, 1), ("110101", 0)], before_all, LOCAL_OPERATOR)
    assert found.pins == ((COUNTY, 1), ("110101", 0))
    assert found.unasked == ["110101"]
    assert found.totals().as_dict() == Figures().as_dict()
