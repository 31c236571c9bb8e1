"""What went over from firm to firm in history, differences and alarms: named, counted with its owner, no alarm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.register.history.alarms import Alarm, alarms
from app.register.history.difference import Difference
from app.register.history.differences import differences
from app.register.history.timeline import history
from app.register.history.turned import verdicts
from app.register.scope import LOCAL_OPERATOR
from app.register.successions import acts
from app.register.verdicts.obsolete import obsolete
from app.register.verdicts.verdict_asking import clauses_of
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, machine, roster, take_in
from tests.register.saying import day
from tests.register.successions.firms import (
    ACTOR,
    AOXIN,
    HONGCHENG,
    HUAQIANG,
    LATER,
    SURVEY,
    TUSHI,
    UNKNOWN,
    XINXU,
    between,
    firms,
    furnace,
    merged,
    on,
    three_firms,
)


def told(engine: Engine, firm: str, known: int | None = None) -> list[dict[str, Any]]:
    """What the firm's history says of successions."""
    with reading(engine) as session:
        found = history(session, COUNTY, firm, known=known or head(engine), actor=LOCAL_OPERATOR).as_dict()
    return [one for one in found["decided"] if one["kind"] == "succession"]


def difference(engine: Engine, one: str, other: str, **more: Any) -> Difference:
    known = head(engine)
    with reading(engine) as session:
        return differences(
            session, COUNTY, AsOf(day(one), known), AsOf(day(other), known), actor=LOCAL_OPERATOR, **more
        )


def raised(engine: Engine, at: str = LATER) -> list[Alarm]:
    with reading(engine) as session:
        return list(alarms(session, COUNTY, AsOf(day(at), head(engine)), actor=LOCAL_OPERATOR).found)


def id_of(engine: Engine, firm: str, code: str) -> str:
    return next(one.id for one in firms(engine, SURVEY)[firm].equipment if one.facts.get("code") == code)


def then(engine: Engine, firm: str, at: str, *machines: Any) -> None:
    """What a later roster says of a firm's machines."""
    take_in(engine, roster(Firm({}, list(machines), firms(engine, SURVEY)[firm].id), on=at, township=XINXU))


def test_both_firms_histories_name_a_merger_with_its_paper_and_its_change(engine: Engine) -> None:
    three_firms(engine)
    act = merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)

    for firm in (HONGCHENG, HUAQIANG):
        (one,) = told(engine, firm)
        assert one["said"] == (
            f"{HONGCHENG}（日期不明，截至这一天说不清）整合入{HUAQIANG}；依据 蓝工信〔2025〕1号 专报.docx 第3页"
        )
        assert (one["id"], one["reason"]) == (act["succession"], "专报")
        assert (one["known_since"]["kind"], one["superseded"]) == ("记整合、分立、转让", None)
    assert told(engine, AOXIN) == []


def test_a_succession_taken_back_stands_in_the_history_with_that_change(engine: Engine) -> None:
    three_firms(engine)
    act = merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    before = head(engine)
    acts.take_back(engine, COUNTY, act["succession"], reason="记错", **ACTOR)

    (one,) = told(engine, HUAQIANG)
    assert one["said"] == f"{HONGCHENG}2024-05-01起整合入{HUAQIANG}"
    assert one["superseded"]["reason"] == "记错"
    assert told(engine, HUAQIANG, before)[0]["superseded"] is None


def test_a_history_names_the_machine_that_went_over(engine: Engine) -> None:
    three_firms(engine)
    one = id_of(engine, HONGCHENG, "2号")
    acts.transferred(engine, COUNTY, HONGCHENG, "2号", AOXIN, on("2024-05-01"), **ACTOR)
    acts.split(engine, COUNTY, HUAQIANG, [AOXIN], {"9号": HUAQIANG}, on("2024-06-01"), **ACTOR)

    said = [one["said"] for one in told(engine, AOXIN)]

    assert said[0] == f"{HONGCHENG}一台设备2024-05-01起转让给{AOXIN}（2号炉，{one}）"
    assert said[1:] == [f"{HUAQIANG}2024-06-01起分立出{AOXIN}"]
    assert any("仍归它" in one["said"] for one in told(engine, HUAQIANG))


def facts_of(engine: Engine, firm: str, machine: str, **more: Any) -> list[dict[str, Any]]:
    """What the firm's history tells of a machine's kind of shell and state."""
    with reading(engine) as session:
        found = history(session, COUNTY, firm, known=head(engine), actor=LOCAL_OPERATOR, **more).as_dict()
    return [one for one in found["facts"] if one["subject"] == machine and one["field"] in ("shell", "state")]


def test_the_successor_tells_the_facts_of_a_machine_from_the_day_on_which_it_came(engine: Engine) -> None:
    three_firms(engine)
    one = id_of(engine, HONGCHENG, "1号")
    then(engine, HONGCHENG, "2024-03-20", machine(one, state="idle"))
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    then(engine, HONGCHENG, "2024-09-20", machine(one, state="removed"))

    told = facts_of(engine, HUAQIANG, one)
    assert [(fact["field"], fact["text"], fact["from"], fact["until"]) for fact in told] == [
        ("shell", "铝壳", "2024-05-01", None),
        ("state", "闲置", "2024-05-01", "2024-09-19"),
        ("state", "已拆除", "2024-09-20", None),
    ]
    (before,) = {json.dumps(fact["came"], ensure_ascii=False) for fact in told}
    assert json.loads(before)["before"][0]["name"] == HONGCHENG
    assert (json.loads(before)["since"], json.loads(before)["settled"]) == ("2024-05-01", True)
    assert told[0]["sources"][0]["day"] == SURVEY
    assert [fact["came"] for fact in facts_of(engine, HONGCHENG, one)] == [None] * 4
    assert len(facts_of(engine, HUAQIANG, one, as_of=day("2024-05-01"))) == 2
    assert facts_of(engine, HUAQIANG, one, as_of=day("2024-04-30")) == []
    assert facts_of(engine, HUAQIANG, one, section="permit") == []
    assert facts_of(engine, AOXIN, one) == []


def test_what_came_on_no_known_day_is_told_as_perhaps_the_firms(engine: Engine) -> None:
    three_firms(engine)
    one = id_of(engine, HONGCHENG, "1号")
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)

    told = facts_of(engine, HUAQIANG, one)

    assert [(fact["from"], fact["came"]["since"], fact["came"]["settled"]) for fact in told] == [
        (SURVEY, None, False),
        (SURVEY, None, False),
    ]


def test_a_machine_that_came_within_some_days_and_went_on_is_told_of_these_days_alone(engine: Engine) -> None:
    three_firms(engine)
    one = id_of(engine, HONGCHENG, "1号")
    acts.transferred(engine, COUNTY, HONGCHENG, "1号", HUAQIANG, between("2024-03-01", "2024-03-31"), **ACTOR)
    acts.transferred(engine, COUNTY, AOXIN, "5号", HONGCHENG, on("2024-04-15"), **ACTOR)
    acts.transferred(engine, COUNTY, HUAQIANG, "1号", AOXIN, on("2024-06-01"), **ACTOR)

    told = [fact for fact in facts_of(engine, HUAQIANG, one) if fact["field"] == "shell"]
    assert [(fact["from"], fact["until"], fact["came"]["settled"]) for fact in told] == [
        ("2024-03-01", "2024-03-30", False),
        ("2024-03-31", "2024-05-31", True),
    ]
    assert [fact["until_known_since"] for fact in told] == [None, None]
    (last,) = (fact for fact in facts_of(engine, AOXIN, one) if fact["field"] == "shell")
    assert (last["from"], [firm["name"] for firm in last["came"]["before"]]) == ("2024-06-01", [HUAQIANG])


def test_a_verdict_names_the_firm_whose_the_machine_is_on_the_day(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, AOXIN, on("2024-05-01"))
    own = {one.id: name for name, one in firms(engine, LATER).items()}

    def named(at: str, township: str | None = None) -> dict[str, list[str]]:
        moment = AsOf(day(at), head(engine))
        with reading(engine) as session:
            clauses = next(iter(clauses_of(session, [(COUNTY, moment.known)], (), moment.day, LOCAL_OPERATOR)))
            found = verdicts(session, COUNTY, moment, clauses, township, LOCAL_OPERATOR).values()
        return {firm: [own[one.firm] for one in found].count(firm) for firm in own.values()}  # type: ignore[misc]

    assert named("2024-04-30") == {HONGCHENG: 2, HUAQIANG: 1, AOXIN: 1}
    assert named("2024-05-01") == {HONGCHENG: 0, HUAQIANG: 1, AOXIN: 3}
    assert named("2024-05-01", TUSHI) == {HONGCHENG: 0, HUAQIANG: 0, AOXIN: 3}
    assert named("2024-05-01", XINXU) == {HONGCHENG: 0, HUAQIANG: 1, AOXIN: 0}


@pytest.mark.parametrize("dated", [True, False])
def test_the_sums_of_a_difference_are_those_of_who_holds(engine: Engine, dated: bool) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01") if dated else UNKNOWN)
    found = difference(engine, SURVEY, LATER)

    with reading(engine) as session:
        totals = [
            obsolete(session, county=COUNTY, as_of=day(at), known=head(engine), clauses=(), actor=LOCAL_OPERATOR).totals
            for at in (SURVEY, LATER)
        ]
    for word in ("holds", "cannot_tell"):
        for unit in ("enterprises", "furnaces"):
            flow = found.verdicts[word][unit]
            assert [flow["opening"], flow["closing"]] == [one and one[word][unit] for one in totals]
    assert (found.furnaces.opening, found.furnaces.closing) == (5, 5)


def test_a_difference_tells_from_whom_to_whom_machines_went(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))

    passed = {
        one.name: [(step.how, step.because) for step in one.passed] for one in difference(engine, SURVEY, LATER).firms
    }
    assert passed[HONGCHENG] == [("left", ("transferred",))] * 2
    assert passed[HUAQIANG] == [("entered", ("transferred",))] * 2


def test_no_alarm_is_raised_for_a_machine_that_went_over(engine: Engine) -> None:
    """The successor removed a furnace of its own before; the one that came over stood all the while."""
    three_firms(engine)
    then(engine, HUAQIANG, "2024-02-20", machine(id_of(engine, HUAQIANG, "9号"), state="removed"))
    then(engine, HONGCHENG, "2024-03-20", furnace("3号"))
    assert raised(engine) == []
    act = acts.transferred(engine, COUNTY, HONGCHENG, "3号", HUAQIANG, on("2024-05-01"), **ACTOR)
    assert raised(engine) == []
    acts.take_back(engine, COUNTY, act["succession"], reason="记错", **ACTOR)

    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    assert raised(engine) == []


def test_where_nobody_knows_whose_it_was_an_alarm_cannot_tell(engine: Engine) -> None:
    three_firms(engine)
    then(engine, HUAQIANG, "2024-02-20", machine(id_of(engine, HUAQIANG, "9号"), state="removed"))
    then(engine, HONGCHENG, "2024-03-20", furnace("3号"))
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)

    (alarm,) = raised(engine)

    assert (alarm.kind, alarm.certain, alarm.why) == (
        "relapse",
        False,
        "归属不明，说不清拆除的和现有的是不是同一家的",
    )


def test_a_relapse_before_a_merger_is_one_after_it(engine: Engine) -> None:
    three_firms(engine)
    then(engine, HONGCHENG, "2024-02-20", machine(id_of(engine, HONGCHENG, "1号"), state="removed"))
    then(engine, HONGCHENG, "2024-03-20", furnace("3号"))
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))

    for at, firm in (("2024-04-30", HONGCHENG), (LATER, HUAQIANG)):
        (alarm,) = raised(engine, at)
        assert (alarm.kind, alarm.certain, alarm.after.firm.name) == ("relapse", True, firm)


def test_one_plate_at_predecessor_and_successor_is_one_machine(engine: Engine) -> None:
    three_firms(engine)
    plate = {"maker": "应达工业", "serial_no": "ZP-0417"}
    then(engine, HONGCHENG, "2024-02-20", machine(id_of(engine, HONGCHENG, "1号"), **plate))
    then(engine, HUAQIANG, "2024-06-20", furnace("11号", **plate))
    assert [one.kind for one in raised(engine)] == ["same_number"]

    acts.transferred(engine, COUNTY, HONGCHENG, "1号", HUAQIANG, on("2024-05-01"), **ACTOR)

    assert raised(engine) == []
