"""Verdicts asked in the database against the evaluation of the whole snapshot in Python, on random registers."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf
from app.domain.statement import Value
from app.register.clauses.adoption import in_question
from app.register.desk.merging import merge
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.holding import Holding, Row
from app.register.verdicts.judging import candidates, holders
from app.register.verdicts.obsolete import obsolete
from app.register.verdicts.reckoning import reckon
from app.register.verdicts.verdict_asking import ask, clauses_of, pinned
from app.register.verdicts.verdict_queries import tally
from app.register.verdicts.who_holds import who_holds
from app.rules.catalogue_loader import shipped
from app.store import changes
from app.store.engine import reading, unit
from tests.register.rosters import COUNTY, Firm, Thing, head, machine, permit, roster, seen, take_in

TOWNSHIPS = {"新圩镇": "431127105", "土市镇": "431127107"}
SOURCES = ("新圩镇人民政府", "蓝山县", "督察组")
DAYS = ("2024-01-15", "2024-03-10", "2025-06-30")
CLAUSES = ("LOCAL-LANSHAN-AL-SHELL", "GDC24-IF-NOYOKE-AL", "GDC24-IF-MAINS-CORELESS", "GDC19-IF-NOYOKE-AL")
ASKED = [
    (date(2024, 1, 15), CLAUSES),
    (date(2024, 3, 12), CLAUSES),
    (date(2025, 7, 1), CLAUSES),
    (date(2025, 7, 1), ()),
]


def some_machine(chance: Random, id: str | None = None) -> Thing:
    """A furnace of which a roster states this or that, and not always what others state."""
    facts: dict[str, list[Any]] = {
        "kind": ["induction_furnace", "induction_furnace", "induction_furnace", "cupola"],
        "shell": ["aluminium", "aluminium", "steel"],
        "frequency": ["medium", "medium", "mains"],
        "core": ["coreless", "channel"],
        "yoke": [False, False, True],
        "capacity_t": [0.2, 0.25, 0.5, 1.0],
        "quantity": [1, 2, 3],
        "state": ["in_use", "idle", "removed"],
        "removed_on": [DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")],
    }
    often = {"removed_on": 0.1, "state": 0.5}
    stated = {name: chance.choice(of) for name, of in facts.items() if chance.random() < often.get(name, 0.75)}
    return machine(id, **(stated or {"quantity": 1}))


def some_firm(chance: Random, number: int) -> Firm:
    """A firm with up to three furnaces, and now and then without a township."""
    facts: dict[str, Value] = {"name": f"第{number}铸造厂", "status": chance.choice(["producing", "suspended"])}
    if chance.random() < 0.9:
        facts["township"] = chance.choice([*TOWNSHIPS])
    return Firm(facts, [*(some_machine(chance) for _ in range(chance.randrange(4))), permit("eia", standing="held")])


def write_register(engine: Engine, seed: int) -> None:
    """A first roster, then others that say the same, more, or the contrary; two firms that are one."""
    chance = Random(seed)
    take_in(engine, roster(*(some_firm(chance, number) for number in range(14)), on=DAYS[0], by=SOURCES[0]))
    for on, by in ((DAYS[0], SOURCES[1]), (DAYS[1], SOURCES[2]), (DAYS[2], SOURCES[0]), (DAYS[2], SOURCES[1])):
        said = []
        for firm in seen(engine, DAYS[2]).enterprises:
            again = [some_machine(chance, one.id) for one in firm.equipment if chance.random() < 0.6]
            said.append(Firm({"status": "producing"}, again, firm.id))
        take_in(engine, roster(*said, on=on, by=by))
    one, other = seen(engine, DAYS[2]).enterprises[:2]
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "decide", actor="测试")
        merge(session, change, other.id, one.id, "同一家")


def in_python(
    session: Session, day: date, known: int, names: tuple[str, ...], township: str | None = None
) -> tuple[Row, ...]:
    """Every firm's every machine, judged over the whole snapshot."""
    clauses = in_question(shipped(), names, day, COUNTY, frozenset())
    register = candidates(snapshot(session, COUNTY, AsOf(day, known), township=township), clauses)
    return holders(register, grounds(session, register, LOCAL_OPERATOR), clauses)


def counted(rows: tuple[Row, ...]) -> dict[str, dict[str, int]]:
    """The totals of rows."""
    return Holding(COUNTY, date.min, 0, None, rows).totals or {}


@pytest.mark.parametrize("seed", [1])
def test_the_database_answers_as_the_whole_snapshot_in_python_does(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    found, conflicts = 0, 0
    with reading(engine) as session:
        for known in (4, head(engine)):
            for day, names in ASKED:
                rows = in_python(session, day, known, names)
                asked: dict[str, Any] = {"as_of": day, "clauses": names, "actor": LOCAL_OPERATOR}
                told = obsolete(session, county=COUNTY, known=known, **asked)
                assert [row.as_dict() for row in told.rows] == [row.as_dict() for row in rows]
                listed = who_holds(session, [(COUNTY, known)], **asked)
                assert {(one.firm, one.machine, one.bodies, one.holds, one.clause) for one in listed} == {
                    (
                        row.enterprise.id,
                        line.machine.id,
                        line.machine.bodies,
                        line.decides.holds,
                        line.decides.clause.id,
                    )
                    for row in rows
                    for line in row.lines
                }
                assert len(listed) == sum(len(row.lines) for row in rows)
                found += len(listed)
                conflicts += sum(bool(line.conflict) for row in rows for line in row.lines)
    assert found > 30
    assert conflicts > 3


@pytest.mark.parametrize("seed", [3])
def test_a_reckoning_adds_up_to_the_lists_that_it_is_of(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    with reading(engine) as session:
        for day, names in ASKED[1:]:
            known = head(engine)
            told = reckon(session, [(COUNTY, known)], as_of=day, clauses=names, actor=LOCAL_OPERATOR)
            whole = counted(in_python(session, day, known, names))
            assert {word: told.totals.as_dict()[word] for word in whole} == whole
            for township, code in TOWNSHIPS.items():
                here = told.townships[(COUNTY, code)].as_dict()
                own = counted(in_python(session, day, known, names, township))
                assert {word: here[word] for word in own} == own
                of_one = reckon(
                    session, [(COUNTY, known)], as_of=day, clauses=names, township=code, actor=LOCAL_OPERATOR
                )
                assert of_one.totals.as_dict() == here
            for clause, tallied in told.clauses.items():
                own = counted(in_python(session, day, known, (clause,)))
                assert {word: tallied.as_dict()[word] for word in own} == own
            everyone = snapshot(session, COUNTY, AsOf(day, known))
            there = [one.bodies for firm in everyone.enterprises for one in firm.equipment if one.present is not False]
            assert (told.totals.all.enterprises, told.totals.all.furnaces) == (len(everyone.enterprises), sum(there))
            assert sum(one.all.enterprises for one in told.townships.values()) == len(everyone.enterprises)


def test_counties_are_asked_together_each_as_it_is_known(engine: Engine) -> None:
    write_register(engine, 4)
    day = date(2025, 7, 1)
    with reading(engine) as session:
        pins = pinned(session, "43", LOCAL_OPERATOR)
        assert pins == ((COUNTY, head(engine)),)
        assert pinned(session, "44", LOCAL_OPERATOR) == ()
        more = (*pins, ("431128", 1))
        asked: dict[str, Any] = {"as_of": day, "clauses": CLAUSES[1:], "actor": LOCAL_OPERATOR}

        assert sorted(who_holds(session, more, **asked)) == sorted(who_holds(session, pins, **asked))
        together, alone = reckon(session, more, **asked), reckon(session, pins, **asked)
        assert (together.totals, together.townships, together.clauses) == (alone.totals, alone.townships, alone.clauses)


def test_an_actor_is_answered_of_their_own_townships_alone(engine: Engine) -> None:
    write_register(engine, 5)
    day, pins = date(2025, 7, 1), [(COUNTY, head(engine))]
    clerk = Actor("新圩镇经办", townships=frozenset([TOWNSHIPS["新圩镇"]]))
    with reading(engine) as session:
        own = who_holds(session, pins, as_of=day, clauses=CLAUSES, actor=clerk)
        everyone = who_holds(session, pins, as_of=day, clauses=CLAUSES, actor=LOCAL_OPERATOR)
        theirs = reckon(session, pins, as_of=day, clauses=CLAUSES, actor=clerk)

    assert own == [one for one in everyone if one.township_code == TOWNSHIPS["新圩镇"]]
    assert 0 < len(own) < len(everyone)
    assert [code for (_, code), one in theirs.townships.items() if one.all.enterprises] == [TOWNSHIPS["新圩镇"]]


def test_an_actor_of_another_county_is_answered_of_nothing(engine: Engine) -> None:
    write_register(engine, 5)
    day, pins = date(2025, 7, 1), [(COUNTY, head(engine))]
    stranger = Actor("外县", counties=frozenset(["431126"]))
    with reading(engine) as session:
        assert pinned(session, "", stranger) == ()
        assert who_holds(session, pins, as_of=day, clauses=CLAUSES, actor=stranger) == []
        assert reckon(session, pins, as_of=day, clauses=CLAUSES, actor=stranger).totals.all.enterprises == 0


def test_a_dispute_is_taken_up_only_where_it_leaves_a_verdict_open(engine: Engine) -> None:
    kinds = {"甲铸造厂": "cupola", "乙铸造厂": "induction_furnace"}
    firms = [Firm({"name": name, "township": "新圩镇"}, [machine(kind=kind)]) for name, kind in kinds.items()]
    take_in(engine, roster(*firms, on=DAYS[0], by=SOURCES[0]))
    for by, tonnes in ((SOURCES[1], 0.2), (SOURCES[2], 1.0)):
        for firm in seen(engine, DAYS[0]).enterprises:
            again = [machine(one.id, capacity_t=tonnes) for one in firm.equipment]
            take_in(engine, roster(Firm({"status": "producing"}, again, firm.id), on=DAYS[0], by=by))
    known = {firm.name: firm for firm in seen(engine, DAYS[0]).enterprises}
    pins, day, clause = [(COUNTY, head(engine))], date(2024, 3, 1), ["GDC24-IF-NOYOKE-AL"]
    with reading(engine) as session:
        ((asked, _),) = clauses_of(session, pins, clause, day, LOCAL_OPERATOR).items()
        doubtful = {row.doubtful for row in ask(session, tally, asked, pins, day, LOCAL_OPERATOR)}
        (line,) = who_holds(session, pins, as_of=day, clauses=clause, actor=LOCAL_OPERATOR)

    assert {one.disputed for firm in known.values() for one in firm.equipment} == {frozenset(["capacity_t"])}
    assert doubtful == {None, known["乙铸造厂"].id}
    assert (line.firm, line.holds) == (known["乙铸造厂"].id, False)
