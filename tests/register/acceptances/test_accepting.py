"""Three levels, one after another; what was sent back becomes a deadline; what is missing is listed, never stored."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, Decided, LuzhangError, NotFound, Refused
from app.register.acceptances import queries
from app.register.acceptances.recording import NewItem, carry_out, set_items, take_back
from app.register.history.timeline import history
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.acceptances.levels import TOLD, accept, by, lacking, on, one, passed, whole
from tests.register.plans.firms import at, enrol, paper
from tests.register.rosters import COUNTY, Firm, action, head, roster, seen, take_in
from tests.register.rosters import take_back as undone

CLERK = Actor("文员", townships=frozenset({"431127105"}))
STRANGER = Actor("外县", counties=frozenset({"431128"}))


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def test_levels_pass_one_after_another_and_each_day_has_its_own(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    for level, text in (("township", "2025-11-10"), ("区县复验", "2025-12-01"), ("city", "2025-12-22")):
        paper(engine, "acceptance_opinion", on(text), "甲铸造厂", issuer="验收组")
        assert accept(engine, level, "通过", text)["gaps"] == []

    days = ("2025-11-10", "2025-11-30", "2025-12-01", "2025-12-22")
    assert [passed(engine, text) for text in days] == [
        [True, False, False],
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    found = whole(engine, "2025-12-31").as_dict()
    assert found["totals"] == {"firms": 1, "without": 0, "passed": {"township": 1, "county": 1, "city": 1}}
    assert found["firms"][0]["next"][0]["next"] == "已到最后一级"


def test_an_upper_level_is_refused_with_the_sentence_and_recorded_as_a_gap(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    before = head(engine)
    with pytest.raises(Refused) as refused:
        accept(engine, "county", "passed", "2025-12-01")
    assert "没有镇街自验的记录" in refused.value.message
    assert "上一级只验收下一级已经通过的企业" in refused.value.message
    assert "炉账验收登记规则" in refused.value.message
    assert "--gap" in refused.value.fix
    assert head(engine) == before

    accept(engine, "county", "passed", "2025-12-01", with_gap=True)
    assert lacking(engine, "2025-12-31") == [("lower", "missing"), ("paper", "missing")]
    then = head(engine)
    accept(engine, "township", "passed", "2025-11-10")
    assert ("lower", "missing") not in lacking(engine, "2025-12-31")
    assert ("lower", "missing") in lacking(engine, "2025-12-31", then)


def test_an_opinion_that_comes_later_says_so(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    accept(engine, "township", "passed", "2025-11-10")
    then = head(engine)
    paper(engine, "acceptance_opinion", on("2025-11-10"), "甲铸造厂", issuer="新圩镇人民政府")

    assert lacking(engine, "2025-12-31") == [("paper", "recorded_later")]
    assert lacking(engine, "2025-12-31", then) == [("paper", "missing")]
    assert whole(engine, "2025-12-31").status == 0


def test_an_opinion_that_may_be_of_either_level_is_of_neither_until_it_is_named(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    opinion = paper(engine, "acceptance_opinion", on("2025-11-10"), "甲铸造厂", issuer="验收组")
    accept(engine, "township", "passed", "2025-11-10")
    assert lacking(engine, "2025-12-31") == []
    made = accept(engine, "county", "passed", "2025-11-10")
    assert lacking(engine, "2025-12-31") == [("paper", "missing")] * 2

    take_back(engine, COUNTY, made["acceptance"], **TOLD)
    accept(engine, "county", "passed", "2025-11-10", document=opinion)
    assert lacking(engine, "2025-12-31") == [("paper", "missing")]


def test_acceptances_stand_in_the_history_of_the_firm(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    item = NewItem("补装除尘器，电话 13812345678", None, by("2025-11-30"))
    made = accept(engine, "township", "returned", "2025-11-10", item)
    carry_out(engine, COUNTY, made["items"][0], on("2025-11-20"), **TOLD)
    take_back(engine, COUNTY, made["acceptance"], **TOLD)
    with reading(engine) as session:
        rows = history(session, COUNTY, "甲铸造厂", known=head(engine), actor=LOCAL_OPERATOR).decided

    own = [row for row in rows if row.kind in ("acceptance", "returned_item", "returned_item_done")]
    assert [(row.kind, row.said) for row in own] == [
        ("acceptance", "镇街自验退回整改，2025-11-10，县科工局、新圩镇人民政府"),
        ("returned_item", "要整改：补装除尘器，电话 138****5678，2025-11-30前"),
        ("returned_item_done", f"改完了（事项 {made['items'][0]}），2025-11-20"),
    ]
    assert all(row.as_dict()["superseded"] is not None for row in own)


def test_who_took_part_is_wanted(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    told = accept(engine, "township", "passed", "2025-11-10", units=(), people=())

    assert [gap["of"] for gap in told["gaps"]] == ["people", "paper"]


def test_what_was_returned_is_to_be_mended_before_it_passes(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    accept(engine, "township", "passed", "2025-11-01")
    item = NewItem("补装除尘器", "县科工局", by("2025-11-30"))
    told = accept(engine, "county", "returned", "2025-11-10", item)
    assert [one["id"] for one in told["next"]] == ["ACC-RETURNED-NEXT"]
    with pytest.raises(Refused) as refused:
        accept(engine, "county", "passed", "2025-12-05")
    assert "退回的问题还没有改完：补装除尘器" in refused.value.message

    (sent,) = one(engine, "2025-12-01").acceptances[1].items
    assert [sent.state(on(text).until) for text in ("2025-11-30", "2025-12-01")] == ["due", "overdue"]  # type: ignore[arg-type]
    carry_out(engine, COUNTY, sent.id, on("2025-12-03"), **TOLD)
    with pytest.raises(Decided, match="本机操作员"):
        carry_out(engine, COUNTY, sent.id, on("2025-12-04"), **TOLD)
    accept(engine, "county", "passed", "2025-12-05")
    assert passed(engine, "2025-12-31") == [True, True, False]
    assert passed(engine, "2025-12-04") == [True, False, False]


def test_of_a_return_that_may_have_come_after_it_cannot_be_told_whether_it_was_open(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    item = NewItem("补装除尘器", "县科工局", by("2026-01-31"))
    accept(engine, "township", "returned", "2025-12-01..2025-12-31", item)
    told = accept(engine, "township", "passed", "2025-12-05")

    assert [(gap["of"], gap["standing"]) for gap in told["gaps"]] == [("items", "cannot_tell"), ("paper", "missing")]
    assert "是不是在2025-12-05以前，不能确定" in told["gaps"][0]["words"]


def test_what_was_mended_only_after_it_passed_is_not_said_to_be_open_still(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    made = accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器", None, by("2025-11-30")))
    accept(engine, "township", "passed", "2025-12-05", with_gap=True)
    carry_out(engine, COUNTY, made["items"][0], on("2025-12-20"), **TOLD)

    words = [gap.words for gap in one(engine, "2025-12-31").gaps if gap.rule.of == "items"]
    assert words == ["镇街自验通过（2025-12-05）：退回的问题还没有改完：补装除尘器（2025-12-20才改完）"]


def test_another_paper_is_no_opinion(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    letter = paper(engine, "letter", on("2025-11-10"), "甲铸造厂")
    early = paper(engine, "acceptance_opinion", on("2025-11-01"), "甲铸造厂")
    of_letter = accept(engine, "township", "passed", "2025-11-10", document=letter)
    of_early = accept(engine, "county", "passed", "2025-11-20", document=early)

    assert [(gap["of"], gap["standing"]) for gap in of_letter["gaps"]] == [("paper", "missing")]
    assert "写的文书是函件，不是验收意见" in of_letter["gaps"][0]["words"]
    assert [(gap["of"], gap["standing"]) for gap in of_early["gaps"]] == [("paper", "missing")]
    assert "早于这次验收" in of_early["gaps"][0]["words"]


def test_nothing_is_mended_or_due_before_it_was_sent_back(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    before = head(engine)
    with pytest.raises(Refused) as refused:
        accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器", None, by("2025-11-09")))
    assert (refused.value.code, head(engine)) == ("acceptance.item_before", before)
    assert "整改的期限和完成的日子都不早于提出整改的那一天" in refused.value.message
    assert "炉账验收登记规则" in refused.value.message

    made = accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器", None, by("2025-11-30")))
    before = head(engine)
    with pytest.raises(Refused) as refused:
        carry_out(engine, COUNTY, made["items"][0], on("2025-11-09"), **TOLD)
    assert (refused.value.code, head(engine)) == ("acceptance.item_before", before)
    assert "早于镇街自验退回整改（2025-11-10）" in refused.value.message
    carry_out(engine, COUNTY, made["items"][0], on("2025-11-10"), **TOLD)


def test_what_a_notice_sets_is_not_mended_or_due_before_the_notice(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-31"))
    (of,) = seen(engine, "2025-12-31").enterprises[0].actions
    with pytest.raises(Refused) as refused:
        set_items(engine, COUNTY, of.id, [NewItem("换炉", None, by("2025-10-19"))], **TOLD)
    assert refused.value.code == "acceptance.item_before"
    made = set_items(engine, COUNTY, of.id, [NewItem("换炉", None, by("2025-12-31"))], **TOLD)
    with pytest.raises(Refused, match="早于限期整改（2025-10-20）"):
        carry_out(engine, COUNTY, made["items"][0], on("2025-10-01"), **TOLD)


def test_a_failed_acceptance_says_what_comes_next_and_stops_the_level_above(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    told = accept(engine, "township", "未通过", "2025-12-11")

    assert "采取停电措施，督促其停产整改，验收合格后方可复工复产" in told["next"][0]["text"]
    with pytest.raises(Refused, match="镇街自验未通过"):
        accept(engine, "county", "passed", "2025-12-20")
    accept(engine, "township", "passed", "2025-12-15")
    accept(engine, "county", "passed", "2025-12-20")


@pytest.mark.parametrize(
    ("level", "result", "text", "items", "code"),
    [
        ("省级", "passed", "2025-12-01", (), "acceptance.level"),
        ("township", "合格", "2025-12-01", (), "acceptance.result"),
        ("township", "passed", "2026-01-06", (), "day.future"),
        ("township", "returned", "2025-12-01", (), "acceptance.items"),
        ("township", "returned", "2025-12-01", (NewItem(" "),), "acceptance.items"),
        ("township", "passed", "2025-12-01", (NewItem("补装除尘器"),), "acceptance.items"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_recorded(
    engine: Engine, level: str, result: str, text: str, items: tuple[NewItem, ...], code: str
) -> None:
    enrol(engine, "甲铸造厂")
    before = head(engine)
    with pytest.raises(BadInput) as refused:
        accept(engine, level, result, text, *items)

    assert (refused.value.code, head(engine)) == (code, before)


def test_a_paper_of_another_firm_is_none_of_this_one(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", "乙铸造厂")
    strange = paper(engine, "acceptance_opinion", on("2025-11-10"), "乙铸造厂")
    with pytest.raises(BadInput) as refused:
        accept(engine, "township", "passed", "2025-11-10", document=strange)

    assert refused.value.code == "document.not_of_firm"


def test_a_notice_sets_items_once(engine: Engine) -> None:
    notice = action("rectification_notice", taken_on=on("2025-10-20"), authority="蓝山县科工局")
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, [notice]), on="2025-10-31"))
    (of,) = seen(engine, "2025-12-31").enterprises[0].actions
    made = set_items(engine, COUNTY, of.id, [NewItem("铝壳炉换钢壳炉", None, by("2025-12-31"))], **TOLD)
    with pytest.raises(Decided):
        set_items(engine, COUNTY, of.id, [NewItem("铝壳炉换钢壳炉", None, by("2025-12-31"))], **TOLD)
    with pytest.raises(NotFound):
        set_items(engine, COUNTY, "nothing", [NewItem("换炉")], **TOLD)
    (item,) = one(engine, "2025-12-31").noticed
    assert ([item.id], item.action) == (made["items"], of.id)


def test_the_same_item_told_twice_is_refused_and_nothing_is_recorded(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    before, told = (
        head(engine),
        [NewItem("补装除尘", None, on("2026-01-31")), NewItem(" 补装除尘 ", "县科工局", on("2026-01-31"))],
    )
    with pytest.raises(BadInput, match="写了两次"):
        accept(engine, "township", "returned", "2025-12-01", *told)
    assert head(engine) == before


def test_items_of_a_notice_that_was_taken_back_say_so(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    firm = seen(engine, "2025-12-31").enterprises[0]
    stated = roster(Firm({}, [action("rectification_notice", taken_on=on("2025-10-10"))], id=firm.id), on="2025-12-01")
    batch = take_in(engine, stated).batch
    (notice,) = seen(engine, "2025-12-31").enterprises[0].actions
    set_items(engine, COUNTY, notice.id, [NewItem("补装除尘", None, on("2026-01-31"))], **TOLD)
    assert [one["notice_gone"] for one in whole(engine, "2025-12-31").as_dict()["firms"][0]["notices"]] == [False]

    undone(engine, batch)

    assert [one["notice_gone"] for one in whole(engine, "2025-12-31").as_dict()["firms"][0]["notices"]] == [True]


def test_taking_an_acceptance_back_takes_its_items_with_it(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    told = accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器"))
    carry_out(engine, COUNTY, told["items"][0], on("2025-11-20"), **TOLD)
    then = head(engine)
    take_back(engine, COUNTY, told["acceptance"], **TOLD)

    assert whole(engine, "2025-12-31").firms == ()
    (before,) = whole(engine, "2025-12-31", then).firms
    assert before.acceptances[0].items[0].done is not None
    with pytest.raises(NotFound):
        take_back(engine, COUNTY, told["acceptance"], **TOLD)
    accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器"))


def test_of_two_who_record_one_acceptance_at_once_one_does_and_the_other_is_told(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    ready, said = Barrier(2), list[object]()

    def record(name: str) -> None:
        ready.wait()
        try:
            said.append(accept(engine, "township", "passed", "2025-11-10", actor=Actor(name)))
        except LuzhangError as error:
            said.append(error)

    threads = [Thread(target=record, args=(name,)) for name in ("张三", "李四")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (refused,) = [one for one in said if isinstance(one, LuzhangError)]
    assert isinstance(refused, Decided)
    assert "镇街自验通过（2025-11-10）已由" in refused.message
    assert len(one(engine, "2025-12-31").acceptances) == 1


def test_a_township_sees_its_own_alone(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    enrol(engine, "乙铸造厂", township="土市镇")
    for firm in ("甲铸造厂", "乙铸造厂"):
        told = accept(engine, "township", "returned", "2025-11-10", NewItem(f"{firm}补装除尘器"), firm=firm)
        carry_out(engine, COUNTY, told["items"][0], on("2025-11-20"), **TOLD)
    theirs = told["acceptance"]

    assert [each.firm.name for each in whole(engine, "2025-12-31", actor=CLERK).firms] == ["甲铸造厂"]
    with reading(engine) as session:
        for record in queries.RECORDS:
            ask = queries.recorded(record, COUNTY, head(engine), LOCAL_OPERATOR)
            assert len(session.execute(ask).all()) == 2
            assert len(session.execute(queries.recorded(record, COUNTY, head(engine), CLERK)).all()) == 1
            assert session.execute(queries.recorded(record, COUNTY, head(engine), STRANGER)).all() == []
        assert session.scalar(queries.one("acceptance", COUNTY, theirs, CLERK)) is None
        firms = [each.firm.id for each in whole(engine, "2025-12-31").firms]
        assert len(session.scalars(queries.ever("item", COUNTY, firms, head(engine), CLERK)).all()) == 1
