"""A plan advances on its day and its paper; what a sentence forbids is refused with it, or recorded as a gap."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, event

from app.domain.dates import DateInterval
from app.errors import AlreadyUndone, BadInput, Decided, LuzhangError, NotFound, Refused
from app.register.desk.who import firms_called
from app.register.papers import acts
from app.register.plans import queries
from app.register.plans.measures import take_back
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.plans.firms import (
    HALF,
    OCTOBER,
    TOLD,
    at,
    brought_to_notice,
    enrol,
    missing,
    moved,
    on,
    one,
    paper,
    whole,
)
from tests.register.rosters import COUNTY, Firm, head, plan, roster, seen, take_in
from tests.register.rosters import take_back as undone

CLERK, STRANGER = Actor("文员", townships=frozenset({"431127105"})), Actor("外县", counties=frozenset({"431128"}))


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def test_a_plan_goes_from_stage_to_stage_and_each_day_has_its_own(engine: Engine) -> None:
    brought_to_notice(engine)
    report = paper(engine, "acceptance_report", on("2025-11-20"), "甲铸造厂", issuer="湖南某检测公司")
    certificate = paper(engine, "certificate", on("2025-12-20"), "甲铸造厂", issuer="湖南省铸造协会")
    moved(engine, "self_accepted", on("2025-11-20"), document=report, unit="湖南某检测公司")
    told = moved(engine, "已出具证明", on("2025-12-22"), document=certificate)

    assert told["steps"][0]["gaps"] == []
    days = ("2024-06-28", "2025-10-19", "2025-10-20", "2025-11-20", "2025-12-21", "2025-12-22")
    stages = ["made", "made", "notified", "self_accepted", "self_accepted", "certified"]
    assert [one(engine, text).stage for text in days] == stages
    found = one(engine, "2025-12-31")
    assert missing(found) == []
    assert [step.stage for step in found.steps] == ["made", "notified", "self_accepted", "certified"]
    assert (found.plan.facts["made_on"], found.overdue) == (on("2024-06-28"), False)
    assert one(engine, "2026-01-01").overdue is True


def test_many_firms_are_advanced_in_one_change_or_none(engine: Engine) -> None:
    names = [f"{letter}铸造厂" for letter in "甲乙丙丁戊"]
    enrol(engine, *names)
    before = head(engine)
    scheme = paper(engine, "plan", on("2024-06-28"), title="工作方案")
    with pytest.raises(NotFound):
        moved(engine, "made", HALF, *names, "己铸造厂", document=scheme)
    assert (head(engine), whole(engine, "2025-01-01").plans) == (before + 1, ())

    told = moved(engine, "made", HALF, *names, document=scheme)
    assert (told["change"], len(told["steps"])) == (before + 2, 5)
    assert {found.stage for found in whole(engine, "2024-06-30").plans} == {"made"}
    assert whole(engine, "2024-06-29").plans == ()


def test_a_step_before_the_one_it_depends_on_is_refused_with_the_sentence(engine: Engine) -> None:
    brought_to_notice(engine)
    before = head(engine)
    report = paper(engine, "acceptance_report", on("2025-10-10"), "甲铸造厂", issuer="某公司")
    with pytest.raises(Refused) as told:
        moved(engine, "self_accepted", on("2025-10-19"), document=report)
    assert (told.value.code, head(engine)) == ("plan.gap", before + 1)
    assert "指导企业选聘第三方开展自主验收" in told.value.message
    assert "验收销号意见" in told.value.message
    assert "--gap" in told.value.fix


def test_without_its_paper_a_step_is_refused_or_listed_until_the_paper_comes(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    with pytest.raises(Refused, match="一企一策方案"):
        moved(engine, "made", HALF)
    moved(engine, "made", HALF, with_gap=True)
    recorded = head(engine)
    assert missing(one(engine, "2025-01-01")) == [("made", "plan", "missing")]

    paper(engine, "plan", on("2023-12-28"), "甲铸造厂", title="工作方案")
    assert missing(one(engine, "2025-01-01")) == []
    assert missing(one(engine, "2025-01-01", recorded)) == [("made", "plan", "missing")]
    assert whole(engine, "2025-01-01", gaps=True).plans == ()


def test_a_paper_that_came_in_after_its_step_says_so(engine: Engine) -> None:
    brought_to_notice(engine)
    step = one(engine, "2025-12-01").steps[1]
    assert not step.came_later
    acts.revise(engine, COUNTY, str(step.document), acts.Revision(title="限期整改通知书"), **TOLD)

    again = one(engine, "2025-12-01").steps[1]
    assert (again.came_later, again.paper.title if again.paper else "") == (True, "限期整改通知书")


def test_a_paper_dated_after_its_step_is_a_gap(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    late = paper(engine, "plan", on("2024-07-15"), "甲铸造厂", title="工作方案")
    with pytest.raises(Refused, match="晚于"):
        moved(engine, "made", HALF, document=late)
    moved(engine, "made", HALF, document=late, with_gap=True)
    assert missing(one(engine, "2025-01-01")) == [("made", "plan", "late")]


def test_an_order_that_days_do_not_tell_is_recorded_and_asked(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    moved(engine, "made", HALF, document=paper(engine, "plan", on("2023-12-20"), "甲铸造厂"))
    moved(
        engine,
        "notified",
        OCTOBER,
        document=paper(engine, "rectification_notice", on("2025-10-01"), "甲铸造厂", number="蓝科工〔2025〕12号"),
    )
    report = paper(engine, "acceptance_report", on("2025-10-01"), "甲铸造厂", issuer="某公司")
    told = moved(engine, "self_accepted", OCTOBER, document=report)

    (gap,) = told["steps"][0]["gaps"]
    assert (gap["missing"], gap["answer"], "各是哪一天" in gap["fix"]) == ("notified", "cannot_tell", True)


def test_a_stage_told_late_does_not_put_the_plan_back(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    moved(engine, "certified", on("2025-12-22"), with_gap=True)
    assert missing(one(engine, "2025-12-31"))[0] == ("certified", "made", "missing")
    moved(engine, "made", on("2025-12-22"), with_gap=True)
    moved(engine, "notified", on("2025-12-25"), with_gap=True)

    found = one(engine, "2025-12-31")
    assert (found.stage, found.plan.facts["made_on"]) == ("certified", on("2025-12-22"))
    assert ("certified", "notified", "late") in missing(found)


def test_what_ought_to_have_come_after_is_refused_as_well(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    certificate = paper(engine, "certificate", on("2025-12-20"), "甲铸造厂", issuer="省铸协")
    moved(engine, "certified", on("2025-12-22"), document=certificate, with_gap=True)
    scheme = paper(engine, "plan", on("2025-12-25"), "甲铸造厂")
    with pytest.raises(Refused, match="晚于"):
        moved(engine, "made", on("2025-12-25"), document=scheme)


def test_the_same_step_is_recorded_once_and_told_whose_it_is(engine: Engine) -> None:
    brought_to_notice(engine)
    with pytest.raises(Decided, match="已经记过：2025-10-20，第 5 号变更，本机操作员"):
        moved(engine, "notified", on("2025-10-21"))


def test_after_a_failed_acceptance_a_plan_is_worked_on_again(engine: Engine) -> None:
    brought_to_notice(engine)
    moved(
        engine,
        "self_accepted",
        on("2025-11-20"),
        document=paper(engine, "acceptance_report", on("2025-11-20"), "甲铸造厂", issuer="某公司"),
    )
    moved(
        engine,
        "failed",
        on("2025-12-01"),
        document=paper(engine, "acceptance_opinion", on("2025-12-01"), "甲铸造厂", number="蓝科工〔2025〕20号"),
    )
    assert (one(engine, "2025-12-02").stage, one(engine, "2025-12-02").plan.facts["acceptance"]) == ("failed", "failed")
    moved(engine, "in_progress", on("2025-12-03"))
    again = paper(engine, "acceptance_report", on("2025-12-20"), "甲铸造厂", issuer="某公司")
    moved(engine, "self_accepted", on("2025-12-20"), document=again)
    assert [one(engine, text).stage for text in ("2025-12-02", "2025-12-03", "2025-12-20")] == [
        "failed",
        "in_progress",
        "self_accepted",
    ]


def test_what_is_taken_back_was_known_until_then(engine: Engine) -> None:
    brought_to_notice(engine)
    before, step = head(engine), one(engine, "2025-12-01").steps[1]
    take_back(engine, COUNTY, step.id, **TOLD)

    assert (one(engine, "2025-12-01").stage, one(engine, "2025-12-01", before).stage) == ("made", "notified")
    assert len(one(engine, "2025-12-01", before).steps) == 2
    with pytest.raises(NotFound):
        take_back(engine, COUNTY, step.id, **TOLD)
    moved(engine, "notified", on("2025-10-21"), with_gap=True)


def test_the_entry_of_a_step_is_not_taken_back_without_the_step(engine: Engine) -> None:
    brought_to_notice(engine)
    step = one(engine, "2025-12-01").steps[1]
    before = head(engine)
    with pytest.raises(Decided) as told:
        undone(engine, str(step.entry))
    assert (told.value.code, head(engine)) == ("undo.plan_step", before)
    assert "已下达整改通知" in told.value.message
    assert told.value.fix == f"请把它连同它写入的一起撤回：luzhang plan back {step.id}"
    assert one(engine, "2025-12-01").stage == "notified"

    take_back(engine, COUNTY, step.id, **TOLD)
    with pytest.raises(AlreadyUndone):
        undone(engine, str(step.entry))


def test_a_plan_of_which_nothing_is_stated_any_more_keeps_its_steps(engine: Engine) -> None:
    """A roster states the stage; the step told of that day states nothing new; then the roster is taken back."""
    enrol(engine, "甲铸造厂")
    (firm,) = seen(engine, "2025-12-22").enterprises
    sent = roster(Firm({}, [plan(stage="certified")], id=firm.id), on="2025-10-01", by="县科工局")
    applied = take_in(engine, sent)
    moved(engine, "notified", on("2025-10-20"), with_gap=True)
    assert one(engine, "2025-12-31").steps[0].entry is None
    undone(engine, applied.batch)
    found = one(engine, "2025-12-31")
    assert (found.stage, [step.stage for step in found.steps]) == (None, ["notified"])
    assert whole(engine, "2025-10-19").plans == ()


def test_many_firms_are_found_with_one_look_at_the_county(sqlite_engine: Engine) -> None:
    names = [f"{letter}铸造厂" for letter in "甲乙丙丁戊己庚辛"]
    enrol(sqlite_engine, *names)
    with reading(sqlite_engine) as session:
        looks: list[str] = []
        event.listen(sqlite_engine, "before_cursor_execute", lambda *said: looks.append(said[2]))
        first = firms_called(session, COUNTY, names[:1], LOCAL_OPERATOR)
        once = len(looks)
        assert firms_called(session, COUNTY, names, LOCAL_OPERATOR)[:1] == first
        assert len(looks) <= 2 * once


def test_stages_that_rosters_state_are_judged_likewise(engine: Engine) -> None:
    firm = Firm({"name": "甲铸造厂", "township": "新圩镇"}, [plan(stage="certified", made_on=HALF)])
    take_in(engine, roster(firm, on="2025-12-22", by="新圩镇人民政府", township="431127105"))

    assert missing(one(engine, "2025-12-31")) == [
        ("made", "plan", "missing"),
        ("certified", "made", "cannot_tell"),
        ("certified", "notified", "missing"),
        ("certified", "self_accepted", "missing"),
        ("certified", "certificate", "missing"),
    ]


@pytest.mark.parametrize(
    ("stage", "days", "more", "refused", "code"),
    [
        ("销号", on("2025-12-22"), {}, BadInput, "plan.stage"),
        ("none", on("2025-12-22"), {}, BadInput, "plan.stage"),
        ("made", on("2026-01-06"), {}, BadInput, "day.future"),
        ("made", DateInterval(date(2026, 1, 1), date(2026, 1, 31), "month", "2026年1月"), {}, BadInput, "day.future"),
        ("made", DateInterval(date(2024, 1, 1), None, "day", "2024年起"), {}, BadInput, "day.bad"),
        ("made", HALF, {"document": "湘环函〔2025〕9号"}, NotFound, "document.unknown"),
        ("made", HALF, {"plan": "没有"}, NotFound, "plan.unknown"),
    ],
)
def test_what_cannot_be_recorded_says_why_and_writes_nothing(
    sqlite_engine: Engine, stage: str, days: DateInterval, more: dict[str, str], refused: type[LuzhangError], code: str
) -> None:
    enrol(sqlite_engine, "甲铸造厂")
    before = head(sqlite_engine)
    with pytest.raises(refused) as told:
        moved(sqlite_engine, stage, days, with_gap=True, **more)
    assert (told.value.code, head(sqlite_engine)) == (code, before)


def test_a_paper_of_another_firm_is_refused(sqlite_engine: Engine) -> None:
    enrol(sqlite_engine, "甲铸造厂", "乙铸造厂")
    theirs = paper(sqlite_engine, "plan", on("2024-06-28"), "乙铸造厂", title="方案")
    with pytest.raises(BadInput) as told:
        moved(sqlite_engine, "made", HALF, document=theirs)
    assert told.value.code == "document.not_of_firm"


def test_a_paper_is_named_by_its_number_however_it_is_written(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    made = paper(engine, "plan", on("2024-01-01"), "甲铸造厂", number="蓝科工〔2024〕3号")
    told = moved(engine, "made", on("2024-06-28"), document="蓝科工(2024)3号")
    assert one(engine, "2025-01-01").steps[0].document == made
    assert told["steps"][0]["gaps"] == []


def test_of_two_who_record_one_step_at_once_one_is_told_which(own_engine: Engine) -> None:
    brought_to_notice(own_engine)
    answers: list[object] = []
    ready = Barrier(2)

    def go() -> None:
        ready.wait(10)
        try:
            answers.append(moved(own_engine, "in_progress", on("2025-11-01"))["change"])
        except LuzhangError as error:
            answers.append(error)

    both = [Thread(target=go) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    (won,) = [one for one in answers if isinstance(one, int)]
    (lost,) = [one for one in answers if isinstance(one, Decided)]
    assert f"第 {won} 号变更" in lost.message


def test_a_township_sees_its_own_steps_and_another_county_none(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    enrol(engine, "乙铸造厂", township="土市镇")
    moved(engine, "made", HALF, "甲铸造厂", "乙铸造厂", with_gap=True)

    with reading(engine) as session:

        def rows(actor: Actor) -> list[int]:
            found = [queries.recorded(name, COUNTY, head(engine), actor) for name in queries.RECORDS]
            found += [queries.stages(COUNTY, date(2025, 1, 1), head(engine), actor)]
            return [len(session.execute(each).all()) for each in found]

        assert [rows(actor) for actor in (LOCAL_OPERATOR, CLERK, STRANGER)] == [
            [2, 0, 0, 0, 2],
            [1, 0, 0, 0, 1],
            [0, 0, 0, 0, 0],
        ]
        theirs = whole(engine, "2025-01-01", firm="乙铸造厂").plans[0].steps[0].id
        assert session.execute(queries.one("step", COUNTY, theirs, CLERK)).all() == []
        assert session.execute(queries.ever("step", COUNTY, [theirs], head(engine), STRANGER)).all() == []
        (step,) = whole(engine, "2025-01-01", firm="乙铸造厂").plans[0].steps
        for actor, seen in ((LOCAL_OPERATOR, 1), (CLERK, 0), (STRANGER, 0)):
            assert len(session.execute(queries.entered(COUNTY, str(step.entry), actor)).all()) == seen
            assert len(session.execute(queries.owners(COUNTY, [step.plan], actor)).all()) == seen
