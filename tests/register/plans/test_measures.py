"""What plans promise: carried out, overdue or not to be told; and how far a county's plans are, by township."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.register import AsOf, StatedFigure
from app.errors import BadInput, Decided, LuzhangError, NotFound
from app.register.plans.measures import NewMeasure, Overdue, add_measure, carry_out, extend, overdue, take_back
from app.register.plans.progress import progress
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.plans.firms import HALF, TOLD, at, enrol, moved, on, one, paper, whole
from tests.register.rosters import COUNTY, Firm, head, plan, roster, seen, take_in
from tests.register.saying import day

APRIL = DateInterval(None, date(2025, 4, 30), "month", "2025年4月底前")
JUNE = DateInterval(date(2025, 6, 1), date(2025, 6, 30), "month", "2025年6月")


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def promised(engine: Engine, text: str = "铝壳炉换成钢壳炉", due: DateInterval | None = APRIL, **more: Any) -> str:
    said = NewMeasure(more.pop("firm", "甲铸造厂"), text, more.pop("unit", "县科工局"), due, **more)
    return str(add_measure(engine, COUNTY, said, **TOLD)["measure"])


def late(engine: Engine, as_of: str, **more: Any) -> Overdue:
    with reading(engine) as session:
        return overdue(session, COUNTY, AsOf(day(as_of), head(engine)), LOCAL_OPERATOR, **more)


def states(engine: Engine, as_of: str, **more: Any) -> list[tuple[str, str]]:
    return [(measure.text, state) for _, measure, state in late(engine, as_of, **more).lines]


def planned(engine: Engine, *names: str) -> None:
    enrol(engine, *(names or ("甲铸造厂",)))
    moved(engine, "made", HALF, *(names or ("甲铸造厂",)), with_gap=True)


def test_a_measure_is_overdue_from_the_day_after_its_last(engine: Engine) -> None:
    planned(engine)
    promised(engine)
    told = [states(engine, text) for text in ("2025-04-29", "2025-04-30", "2025-05-01")]
    assert told == [[], [("铝壳炉换成钢壳炉", "due")], [("铝壳炉换成钢壳炉", "overdue")]]
    assert states(engine, "2025-04-01", within=30) == [("铝壳炉换成钢壳炉", "due")]
    assert states(engine, "2025-05-01", unit="生态环境局") == []


def test_a_day_known_as_a_month_cannot_be_told_within_it(engine: Engine) -> None:
    planned(engine)
    promised(engine, "硬化厂区道路", JUNE)
    promised(engine, "装除尘", None)
    told = [states(engine, text) for text in ("2025-06-01", "2025-06-15", "2025-07-01")]
    assert told == [[], [("硬化厂区道路", "cannot_tell")], [("硬化厂区道路", "overdue")]]


def test_what_was_carried_out_is_no_longer_overdue_but_says_that_it_was_late(engine: Engine) -> None:
    planned(engine)
    measure = promised(engine)
    before = head(engine)
    carry_out(engine, COUNTY, measure, on("2025-05-20"), **TOLD)

    (told,) = one(engine, "2025-06-01").measures
    assert (told.state(day("2025-06-01")), told.late) == ("done", True)
    (known,) = one(engine, "2025-06-01", before).measures
    assert known.state(day("2025-06-01")) == "overdue"
    with pytest.raises(Decided, match="已记为完成：2025-05-20"):
        carry_out(engine, COUNTY, measure, on("2025-05-21"), **TOLD)


def test_before_it_was_carried_out_it_was_overdue(engine: Engine) -> None:
    planned(engine)
    carry_out(engine, COUNTY, promised(engine), on("2025-05-20"), **TOLD)
    assert states(engine, "2025-05-19") == [("铝壳炉换成钢壳炉", "overdue")]
    assert states(engine, "2025-05-20") == []


def test_a_day_is_put_off_with_a_reason_and_the_former_stays_told(engine: Engine) -> None:
    planned(engine)
    measure, before = promised(engine), head(engine)
    told = extend(engine, COUNTY, measure, JUNE, reason="设备未到货", actor=LOCAL_OPERATOR)
    extend(engine, COUNTY, measure, on("2025-07-15"), **TOLD)

    assert [states(engine, text) for text in ("2025-05-01", "2025-07-16")] == [[], [("铝壳炉换成钢壳炉", "overdue")]]
    with reading(engine) as session:
        then = overdue(session, COUNTY, AsOf(day("2025-05-01"), before), LOCAL_OPERATOR)
    assert [state for *_, state in then.lines] == ["overdue"]
    (found,) = one(engine, "2025-05-01").measures
    first, second = found.as_dict(day("2025-05-01"))["extensions"]
    assert (first["former_due"]["text"], first["due"]["text"], first["reason"]) == (
        "2025年4月底前",
        "2025年6月",
        "设备未到货",
    )
    assert (second["former_due"]["text"], second["due"]["text"]) == ("2025年6月", "2025-07-15")

    take_back(engine, COUNTY, second["extension"], **TOLD)
    assert [each.due for each in one(engine, "2025-05-01").measures] == [JUNE]
    take_back(engine, COUNTY, told["extension"], **TOLD)
    assert states(engine, "2025-05-01") == [("铝壳炉换成钢壳炉", "overdue")]


def test_what_cannot_be_put_off_says_why_and_writes_nothing(sqlite_engine: Engine) -> None:
    planned(sqlite_engine)
    measure, undated = promised(sqlite_engine), promised(sqlite_engine, "换除尘器", None)
    finished = promised(sqlite_engine, "硬化道路")
    carry_out(sqlite_engine, COUNTY, finished, on("2025-04-01"), **TOLD)
    before = head(sqlite_engine)
    wanted = [
        (measure, APRIL, BadInput, "plan.extension"),
        (measure, on("2025-03-01"), BadInput, "plan.extension"),
        (measure, DateInterval(day("2025-05-01"), None, "day", "2025年5月起"), BadInput, "day.bad"),
        (undated, JUNE, BadInput, "plan.extension"),
        (finished, JUNE, Decided, "plan.measure_done"),
        ("没有", JUNE, NotFound, "plan.unknown"),
    ]
    for id, due, refused, code in wanted:
        with pytest.raises(refused) as told:
            extend(sqlite_engine, COUNTY, id, due, **TOLD)
        assert (told.value.code, head(sqlite_engine)) == (code, before)


def test_what_was_promised_stays_when_the_step_that_made_the_plan_is_taken_back(engine: Engine) -> None:
    enrol(engine, "甲铸造厂")
    made = moved(engine, "made", HALF, "甲铸造厂", with_gap=True)["steps"][0]
    promised(engine)
    take_back(engine, COUNTY, made["step"], **TOLD)
    assert states(engine, "2025-05-01") == [("铝壳炉换成钢壳炉", "overdue")]

    again = moved(engine, "made", HALF, "甲铸造厂", with_gap=True)["steps"][0]
    assert (again["plan"], len(one(engine, "2025-05-01").measures)) == (made["plan"], 1)


def test_what_was_carried_out_later_is_not_shown_as_done_before(engine: Engine) -> None:
    planned(engine)
    carry_out(engine, COUNTY, promised(engine), on("2025-05-20"), **TOLD)
    (measure,) = one(engine, "2025-05-10").measures
    told = measure.as_dict(day("2025-05-10"))
    assert (told["state"], told["done_on"], told["late"]) == ("overdue", None, None)


def test_records_are_taken_back_one_by_one_and_a_measure_with_its_end(engine: Engine) -> None:
    planned(engine)
    measure = promised(engine)
    done = carry_out(engine, COUNTY, measure, on("2025-04-20"), **TOLD)
    assert take_back(engine, COUNTY, done["done"], **TOLD)["taken_back"] == "plan_measure_done"
    assert states(engine, "2025-05-20") == [("铝壳炉换成钢壳炉", "overdue")]
    again = carry_out(engine, COUNTY, measure, on("2025-04-20"), **TOLD)
    assert take_back(engine, COUNTY, measure, **TOLD)["taken_back"] == "plan_measure"
    assert one(engine, "2025-06-01").measures == ()
    with pytest.raises(NotFound):
        take_back(engine, COUNTY, again["done"], **TOLD)


@pytest.mark.parametrize(
    ("said", "refused", "code"),
    [
        (NewMeasure("甲铸造厂", " "), BadInput, "plan.measure"),
        (NewMeasure("丙铸造厂", "装除尘"), NotFound, "enterprise.unknown"),
        (NewMeasure("乙铸造厂", "装除尘"), NotFound, "plan.unknown"),
        (NewMeasure("甲铸造厂", "装除尘", plan="没有"), NotFound, "plan.unknown"),
        (NewMeasure("甲铸造厂", "装除尘", document="没有"), NotFound, "document.unknown"),
        (NewMeasure("甲铸造厂", "铝壳炉换成钢壳炉", "县科工局", APRIL), Decided, "plan.measure_already"),
    ],
)
def test_what_cannot_be_promised_says_why_and_writes_nothing(
    sqlite_engine: Engine, said: NewMeasure, refused: type[LuzhangError], code: str
) -> None:
    planned(sqlite_engine)
    enrol(sqlite_engine, "乙铸造厂", township="土市镇")
    promised(sqlite_engine)
    before = head(sqlite_engine)
    with pytest.raises(refused) as told:
        add_measure(sqlite_engine, COUNTY, said, **TOLD)
    assert (told.value.code, head(sqlite_engine)) == (code, before)


def test_what_is_not_over_is_not_carried_out(sqlite_engine: Engine) -> None:
    planned(sqlite_engine)
    measure = promised(sqlite_engine)
    for days in (on("2026-01-06"), DateInterval(date(2025, 1, 1), None, "day", "2025年起")):
        with pytest.raises(BadInput):
            carry_out(sqlite_engine, COUNTY, measure, days, **TOLD)
    with pytest.raises(NotFound):
        carry_out(sqlite_engine, COUNTY, "没有", on("2025-05-01"), **TOLD)


def test_a_plan_past_the_papers_day_is_overdue_as_a_whole(engine: Engine) -> None:
    planned(engine)
    assert late(engine, "2025-12-31").plans == ()
    (found,) = late(engine, "2026-01-01").plans
    assert (found.stage, found.due) == ("made", date(2025, 12, 31))


def test_a_plan_whose_stage_is_not_known_is_neither_overdue_nor_uncertified(engine: Engine) -> None:
    firms = [
        Firm({"name": "甲铸造厂"}, [plan(made_on=HALF)]),
        Firm({"name": "乙铸造厂"}, [plan(acceptance="passed", accepted_on=on("2025-12-20"))]),
        Firm({"name": "丙铸造厂", "status": "closed"}, [plan(stage="notified")]),
        Firm({"name": "丁铸造厂"}, [plan(stage="notified")]),
    ]
    take_in(engine, roster(*firms, on="2025-12-25", by="县科工局"))
    told = {each.firm.name: each.overdue for each in whole(engine, "2026-01-01").plans}
    assert told == {"甲铸造厂": None, "乙铸造厂": False, "丙铸造厂": False, "丁铸造厂": True}
    assert "accepted" in [each.stage for each in one(engine, "2026-01-01", firm="乙铸造厂").reached]
    assert [each.firm.name for each in late(engine, "2026-01-01").plans] == ["甲铸造厂", "丁铸造厂"]
    assert late(engine, "2025-12-31").plans == ()
    with reading(engine) as session:
        total = progress(session, COUNTY, AsOf(day("2026-01-01"), head(engine)), LOCAL_OPERATOR).as_dict()["total"]
    assert (total["unknown"], total["not_certified"]) == (2, 2)


def test_a_plan_of_which_sources_differ_is_not_called_late_before_its_day(engine: Engine) -> None:
    for stage, by in (("certified", "县科工局"), ("notified", "新圩镇人民政府")):
        ids = [(firm.id, firm.plans[0].id) for firm in seen(engine, "2025-12-25").enterprises]
        own = {"id": ids[0][1]} if ids else {}
        firm = Firm({"name": "甲铸造厂"}, [plan(stage=stage, **own)], id=ids[0][0] if ids else None)
        take_in(engine, roster(firm, on="2025-12-25", by=by))
    assert [each.overdue for each in whole(engine, "2025-12-31").plans] == [False]
    assert [each.overdue for each in late(engine, "2026-01-01").plans] == [None]


def test_paper_000_ten_of_twenty_five_are_certified_and_fifteen_are_not(engine: Engine) -> None:
    names = [f"第{number}铸造厂" for number in range(1, 26)]
    enrol(engine, *names[:15])
    enrol(engine, *names[15:], township="土市镇")
    figure = StatedFigure(
        "f",
        "一企一策方案",
        25,
        "家",
        HALF.since,
        HALF.until,
        HALF.text,
        "验收销号意见",
        "plan",
        "意见.xlsx",
        "Sheet1!B2",
    )
    take_in(engine, roster(on="2025-12-23", by="市工信局", figures=[figure]))
    moved(engine, "made", HALF, *names, document=paper(engine, "plan", on("2023-12-30"), title="工作方案"))
    ten = names[:4] + names[15:21]
    papers = paper(engine, "certificate", on("2025-12-22"), *ten, issuer="湖南省铸造协会")
    moved(engine, "certified", on("2025-12-22"), *ten, document=papers, with_gap=True)

    with reading(engine) as session:
        told = progress(session, COUNTY, AsOf(day("2025-12-22"), head(engine)), LOCAL_OPERATOR).as_dict()
    total, (first, second) = told["total"], told["townships"]
    assert (total["plans"], total["at"]["certified"], total["at"]["made"], total["not_certified"]) == (25, 10, 15, 15)
    assert (total["reached"]["made"], total["reached"]["notified"]) == (25, 0)
    assert [(one["township"], one["plans"], one["at"]["certified"]) for one in (first, second)] == [
        ("新圩镇", 15, 4),
        ("土市镇", 10, 6),
    ]
    assert [(one["number"], one["phrase"]) for one in told["stated"]] == [(25, "一企一策方案")]
    assert total["with_gaps"] == 10
    assert len(whole(engine, "2025-12-22", gaps=True).plans) == 10


def test_a_firm_without_a_plan_and_one_of_no_known_stage_are_shown_so(engine: Engine) -> None:
    planned(engine)
    enrol(engine, "乙铸造厂", township="土市镇")
    firms = [Firm({"name": "丙铸造厂"}, [plan(made_on=HALF)]), Firm({"name": "丁铸造厂", "status": "closed"})]
    take_in(engine, roster(*firms, on="2024-06-30", by="县科工局"))

    with reading(engine) as session:
        told = progress(session, COUNTY, AsOf(day("2025-01-01"), head(engine)), LOCAL_OPERATOR).as_dict()
    total = told["total"]
    assert (total["firms"], total["gone"], total["plans"], total["without_plan"], total["unknown"]) == (4, 1, 2, 1, 1)
    assert [one["township"] for one in told["townships"]] == ["新圩镇", "土市镇", None]
