"""A firm's history: from when until when, known since when, out of which cell, by whom, and why no longer."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.domain.dates import DateInterval
from app.domain.register import Enterprise
from app.errors import BadInput, NotFound
from app.register.desk.deciding import answer_absence, decide_value
from app.register.desk.merging import merge, take_apart
from app.register.history.timeline import History, Told, history
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes
from app.store.engine import reading, unit
from app.store.models import Statement
from app.store.sealed import sealed_as
from tests.register.rosters import COUNTY, Firm, machine, permit, roster, seen, take_back, take_in
from tests.register.saying import day

JANUARY, MARCH = "2024-01-15", "2024-03-31"
NAME = "甲铸造有限公司"


def a_forge(engine: Engine, **facts: Any) -> Enterprise:
    stated = {"code": "1", "shell": "aluminium", **facts}
    held = [machine(**stated), permit("eia", standing="held")]
    take_in(engine, roster(Firm({"name": NAME, "township": "新圩镇"}, held), on=JANUARY))
    (found,) = seen(engine, JANUARY).enterprises
    return found


def again(engine: Engine, firm: Enterprise, on: str, *, by: str = "新圩镇人民政府", **facts: Any) -> str:
    said = Firm({}, [machine(firm.equipment[0].id, **facts)], firm.id)
    return take_in(engine, roster(said, on=on, by=by)).batch


def told(engine: Engine, firm: str = NAME, *, known: int | None = None, **more: Any) -> History:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return history(session, COUNTY, firm, known=at, **{"actor": LOCAL_OPERATOR, **more})


def of(found: History, field: str) -> list[Told]:
    return [one for one in found.facts if one.field == field]


def act(engine: Engine, kind: str, verb: Any, *arguments: Any) -> Any:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, kind, actor="王", reason="核实")
        return verb(session, change, *arguments)


def test_every_fact_has_its_days_its_cell_its_change_and_its_person(engine: Engine) -> None:
    a_forge(engine)

    found = told(engine)

    assert {one.field for one in found.facts} == {"name", "township", "code", "shell", "present", "standing"}
    (shell,) = (one.as_dict() for one in of(found, "shell"))
    assert (shell["called"], shell["text"], shell["from"], shell["until"]) == ("1号炉", "铝壳", JANUARY, None)
    (source,) = shell["sources"]
    assert (source["file"], source["cell"], source["raw"]) == ("新圩镇人民政府.xlsx", "Sheet1!B6", "aluminium")
    since = shell["known_since"]
    assert (since["change"], since["act"], since["actor"], since["file"]) == (
        1,
        "import",
        "测试",
        "新圩镇人民政府.xlsx",
    )
    assert (shell["superseded"], shell["until_known_since"]) == (None, None)


def test_what_ended_says_since_when_that_is_known_and_is_still_known_since_it_began(engine: Engine) -> None:
    again(engine, a_forge(engine), MARCH, shell="steel")

    first, second = (one.as_dict() for one in of(told(engine), "shell"))

    assert (first["from"], first["until"], first["known_since"]["change"]) == (JANUARY, "2024-03-30", 1)
    assert (first["until_known_since"]["change"], first["superseded"]) == (2, None)
    assert (second["from"], second["until"], second["known_since"]["change"]) == (MARCH, None, 2)
    (still,) = (one.as_dict() for one in of(told(engine, known=1), "shell"))
    assert (still["text"], still["until"]) == ("铝壳", None)


def test_what_was_undone_stands_with_the_change_that_undid_it(engine: Engine) -> None:
    take_back(engine, again(engine, a_forge(engine), JANUARY, shell="steel"))

    lines = [one.as_dict() for one in of(told(engine), "shell")]

    assert [
        (one["text"], one["known_since"]["change"], one["superseded"] and one["superseded"]["act"]) for one in lines
    ] == [
        ("铝壳", 1, "import"),
        ("钢壳", 2, "undo"),
        ("铝壳", 3, None),
    ]
    assert lines[1]["superseded"]["kind"] == "撤回导入"
    assert [one["withdrawn_by"] for one in lines[1]["sources"]] == [3]
    assert lines[1]["superseded"]["reason"] == "试"


def test_what_it_is_called_is_what_was_known_then_whatever_was_learned_since(engine: Engine) -> None:
    firm = a_forge(engine)
    for name in ("甲精密铸造有限公司", "甲重型铸造有限公司"):
        again(engine, firm, MARCH, code=name[1:3])
        take_in(engine, roster(Firm({"name": name}, [], firm.id), on=MARCH))

    def called(known: int) -> tuple[str, set[str]]:
        found = told(engine, firm.id, known=known)
        return found.name, {one.thing.called for one in found.facts if one.thing.section == "equipment"}

    first, then, now = (called(known) for known in (1, 3, 5))

    assert first == (NAME, {"1号炉"})
    assert then == ("甲精密铸造有限公司", {"精密号炉"})
    assert now == ("甲重型铸造有限公司", {"重型号炉"})


def test_days_known_as_an_interval_are_told_as_they_are_written(engine: Engine) -> None:
    within = DateInterval(day("2024-03-01"), day("2024-03-31"), "month", "2024年3月")
    again(engine, a_forge(engine), "2024-06-30", state="removed", removed_on=within)

    found = told(engine)

    (removed,) = (one.as_dict() for one in of(found, "removed_on"))
    assert (removed["text"], removed["value"]["from"], removed["value"]["to"]) == ("2024年3月", "2024-03-01", MARCH)
    there = [(one.entry.since.isoformat(), one.as_dict()["text"]) for one in of(found, "present")]
    assert there == [(JANUARY, "在"), ("2024-03-01", "不能确定"), (MARCH, "已不在")]
    assert all(one.sources for one in of(found, "present"))


def test_a_dispute_shows_both_sides_and_the_decision_that_ended_it(engine: Engine) -> None:
    again(engine, a_forge(engine), JANUARY, shell="steel", by="督察组")
    with reading(engine) as session:
        by = Statement.source == sealed_as(Statement.source, COUNTY, "督察组")
        rows = session.scalars(select(Statement).where(Statement.field == "shell", by))
        statement = rows.one().id
    act(engine, "decide", decide_value, statement, "看了照片")

    found = told(engine)

    first, dispute, last = (one.as_dict() for one in of(found, "shell"))
    assert (dispute["disputed"], dispute["value"], len(dispute["sources"])) == (True, None, 2)
    assert (dispute["superseded"]["act"], dispute["superseded"]["actor"]) == ("decide", "王")
    assert (first["superseded"]["change"], last["text"]) == (2, "钢壳")
    (ruling,) = (one.as_dict() for one in found.decided)
    assert (ruling["kind"], ruling["reason"]) == ("value", "看了照片")
    assert "督察组.xlsx Sheet1!A6" in ruling["said"]


def test_a_merger_and_its_end_are_told_with_the_records_facts(engine: Engine) -> None:
    firm = a_forge(engine)
    take_in(engine, roster(Firm({"name": "甲铸造厂"}, [machine(code="7", kind="cupola")]), on=JANUARY, by="二"))
    second = next(one for one in seen(engine, JANUARY).enterprises if one.name == "甲铸造厂")
    decision = act(engine, "merge", merge, second.id, firm.id, "一个厂").decision

    found = told(engine, "甲铸造厂")
    assert (found.firm, set(found.records)) == (firm.id, {firm.id, second.id})
    assert {one.kind for one in found.decided} == {"identity", "replacement"}
    (aside,) = (one for one in of(found, "name") if one.thing.id == second.id)
    assert aside.superseded is not None
    assert aside.superseded.act == "merge"

    act(engine, "withdraw", take_apart, decision)
    own = told(engine)
    assert own.records == (firm.id,)
    assert all(one.superseded and one.superseded.kind == "拆开两条记录" for one in own.decided)
    assert len(told(engine, known=3).decided) == 2
    assert all(one.superseded is None for one in told(engine, known=3).decided)


def test_why_a_firm_was_missing_is_told(engine: Engine) -> None:
    firm = a_forge(engine)
    batch = take_in(engine, roster(Firm({"name": "乙铸造有限公司"}), on=MARCH)).batch
    act(engine, "decide", answer_absence, batch, firm.id, "漏报", "电话核实")

    (one,) = told(engine).decided

    assert (one.kind, one.reason) == ("absent", "电话核实")
    assert one.said.endswith("漏报")


def test_a_firm_whose_roster_was_undone_can_still_be_asked_for(engine: Engine) -> None:
    batch = take_in(engine, roster(Firm({"name": NAME}), on=JANUARY)).batch
    take_back(engine, batch)

    found = told(engine)

    assert [(one.as_dict()["text"], one.superseded and one.superseded.act) for one in found.facts] == [(NAME, "undo")]


def test_days_and_sections_are_chosen(engine: Engine) -> None:
    again(engine, a_forge(engine), MARCH, shell="steel")

    assert [one.as_dict()["text"] for one in of(told(engine, as_of=day("2024-02-01")), "shell")] == ["铝壳"]
    assert {one.thing.section for one in told(engine, section="permit").facts} == {"permit"}
    assert told(engine, section="手续") == told(engine, section="permit")
    with pytest.raises(BadInput):
        told(engine, section="炉子")
    with pytest.raises(NotFound):
        told(engine, "没有这个厂")


def test_a_stranger_is_told_of_no_firm(engine: Engine) -> None:
    a_forge(engine)
    with pytest.raises(NotFound):
        told(engine, actor=Actor("外县", counties=frozenset(["431126"])))
