"""Two records of one firm become one and are taken apart again; both histories stay whole."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.domain.register import Enterprise, Snapshot
from app.errors import Decided, NotFound
from app.register.desk import desk_queries
from app.register.desk.merging import Apart, Merged, keep_apart, merge, settled, take_apart
from app.register.scope import REGISTER
from app.store import changes
from app.store.engine import reading, unit
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, action, head, machine, permit, plan, roster, seen, take_back, take_in

DAY, LATER = "2024-01-15", "2024-06-30"


def merged(engine: Engine, firm: str, into: str, reason: str = "同一家") -> Merged:
    with unit(engine) as session:
        return merge(session, changes.open_change(session, COUNTY, "merge", actor="测试"), firm, into, reason)


def apart(engine: Engine, decision: str) -> Apart:
    with unit(engine) as session:
        return take_apart(session, changes.open_change(session, COUNTY, "take_apart", actor="测试"), decision)


def kept_apart(engine: Engine, firm: str, other: str, answer: str = "different") -> str:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "keep_apart", actor="测试")
        return keep_apart(session, change, firm, other, answer, "不是一家")


def facts(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, as_of=replace(snapshot.as_of, known=0))


def called(engine: Engine, name: str, on: str = DAY, known: int | None = None) -> Enterprise:
    return next(firm for firm in seen(engine, on, known).enterprises if firm.facts.get("name") == name)


def sound(engine: Engine) -> bool:
    with reading(engine) as session:
        return verify(session) == []


def two_records(engine: Engine) -> tuple[str, str]:
    """One firm, as the township and as the ecology bureau wrote it."""
    township = Firm(
        {"name": "蓝山县骅强金属制品有限公司"}, [machine(shell="aluminium", capacity_t=0.5), plan(stage="made")]
    )
    bureau = Firm(
        {"name": "骅强金属", "status": "producing"},
        [machine(shell="aluminium"), permit("eia", number="永环评〔2019〕3号")],
    )
    take_in(engine, roster(township, on=DAY, by="新圩镇人民政府"))
    take_in(engine, roster(bureau, on=DAY, by="生态环境分局"))
    return called(engine, "蓝山县骅强金属制品有限公司").id, called(engine, "骅强金属").id


def test_two_records_become_one_firm_that_holds_what_both_held(engine: Engine) -> None:
    stands, aside = two_records(engine)

    told = merged(engine, aside, stands)

    (firm,) = seen(engine, DAY).enterprises
    assert firm.id == stands
    assert firm.facts["status"] == "producing"
    assert firm.disputed == {"name"}
    assert [one.facts["capacity_t"] for one in firm.equipment] == [0.5]
    assert (len(firm.permits), len(firm.plans)) == (1, 1)
    assert [one.section for one in told.counterparts] == ["equipment"]
    assert sound(engine)


def test_what_was_known_before_the_merge_is_still_known_so(engine: Engine) -> None:
    stands, aside = two_records(engine)
    before, known = seen(engine, DAY), head(engine)

    merged(engine, aside, stands)

    assert seen(engine, DAY, known) == before


def test_taken_apart_both_are_what_they_were(engine: Engine) -> None:
    stands, aside = two_records(engine)
    before = facts(seen(engine, DAY))
    decision = merged(engine, aside, stands).decision
    between, known = seen(engine, DAY), head(engine)

    told = apart(engine, decision)

    assert facts(seen(engine, DAY)) == before
    assert seen(engine, DAY, known) == between
    assert (told.answer, told.stays) == ("same", 0)
    assert sound(engine)


def test_what_was_said_while_both_were_one_stays_with_the_one_that_stood(engine: Engine) -> None:
    stands, aside = two_records(engine)
    decision = merged(engine, aside, stands).decision
    take_in(engine, roster(Firm({"status": "closed"}, id=stands), on=LATER))

    told = apart(engine, decision)

    now = {firm.id: firm.facts.get("status") for firm in seen(engine, LATER).enterprises}
    assert now == {stands: "closed", aside: "producing"}
    assert told.stays == 1


def test_an_import_is_undone_while_both_are_one(engine: Engine) -> None:
    stands, aside = two_records(engine)
    merged(engine, aside, stands)
    before = facts(seen(engine, LATER))
    applied = take_in(engine, roster(Firm({"status": "closed"}, id=stands), on=LATER))

    undone = take_back(engine, applied.batch)

    assert facts(seen(engine, LATER)) == before
    assert [(one.field, one.after) for one in undone.reversed] == [("status", "在产")]


def test_an_import_on_the_record_set_aside_is_undone(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲厂"}, [machine(shell="steel")]), on=DAY))
    applied = take_in(engine, roster(Firm({"name": "甲铸造厂"}, [machine(code="1#")]), on=DAY, by="乙"))
    stands, aside = called(engine, "甲厂").id, called(engine, "甲铸造厂").id
    merged(engine, aside, stands)

    take_back(engine, applied.batch)

    (firm,) = seen(engine, DAY).enterprises
    assert (firm.id, firm.facts["name"], len(firm.equipment)) == (stands, "甲厂", 1)


def test_a_third_record_follows_and_comes_back_with_its_own(engine: Engine) -> None:
    take_in(engine, roster(*(Firm({"name": name}, [machine(code="1#")]) for name in ("甲", "乙", "丙")), on=DAY))
    ids = {name: called(engine, name).id for name in ("甲", "乙", "丙")}
    merged(engine, ids["丙"], ids["乙"])
    outer = merged(engine, ids["乙"], ids["甲"])
    (whole,) = seen(engine, DAY).enterprises
    assert (whole.id, len(whole.equipment)) == (ids["甲"], 1)

    apart(engine, outer.decision)

    assert {firm.id for firm in seen(engine, DAY).enterprises} == {ids["甲"], ids["乙"]}
    assert sound(engine)


def test_machines_that_fit_several_ways_stay_two_things(engine: Engine) -> None:
    ours = Firm({"name": "甲厂"}, [machine(shell="steel", code="1#"), machine(shell="steel", code="2#")])
    take_in(engine, roster(ours, on=DAY))
    take_in(engine, roster(Firm({"name": "甲铸造厂"}, [machine(shell="steel")]), on=DAY, by="乙"))

    told = merged(engine, called(engine, "甲铸造厂").id, called(engine, "甲厂").id)

    assert told.counterparts == ()
    assert len(seen(engine, DAY).enterprises[0].equipment) == 3


def test_different_is_a_wall_until_it_is_taken_back(engine: Engine) -> None:
    stands, aside = two_records(engine)
    decision = kept_apart(engine, stands, aside)
    with pytest.raises(Decided, match="不是一家"):
        merged(engine, aside, stands)

    apart(engine, decision)

    assert merged(engine, aside, stands).decision


def test_the_wall_holds_for_records_that_came_in_between(engine: Engine) -> None:
    take_in(engine, roster(*(Firm({"name": name}) for name in ("甲", "乙", "丙")), on=DAY))
    ids = {name: called(engine, name).id for name in ("甲", "乙", "丙")}
    kept_apart(engine, ids["甲"], ids["丙"])
    merged(engine, ids["乙"], ids["甲"])

    with pytest.raises(Decided, match="不同的企业"):
        merged(engine, ids["丙"], ids["乙"])


def test_later_gives_way_to_an_answer(engine: Engine) -> None:
    stands, aside = two_records(engine)
    kept_apart(engine, stands, aside, "later")
    with pytest.raises(Decided):
        kept_apart(engine, aside, stands, "later")

    merged(engine, aside, stands)

    assert len(seen(engine, DAY).enterprises) == 1


def test_what_is_one_is_not_merged_again_nor_called_different(engine: Engine) -> None:
    stands, aside = two_records(engine)
    merged(engine, aside, stands)
    with pytest.raises(Decided):
        merged(engine, stands, aside)
    with pytest.raises(Decided):
        kept_apart(engine, stands, aside)


def test_what_is_not_there_is_not_decided(engine: Engine) -> None:
    stands, _ = two_records(engine)
    with pytest.raises(NotFound):
        merged(engine, "nobody", stands)
    with pytest.raises(NotFound):
        apart(engine, "nothing")


def test_what_came_with_the_firms_is_taken_back_with_them(engine: Engine) -> None:
    stands, aside = two_records(engine)
    told = merged(engine, aside, stands)
    with reading(engine) as session:
        under = [one.id for one in session.scalars(desk_queries.decisions(COUNTY, REGISTER)) if one.under_id]
    with pytest.raises(Decided, match=told.decision):
        apart(engine, under[0])


def test_who_stands_in_the_end() -> None:
    assert settled({"丙": "乙", "乙": "甲", "丁": "丙"}) == {"丙": "甲", "乙": "甲", "丁": "甲"}


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_merging_and_taking_apart_gives_the_first_register(engine: Engine, seed: int) -> None:
    draw = random.Random(seed)
    names = [f"{letter}厂" for letter in "甲乙丙丁戊"]
    for by in ("镇", "局"):
        firms = [
            Firm(
                {"name": f"{name}{by}", "status": draw.choice(["producing", "closed"])},
                [
                    machine(shell=draw.choice(["steel", "aluminium"]), capacity_t=draw.choice([0.5, 1.0])),
                    action("halt"),
                ],
            )
            for name in names
        ]
        take_in(engine, roster(*firms, on=DAY, by=by))
    first = facts(seen(engine, LATER))
    decisions: list[str] = []
    for _ in range(12):
        standing = [firm.id for firm in seen(engine, LATER).enterprises]
        if decisions and (len(standing) < 3 or draw.random() < 0.4):
            apart(engine, decisions.pop(draw.randrange(len(decisions))))
            continue
        one, other = draw.sample(standing, 2)
        decisions.append(merged(engine, one, other).decision)
    while decisions:
        apart(engine, decisions.pop(draw.randrange(len(decisions))))

    assert facts(seen(engine, LATER)) == first
    assert sound(engine)
