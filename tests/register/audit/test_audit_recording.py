"""What somebody does is recorded with the act itself, masked, in one chain a county; and can be asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app import clock
from app.domain.actor import Actor
from app.errors import LuzhangError, NotFound, Refused
from app.register.audit import record, record_alone
from app.register.audit.asked import Asked
from app.register.audit.listing import everything, one, page
from app.register.audit.whose import chain_for
from app.register.scope import LOCAL_OPERATOR
from app.store import changes
from app.store.audit import NOBODYS
from app.store.engine import acting, reading, retrying, unit
from app.store.models import AuditRecord, Enterprise
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, machine, roster, seen, take_in

OTHER = "431126"
ZHANG = Actor("张三", counties=frozenset([COUNTY]), account="account-1", origin="10.1.1.7")
NOON = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)


def told(engine: Engine, chain: str = COUNTY, by: Actor = LOCAL_OPERATOR, **filters: Any) -> list[dict[str, Any]]:
    with reading(engine) as session:
        return [dict(row) for row in page(session, Asked(chain, **filters), by, before=None, limit=100).rows]


def decide(engine: Engine, county: str = COUNTY) -> int:
    with unit(engine) as session:
        change = changes.open_change(session, county, "decide", actor="张三", reason="核实，电话13812345678")
        session.add(Enterprise(county=county, id=f"firm-{change.number}", recorded_by=change.number))
        return change.number


def test_a_change_is_recorded_with_who_made_it_and_from_where(engine: Engine) -> None:
    number = decide(acting(engine, ZHANG))
    (found,) = told(engine)

    assert (found["actor"], found["account"], found["origin"]) == ("张三", "account-1", "10.1.1.7")
    assert (found["act"], found["kind"], found["change"], found["result"]) == ("decide", "人工认定", number, "done")
    assert found["reason"] == "核实，电话138****5678"
    with reading(engine) as session:
        assert one(session, COUNTY, 1, LOCAL_OPERATOR)["wrote"] == [
            {"table": "enterprise", "recorded": 1, "superseded": 0}
        ]
        assert verify(session) == []


def test_an_act_that_fails_leaves_no_record(engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="no"), unit(engine) as session:
        record(session, act="people.disable", what="lisi", county=COUNTY)
        raise RuntimeError("no")

    assert told(engine) == []
    assert told(engine, NOBODYS) == []


def test_what_is_no_countys_has_its_own_chain_which_the_counties_hold(engine: Engine) -> None:
    with unit(engine) as session:
        record(
            session, act="people.make", what="lisi", before=None, after={"role": "auditor", "since": date(2026, 1, 1)}
        )
    decide(engine)

    (made,) = told(engine, NOBODYS)
    assert (made["subject"], made["after"]) == ("lisi", {"role": "auditor", "since": "2026-01-01"})
    with reading(engine) as session:
        beside = session.scalars(select(AuditRecord.beside).where(AuditRecord.county == COUNTY)).one()
        assert verify(session) == []
    assert beside == f"1 {made['digest']}"


def test_nothing_personal_and_nothing_endless_is_kept(engine: Engine) -> None:
    before = {"phone": "13812345678", "list": ["430123199001011234"], "n": 1}
    record_alone(engine, act="personal.show", what="甲厂 13812345678\x00" + "长" * 900, county=COUNTY, before=before)
    record_alone(engine, act="people.make", what="x", county=COUNTY, after={"text": "长" * 9000})
    late, early = told(engine)

    assert "13812345678" not in str(early)
    assert "19900101" not in str(early)
    assert len(early["subject"]) == 500
    assert late["after"] == {"text": "长" * 3999 + "…"} or "too_long" in late["after"]


def test_one_unit_records_for_one_county(engine: Engine) -> None:
    with pytest.raises(LuzhangError, match="一个县"), unit(engine) as session:
        changes.open_change(session, COUNTY, "note", actor="张三")
        record(session, act="links.make", what="x", county=OTHER)
    with reading(engine) as session:
        assert verify(session) == []


def test_records_have_no_gap_however_many_write_changes_and_read(engine: Engine) -> None:
    def act(turn: int) -> None:
        if turn % 3 == 0:
            retrying(lambda: decide(engine))
        elif turn % 3 == 1:
            record_alone(engine, act="enterprises.export", what=f"共{turn}行", county=COUNTY)
        else:
            record_alone(engine, act="sign_in", what="zhangsan", result="failed", code="sign_in.refused")

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(act, range(30)))
    with reading(engine) as session:
        for chain, count in ((COUNTY, 20), (NOBODYS, 10)):
            numbers = session.scalars(
                select(AuditRecord.number).where(AuditRecord.county == chain).order_by(AuditRecord.number)
            ).all()
            assert numbers == list(range(1, count + 1))
        assert verify(session) == []


def test_records_are_found_by_who_what_when_from_where_and_result(engine: Engine) -> None:
    with clock.fixed(NOON):
        record_alone(acting(engine, ZHANG), act="enterprises.export", what="共3行", county=COUNTY)
    with clock.fixed(NOON.replace(day=16)):
        record_alone(
            engine, act="enterprises.export_csv", what="%", county=COUNTY, result="refused", code="right.missing"
        )
        record_alone(engine, act="people.grant", what="lisi", county=COUNTY)

    def numbers(**filters: Any) -> list[int]:
        return [row["number"] for row in told(engine, **filters)]

    assert numbers() == [3, 2, 1]
    assert numbers(actor="张") == [1]
    assert numbers(account="account-1") == [1]
    assert numbers(origin="10.1.1") == [1]
    assert numbers(act="people") == [3]
    assert numbers(act="people.grant") == [3]
    assert numbers(act="enterprises.export") == [1]
    assert numbers(result="refused") == numbers(code="right.missing") == numbers(what="%") == [2]
    assert numbers(since=date(2026, 1, 16)) == [3, 2]
    assert numbers(until=date(2026, 1, 15)) == [1]
    assert numbers(people=True) == [3]
    with pytest.raises(LuzhangError, match="没有“perhaps”这种结果"):
        Asked(COUNTY, result="perhaps")


def test_records_are_found_by_firm(engine: Engine) -> None:
    for name in ("甲铸造", "乙铸造"):
        firm = Firm({"name": name, "township": "新圩镇"}, [machine(state="idle")])
        take_in(engine, roster(firm, by=name, on="2025-09-20"))
    ids = {firm.name: firm.id for firm in seen(engine, "2030-01-01").enterprises}
    record_alone(engine, act="personal.show", what=f"enterprise {ids['甲铸造']}", county=COUNTY)
    record_alone(engine, act="personal.show", what=f"enterprise {ids['乙铸造']}", county=COUNTY)

    assert [row["number"] for row in told(engine, firm="甲铸造")] == [3, 1]
    assert [row["number"] for row in told(engine, firm=ids["乙铸造"])] == [4, 2]


def test_who_sees_townships_or_another_county_sees_no_record(engine: Engine) -> None:
    decide(engine)
    clerk = Actor("经办", frozenset([COUNTY]), frozenset(["431127105"]))
    with pytest.raises(Refused, match="全县"):
        told(engine, by=clerk)
    for chain in (OTHER, NOBODYS):
        with pytest.raises(NotFound, match="审计记录"):
            told(engine, chain, by=ZHANG)
    assert len(told(engine, by=ZHANG)) == 1


def test_all_of_them_are_given_out_the_earliest_first(engine: Engine) -> None:
    for turn in range(5):
        record_alone(engine, act="sign_in", what=str(turn), county=COUNTY)
    found = everything(engine, Asked(COUNTY), LOCAL_OPERATOR)
    record_alone(engine, act="sign_in", what="later", county=COUNTY)

    assert found.total == 5
    assert [row["subject"] for row in found.rows] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("counties", "asked", "chain"),
    [
        (None, "431127", "431127"),
        (None, "4311", "431100"),
        (None, "999999", NOBODYS),
        (None, "x' OR 1", NOBODYS),
        (["431127"], None, "431127"),
        (["431127"], "431126", "431127"),
        (["431127", "431126", "431100"], None, "431100"),
        (["431127", "431126", "431100"], "431126", "431126"),
        (["431127", "140921"], None, NOBODYS),
    ],
)
def test_it_is_recorded_in_the_chain_of_what_it_is_about(
    sqlite_engine: Engine, counties: list[str] | None, asked: str | None, chain: str
) -> None:
    actor = Actor("张三", frozenset(counties) if counties else None)
    with reading(sqlite_engine) as session:
        assert chain_for(session, actor, asked) == chain
