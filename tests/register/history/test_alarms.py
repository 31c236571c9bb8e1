"""Alarms: what was removed is back, one machine is stated by two firms; nothing is claimed without its number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise
from app.register.history.alarms import Alarm, alarms
from app.register.imports.applying import apply
from app.register.scope import LOCAL_OPERATOR, Actor
from app.rules.catalogue_loader import shipped
from app.store import changes, ids
from app.store.engine import reading, unit
from tests.register.rosters import COUNTY, Firm, machine, roster, seen, take_in
from tests.register.saying import between, day

LISTED: dict[str, Any] = {"kind": "induction_furnace", "shell": "aluminium"}
PLATE: dict[str, Any] = {"maker": "应达工业", "serial_no": "ZP-0417"}


def take(engine: Engine, on: str, *firms: Firm, by: str = "新圩镇人民政府") -> None:
    take_in(engine, roster(*firms, on=on, by=by))


def firm(engine: Engine, name: str = "甲铸造有限公司", on: str = "2024-12-31") -> Enterprise:
    return next(one for one in seen(engine, on).enterprises if one.name == name)


def start(
    engine: Engine, *machines: dict[str, Any], name: str = "甲铸造有限公司", on: str = "2024-01-15"
) -> Enterprise:
    """A firm with furnaces in use."""
    take(engine, on, Firm({"name": name, "township": "新圩镇"}, [machine(state="in_use", **one) for one in machines]))
    return firm(engine, name)


def then(engine: Engine, whose: Enterprise, on: str, *words: tuple[str | None, dict[str, Any]]) -> None:
    """What a roster of a later day says of the firm's machines; None: of a new one."""
    take(engine, on, Firm({}, [machine(id, **facts) for id, facts in words], whose.id))


def raised(
    engine: Engine, on: str, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **more: Any
) -> list[Alarm]:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return list(alarms(session, COUNTY, AsOf(day(on), at), actor=actor, **more).found)


def test_a_firm_that_removed_a_listed_furnace_and_states_such_again_relapsed(engine: Engine) -> None:
    own = start(engine, {**LISTED, "code": "1"})
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    then(engine, own, "2024-03-20", (None, {**LISTED, "code": "2", "state": "in_use"}))

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.kind, alarm.certain, alarm.clauses) == ("relapse", True, ("LOCAL-LANSHAN-AL-SHELL",))
    assert (alarm.before.machine.facts["code"], alarm.after.machine.facts["code"]) == ("1", "2")
    assert alarm.why == "2024-02-20 起已拆除，2024-03-20 起又有"
    assert raised(engine, "2024-03-19") == []
    assert raised(engine, "2024-03-25", known=2) == []


def test_the_same_furnace_back_is_a_relapse(engine: Engine) -> None:
    own = start(engine, LISTED)
    (id,) = (one.id for one in own.equipment)
    then(engine, own, "2024-02-20", (id, {"state": "removed"}))
    then(engine, own, "2024-03-20", (id, {"state": "in_use"}))

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.kind, alarm.before.machine.id, alarm.after.machine.id, alarm.certain) == ("relapse", id, id, True)


def test_a_second_one_that_was_always_there_is_no_relapse(engine: Engine) -> None:
    own = start(engine, {**LISTED, "code": "1"}, {**LISTED, "code": "2"})
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))

    assert raised(engine, "2024-03-25") == []


def test_another_kind_of_furnace_afterwards_is_no_relapse(engine: Engine) -> None:
    own = start(engine, LISTED)
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    then(engine, own, "2024-03-20", (None, {**LISTED, "shell": "steel", "yoke": True, "state": "in_use"}))

    assert raised(engine, "2024-03-25") == []


def test_one_that_was_put_to_use_before_the_removal_may_have_been_overlooked(engine: Engine) -> None:
    own = start(engine, {**LISTED, "code": "1"})
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    since = DateInterval.of_day(day("2019-05-01"))
    then(engine, own, "2024-03-20", (None, {**LISTED, "code": "2", "state": "in_use", "commissioned_on": since}))

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.certain, alarm.why) == (False, "按投运时间，它在拆除以前就有，可能是当时漏报")


def test_a_removal_on_an_unknown_day_leaves_the_order_open(engine: Engine) -> None:
    own = start(engine, {**LISTED, "code": "1"})
    within = between("2024-02-01", "2024-03-31")
    then(engine, own, "2024-04-10", (own.equipment[0].id, {"state": "removed", "removed_on": within}))
    then(engine, own, "2024-03-10", (None, {**LISTED, "code": "2", "state": "in_use"}))

    (alarm,) = raised(engine, "2024-04-12")

    assert (alarm.kind, alarm.certain) == ("relapse", False)


def test_the_same_maker_and_number_at_two_firms_is_an_alarm_however_it_is_spaced(engine: Engine) -> None:
    start(engine, {"kind": "cupola", **PLATE})
    start(engine, {"kind": "cupola", "maker": "应达 工业", "serial_no": "ＺＰ-0417"}, name="乙铸造有限公司")

    (alarm,) = raised(engine, "2024-02-01")

    assert (alarm.kind, alarm.certain) == ("same_number", True)
    assert {alarm.before.firm.name, alarm.after.firm.name} == {"甲铸造有限公司", "乙铸造有限公司"}


def test_nothing_is_claimed_where_maker_or_number_is_not_stated(engine: Engine) -> None:
    start(engine, {"kind": "cupola", "serial_no": "ZP-0417"}, {"kind": "cupola", "maker": "应达工业"})
    start(engine, {"kind": "cupola", **PLATE}, name="乙铸造有限公司")
    start(engine, {"kind": "cupola", **PLATE, "serial_no": "ZP-0418"}, name="丙铸造有限公司")

    assert raised(engine, "2024-02-01") == []


def test_two_groups_of_one_firm_with_one_number_are_no_alarm(engine: Engine) -> None:
    start(engine, {"kind": "cupola", **PLATE, "code": "1"}, {"kind": "cupola", **PLATE, "code": "2"})

    assert raised(engine, "2024-02-01") == []


def test_a_removed_listed_furnace_at_another_firm_cites_the_law(engine: Engine) -> None:
    own = start(engine, {**LISTED, **PLATE})
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    start(engine, {**LISTED, **PLATE}, name="乙铸造有限公司", on="2024-03-05")

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.kind, alarm.certain) == ("handed_on", True)
    assert (alarm.before.firm.name, alarm.after.firm.name) == ("甲铸造有限公司", "乙铸造有限公司")
    assert alarm.as_dict()["law"]["article"] == "第二十七条"
    assert raised(engine, "2024-02-25") == []


def test_handing_on_before_the_law_was_so_is_two_statements_of_one_machine(engine: Engine) -> None:
    own = start(engine, {**LISTED, **PLATE}, on="2017-01-15")
    then(engine, own, "2017-02-20", (own.equipment[0].id, {"state": "removed"}))
    start(engine, {**LISTED, **PLATE}, name="乙铸造有限公司", on="2018-10-25")

    (alarm,) = raised(engine, "2018-10-25")

    assert (alarm.kind, alarm.as_dict()["law"]) == ("same_number", None)


def test_the_law_is_that_of_the_clause_and_a_clause_without_one_cites_none(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    clause = shipped().clauses["LOCAL-LANSHAN-AL-SHELL"]
    monkeypatch.setitem(shipped().clauses, clause.id, replace(clause, transfer_law=None))  # type: ignore[arg-type]
    own = start(engine, {**LISTED, **PLATE})
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    start(engine, {**LISTED, **PLATE}, name="乙铸造有限公司", on="2024-03-05")

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.kind, alarm.as_dict()["law"]) == ("handed_on", None)


def test_a_removed_furnace_that_no_clause_named_is_no_breach_of_the_law(engine: Engine) -> None:
    plain = {"kind": "cupola", **PLATE}
    own = start(engine, plain)
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    start(engine, plain, name="乙铸造有限公司", on="2024-03-05")

    (alarm,) = raised(engine, "2024-03-25")

    assert (alarm.kind, alarm.as_dict()["law"]) == ("same_number", None)


def test_alarms_of_a_township_and_of_a_stranger(engine: Engine) -> None:
    own = start(engine, LISTED)
    then(engine, own, "2024-02-20", (own.equipment[0].id, {"state": "removed"}))
    then(engine, own, "2024-03-20", (None, {**LISTED, "state": "in_use"}))

    assert len(raised(engine, "2024-03-25", township="新圩镇")) == 1
    assert raised(engine, "2024-03-25", township="土市镇") == []
    assert raised(engine, "2024-03-25", actor=Actor("外县", counties=frozenset(["431126"]))) == []


def test_a_machine_stated_in_another_county_is_an_alarm_for_whoever_may_see_both(engine: Engine) -> None:
    start(engine, {"kind": "cupola", **PLATE})
    other = Firm({"name": "外县铸造有限公司"}, [machine(kind="cupola", **PLATE)])
    with unit(engine) as session:
        change = changes.open_change(session, "431126", "import", actor="测试", batch=ids.new())
        apply(session, change, replace(roster(other, on="2024-01-20", by="外县"), county="431126"))

    (alarm,) = raised(engine, "2024-02-01")

    assert {alarm.before.county, alarm.after.county} == {"431126", COUNTY}
    assert raised(engine, "2024-02-01", actor=Actor("本县", counties=frozenset([COUNTY]))) == []
    assert raised(engine, "2024-01-19") == []
