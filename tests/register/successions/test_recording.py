"""A firm merged, a firm split, a machine handed over: what follows of each on each day, and taking it back."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.errors import BadInput, Decided, LuzhangError, NotFound
from app.register.desk.merging import merge
from app.register.facts.known import known
from app.register.history.alarms import alarms
from app.register.scope import LOCAL_OPERATOR
from app.register.successions import acts
from app.register.successions.shown import listed, of_firm
from app.store import changes
from app.store.engine import reading, unit
from app.store.verification.keys import key_findings
from tests.register.rosters import COUNTY, Firm, head, roster, take_back, take_in
from tests.register.saying import day
from tests.register.successions.firms import (
    ACTOR,
    AOXIN,
    HONGCHENG,
    HUAQIANG,
    LATER,
    SURVEY,
    UNKNOWN,
    between,
    codes,
    firms,
    furnace,
    holdings,
    merged,
    on,
    three_firms,
)


def test_from_the_day_of_the_merger_on_what_was_the_ones_is_the_others(engine: Engine) -> None:
    three_firms(engine)
    told = merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))

    assert holdings(engine, "2024-04-30")[HONGCHENG] == ["1号", "2号"]
    assert holdings(engine, "2024-05-01") == {HONGCHENG: [], HUAQIANG: ["1号", "2号", "9号"], AOXIN: ["5号"]}
    assert [firms(engine, at)[HONGCHENG].facts["status"] for at in ("2024-04-30", "2024-05-01")] == [
        "producing",
        "merged",
    ]
    assert holdings(engine, LATER, known=told["change"] - 1)[HONGCHENG] == ["1号", "2号"]


def test_a_record_that_stands_for_a_merged_one_was_merged_as_well(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    take_in(engine, roster(Firm({"name": "宏诚厂"}), on=SURVEY, by="局"))
    ids = {name: one.id for name, one in firms(engine, SURVEY).items()}
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "merge", actor="测试", reason="一家")
        merge(session, change, ids[HONGCHENG], ids["宏诚厂"], "一家")

    with pytest.raises(Decided) as again:
        merged(engine, ids["宏诚厂"], AOXIN, UNKNOWN)
    with pytest.raises(Decided) as circle:
        merged(engine, HUAQIANG, ids["宏诚厂"], UNKNOWN)

    assert (again.value.code, circle.value.code) == ("succeed.merged", "succeed.circle")
    assert merged(engine, HUAQIANG, AOXIN, UNKNOWN)["succession"]


def test_within_the_days_of_the_merger_it_cannot_be_told_and_is_counted_once(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, between("2024-03-01", "2024-05-31"))
    there = firms(engine, "2024-04-01")
    both = {there[HONGCHENG].id, there[HUAQIANG].id}

    assert holdings(engine, "2024-02-29")[HONGCHENG] == ["1号", "2号"]
    assert codes(there[HONGCHENG].equipment) == codes(there[HUAQIANG].perhaps) == ["1号", "2号"]
    assert all(set(one.owners) == both for one in there[HONGCHENG].equipment)
    assert codes(there[HUAQIANG].equipment) == ["9号"]
    assert sum(one.bodies for firm in there.values() for one in firm.equipment) == 5
    assert holdings(engine, "2024-05-31")[HUAQIANG] == ["1号", "2号", "9号"]


def test_where_the_day_is_unknown_both_show_it_with_the_sentence(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)
    moment = AsOf(day(LATER), head(engine))
    with reading(engine) as session:
        ids = {name: one.id for name, one in firms(engine, LATER).items()}
        one = of_firm(session, COUNTY, ids[HONGCHENG], moment, LOCAL_OPERATOR)
        other = of_firm(session, COUNTY, ids[HUAQIANG], moment, LOCAL_OPERATOR)

    (successor,) = one["successors"]
    assert (successor["into"]["name"], successor["on"], successor["day"]) == (HUAQIANG, None, "不明")
    assert (successor["document"], successor["evidence"]) == ("蓝工信〔2025〕1号", "专报.docx 第3页")
    assert [link["from"]["name"] for link in other["predecessors"]] == [HONGCHENG]
    sentence = f"归属不明：可能是{HONGCHENG}，也可能是{HUAQIANG}的（整合日期不明）"
    assert [machine["words"] for machine in one["machines"]] == [sentence, sentence]
    assert [machine["words"] for machine in other["machines"]] == [None, sentence, sentence]
    assert one["enterprise"]["status"] == "producing"


def test_taken_back_everything_is_as_before_the_status_too(engine: Engine) -> None:
    three_firms(engine)
    told = merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    back = acts.take_back(engine, COUNTY, told["succession"], reason="弄错了", **ACTOR)

    assert holdings(engine, LATER)[HONGCHENG] == ["1号", "2号"]
    assert firms(engine, LATER)[HONGCHENG].facts["status"] == "producing"
    assert holdings(engine, LATER, known=back["change"] - 1)[HONGCHENG] == []
    with pytest.raises(NotFound):
        acts.take_back(engine, COUNTY, told["succession"], reason="弄错了", **ACTOR)
    with reading(engine) as session:
        assert list(key_findings(session)) == []


def test_undoing_the_roster_that_brought_a_machine_takes_it_from_its_successor(engine: Engine) -> None:
    three_firms(engine)
    own = firms(engine, SURVEY)[HONGCHENG].id
    applied = take_in(engine, roster(Firm({}, [furnace("3号")], own), on="2024-02-01"))
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    assert holdings(engine, LATER)[HUAQIANG] == ["1号", "2号", "3号", "9号"]

    take_back(engine, applied.batch)
    assert holdings(engine, LATER)[HUAQIANG] == ["1号", "2号", "9号"]


def test_the_entry_of_the_status_is_taken_back_with_the_merger_and_not_alone(engine: Engine) -> None:
    three_firms(engine)
    told = merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    with pytest.raises(Decided) as refused:
        take_back(engine, told["batch"])
    assert refused.value.code == "undo.succession"
    assert holdings(engine, LATER)[HONGCHENG] == []
    acts.take_back(engine, COUNTY, told["succession"], reason="弄错了", **ACTOR)
    assert holdings(engine, LATER)[HONGCHENG] == ["1号", "2号"]


def test_a_roster_of_the_successor_speaks_of_the_machine_that_it_took_over(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))
    there = firms(engine, LATER)
    first = there[HUAQIANG].equipment[0]
    with reading(engine) as session:
        found = known(session, COUNTY, names=[HUAQIANG], codes=[], source="甲", township=None)
    (firm,) = found.firms
    assert first.id in {one.id for one in firm.subjects}

    again = Firm({}, [furnace(str(first.facts["code"]), first.id, state="sealed")], there[HUAQIANG].id)
    take_in(engine, roster(again, on="2024-09-30"))
    now = {one.id: one for one in firms(engine, "2024-09-30")[HUAQIANG].equipment}
    assert now[first.id].facts["state"] == "sealed"
    assert len(now) == 3


def test_a_split_asks_of_each_machine_that_nobody_named(engine: Engine) -> None:
    three_firms(engine)
    told = acts.split(engine, COUNTY, HONGCHENG, [HUAQIANG, AOXIN], {"1号": AOXIN}, on("2024-05-01"), **ACTOR)
    assert len(told["asks"]) == 1
    assert holdings(engine, LATER) == {HONGCHENG: [], HUAQIANG: ["9号"], AOXIN: ["1号", "5号"]}
    with reading(engine) as session:
        rows = listed(session, COUNTY, AsOf(day(LATER), head(engine)), LOCAL_OPERATOR)
    assert {one["equipment"] for row in rows for one in row["asks"]} == set(told["asks"])

    acts.named(engine, COUNTY, told["succession"], "2号", HONGCHENG, reason="电话核实", **ACTOR)
    assert holdings(engine, LATER)[HONGCHENG] == ["2号"]
    with pytest.raises(Decided):
        acts.named(engine, COUNTY, told["succession"], "2号", AOXIN, reason="电话核实", **ACTOR)

    acts.take_back(engine, COUNTY, told["succession"], reason="没有分", **ACTOR)
    assert holdings(engine, LATER)[HONGCHENG] == ["1号", "2号"]


def test_a_machine_handed_over_stays_the_same_machine(engine: Engine) -> None:
    three_firms(engine)
    before = {str(one.facts["code"]): one.id for one in firms(engine, SURVEY)[HONGCHENG].equipment}
    acts.transferred(engine, COUNTY, HONGCHENG, "2号", AOXIN, on("2024-05-01"), **ACTOR)
    after = {str(one.facts["code"]): one.id for one in firms(engine, LATER)[AOXIN].equipment}

    assert after["2号"] == before["2号"]
    assert holdings(engine, LATER)[HONGCHENG] == ["1号"]
    with pytest.raises(Decided):
        acts.transferred(engine, COUNTY, HONGCHENG, before["2号"], AOXIN, on("2024-05-01"), **ACTOR)


def test_a_machine_handed_over_raises_no_alarm(engine: Engine) -> None:
    three_firms(engine)
    own = firms(engine, SURVEY)[HONGCHENG]
    plate = {"maker": "某电炉厂", "serial_no": "2019-077"}
    take_in(engine, roster(Firm({}, [furnace("3号", **plate)], own.id), on="2024-02-01"))
    acts.transferred(engine, COUNTY, HONGCHENG, "3号", AOXIN, on("2024-05-01"), **ACTOR)
    there = firms(engine, LATER)[AOXIN]
    taken = next(one for one in there.equipment if one.facts["code"] == "3号")
    take_in(
        engine, roster(Firm({}, [furnace("3号", taken.id, **plate)], there.id), on="2024-09-30", by="土市镇人民政府")
    )

    with reading(engine) as session:
        told = alarms(session, COUNTY, AsOf(day(LATER), head(engine)), actor=LOCAL_OPERATOR)
    assert told.found == ()


def test_a_new_name_keeps_the_old_one_which_finds_the_firm(engine: Engine) -> None:
    three_firms(engine)
    acts.renamed(engine, COUNTY, HONGCHENG, "宏诚新材料有限公司", day("2024-05-01"), reason="营业执照", **ACTOR)
    assert HONGCHENG in firms(engine, "2024-04-30")
    now = firms(engine, LATER)["宏诚新材料有限公司"]
    assert now.facts["former_name"] == HONGCHENG
    with reading(engine) as session:
        found = known(session, COUNTY, names=[HONGCHENG], codes=[], source="甲", township=None)
    assert [firm.id for firm in found.firms] == [now.id]
    with pytest.raises(BadInput):
        acts.renamed(engine, COUNTY, HONGCHENG, "宏诚新材料有限公司", day(LATER), reason="营业执照", **ACTOR)


def test_a_firm_moves_from_a_day_on(engine: Engine) -> None:
    three_firms(engine)
    acts.moved(engine, COUNTY, HONGCHENG, "土市镇", day("2024-05-01"), reason="搬迁协议", **ACTOR)
    places = [firms(engine, at)[HONGCHENG].facts["township"] for at in ("2024-04-30", "2024-05-01")]
    assert places == ["新圩镇", "土市镇"]


def test_what_cannot_be_is_refused_and_writes_nothing(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)
    before = head(engine)
    tried: list[tuple[str, str, type[LuzhangError]]] = [
        (HONGCHENG, AOXIN, Decided),
        (HUAQIANG, HONGCHENG, Decided),
        (HUAQIANG, HUAQIANG, Decided),
        (HUAQIANG, "没有这家", NotFound),
    ]
    for firm, into, refused in tried:
        with pytest.raises(refused):
            merged(engine, firm, into, UNKNOWN)
    with pytest.raises(NotFound):
        acts.transferred(engine, COUNTY, AOXIN, "9号", HUAQIANG, UNKNOWN, **ACTOR)
    with pytest.raises(BadInput):
        acts.split(engine, COUNTY, AOXIN, [HUAQIANG], {"5号": HONGCHENG}, UNKNOWN, **ACTOR)
    assert head(engine) == before
