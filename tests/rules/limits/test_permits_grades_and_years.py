"""Permits, safety grades and service life on a day: with days known as intervals, yes, no, or cannot tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.dates import DateInterval
from app.rules.limits.judging import judge
from app.rules.limits.limit import Life, Limit
from app.rules.limits.loader import shipped_limits
from app.rules.limits.permits import stands
from app.rules.limits.service_life import years_after
from app.rules.limits.verdict import Case, Verdict

MONTH = DateInterval(date(2025, 12, 1), date(2025, 12, 31), "month", "2025年12月")
LAST = DateInterval.of_day(date(2025, 12, 31))


def said(limit: str, day: date, permits: tuple[dict[str, object], ...] = (), **facts: object) -> list[Verdict]:
    case = Case({f"enterprise.{name}": value for name, value in facts.items()}, day, permits)  # type: ignore[arg-type, misc]
    return list(judge(shipped_limits().limit(limit), case))


def permit(**facts: object) -> dict[str, object]:
    return {"kind": "pollutant_discharge", "standing": "held", **facts}


@pytest.mark.parametrize(
    ("facts", "day", "answer"),
    [
        ({"valid_to": LAST}, date(2025, 12, 31), "meets"),
        ({"valid_to": LAST}, date(2026, 1, 1), "fails"),
        ({"valid_to": MONTH}, date(2025, 12, 1), "meets"),
        ({"valid_to": MONTH}, date(2025, 12, 15), "cannot_tell"),
        ({"valid_to": MONTH}, date(2026, 1, 1), "fails"),
        ({"valid_from": MONTH, "valid_to": DateInterval.of_day(date(2030, 1, 1))}, date(2025, 12, 15), "cannot_tell"),
        ({"valid_from": MONTH, "valid_to": DateInterval.of_day(date(2030, 1, 1))}, date(2025, 11, 30), "fails"),
        ({}, date(2025, 12, 15), "cannot_tell"),
        ({"standing": "lacking"}, date(2025, 12, 15), "fails"),
        ({"standing": "revoked", "valid_to": LAST}, date(2025, 1, 1), "fails"),
        ({"standing": "expired"}, date(2025, 1, 1), "fails"),
        ({"standing": "expired", "valid_to": LAST}, date(2025, 1, 1), "cannot_tell"),
        ({"standing": "applying"}, date(2025, 1, 1), "cannot_tell"),
        ({"standing": "not_required"}, date(2025, 1, 1), "meets"),
        ({"class": "registration"}, date(2025, 1, 1), "meets"),
        ({"standing": "lacking", "class": "registration"}, date(2025, 1, 1), "fails"),
    ],
)
def test_a_discharge_permit_on_a_day(facts: dict[str, object], day: date, answer: str) -> None:
    (verdict,) = said("PERMIT-33", day, (permit(**facts),))
    assert verdict.answer == answer


def test_a_firm_of_which_no_permit_is_told_is_asked() -> None:
    (verdict,) = said("PERMIT-33", date(2025, 1, 1))
    assert verdict.lacks == ("permit.pollutant_discharge",)


def test_one_of_two_permits_in_force_is_enough() -> None:
    old, new = permit(valid_to=LAST), permit(valid_to=DateInterval.of_day(date(2030, 12, 31)))
    assert said("PERMIT-33", date(2026, 1, 1), (old, new))[0].answer == "meets"


def test_renewal_is_asked_for_60_days_before_the_end() -> None:
    last = LAST.until - timedelta(days=60)  # type: ignore[operator]
    (on_time,), (late,) = (said("PERMIT-14", day, (permit(valid_to=LAST),)) for day in (last, last + timedelta(days=1)))
    assert (on_time.answer, on_time.numbers["renew_by"]) == ("meets", "2025-11-01")
    assert (late.answer, late.lacks) == ("cannot_tell", ("permit.renewal",))
    assert said("PERMIT-14", late_day(), (permit(valid_to=LAST, standing="applying"),))[0].answer == "meets"
    assert said("PERMIT-14", date(2026, 1, 1), (permit(valid_to=LAST),)) == []


def late_day() -> date:
    return date(2025, 12, 1)


def test_renewal_of_a_permit_whose_end_is_a_month_cannot_be_told_for_a_month() -> None:
    answers = [
        said("PERMIT-14", day, (permit(valid_to=MONTH),))[0].lacks
        for day in (date(2025, 10, 2), date(2025, 10, 15), date(2025, 11, 2))
    ]
    assert answers == [(), ("permit.valid_to", "permit.renewal"), ("permit.renewal",)]


def test_registration_needs_neither_permit_nor_renewal() -> None:
    assert said("PERMIT-14", date(2025, 1, 1), (permit(**{"class": "registration"}),)) == []


def grade(level: str | None, **facts: object) -> dict[str, object]:
    return {"kind": "safety_grade", "standing": "held", **({"class": level} if level else {}), **facts}


@pytest.mark.parametrize(
    ("permits", "answer"),
    [
        ((grade("level_3"),), "meets"),
        ((grade("level_1"),), "meets"),
        ((grade("level_3", valid_to=LAST),), "fails"),
        ((grade("level_3", valid_to=LAST), grade("level_2")), "meets"),
        ((grade(None),), "cannot_tell"),
        ((grade("level_3", standing="applying"),), "cannot_tell"),
        ((grade(None, standing="lacking"),), "fails"),
        ((), "cannot_tell"),
    ],
)
def test_a_named_firm_must_reach_level_3(permits: tuple[dict[str, object], ...], answer: str) -> None:
    (verdict,) = said("CJ21-SAFE-BELOW", date(2026, 6, 1), permits, name="新疆长讯耐磨材料有限公司")
    assert verdict.answer == answer


def test_a_lower_grade_is_not_the_grade_asked_for() -> None:
    own = {"name": "新疆华盛西元金属制造有限公司"}
    assert said("CJ21-SAFE-ABOVE", date(2024, 1, 1), (grade("level_3"),), **own)[0].answer == "fails"
    assert said("CJ21-SAFE-ABOVE", date(2024, 1, 1), (grade("level_2"),), **own)[0].answer == "meets"


def test_a_firm_that_the_paper_does_not_name_is_meant_by_its_scale_and_trade() -> None:
    day, below = date(2024, 1, 1), {"name": "甲铸造厂", "scale": "below"}
    assert said("CJ21-SAFE-BELOW", day, (), **below, industry_code="3399") == []
    (untold,) = said("CJ21-SAFE-BELOW", day, (grade(None, standing="lacking"),), **below)
    assert (untold.answer, untold.lacks) == ("cannot_tell", ("enterprise.industry_code",))
    (meant,) = said("CJ21-SAFE-BELOW", day, (grade(None, standing="lacking"),), **below, industry_code="3391")
    assert meant.answer == "fails"
    assert said("CJ21-SAFE-BELOW", day, (), name="甲铸造厂", scale="above") == []


def life(years: int | None, begun: DateInterval | None, day: date) -> Verdict:
    limit = Limit("OWN", "service_life", "感应电炉", "本县定", "own", body=Life(years, "commissioned_on"))
    facts = {"commissioned_on": begun} if begun else {}
    (verdict,) = judge(limit, Case(facts, day))
    return verdict


def test_a_machine_past_its_years_within_them_and_between() -> None:
    year = DateInterval(date(2010, 1, 1), date(2010, 12, 31), "year", "2010年")
    assert life(10, year, date(2020, 1, 1)).answer == "meets"
    assert life(10, year, date(2020, 1, 2)).answer == "cannot_tell"
    assert life(10, year, date(2020, 12, 31)).answer == "cannot_tell"
    assert life(10, year, date(2021, 1, 1)).answer == "fails"
    assert life(10, None, date(2021, 1, 1)).lacks == ("commissioned_on",)
    assert life(None, year, date(2021, 1, 1)).answer == "cannot_tell"


def test_an_open_end_tells_on_one_side_only() -> None:
    before = DateInterval(None, date(2010, 12, 31), "year", "2010年底前")
    assert life(10, before, date(2021, 1, 1)).answer == "fails"
    assert life(10, before, date(2000, 1, 1)).answer == "cannot_tell"


def test_years_from_a_leap_day_end_on_the_last_of_february() -> None:
    assert years_after(date(2020, 2, 29), 5) == date(2025, 2, 28)
    assert years_after(date(2020, 2, 29), 4) == date(2024, 2, 29)


def test_a_safety_grade_without_a_term_holds_but_a_discharge_permit_does_not() -> None:
    assert stands({"standing": "held"}, date(2024, 1, 1), term_needed=False)[0] is True
    assert stands({"standing": "held"}, date(2024, 1, 1))[0] is None
