"""A step is judged by the calendar and by the acceptances that are recorded."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from app.register.acceptances.recording import NewAcceptance, record
from app.register.calendar.holidays import NewDays, tell
from app.register.scope import LOCAL_OPERATOR
from tests.register.plans.firms import at
from tests.register.rosters import COUNTY
from tests.register.saying import day
from tests.register.steps.lanshan import ACCEPTED, FIRM, enrolled, gaps_on, may_it, on, open_ids, paper, step

HOLIDAY = "FORCE-43-HOLIDAY"
TOLD: dict[str, Any] = {"reason": "通知", "actor": LOCAL_OPERATOR}


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def answer(engine: Engine, kind: str, text: str, condition: str, known: int | None = None) -> bool | None:
    """What one condition comes to."""
    found = may_it(engine, kind, text, known=known).may
    return next(one.answer for one in found.conditions if one.id == condition)


def test_power_is_not_cut_on_a_statutory_holiday(engine: Engine) -> None:
    enrolled(engine, day="2025-09-01")
    days = ("2025-10-01", "2025-10-08", "2025-12-06", "2025-12-10", "2027-01-04")

    assert [answer(engine, "cut", text, HOLIDAY) for text in days] == [False, None, True, True, None]


def test_a_day_of_the_county_counts_for_its_steps(engine: Engine) -> None:
    enrolled(engine, day="2025-09-01")
    tell(engine, COUNTY, NewDays("statutory", day("2025-12-10"), day("2025-12-10"), "自治县条例"), **TOLD)

    assert answer(engine, "cut", "2025-12-10", HOLIDAY) is False


def test_an_acceptance_by_county_or_city_lets_power_be_restored(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", "永州市生态环境局蓝山分局", "2025-12-09")
    step(engine, "cut", "2025-12-10", authority="蓝山县科工局", document_no="蓝科工停〔2025〕1号", with_gap=True)
    assert answer(engine, "restore", "2025-12-25", ACCEPTED) is False

    for level, text in (("township", "2025-12-15"), ("county", "2025-12-20")):
        said = NewAcceptance(FIRM, level, "passed", on(text), ("县科工局",), ("张三",))
        record(engine, COUNTY, said, reason="验收", actor=LOCAL_OPERATOR)
    assert answer(engine, "restore", "2025-12-25", ACCEPTED) is True
    assert answer(engine, "restore", "2025-12-19", ACCEPTED) is not True


def accepted_by_county(engine: Engine, result: str, text: str) -> None:
    said = NewAcceptance(FIRM, "county", result, on(text), ("县科工局",), ("张三",), with_gap=True)
    record(engine, COUNTY, said, reason="验收", actor=LOCAL_OPERATOR)


def restored_without_proof(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", "永州市生态环境局蓝山分局", "2025-12-09")
    step(engine, "cut", "2025-12-10", authority="蓝山县科工局", document_no="蓝科工停〔2025〕1号")
    step(engine, "restore", "2025-12-16", authority="蓝山县科工局", document_no="蓝科工送〔2025〕1号", with_gap=True)


def test_an_acceptance_that_came_later_closes_no_gap_of_the_days_before_it(engine: Engine) -> None:
    restored_without_proof(engine)
    accepted_by_county(engine, "passed", "2026-01-04")

    assert ACCEPTED in open_ids(engine, "power_restored", "2026-01-03")
    assert ACCEPTED not in open_ids(engine, "power_restored", "2026-01-04")
    assert {one.standing for one in gaps_on(engine, "2026-01-04") if one.condition.id == ACCEPTED} == {"late"}


def test_of_a_levels_results_the_last_one_counts(engine: Engine) -> None:
    enrolled(engine)
    paper(engine, "letter", "永州市生态环境局蓝山分局", "2025-12-09")
    step(engine, "cut", "2025-12-10", authority="蓝山县科工局", document_no="蓝科工停〔2025〕1号")
    accepted_by_county(engine, "passed", "2025-12-15")
    assert answer(engine, "restore", "2025-12-25", ACCEPTED) is True

    accepted_by_county(engine, "failed", "2025-12-20")

    assert answer(engine, "restore", "2025-12-25", ACCEPTED) is False
    assert answer(engine, "restore", "2025-12-19", ACCEPTED) is True
