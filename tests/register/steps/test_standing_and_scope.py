"""How firms stand on a day and as known then; and that nobody sees another township's or county's steps."""

from __future__ import annotations

from datetime import date
from inspect import getmembers, isfunction
from typing import Any

from sqlalchemy import Engine, Select

from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.steps import queries
from app.register.steps.gaps import gaps
from app.register.steps.shown import listed
from app.register.steps.standing import QUESTIONS, standings, totals
from app.store import changes
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, action, head, machine, plan, roster, take_in
from tests.register.steps.lanshan import ASSOCIATION, FIRM, OFFICE, gaps_on, on, paper, step

CLERK = Actor("土市镇经办", townships=frozenset(["431127107"]))
STRANGER = Actor("外县", counties=frozenset(["431126"]))


def two_firms(engine: Engine) -> None:
    """One that was halted by a roster's word and cut by hand, one of which nothing is told; each in its township."""
    halted = action("halt", taken_on=on("2025-11-21..2025-11-30"))
    own = Firm(
        {"name": FIRM, "township": "新圩镇", "status": "producing"}, [halted, plan(stage="made"), machine(quantity=2)]
    )
    take_in(engine, roster(own, on="2025-11-01", township="431127105"))
    take_in(
        engine, roster(Firm({"name": "乙厂", "township": "土市镇"}), on="2025-11-01", by="土市镇", township="431127107")
    )
    step(engine, "cut", "2025-12-10", authority=OFFICE, document_no="蓝科工停〔2025〕1号", with_gap=True)


def standing(engine: Engine, day: str, known: int | None = None) -> dict[str, dict[str, bool | None]]:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        found = standings(session, COUNTY, date.fromisoformat(day), at, LOCAL_OPERATOR)
    return {one.name: {name: one.states[name].answer for name in QUESTIONS} for one in found}


def test_three_questions_have_three_answers_as_of_a_day_and_as_known(engine: Engine) -> None:
    two_firms(engine)

    assert standing(engine, "2025-11-25")[FIRM] == {"power_cut": None, "production_stopped": None, "closed": False}
    assert standing(engine, "2025-12-05")[FIRM] == {"power_cut": None, "production_stopped": True, "closed": False}
    assert standing(engine, "2025-12-10")[FIRM] == {"power_cut": True, "production_stopped": True, "closed": False}
    assert standing(engine, "2025-12-10", head(engine) - 1)[FIRM]["power_cut"] is None
    assert standing(engine, "2025-12-10")["乙厂"] == dict.fromkeys(QUESTIONS)


def test_the_sums_keep_apart_what_cannot_be_told_and_what_nobody_recorded(engine: Engine) -> None:
    two_firms(engine)

    with reading(engine) as session:
        found = standings(session, COUNTY, date(2025, 11, 25), changes.head(session, COUNTY), LOCAL_OPERATOR)

    assert totals(found)["production_stopped"] == {"yes": 0, "no": 0, "cannot_tell": 1, "not_recorded": 1}


def said(session: Any, query: Select[Any]) -> list[str]:
    values: list[str] = []
    for row in session.execute(query):
        for value in row:
            columns = getattr(type(value), "__table__", None)
            values += [str(value)] if columns is None else [str(getattr(value, one.name)) for one in columns.c]
    return values


def test_production_resumed_without_power_restored_is_named_and_refused_by_nothing(engine: Engine) -> None:
    two_firms(engine)
    paper(engine, "certificate", ASSOCIATION, "2025-12-20")
    done = step(engine, "resume", "2025-12-22")
    assert [one["condition"] for one in done["gaps"]] == ["REG-RESUME-POWER"]

    def reminders(day: str) -> list[str]:
        with reading(engine) as session:
            at = changes.head(session, COUNTY)
            found = standings(session, COUNTY, date.fromisoformat(day), at, LOCAL_OPERATOR)
        return [words for one in found for words in one.reminders]

    assert (standing(engine, "2025-12-22")[FIRM]["power_cut"], reminders("2025-12-21")) == (True, [])
    assert ["请补记复电" in one for one in reminders("2025-12-22")] == [True]

    step(engine, "restore", "2025-12-24", authority=OFFICE, document_no="蓝科工送〔2025〕1号", with_gap=True)

    assert reminders("2025-12-24") == []
    own = [one for one in gaps_on(engine) if one.condition.id == "REG-RESUME-POWER"]
    assert [(one.standing, one.condition.late) for one in own] == [("late", ("复电（2025-12-24）",))]


def test_no_query_shows_another_townships_or_countys_steps(engine: Engine) -> None:
    two_firms(engine)
    step(engine, "dismantle", "2025-12-11", quantity=1)
    with reading(engine) as session:
        row = session.execute(queries.steps(COUNTY, queries.NOW.known, LOCAL_OPERATOR)).all()[-1][0]
        arguments: dict[str, tuple[Any, ...]] = {
            "step": (COUNTY, row.id),
            "stated_by": (COUNTY, row.entry_id),
            "entered": (COUNTY, row.entry_id),
            "ever": (COUNTY, [row.enterprise_id], queries.NOW.known),
            **dict.fromkeys(
                ("steps", "naming_machines", "taken_down", "statuses", "stages", "told_statuses"),
                (COUNTY, queries.NOW.known),
            ),
        }
        builders = {name: one for name, one in getmembers(queries, isfunction) if one.__module__ == queries.__name__}
        assert builders.keys() == arguments.keys()
        for name, build in builders.items():
            everything = said(session, build(*arguments[name], LOCAL_OPERATOR))
            assert everything, name
            assert said(session, build(*arguments[name], CLERK)) == [], name
            assert said(session, build(*arguments[name], STRANGER)) == [], name


def test_lists_and_gaps_hold_what_their_actor_may_see(engine: Engine) -> None:
    two_firms(engine)

    with reading(engine) as session:
        asked = (session, COUNTY, date(2026, 1, 31), changes.head(session, COUNTY))
        assert {one["kind"] for one in listed(*asked, LOCAL_OPERATOR)} == {"halt", "power_cut"}
        assert gaps(*asked, LOCAL_OPERATOR)
        assert (listed(*asked, CLERK), gaps(*asked, CLERK)) == ([], [])
        assert (listed(*asked, STRANGER), gaps(*asked, STRANGER)) == ([], [])
        assert listed(*asked, LOCAL_OPERATOR, township="土市镇") == []
