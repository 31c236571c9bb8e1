"""The county's own days go before what comes with the program, as known at a change; counts go by them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, Decided, NotFound
from app.register.calendar import queries
from app.register.calendar.holidays import NewDays, calendar_of, counted, listed, take_back, tell
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store.engine import reading
from tests.register.rosters import COUNTY, head
from tests.register.saying import day

TOLD: dict[str, Any] = {"reason": "国办通知", "actor": LOCAL_OPERATOR}
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"


def told(engine: Engine, kind: str | None, since: str, until: str | None = None, **more: Any) -> dict[str, Any]:
    """Days that are recorded."""
    days = NewDays(kind, day(since), day(until or since), more.pop("source", NOTICE))
    return tell(engine, COUNTY, days, **{**TOLD, **more})


def working(engine: Engine, text: str, known: int | None = None, county: str = COUNTY) -> bool | None:
    """Whether a day is worked."""
    with reading(engine) as session:
        return calendar_of(session, county, head(engine) if known is None else known).working(day(text))


def test_a_county_goes_by_the_shipped_arrangements(engine: Engine) -> None:
    assert [working(engine, text, 0) for text in ("2025-10-08", "2025-10-11", "2027-01-04")] == [False, True, None]


def test_a_day_of_the_county_goes_before_the_shipped_one(engine: Engine) -> None:
    (made,) = told(engine, "off", "2025-12-10", source="县政府停工通知")["holidays"]
    then = head(engine)
    assert working(engine, "2025-12-10") is False
    assert working(engine, "2025-12-10", then - 1) is True
    take_back(engine, COUNTY, made, **TOLD)

    assert (working(engine, "2025-12-10"), working(engine, "2025-12-10", then)) == (True, False)
    assert working(engine, "2025-12-10", county="431128") is True


def test_a_year_is_known_once_the_county_says_that_it_is_told_whole(engine: Engine) -> None:
    told(engine, "statutory", "2027-01-01")
    assert [working(engine, text) for text in ("2027-01-01", "2027-01-04")] == [False, None]
    (year,) = told(engine, None, "2027-01-01")["holidays"]

    assert [working(engine, text) for text in ("2027-01-01", "2027-01-04", "2026-12-30")] == [False, True, True]
    with reading(engine) as session:
        found = listed(session, COUNTY, 2027, head(engine), LOCAL_OPERATOR)
    assert (found["known_whole"], [one["holiday"] for one in found["declared"]]) == (True, [year])
    assert [one["own"]["source"] for one in found["days"]] == [NOTICE]


def test_a_day_is_told_once(engine: Engine) -> None:
    told(engine, "off", "2027-02-05", "2027-02-12")
    before = head(engine)
    with pytest.raises(Decided) as refused:
        told(engine, "work", "2027-02-06")

    assert ("luzhang holidays back" in refused.value.fix, head(engine)) == (True, before)


@pytest.mark.parametrize(
    ("kind", "since", "until", "source", "code"),
    [
        ("holiday", "2027-02-05", None, NOTICE, "holiday.kind"),
        ("off", "2027-02-05", "2027-02-01", NOTICE, "day.bad"),
        ("off", "2027-02-05", "2029-02-01", NOTICE, "day.bad"),
        ("off", "2027-02-05", None, " ", "holiday.source"),
        ("work", "2027-02-05", None, NOTICE, "holiday.weekday"),
    ],
)
def test_what_does_not_fit_is_refused(
    engine: Engine, kind: str, since: str, until: str | None, source: str, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        told(engine, kind, since, until, source=source)

    assert refused.value.code == code


def test_what_is_not_there_is_not_taken_back(engine: Engine) -> None:
    with pytest.raises(NotFound):
        take_back(engine, COUNTY, "nothing", **TOLD)


def test_counting_says_how_far_the_table_reaches(engine: Engine) -> None:
    with reading(engine) as session:
        found = counted(session, COUNTY, 0, day("2025-09-30"), days=3, to=None)
        beyond = counted(session, COUNTY, 0, day("2026-12-20"), days=10, to=None)
        with pytest.raises(BadInput):
            counted(session, COUNTY, 0, day("2025-09-30"), days=3, to=date(2025, 10, 1))
        with pytest.raises(BadInput):
            counted(session, COUNTY, 0, day("2025-09-30"), days=9999, to=None)

    assert (found["to"], found["why"]) == ("2025-10-11", None)
    assert beyond["to"] is None
    assert "2023、2024、2025、2026" in beyond["why"]


def test_another_county_sees_nothing(engine: Engine) -> None:
    told(engine, "off", "2027-02-05")
    with reading(engine) as session:
        assert len(session.execute(queries.holidays(COUNTY, head(engine), LOCAL_OPERATOR)).all()) == 1
        stranger = Actor("外县", counties=frozenset({"431128"}))
        assert session.execute(queries.holidays(COUNTY, head(engine), stranger)).all() == []
