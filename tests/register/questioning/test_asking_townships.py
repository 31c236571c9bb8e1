"""What to ask: each fact once, of the township that can tell; once all is answered nothing is left untold."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.register.clauses import acts as clause_acts
from app.register.questioning.asked import Asked, answer_of
from app.register.questioning.carrying import for_template
from app.register.questioning.questions import questions_for
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.holding import Holding
from app.register.verdicts.obsolete import obsolete
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, machine, roster, seen, take_in
from tests.register.saying import day
from tests.register.successions.firms import HONGCHENG, HUAQIANG, between, firms, merged, three_firms

NATIONAL, LOCAL, MAINS = "GDC24-IF-NOYOKE-AL", "LOCAL-LANSHAN-AL-SHELL", "GDC24-IF-MAINS-CORELESS"
SURVEY, LATER = "2024-03-10", "2024-03-12"
TOWNSHIPS = {"新圩镇": "431127105", "土市镇": "431127107"}


def asked(
    engine: Engine, on: str = SURVEY, township: str | None = None, actor: Actor = LOCAL_OPERATOR, *clauses: str
) -> tuple[Asked, ...]:
    with reading(engine) as session:
        return questions_for(session, COUNTY, township, day(on), head(engine), actor, clauses or (NATIONAL,))


def verdicts(engine: Engine, on: str, *clauses: str) -> Holding:
    with reading(engine) as session:
        known = head(engine)
        return obsolete(
            session, county=COUNTY, clauses=clauses or (NATIONAL,), as_of=day(on), known=known, actor=LOCAL_OPERATOR
        )


def furnace(**facts: Value) -> Any:
    return machine(kind="induction_furnace", shell="aluminium", **facts)


def test_one_fact_lacking_is_one_question_with_its_answers(engine: Engine) -> None:
    three = furnace(code="3", frequency="medium", capacity_t=0.5)
    take_in(engine, roster(Firm({"name": "甲铸造", "township": "新圩镇"}, [three]), on=SURVEY))

    (one,) = asked(engine)

    assert (one.words, one.field, one.township) == ("3号炉有无磁轭？", "equipment.yoke", "新圩镇")
    assert one.answers == ((True, "有"), (False, "无"))
    assert (one.standing, one.telling, one.clauses) == (True, True, (NATIONAL,))
    assert one.sources
    assert one.subject == one.machine == seen(engine, SURVEY).enterprises[0].equipment[0].id


def test_clauses_that_lack_the_same_fact_ask_it_once(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲铸造"}, [machine(kind="induction_furnace", code="3")]), on=SURVEY))

    found = asked(engine, SURVEY, None, LOCAL_OPERATOR, NATIONAL, LOCAL, MAINS)

    assert len({(one.subject, one.field) for one in found}) == len(found)
    by_field = {one.field_name: one for one in found}
    assert {*by_field} >= {"shell", "frequency", "core", "yoke", "capacity_t"}
    assert set(by_field["shell"].clauses) == {NATIONAL, LOCAL}
    assert set(by_field["frequency"].clauses) == {NATIONAL, MAINS}


def test_what_only_bears_on_a_further_clause_comes_after_what_decides(engine: Engine) -> None:
    gone = DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")
    take_in(engine, roster(Firm({"name": "甲铸造"}, [furnace(removed_on=gone)]), on=SURVEY))

    found = asked(engine, "2024-03-20", None, LOCAL_OPERATOR, NATIONAL, LOCAL)

    assert (found[0].field_name, found[0].standing) == ("state", True)
    assert {one.field_name for one in found if not one.standing} == {"frequency", "yoke", "capacity_t"}
    assert "是否已拆除" in found[0].words


def test_what_sources_contradict_each_other_on_is_asked_with_what_they_say(engine: Engine) -> None:
    three = furnace(code="3", frequency="medium", capacity_t=0.5, yoke=False)
    take_in(engine, roster(Firm({"name": "甲铸造"}, [three]), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0]
    told = Firm({"status": "producing"}, [machine(firm.equipment[0].id, yoke=True, capacity_t=0.7)], firm.id)
    take_in(engine, roster(told, on=SURVEY, by="督察组"))

    (one,) = asked(engine)

    assert one.field_name == "yoke"
    assert set(one.claimed) == {"新圩镇人民政府：无", "督察组：有"}


def test_two_furnaces_told_alike_are_told_apart_in_their_questions(engine: Engine) -> None:
    alike = [furnace(frequency="medium", capacity_t=0.5) for _ in range(2)]
    take_in(engine, roster(Firm({"name": "甲铸造"}, alike), on=SURVEY))

    assert len({one.words for one in asked(engine)}) == 2


def test_questions_are_of_a_township_and_an_actor_sees_their_own(engine: Engine) -> None:
    for name, code in TOWNSHIPS.items():
        firm = Firm({"name": f"{name}铸造", "township": name}, [furnace(frequency="medium", capacity_t=0.5)])
        take_in(engine, roster(firm, on=SURVEY, by=name, township=code))
    clerk = Actor("新圩镇经办", townships=frozenset([TOWNSHIPS["新圩镇"]]))

    assert [one.township for one in asked(engine)] == ["土市镇", "新圩镇"]
    assert [one.township for one in asked(engine, SURVEY, "土市镇")] == ["土市镇"]
    assert [one.township for one in asked(engine, actor=clerk)] == ["新圩镇"]
    assert asked(engine, actor=Actor("外县", counties=frozenset(["431126"]))) == ()


def test_the_answer_counts_by_township(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲铸造"}, [furnace(quantity=2)]), on=SURVEY))
    found = answer_of(asked(engine), COUNTY, day(SURVEY), head(engine))

    assert found["totals"] == {"questions": 3, "enterprises": 1, "furnaces": 2}
    assert [(one["township"], one["furnaces"]) for one in found["townships"]] == [(None, 2)]


def some_machine(chance: Random) -> Any:
    facts: dict[str, list[Value]] = {
        "kind": ["induction_furnace", "induction_furnace", "cupola"],
        "shell": ["aluminium", "aluminium", "steel"],
        "frequency": ["medium", "mains"],
        "core": ["coreless", "channel"],
        "yoke": [False, True],
        "capacity_t": [0.2, 0.25, 0.5],
        "removed_on": [DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前")],
    }
    stated = {name: chance.choice(of) for name, of in facts.items() if chance.random() < 0.5}
    return machine(None, **(stated or {"quantity": 1}))


def some_answer(one: Asked, chance: Random) -> Value:
    """Whatever a clerk may answer."""
    if one.answers:
        return chance.choice([value for value, _ in one.answers])
    return {"equipment.kind": "induction_furnace", "equipment.capacity_t": chance.choice([0.1, 0.25, 3.0])}[one.field]


@pytest.mark.parametrize("seed", [1, 2])
def test_once_all_is_answered_every_verdict_is_told(engine: Engine, seed: int) -> None:
    chance, clauses = Random(seed), (NATIONAL, LOCAL, MAINS)
    firms = [Firm({"name": f"第{number}铸造"}, [some_machine(chance) for _ in range(2)]) for number in range(12)]
    take_in(engine, roster(*firms, on=SURVEY))
    again = []
    for firm in seen(engine, SURVEY).enterprises[:6]:  # another source says otherwise of the same day
        other = chance.choice([{"yoke": True, "shell": "steel"}, {"frequency": "medium", "capacity_t": 0.1}])
        again.append(Firm({"status": "producing"}, [machine(firm.equipment[0].id, **other)], firm.id))  # type: ignore[arg-type]
    take_in(engine, roster(*again, on=SURVEY, by="督察组"))
    before = asked(engine, LATER, None, LOCAL_OPERATOR, *clauses)
    assert len(before) > 20

    answered: dict[str, dict[str, dict[str, Value]]] = {}
    for one in before:
        answered.setdefault(one.firm, {}).setdefault(one.subject, {})[one.field_name] = some_answer(one, chance)
    said = [
        Firm({"status": "producing"}, [machine(id, **facts) for id, facts in of.items()], firm)
        for firm, of in answered.items()
    ]
    take_in(engine, roster(*said, on=LATER))

    assert asked(engine, LATER, None, LOCAL_OPERATOR, *clauses) == ()
    told = verdicts(engine, LATER, *clauses)
    assert all(answer.holds for row in told.rows for line in row.lines for answer in line.answers)


def test_a_furnace_that_may_be_one_firms_or_anothers_is_asked_of_once(engine: Engine) -> None:
    three_firms(engine)
    one = firms(engine, SURVEY)[HONGCHENG]
    doubted = Firm({"status": "producing"}, [machine(one.equipment[0].id, yoke=True)], one.id)
    take_in(engine, roster(doubted, on="2024-01-15", by="督察组"))
    merged(engine, HONGCHENG, HUAQIANG, between("2024-03-01", "2024-05-31"))

    (found,) = asked(engine, SURVEY)

    assert (found.field_name, found.words) == ("yoke", "1号炉有无磁轭？")
    assert found.machines == ((one.equipment[0].id, 1),)


PRODUCING = """version: 1
sources:
  county: {title: 蓝山县方案, date: 2023-06-20}
clauses:
  - id: LS23-PRODUCING
    category: eliminate
    clause_text: 在产企业淘汰中频炉
    evidence: {level: paper, source: county}
    kind: induction_furnace
    jurisdiction: "431127"
    when:
      all:
        - {field: frequency, op: eq, value: medium}
        - {field: enterprise.status, op: eq, value: producing}
    effective_from: 2023-07-01
    examples: [{attrs: {frequency: mains}, expect: false}]
"""


def test_whose_a_furnace_is_is_asked_where_the_verdict_turns_on_it(engine: Engine) -> None:
    three_firms(engine)
    about: dict[str, Any] = {"reason": "县方案", "adopting": True, "actor": LOCAL_OPERATOR}
    clause_acts.add(engine, COUNTY, "县.yaml", PRODUCING, **about)
    other = firms(engine, SURVEY)[HUAQIANG]
    take_in(engine, roster(Firm({"status": "closed"}, (), other.id), on="2024-02-01"))
    merged(engine, HONGCHENG, HUAQIANG, between("2024-03-01", "2024-05-31"))

    found = asked(engine, SURVEY, None, LOCAL_OPERATOR, "LS23-PRODUCING")

    assert [one.words for one in found] == ["1号炉归哪一家企业？", "2号炉归哪一家企业？"]
    assert {one.field for one in found} == {"owner"}
    assert all({name for _, name in one.answers} == {HONGCHENG, HUAQIANG} for one in found)
    assert for_template(found) == {}
