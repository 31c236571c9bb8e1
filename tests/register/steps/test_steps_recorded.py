"""A step is recorded with its paper, refused with the sentence that refuses it, or recorded with its gap listed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, Decided, LuzhangError, NotFound, Refused
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.acts import withdrawn
from tests.register.rosters import COUNTY, Firm, action, head, machine, roster, seen, take_back, take_in
from tests.register.steps.lanshan import (
    ACCEPTED,
    ASSOCIATION,
    BUREAU,
    LETTER,
    OFFICE,
    cut,
    enrolled,
    gaps_on,
    may_it,
    on,
    open_ids,
    paper,
    step,
)


def test_a_cut_without_the_bureaus_letter_is_refused_with_the_papers_sentence_and_nothing_is_written(
    engine: Engine,
) -> None:
    enrolled(engine)
    before = head(engine)

    with pytest.raises(Refused) as refused:
        cut(engine)

    assert "根据市生态环境局蓝山分局函件" in refused.value.message
    assert "验收销号意见" in refused.value.message
    assert "--gap" in refused.value.fix
    assert head(engine) == before
    assert seen(engine, "2026-01-31").enterprises[0].actions == ()


def test_with_the_letter_it_is_recorded_and_lists_have_it(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08", number="永环蓝函〔2025〕9号")

    done = cut(engine)

    (own,) = seen(engine, "2026-01-31").enterprises[0].actions
    assert own.id == done["action"]
    assert own.facts == {
        "kind": "power_cut",
        "taken_on": on("2025-12-10"),
        "authority": OFFICE,
        "document_no": "蓝科工停〔2025〕1号",
    }
    assert LETTER not in open_ids(engine, "power_cut")


def test_a_halt_notice_is_no_condition_of_a_cut(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")

    found = may_it(engine, "cut", "2025-12-10")

    assert {one.id for one in found.may.conditions if one.answer is False} == set()
    assert "停产通知是另外一步" in str(next(one.note for one in found.may.conditions if one.id == LETTER))


def test_it_may_be_restored_only_by_the_certificate(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    cut(engine)

    before = may_it(engine, "restore", "2025-12-20")
    paper(engine, "certificate", ASSOCIATION, "2025-12-22")
    after = may_it(engine, "restore", "2025-12-23")

    assert before.may.answer is False
    assert any("验收合格后方可复工复产" in one.sentence for one in before.may.refusing)
    assert after.may.answer is True
    assert any("不予恢复生产供电" in one.sentence for one in after.may.conditions)
    assert may_it(engine, "restore", "2025-12-21").may.answer is False


def test_restoring_without_it_is_refused_and_recorded_only_as_a_gap(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    cut(engine)
    told = {"authority": OFFICE, "document_no": "蓝科工复〔2025〕1号"}

    with pytest.raises(Refused, match="验收合格后方可复工复产"):
        step(engine, "restore", "2025-12-20", **told)
    done = step(engine, "restore", "2025-12-20", with_gap=True, reason="镇里已经送电", **told)

    assert ACCEPTED in {one["condition"] for one in done["gaps"]}
    (gap,) = [one for one in gaps_on(engine) if one.condition.id == ACCEPTED]
    assert (gap.standing, gap.with_gap, gap.step) == ("missing", True, done["step"])


def test_a_gap_goes_when_the_paper_comes_in_but_says_that_it_came_later(engine: Engine) -> None:
    enrolled(engine)
    done = cut(engine, with_gap=True, reason="函件还在路上")
    assert LETTER in open_ids(engine, "power_cut")
    before = head(engine)

    paper(engine, "letter", BUREAU, "2025-12-08")

    assert LETTER not in open_ids(engine, "power_cut")
    assert LETTER in open_ids(engine, "power_cut", known=before)
    (mended,) = [one for one in gaps_on(engine) if one.condition.id == LETTER]
    assert (mended.standing, mended.change) == ("recorded_later", done["change"])


def test_a_letter_dated_after_the_cut_is_named_as_late(engine: Engine) -> None:
    enrolled(engine)
    cut(engine, with_gap=True, reason="先停后补")
    paper(engine, "letter", BUREAU, "2025-12-15", number="永环蓝函〔2025〕9号")

    (late,) = [one for one in gaps_on(engine) if one.condition.id == LETTER]

    assert late.standing == "late"
    assert "永环蓝函〔2025〕9号" in late.condition.late[0]
    assert LETTER in open_ids(engine, "power_cut", day="2025-12-12")


def test_a_letter_that_names_no_firm_leaves_it_open_until_the_step_names_the_letter(engine: Engine) -> None:
    enrolled(engine)
    letter = paper(engine, "letter", BUREAU, "2025-12-08", firm=None)

    found = may_it(engine, "cut", "2025-12-10")
    named = may_it(engine, "cut", "2025-12-10", request=letter)

    (open_one,) = [one for one in found.may.conditions if one.id == LETTER]
    assert open_one.answer is None
    assert "没有写明是不是给这家企业的" in open_one.lacks[0]
    assert next(one.answer for one in named.may.conditions if one.id == LETTER) is True


def test_a_township_station_is_not_the_bureau(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", "新圩镇环保所", "2025-12-08")

    with pytest.raises(Refused):
        cut(engine)


def test_an_interval_that_cannot_settle_the_order_says_which_day_is_needed(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-01..2025-12-31")

    done = cut(engine)

    (open_one,) = [one for one in gaps_on(engine) if one.condition.id == LETTER]
    assert open_one.standing == "cannot_tell"
    assert "要知道是2025-12-01..2025-12-31的哪一天" in open_one.condition.lacks[0]
    assert LETTER in {one["condition"] for one in done["gaps"]}


def test_restoring_before_the_cut_is_refused_with_the_rule(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    paper(engine, "certificate", ASSOCIATION, "2025-12-01")
    cut(engine, with_gap=True, reason="又不达标")

    with pytest.raises(Refused) as refused:
        step(engine, "restore", "2025-12-09", authority=OFFICE, document_no="蓝科工复〔2025〕1号")

    assert "复电不能早于停电" in refused.value.message
    assert "炉账处置登记规则第六条" in refused.value.message


def test_notice_served_after_the_cut_is_a_gap(engine: Engine) -> None:
    """嘉祥 2021: cut on 09-03, notice delivered on 09-23."""
    enrolled(engine, day="2021-01-01")
    told = {"authority": "县应急管理局", "document_no": "嘉应急〔2021〕3号", "served_on": on("2021-09-23")}

    with pytest.raises(Refused, match="送达日期（2021-09-23）晚于实施日期（2021-09-03）"):
        step(engine, "cut", "2021-09-03", **told)
    step(engine, "cut", "2021-09-03", with_gap=True, **told)

    assert "REG-ORDER" in open_ids(engine, "power_cut")


def test_safety_law_wants_a_decision_an_approval_and_a_notice_a_day_ahead(engine: Engine) -> None:
    enrolled(engine)
    told = {"authority": "蓝山县应急管理局", "document_no": "蓝应急〔2024〕3号"}

    with pytest.raises(Refused) as refused:
        step(engine, "cut", "2024-06-04", served_on=on("2024-06-04"), **told)

    for words in ("没有先作出停产停业等决定", "主要负责人的批准件", "没有书面通知", "不足 24 小时", "第七十条"):
        assert words in refused.value.message
    step(engine, "cut", "2024-06-05", served_on=on("2024-06-04"), with_gap=True, **told)
    assert "SAFE-70-AHEAD" in {one.condition.id for one in gaps_on(engine) if one.standing == "cannot_tell"}


def test_closure_wants_the_approval_of_a_government_that_may_give_it(engine: Engine) -> None:
    enrolled(engine, day="2024-01-01")
    told = {"authority": OFFICE, "document_no": "蓝科工〔2024〕3号"}

    with pytest.raises(Refused, match="报经有批准权的人民政府批准"):
        step(engine, "close", "2024-05-06", **told)
    paper(engine, "government_approval", "新圩镇人民政府", "2024-04-01")
    with pytest.raises(Refused):
        step(engine, "close", "2024-05-06", **told)
    paper(engine, "government_approval", "蓝山县人民政府", "2024-05-01", number="蓝政函〔2024〕2号")
    step(engine, "close", "2024-05-06", **told)

    assert seen(engine, "2024-06-01").enterprises[0].facts["status"] == "closed"


def test_dismantling_more_than_there_is_is_refused_with_the_rule_whatever_is_said(engine: Engine) -> None:
    enrolled(engine, machine(code="1号炉", quantity=3), day="2024-01-01")

    with pytest.raises(BadInput) as refused:
        step(engine, "dismantle", "2024-03-01", quantity=5, with_gap=True)

    assert "那一天只有 3 台，写了 5 台" in refused.value.message
    assert "炉账处置登记规则第七条" in refused.value.message


def test_some_of_a_group_dismantled_leaves_the_others(engine: Engine) -> None:
    enrolled(engine, machine(code="1号炉", quantity=3), day="2024-01-01")

    done = step(engine, "dismantle", "2024-03-01", quantity=2)
    (left,) = seen(engine, "2024-06-01").enterprises[0].equipment
    assert (left.present, left.bodies) == (True, 1)

    step(engine, "dismantle", "2024-05-01", machine="1号炉")
    (gone,) = seen(engine, "2024-06-01").enterprises[0].equipment
    assert gone.present is False

    (before,) = seen(engine, "2024-04-01").enterprises[0].equipment
    assert (before.present, before.bodies) == (True, 1)
    withdrawn(engine, COUNTY, done["step"], reason="记错", actor=LOCAL_OPERATOR)
    (all_there,) = seen(engine, "2024-04-01").enterprises[0].equipment
    assert (all_there.present, all_there.bodies) == (True, 3)


def test_two_people_recording_one_step_at_once(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")

    def attempt(_: int) -> object:
        try:
            return cut(engine)
        except LuzhangError as error:
            return error

    with ThreadPoolExecutor(4) as people:
        found = list(people.map(attempt, range(4)))

    (done,) = [one for one in found if isinstance(one, dict)]
    told = [one for one in found if isinstance(one, Decided)]
    assert len(told) == 3
    assert all(f"第 {done['change']} 号变更" in one.message and done["step"] in one.message for one in told)
    assert len(seen(engine, "2026-01-31").enterprises[0].actions) == 1


def test_particulars_are_recorded_of_an_action_that_a_roster_states(engine: Engine) -> None:
    enrolled(engine, action("power_cut", taken_on=on("2025-12-10")), day="2025-12-31")
    (stated,) = seen(engine, "2025-12-31").enterprises[0].actions
    assert {LETTER, "REG-WHO", "REG-NO", "REG-PAPER"} <= open_ids(engine, "power_cut")

    paper(engine, "letter", BUREAU, "2025-12-08")
    done = cut(engine)

    assert done["action"] == stated.id
    assert not {LETTER, "REG-WHO", "REG-NO"} & open_ids(engine, "power_cut")
    (own,) = seen(engine, "2025-12-31").enterprises[0].actions
    assert own.facts["authority"] == OFFICE


def test_a_step_stands_when_the_roster_that_stated_its_action_is_undone(engine: Engine) -> None:
    enrolled(engine)
    firm = seen(engine, "2025-12-31").enterprises[0].id
    stated = [action("power_cut", taken_on=on("2025-12-10"))]
    batch = take_in(engine, roster(Firm({}, stated, id=firm), on="2025-12-31", by="供电所")).batch
    paper(engine, "letter", BUREAU, "2025-12-08")
    done = cut(engine)

    take_back(engine, batch)

    (own,) = seen(engine, "2025-12-31").enterprises[0].actions
    assert (own.id, own.facts["taken_on"]) == (done["action"], on("2025-12-10"))


def test_the_entry_of_a_step_is_taken_back_with_the_step_and_not_alone(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    done, before = cut(engine), head(engine)

    with pytest.raises(Decided, match="那次记录还在") as refused:
        take_back(engine, done["batch"])
    assert (refused.value.code, head(engine)) == ("undo.step", before)

    withdrawn(engine, COUNTY, done["step"], reason="记错", actor=LOCAL_OPERATOR)
    assert gaps_on(engine) == []
    assert cut(engine)["step"] != done["step"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"day": "2999-01-01"}, "step.future"),
        ({"effective_time": "25:00"}, "step.time"),
        ({"document_no": "第几号"}, "document.number"),
        ({"basis": "NO-SUCH"}, "procedure.unknown"),
        ({"basis": "HEN-POWER-47"}, "step.basis"),
        ({"document": "nothing"}, "document.unknown"),
        ({"firm": "没有这家"}, "enterprise.unknown"),
        ({"day": None}, "step.day"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_half_recorded(engine: Engine, more: dict, code: str) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    before = head(engine)

    with pytest.raises((BadInput, NotFound)) as refused:
        cut(engine, **more)

    assert refused.value.code == code
    assert head(engine) == before


def test_a_step_taken_back_is_gone_now_and_still_known_then(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", BUREAU, "2025-12-08")
    done = cut(engine)
    known = head(engine)

    withdrawn(engine, COUNTY, done["step"], reason="记错企业", actor=LOCAL_OPERATOR)

    assert seen(engine, "2026-01-31").enterprises[0].actions == ()
    assert gaps_on(engine) == []
    assert len(seen(engine, "2026-01-31", known=known).enterprises[0].actions) == 1
    assert cut(engine)["action"] != done["action"]
