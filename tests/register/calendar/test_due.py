"""What falls due, from every source, as of a day and as known; per township and unit; and reminders without phones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.errors import BadInput
from app.register.acceptances.recording import NewItem, carry_out, set_items
from app.register.calendar.asked import Wanted, calendar
from app.register.calendar.due import due
from app.register.calendar.lines import Due, standing
from app.register.calendar.reminders import reminders
from app.register.calendar.sources import SOURCES
from app.register.imports.applying import apply
from app.register.plans.measures import NewMeasure, add_measure
from app.register.plans.measures import carry_out as measure_done
from app.register.programmes.county_programmes import add as add_programme
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes
from app.store.engine import reading, unit
from tests.register.acceptances.levels import TOLD, accept, by, on, one, whole
from tests.register.plans.firms import HALF, at, enrol, moved
from tests.register.rosters import COUNTY, Firm, action, head, machine, permit, plan, roster, seen, take_in
from tests.register.saying import day

PROGRAMME = """version: 1
programmes:
  - id: LS25-COUNTY
    title: 蓝山县铸造产业整治方案（县发文）
    kind: plan
    issuer: 蓝山县人民政府
    issued: 2025-06-01
    jurisdiction: "431127"
    scope:
      - {name: 铸造行业, counties: ["431127"], text: 全县铸造企业, words: [铸造]}
    criteria:
      - {no: 一, text: 全部企业完成煤气发生炉拆除, due: 2026-06-30}
"""


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def falls(
    engine: Engine, as_of: str, *, known: int | None = None, actor: Actor = LOCAL_OPERATOR, **wanted: Any
) -> list[Due]:
    """What falls due."""
    with reading(engine) as session:
        return due(session, COUNTY, day(as_of), head(engine) if known is None else known, actor, **wanted)


def told(engine: Engine, as_of: str, of: str, **more: Any) -> list[tuple[str, str | None, str]]:
    """Its lines of one source: what, by when, how it stands."""
    lines = [one for one in falls(engine, as_of, **more) if one.of == of]
    return [(one.what, one.day.isoformat() if one.day else None, one.state) for one in lines]


def test_a_discharge_permit_is_to_be_renewed_sixty_days_before_it_ends(engine: Engine) -> None:
    own = permit("pollutant_discharge", standing="held", valid_to=on("2026-06-30"))
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [own]), on="2025-01-15"))

    assert told(engine, "2026-01-05", "permit") == [
        ("申请延续排污许可", "2026-05-01", "due"),
        ("排污许可到期", "2026-06-30", "due"),
    ]
    assert told(engine, "2026-05-02", "permit")[0] == ("申请延续排污许可", "2026-05-01", "overdue")
    assert told(engine, "2026-07-01", "permit") == [("排污许可到期", "2026-06-30", "overdue")]
    (line, _) = [one for one in falls(engine, "2026-01-05") if one.of == "permit"]
    assert "60" in line.why or "六十" in line.why
    assert (line.township, line.code, line.working_days is not None) == ("新圩镇", "431127105", True)


def test_measures_and_the_stage_of_a_plan_fall_due(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    moved(engine, "made", HALF, with_gap=True)
    due_in_april = DateInterval(None, date(2025, 4, 30), "month", "2025年4月底前")
    measure = NewMeasure("甲铸造厂", "铝壳炉换成钢壳炉", "县科工局", due_in_april)
    made = add_measure(engine, COUNTY, measure, **TOLD)

    april = ("铝壳炉换成钢壳炉", "2025-04-30")
    stage = ("一企一策到“已通过验收”", "2025-12-31")
    assert told(engine, "2025-04-30", "plan") == [(*april, "due"), (*stage, "due")]
    assert told(engine, "2026-01-01", "plan") == [(*april, "overdue"), (*stage, "overdue")]
    assert told(engine, "2025-05-01", "plan", department="科工") == [(*april, "overdue")]
    assert told(engine, "2025-05-01", "plan", until=day("2025-06-01")) == [(*april, "overdue")]
    measure_done(engine, COUNTY, made["measure"], on("2025-05-20"), **TOLD)
    assert told(engine, "2025-05-21", "plan") == [(*stage, "due")]
    assert told(engine, "2025-05-19", "plan") == [(*april, "overdue"), (*stage, "due")]


def test_the_stage_of_a_plan_waits_for_nobody_who_passed_or_closed(engine: Engine) -> None:
    passed = plan(stage="made", acceptance="passed")
    enrolled = [
        Firm({"name": "甲铸造厂", "township": "新圩镇"}, [passed]),
        Firm({"name": "乙铸造厂", "township": "新圩镇", "status": "closed"}, [plan(stage="made")]),
        Firm({"name": "丙铸造厂", "township": "新圩镇"}, [plan(made_on=HALF)]),
    ]
    take_in(engine, roster(*enrolled, on="2024-07-01"))

    late = [(one.name, one.state) for one in falls(engine, "2026-01-01") if one.of == "plan"]
    assert late == [("丙铸造厂", "cannot_tell")]  # its stage was never stated


def test_returned_items_become_deadlines_until_they_are_mended(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    item = NewItem("补装除尘器", "县科工局", by("2025-11-30"))
    made = accept(engine, "township", "returned", "2025-11-10", item)

    assert told(engine, "2025-11-09", "item") == []
    assert told(engine, "2025-11-20", "item") == [("补装除尘器", "2025-11-30", "due")]
    assert told(engine, "2025-12-01", "item") == [("补装除尘器", "2025-11-30", "overdue")]
    (line,) = [one for one in falls(engine, "2025-12-01") if one.of == "item"]
    assert (line.why, line.source) == ("镇街自验（2025-11-10）退回，期限：2025-11-30前", "镇街自验验收意见")
    then = head(engine)
    carry_out(engine, COUNTY, made["items"][0], on("2025-12-03"), **TOLD)
    assert told(engine, "2025-12-31", "item") == []
    assert told(engine, "2025-12-31", "item", known=then) == [("补装除尘器", "2025-11-30", "overdue")]


def test_a_notice_without_a_recorded_day_is_asked_for_and_with_items_is_a_deadline(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-31"))
    assert told(engine, "2025-11-20", "notice") == [("限期整改：期限要查通知", None, "cannot_tell")]
    assert told(engine, "2025-10-19", "notice") == []

    (of,) = seen(engine, "2025-12-31").enterprises[0].actions
    set_items(engine, COUNTY, of.id, [NewItem("换钢壳炉", None, by("2025-12-31"))], **TOLD)
    assert told(engine, "2025-11-20", "notice") == []
    assert told(engine, "2025-11-20", "item") == [("换钢壳炉", "2025-12-31", "due")]


def test_a_notice_is_over_once_an_acceptance_after_it_is_passed(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-31"))
    accept(engine, "township", "passed", "2025-12-01")

    assert told(engine, "2025-12-31", "notice") == []


def test_an_acceptance_that_is_still_to_come_ends_no_notice(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-31"))
    accept(engine, "township", "passed", "2025-12-01")

    assert told(engine, "2025-11-30", "notice") == [("限期整改：期限要查通知", None, "cannot_tell")]
    assert told(engine, "2025-12-01", "notice") == []


def test_what_a_notice_sets_is_no_deadline_before_the_notice(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-01"))
    (of,) = seen(engine, "2025-12-31").enterprises[0].actions
    set_items(engine, COUNTY, of.id, [NewItem("换钢壳炉", None, by("2025-12-31"))], **TOLD)

    assert told(engine, "2025-10-19", "item") == []
    assert whole(engine, "2025-10-19").firms == ()
    assert told(engine, "2025-10-20", "item") == [("换钢壳炉", "2025-12-31", "due")]
    assert [item.text for item in one(engine, "2025-10-20").noticed] == ["换钢壳炉"]


def test_a_deadline_of_a_firm_that_rosters_tell_of_only_later_has_its_name(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    accept(engine, "township", "returned", "2023-06-01", NewItem("补装除尘器", None, by("2023-07-31")))

    (line,) = [each for each in falls(engine, "2023-06-15") if each.of == "item"]
    assert (line.name, line.township) == ("甲铸造厂", "新圩镇")


def test_the_countys_own_programme_falls_due_too(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    add_programme(engine, COUNTY, "蓝山方案.yaml", PROGRAMME, reason="县里印发", actor=LOCAL_OPERATOR)

    lines = [each for each in falls(engine, "2025-12-23") if each.source == "蓝山县铸造产业整治方案（县发文）"]
    assert [(each.what, each.day) for each in lines] == [("全部企业完成煤气发生炉拆除", date(2026, 6, 30))]


def test_criteria_of_the_county_fall_due_and_what_is_past_cannot_be_told(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    with at("2026-01-05"):
        lines = [one for one in falls(engine, "2025-12-23") if one.of == "programme"]
    assert {(one.day, one.state) for one in lines} == {
        (date(2024, 12, 31), "cannot_tell"),
        (date(2025, 12, 31), "due"),
    }
    assert {one.firm for one in lines} == {None}


def test_a_clause_with_a_last_day_is_a_deadline_of_each_machine(engine: Engine) -> None:
    old = machine(kind="induction_furnace", shell="aluminium", code="1号炉")
    unknown = machine(kind="induction_furnace", code="2号炉")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [old, unknown]), on="2024-01-15"))

    lines = [one for one in falls(engine, "2024-12-31") if one.of == "clause"]
    assert [(one.what[-5:], one.day, one.state) for one in lines] == [
        ("（1号炉）", date(2024, 12, 31), "due"),
        ("（2号炉）", date(2024, 12, 31), "cannot_tell"),
    ]
    assert "铝壳炉" in lines[0].why
    assert "待核实" in lines[1].why
    assert [one[2] for one in told(engine, "2025-01-01", "clause")] == ["overdue", "cannot_tell"]


def test_the_stage_of_a_programme_is_a_deadline_of_each_firm(engine: Engine) -> None:
    other = "140921"
    firm = Firm({"name": "甲锻造法兰有限公司", "township": "宏道镇", "main_product": "法兰"})
    proposal = replace(roster(firm, on="2024-06-01", by="宏道镇人民政府"), county=other)
    with unit(engine) as session:
        apply(session, changes.open_change(session, other, "import", actor="测试"), proposal)
    with reading(engine) as session:
        lines = due(session, other, day("2024-07-01"), 1, LOCAL_OPERATOR)
    own = [one for one in lines if one.of == "programme" and one.firm]

    assert [(one.name, one.source) for one in own] == [("甲锻造法兰有限公司", "忻州市特色产业集群综合整治方案")]
    assert own[0].day is not None


def test_a_township_has_its_own_alone_and_a_clerk_sees_no_other(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    enrol(engine, "乙铸造厂", township="土市镇")
    for firm in ("甲铸造厂", "乙铸造厂"):
        accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器", None, by("2025-11-30")), firm=firm)

    assert [one.name for one in falls(engine, "2025-12-01", township="土市镇")] == ["乙铸造厂"]
    clerk = Actor("文员", townships=frozenset({"431127105"}))
    assert {one.name for one in falls(engine, "2025-12-01", actor=clerk) if one.firm} == {"甲铸造厂"}
    assert {one.name for one in falls(engine, "2025-12-01", firm="甲铸造厂")} == {"甲铸造厂"}


def test_reminders_are_one_for_each_township_and_hold_no_phone_number(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    enrol(engine, "乙铸造厂", township="土市镇")
    item = NewItem("补装除尘器，联系 13812345678 或 0746-2213456", "县科工局 138-1234-5678", by("2025-11-30"))
    for firm in ("甲铸造厂", "乙铸造厂"):
        accept(engine, "township", "returned", "2025-11-10", item, firm=firm)
    with reading(engine) as session:
        found = calendar(session, COUNTY, Wanted(30, of="item"), day("2025-11-20"), head(engine), LOCAL_OPERATOR)
    texts = {one.township: one.text for one in found.reminders}

    assert list(texts) == ["新圩镇", "土市镇"]
    assert "新圩镇：截至2025年11月20日，到期事项 1 项。" in texts["新圩镇"]
    assert "甲铸造厂：补装除尘器" in texts["新圩镇"]
    assert "2025-11-30 到期，还有 10 天，6 个工作日" in texts["新圩镇"]
    assert texts["新圩镇"].splitlines()[-2:] == [
        "依据：",
        "1. 镇街自验验收意见：镇街自验（2025-11-10）退回，期限：2025-11-30前",
    ]
    assert not any(number in text for text in texts.values() for number in ("13812345678", "2213456", "138-1234-5678"))
    assert texts["新圩镇"].count("（电话略）") == 3


def test_a_document_number_or_code_is_no_phone_number() -> None:
    line = Due(date(2025, 12, 31), "整改", "依据 蓝科工〔2025〕12号，91431127MA4L12345X001P", "通知", name="甲铸造厂")

    (one,) = reminders([line], date(2025, 12, 1))
    assert "91431127MA4L12345X001P" in one.text
    assert "电话略" not in one.text


def test_what_is_not_dated_is_counted_and_shown_when_asked_for(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器"))
    with reading(engine) as session:
        at_: tuple[Any, ...] = (day("2025-12-01"), head(engine), LOCAL_OPERATOR)
        without = calendar(session, COUNTY, Wanted(of="item"), *at_)
        with_ = calendar(session, COUNTY, Wanted(of="item", undated=True), *at_)
        with pytest.raises(BadInput):
            calendar(session, COUNTY, Wanted(of="nothing"), *at_)
        with pytest.raises(BadInput):
            calendar(session, COUNTY, Wanted(-1), *at_)

    assert (without.lines, without.undated) == ((), 1)
    assert ([one.state for one in with_.lines], with_.undated) == (["cannot_tell"], 0)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (None, "cannot_tell"),
        (DateInterval(date(2025, 12, 1), date(2025, 12, 31), "month", "2025年12月"), "cannot_tell"),
        (DateInterval(date(2026, 1, 1), date(2026, 1, 31), "month", "2026年1月"), "due"),
        (DateInterval(None, date(2025, 12, 31), "day", "2025-12-31前"), "due"),
        (date(2025, 12, 15), "due"),
        (date(2025, 12, 14), "overdue"),
    ],
)
def test_a_rough_last_day_may_not_tell(days: DateInterval | date | None, state: str) -> None:
    assert standing(days, date(2025, 12, 15))[0] == state


def test_every_source_is_listed_once_with_a_label() -> None:
    assert list(SOURCES) == ["permit", "duty", "plan", "item", "notice", "programme", "clause"]
    assert all(source.label for source in SOURCES.values())
