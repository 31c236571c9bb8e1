"""Who holds what must go, where firms merged or machines went over: the database answers as Python does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.successions import acts
from app.register.successions.queries import successions
from app.register.verdicts.obsolete import obsolete
from app.register.verdicts.reckoning import reckon
from app.register.verdicts.who_holds import who_holds
from app.store.engine import reading
from reports.ledger.sheets import obsolete as obsolete_sheet
from tests.register.rosters import COUNTY, head, seen
from tests.register.saying import day
from tests.register.successions.firms import (
    ACTOR,
    AOXIN,
    HONGCHENG,
    HUAQIANG,
    LATER,
    TUSHI,
    UNKNOWN,
    XINXU,
    between,
    merged,
    on,
    three_firms,
)
from tests.register.verdicts.test_who_holds import ASKED, CLAUSES, TOWNSHIPS, counted, in_python, write_register

LOCAL = ("LOCAL-LANSHAN-AL-SHELL",)


def passed_on(engine: Engine) -> None:
    """A merger on a day, one that nobody can date, a split, machines handed over on a day and within months."""
    some = [one for one in seen(engine, LATER).enterprises if one.equipment]
    names = [one.name for one in some]
    merged(engine, names[0], names[1], on("2024-03-01"))
    merged(engine, names[2], names[3], UNKNOWN)
    acts.split(
        engine, COUNTY, names[4], [names[5], names[1]], {some[4].equipment[0].id: names[5]}, on("2025-01-01"), **ACTOR
    )
    acts.transferred(engine, COUNTY, names[6], some[6].equipment[0].id, names[3], on("2024-03-11"), **ACTOR)
    third = between("2024-03-01", "2025-12-31")
    acts.transferred(engine, COUNTY, names[5], some[5].equipment[0].id, names[0], third, **ACTOR)


@pytest.mark.parametrize("seed", [1, 6])
def test_the_database_answers_as_python_where_machines_passed_on(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    passed_on(engine)
    known = head(engine)
    unowned = 0
    with reading(engine) as session:
        for at, names in ASKED:
            rows = in_python(session, at, known, names)
            asked: dict[str, Any] = {"as_of": at, "clauses": names, "actor": LOCAL_OPERATOR}
            told = obsolete(session, county=COUNTY, known=known, **asked)
            assert [row.as_dict() for row in told.rows] == [row.as_dict() for row in rows]
            listed = who_holds(session, [(COUNTY, known)], **asked)
            assert [
                (one.firm, one.machine, one.holds, one.clause, one.owner_known) for one in sorted(listed)
            ] == sorted(
                (
                    row.enterprise.id,
                    line.machine.id,
                    line.decides.holds,
                    line.decides.clause.id,
                    not line.machine.owners,
                )
                for row in rows
                for line in row.lines
            )
            unowned += sum(not one.owner_known for one in listed)
            for township, code in TOWNSHIPS.items():
                here = obsolete(session, county=COUNTY, township=township, known=known, **asked)
                assert {(row.enterprise.id, line.machine.id) for row in here.rows for line in row.lines} == {
                    (one.firm, one.machine) for one in who_holds(session, [(COUNTY, known)], township=code, **asked)
                }
    assert unowned > 1


@pytest.mark.parametrize("seed", [1, 6])
def test_the_reckoning_adds_up_where_machines_passed_on(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    passed_on(engine)
    known = head(engine)
    with reading(engine) as session:
        for at, names in ASKED[1:]:
            told = reckon(session, [(COUNTY, known)], as_of=at, clauses=names, actor=LOCAL_OPERATOR)
            several = reckon(session, [(COUNTY, known), ("431128", 1)], as_of=at, clauses=names, actor=LOCAL_OPERATOR)
            assert (several.totals, several.townships) == (told.totals, told.townships)
            whole = counted(in_python(session, at, known, names))
            assert {word: told.totals.as_dict()[word] for word in whole} == whole
            for clause, tallied in told.clauses.items():
                own = counted(in_python(session, at, known, (clause,)))
                assert {word: tallied.as_dict()[word] for word in own} == own
            everyone = snapshot(session, COUNTY, AsOf(at, known))
            there = [one.bodies for firm in everyone.enterprises for one in firm.equipment if one.present is not False]
            assert (told.totals.all.enterprises, told.totals.all.furnaces) == (len(everyone.enterprises), sum(there))
            for word in ("holds", "cannot_tell", "all", "owner_unknown"):
                parts = [getattr(one, word) for one in told.townships.values()]
                of_all = getattr(told.totals, word)
                assert (sum(one.enterprises for one in parts), sum(one.furnaces for one in parts)) == (
                    of_all.enterprises,
                    of_all.furnaces,
                )
            for code in TOWNSHIPS.values():
                of_one = reckon(
                    session, [(COUNTY, known)], as_of=at, clauses=names, township=code, actor=LOCAL_OPERATOR
                )
                assert of_one.totals.as_dict() == told.townships[(COUNTY, code)].as_dict()


def test_a_furnace_without_a_certain_owner_counts_as_a_furnace_and_as_neither_firm(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)
    with reading(engine) as session:
        asked: dict[str, Any] = {"as_of": day(LATER), "clauses": LOCAL, "actor": LOCAL_OPERATOR}
        told = obsolete(session, county=COUNTY, known=head(engine), **asked)
        summed = reckon(session, [(COUNTY, head(engine))], **asked)

    unknown = {"enterprises": 1, "furnaces": 2}
    assert told.totals == {
        "holds": {"enterprises": 2, "furnaces": 5},
        "cannot_tell": {"enterprises": 0, "furnaces": 0},
        "owner_unknown": unknown,
    }
    own = {row.enterprise.name: [line.as_dict().get("owner") for line in row.lines] for row in told.rows}
    assert own[HONGCHENG] == ["归属不明", "归属不明"]
    assert sorted(map(str, own[HUAQIANG])) == ["None", "归属不明", "归属不明"]
    assert summed.totals.as_dict()["owner_unknown"] == unknown
    printed = obsolete_sheet.rows(told.as_dict())
    assert sum(number or 0 for row in printed for number in row[6:8] if isinstance(number, int)) == 5
    assert "其中归属不明2台" in obsolete_sheet.note(told.as_dict())
    assert summed.totals.does_not.enterprises == 0


def test_a_county_is_asked_of_each_day_for_itself(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, AOXIN, on("2024-05-01"))
    with reading(engine) as session:
        told = {
            (at, code): [
                one.name
                for one in who_holds(
                    session,
                    [(COUNTY, head(engine))],
                    as_of=day(at),
                    clauses=LOCAL,
                    township=code,
                    actor=LOCAL_OPERATOR,
                )
            ]
            for at in ("2024-04-30", "2024-05-01")
            for code in (XINXU, TUSHI)
        }
    assert sorted(told[("2024-04-30", XINXU)]) == sorted([HONGCHENG, HONGCHENG, HUAQIANG])
    assert told[("2024-04-30", TUSHI)] == [AOXIN]
    assert told[("2024-05-01", XINXU)] == [HUAQIANG]
    assert told[("2024-05-01", TUSHI)] == [AOXIN, AOXIN, AOXIN]


def test_a_successors_township_sees_what_came_over_and_no_other_does(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, AOXIN, on("2024-05-01"))
    clerk, other = Actor("土市镇经办", townships=frozenset([TUSHI])), Actor("外县", counties=frozenset(["431126"]))
    third = Actor("别镇经办", townships=frozenset(["431127100"]))
    with reading(engine) as session:
        whole = snapshot(session, COUNTY, AsOf(day(LATER), head(engine)), clerk)
        own = who_holds(session, [(COUNTY, head(engine))], as_of=day(LATER), clauses=CLAUSES, actor=clerk)
        seen_by = [len(session.execute(successions(COUNTY, head(engine), who)).all()) for who in (clerk, other, third)]
    (firm,) = whole.enterprises
    assert sorted(str(one.facts.get("code")) for one in firm.equipment) == ["1号", "2号", "5号"]
    assert len(own) == 3
    assert seen_by == [1, 0, 0]
