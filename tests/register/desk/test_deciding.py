"""What a person decides: which statement counts, what she states by hand, why a firm is missing; and taking it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.domain.register import Snapshot
from app.errors import BadInput, Decided, NotFound
from app.register.desk.deciding import Ruling, answer_absence, correct, decide_value, withdraw
from app.store import changes
from app.store.engine import reading, unit
from app.store.models import Statement
from app.store.sealed import sealed_as
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, machine, roster, seen, take_back, take_in
from tests.register.saying import day

DAY, LATER = "2024-01-15", "2024-06-30"


def decide(engine: Engine, verb: Any, *words: Any, **more: Any) -> Any:
    with unit(engine) as session:
        return verb(session, changes.open_change(session, COUNTY, "decide", actor="县经办"), *words, **more)


def facts(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, as_of=replace(snapshot.as_of, known=0))


def statement(engine: Engine, field: str, source: str) -> str:
    with reading(engine) as session:
        by = Statement.source == sealed_as(Statement.source, COUNTY, source)
        wanted = select(Statement.id).where(Statement.field == field, by)
        return str(session.scalars(wanted.order_by(Statement.recorded_by.desc())).first())


def disagreement(engine: Engine) -> str:
    """The township says half a ton, the bureau says one; the machine's id."""
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(capacity_t=0.5)]), on=DAY, by="镇"))
    firm = seen(engine, DAY).enterprises[0]
    own = firm.equipment[0].id
    take_in(engine, roster(Firm({}, [machine(own, capacity_t=1.0)], id=firm.id), on=DAY, by="局"))
    return own


def capacity(engine: Engine, on: str = DAY) -> tuple[Any, bool]:
    own = seen(engine, on).enterprises[0].equipment[0]
    return own.facts.get("capacity_t"), "capacity_t" in own.disputed


def sound(engine: Engine) -> bool:
    with reading(engine) as session:
        return verify(session) == []


def test_a_decided_statement_is_the_value(engine: Engine) -> None:
    disagreement(engine)
    assert capacity(engine) == (None, True)

    decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")

    assert capacity(engine) == (1.0, False)
    assert sound(engine)


def test_a_decision_is_taken_back(engine: Engine) -> None:
    disagreement(engine)
    before = facts(seen(engine, DAY))
    ruling: Ruling = decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")

    decide(engine, withdraw, ruling.decision)

    assert facts(seen(engine, DAY)) == before


def test_a_decision_is_changed_for_another(engine: Engine) -> None:
    disagreement(engine)
    decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")
    decide(engine, decide_value, statement(engine, "capacity_t", "镇"), "看错了")
    assert capacity(engine) == (0.5, False)
    with pytest.raises(Decided):
        decide(engine, decide_value, statement(engine, "capacity_t", "镇"), "再说一遍")


def test_what_is_said_after_the_decision_stands_against_it(engine: Engine) -> None:
    own = disagreement(engine)
    decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")
    firm = seen(engine, DAY).enterprises[0].id

    take_in(engine, roster(Firm({}, [machine(own, capacity_t=2.0)], id=firm), on=DAY, by="铸协"))

    assert capacity(engine) == (None, True)


def test_who_repeats_the_overruled_word_reopens_nothing(engine: Engine) -> None:
    own = disagreement(engine)
    decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")
    firm = seen(engine, DAY).enterprises[0].id

    take_in(engine, roster(Firm({}, [machine(own, capacity_t=1.0)], id=firm), on=DAY, by="铸协"))

    assert capacity(engine) == (1.0, False)


def test_a_later_day_is_a_change_whatever_was_decided(engine: Engine) -> None:
    own = disagreement(engine)
    decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")
    firm = seen(engine, DAY).enterprises[0].id

    take_in(engine, roster(Firm({}, [machine(own, capacity_t=2.0)], id=firm), on=LATER, by="镇"))

    assert (capacity(engine), capacity(engine, LATER)) == ((1.0, False), (2.0, False))


def test_whether_a_machine_is_there_is_decided(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(state="removed")]), on=DAY, by="镇"))
    firm = seen(engine, DAY).enterprises[0]
    own = firm.equipment[0].id
    take_in(engine, roster(Firm({}, [machine(own, shell="steel")], id=firm.id), on=DAY, by="局"))
    assert seen(engine, DAY).enterprises[0].equipment[0].present is None

    decide(engine, decide_value, statement(engine, "shell", "局"), "看到了", present=True)
    assert seen(engine, DAY).enterprises[0].equipment[0].present is True

    decide(engine, decide_value, statement(engine, "state", "镇"), "已拆", present=True)
    assert seen(engine, DAY).enterprises[0].equipment[0].present is False


def test_a_correction_by_hand_is_the_value_and_can_be_undone(engine: Engine) -> None:
    own = disagreement(engine)
    before = facts(seen(engine, DAY))

    ruling: Ruling = decide(engine, correct, "equipment", own, {"capacity_t": 0.75}, day(DAY), "铭牌")

    assert capacity(engine) == (0.75, False)
    take_back(engine, str(ruling.batch))
    assert facts(seen(engine, DAY)) == before
    assert sound(engine)


def test_undoing_the_import_keeps_what_was_corrected_by_hand_and_names_it(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "骅强"}, [machine(capacity_t=0.5, shell="steel")]), on=DAY))
    own = seen(engine, DAY).enterprises[0].equipment[0].id
    decide(engine, correct, "equipment", own, {"capacity_t": 0.75}, day(DAY), "铭牌")

    undone = take_back(engine, applied.batch)

    assert {one.field for one in undone.reversed} >= {"name", "shell"}
    assert [(one.field, one.before, one.after) for one in undone.kept] == [("capacity_t", "0.5", "0.75")]


def test_undoing_an_import_withdraws_the_decision_for_its_word(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}, [machine(capacity_t=0.5)]), on=DAY, by="镇"))
    firm = seen(engine, DAY).enterprises[0]
    again = Firm({}, [machine(firm.equipment[0].id, capacity_t=1.0)], id=firm.id)
    applied = take_in(engine, roster(again, on=DAY, by="局"))
    ruling: Ruling = decide(engine, decide_value, statement(engine, "capacity_t", "局"), "现场核实")

    take_back(engine, applied.batch)

    assert capacity(engine) == (0.5, False)
    with pytest.raises(NotFound):
        decide(engine, withdraw, ruling.decision)


def test_only_what_the_vocabulary_takes_is_stated(engine: Engine) -> None:
    own = disagreement(engine)
    for wrong in ({"capacity": 1.0}, {"capacity_t": -1.0}, {"capacity_t": "1"}, {"shell": "brass"}, {"quantity": 1.5}):
        with pytest.raises(BadInput):
            decide(engine, correct, "equipment", own, wrong, day(DAY), "试")
    with pytest.raises(NotFound):
        decide(engine, correct, "equipment", "nothing", {"capacity_t": 1.0}, day(DAY), "试")


@pytest.mark.parametrize(("answer", "status"), [("关停", "closed"), ("搬迁", "relocated"), ("被整合", "merged")])
def test_a_missing_firm_has_the_status_that_is_answered(engine: Engine, answer: str, status: str) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), Firm({"name": "奥鑫"}), on=DAY))
    firm = next(one for one in seen(engine, DAY).enterprises if one.name == "骅强")
    second = take_in(engine, roster(Firm({"name": "君雄"}), on=LATER))

    decide(engine, answer_absence, second.batch, firm.id, answer, "已核实")

    now = {one.name: one.facts.get("status") for one in seen(engine, LATER).enterprises}
    assert now["骅强"] == status
    with pytest.raises(Decided):
        decide(engine, answer_absence, second.batch, firm.id, "漏报", "又想起来")


def test_an_omission_states_nothing(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=DAY))
    firm = seen(engine, DAY).enterprises[0]
    second = take_in(engine, roster(Firm({"name": "君雄"}), on=LATER))

    ruling: Ruling = decide(engine, answer_absence, second.batch, firm.id, "漏报", "下次补上")

    assert seen(engine, LATER).enterprises[0].facts["status"] == "producing"
    decide(engine, withdraw, ruling.decision)
    with pytest.raises(BadInput):
        decide(engine, answer_absence, second.batch, firm.id, "失踪", "?")


def test_the_entry_that_follows_of_an_answer_is_undone_with_it(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=DAY))
    firm = seen(engine, DAY).enterprises[0]
    second = take_in(engine, roster(Firm({"name": "君雄"}), on=LATER))
    ruling: Ruling = decide(engine, answer_absence, second.batch, firm.id, "关停", "已核实")
    with pytest.raises(Decided, match="企业状态"):
        decide(engine, withdraw, ruling.decision)

    take_back(engine, str(ruling.batch))

    assert seen(engine, LATER).enterprises[0].facts["status"] == "producing"
    decide(engine, answer_absence, second.batch, firm.id, "漏报", "原来是漏了")
    assert sound(engine)
