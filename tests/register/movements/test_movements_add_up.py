"""Whatever a register went through: opening, learned, entered and left are the closing, and the members are named."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import AsOf, Enterprise
from app.register.movements.between import between
from app.register.movements.families import BODIES, FAMILIES, FIRMS
from app.register.movements.values import Movements, Opening, column_of
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.gathered import gathered
from app.register.successions import acts
from app.register.verdicts.obsolete import obsolete
from app.rules.procedures.states import power_cut
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, action, head, plan, roster, seen, take_back, take_in
from tests.register.saying import day
from tests.register.successions.firms import ACTOR, on
from tests.register.verdicts.test_who_holds import DAYS, SOURCES, write_register

Members = dict[tuple[str, str, str], dict[str, int]]
#: The families that are counted anew here.
ANEW = {one.key for one in FAMILIES if one.group not in ("stopped", "closed")}


def lived(engine: Engine, seed: int) -> None:
    """A register of which every family moves: firms move house, halt, lose power, make plans, merge, are undone."""
    write_register(engine, seed)
    chance = Random(seed)
    for on_day, by in ((DAYS[1], SOURCES[0]), (DAYS[2], SOURCES[2]), (DAYS[0], "县供电公司")):
        said = [some_news(chance, firm, on_day) for firm in seen(engine, DAYS[2]).enterprises if chance.random() < 0.7]
        batch = take_in(engine, roster(*said, on=on_day, by=by)).batch
    take_back(engine, batch)
    firms = [one for one in seen(engine, DAYS[2]).enterprises if one.equipment]
    acts.merged(engine, COUNTY, firms[0].name, firms[1].name, on(DAYS[1]), **ACTOR)
    giver = firms[2].name
    acts.split(engine, COUNTY, giver, [firms[3].name], {}, on(chance.choice(DAYS[1:])), **ACTOR)


def some_news(chance: Random, firm: Enterprise, on_day: str) -> Firm:
    facts: dict[str, Any] = {}
    if chance.random() < 0.5:
        facts["township"] = chance.choice(["新圩镇", "土市镇"])
    if chance.random() < 0.5:
        facts["status"] = chance.choice(["producing", "suspended", "closed"])
    held: list[Any] = []
    if chance.random() < 0.5:
        held.append(plan(firm.plans[0].id if firm.plans else None, stage=chance.choice(["made", "accepted", "none"])))
    if chance.random() < 0.5:
        when = chance.choice(
            [DateInterval.of_day(day(on_day)), DateInterval(None, day("2025-03-31"), "month", "3月底前")]
        )
        held.append(action(chance.choice(["power_cut", "power_restored", "halt", "resumed", "closure"]), taken_on=when))
    return Firm(facts or {"scale": "below"}, held, firm.id)


def counted(engine: Engine, moment: AsOf) -> Members:
    """Who belongs to each family in each township, counted anew from the snapshot and the list of who holds."""
    found: Members = defaultdict(dict)
    whole = seen(engine, moment.day.isoformat(), moment.known)
    places = {firm.id: place_of(firm) for firm in whole.enterprises}
    at: dict[str, str] = {}
    for firm in whole.enterprises:
        found["enterprises", FIRMS, places[firm.id]][firm.id] = 1
        status = "有争议" if "status" in firm.disputed else firm.facts.get("status", "未说明")
        found[f"status:{status}", FIRMS, places[firm.id]][firm.id] = 1
        stages = {one.facts.get("stage") for one in firm.plans}
        if firm.plans:
            found["plan", FIRMS, places[firm.id]][firm.id] = 1
            stage = stages.pop() if len(stages) == 1 else None
            found[f"plan:{stage or 'unclear'}", FIRMS, places[firm.id]][firm.id] = 1
        for machine in firm.equipment:
            of = {places.get(one, "归属不明") for one in machine.owners} or {places[firm.id]}
            at[machine.id] = of.pop() if len(of) == 1 else "归属不明"
            family = {True: "machines", None: "machines_unsure"}.get(machine.present)
            if family:
                found[family, BODIES, at[machine.id]][machine.id] = machine.bodies
                if not machine.owners:
                    found[family, FIRMS, places[firm.id]][firm.id] = 1
    with reading(engine) as session:
        of = gathered(session, COUNTY, moment.known, LOCAL_OPERATOR)
        held = obsolete(session, county=COUNTY, as_of=moment.day, known=moment.known, actor=LOCAL_OPERATOR)
    for firm in whole.enterprises:
        state = power_cut(of.actions.get(firm.id, ()), moment.day)
        if state.recorded and state.answer is not False:
            found["cut" if state.answer else "cut_unsure", FIRMS, places[firm.id]][firm.id] = 1
    for row in held.rows:
        if row.holds is not None:
            found["holds" if row.holds else "cannot_tell", FIRMS, places[row.enterprise.id]][row.enterprise.id] = 1
        for line in row.lines:
            found[line.decides.word, BODIES, at[line.machine.id]][line.machine.id] = line.machine.bodies
    return found


def place_of(firm: Enterprise) -> str:
    return "有争议" if "township" in firm.disputed else str(firm.facts.get("township", "未说明"))


def compared(engine: Engine, one: AsOf, other: AsOf) -> Movements:
    with reading(engine) as session:
        found = between(session, COUNTY, one, other, LOCAL_OPERATOR)
    return Movements(COUNTY, Quarter.of(other.day), Opening(Quarter.of(one.day), one, None), other, *found)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_every_line_adds_up_and_its_rows_are_its_figures(engine: Engine, seed: int) -> None:
    lived(engine, seed)
    last = head(engine)
    moments = [AsOf(day("2024-01-15"), 3), AsOf(day("2024-03-12"), last - 4), AsOf(day("2025-07-01"), last - 1)]
    moments += [AsOf(day("2025-07-01"), last), AsOf(day("2024-03-12"), last)]
    for one, other in permutations(moments, 2):
        if one.known > other.known:
            continue
        found = compared(engine, one, other)
        sides = counted(engine, one), counted(engine, other)
        assert found.broken() == ()
        the_lines_are_what_is_counted(found, sides)
        the_rows_sum_to_the_figures(found)
        the_named_are_the_differences(found, sides)
        assert [row for row in found.moved if not row.because] == []


def the_lines_are_what_is_counted(found: Movements, sides: tuple[Members, Members]) -> None:
    lines = {(line.family, line.unit, line.place) for line in found.lines if line.place and line.family in ANEW}
    for key in {*sides[0], *sides[1], *lines}:
        family, unit, place = key
        line = found.of(family, place, unit)
        assert (line.opening, line.closing) == tuple(sum(side.get(key, {}).values()) for side in sides), key
        assert [set(ids) for ids in line.members] == [set(side.get(key, {})) for side in sides]
    for line in found.lines:
        if line.place is None:
            own = [one for one in found.lines if (one.family, one.unit) == (line.family, line.unit) and one.place]
            assert line.counts() == {name: sum(one.counts()[name] for one in own) for name in line.counts()}
            assert line.came == line.went


def the_rows_sum_to_the_figures(found: Movements) -> None:
    sums: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in found.moved:
        sums[row.family, row.unit, row.place][column_of(row.step, row.how, row.amount)] += abs(row.amount)
    for line in found.lines:
        if line.place is not None:
            told = {name: number for name, number in line.counts().items() if name not in ("opening", "closing")}
            own = sums[line.family, line.unit, line.place]
            assert told == {name: own.get(name, 0) for name in told}


def the_named_are_the_differences(found: Movements, sides: tuple[Members, Members]) -> None:
    """Over both steps, whoever is in a township's family at one end only is named, and ends where it is."""
    net: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in found.moved:
        net[row.family, row.unit, row.place, row.id] += row.amount
    keys = {(*key, id) for side in sides for key, members in side.items() for id in members}
    for family, unit, place, id in keys:
        was, now = (side.get((family, unit, place), {}).get(id, 0) for side in sides)
        assert net[family, unit, place, id] == now - was
    assert not [key for key, amount in net.items() if key[0] in ANEW and key not in keys and amount]
