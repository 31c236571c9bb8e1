"""`/api/v1/due`, `/api/v1/holidays`: what falls due, reminders of it, the table of holidays, counting working days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason, Withdrawing
from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.asking import county_asked, day_asked, day_told, known_asked
from app.register.calendar import holidays
from app.register.calendar.asked import LONGEST, Wanted, calendar
from app.store.engine import reading

router = APIRouter(tags=["日历"], responses=RESPONSES)

Within = Annotated[int, Query(description="多少天以内到期的，默认60；已逾期的总列", ge=0, le=LONGEST)]
Department = Annotated[str | None, Query(description="责任单位名称里的几个字", max_length=100)]
Enterprise = Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号", max_length=200)]
Of = Annotated[str | None, Query(description="只要这一类，如 permit、plan、item", max_length=20)]
Undated = Annotated[bool, Query(description="没有期限的也列")]
Day = Annotated[str, Field(max_length=10)]


class Telling(BaseModel):
    """Days of the county's own. `kind` null: all days of that year are told. `until` left out: the one day."""

    county: CountyCode
    kind: Annotated[str | None, Field(max_length=20)] = None
    day: Day
    until: Annotated[str | None, Field(max_length=10)] = None
    name: Annotated[str | None, Field(max_length=100)] = None
    source: Annotated[str, Field(min_length=1, max_length=300)]
    reason: Reason


class DueAnswer(BaseModel):
    """What is overdue and what falls due; `undated`: how many more have no day; `later`: fall due after that."""

    county: str
    as_of: date
    known: int
    within: int
    totals: dict[str, int]
    undated: int
    later: int
    sources: dict[str, str]
    lines: list[dict[str, Any]]


class RemindersAnswer(BaseModel):
    """A text for each township, ready to send; no phone number stands in it."""

    county: str
    as_of: date
    known: int
    within: int
    reminders: list[dict[str, Any]]


class HolidaysAnswer(BaseModel):
    """One year's days; `known_whole`: all of them are told; `years`: of which years that is so."""

    county: str
    year: int
    known: int
    known_whole: bool
    years: list[int]
    days: list[dict[str, Any]]
    declared: list[dict[str, Any]]
    arrangements: list[dict[str, Any]]


class CountAnswer(BaseModel):
    """Working days counted; null where the table does not reach so far."""

    county: str
    known: int
    from_: Annotated[date, Field(alias="from")]
    from_working: bool | None
    working_days: int | None
    to: date | None
    why: str | None


@router.get("/due", summary="到期事项", response_model=DueAnswer)
def list_due(
    caller: Annotated[Caller, Depends(Allowed("due.list"))],
    county: County = None,
    township: Township = None,
    enterprise: Enterprise = None,
    department: Department = None,
    within: Within = 60,
    of: Of = None,
    undated: Undated = False,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """证照延续、方案措施、退回事项、方案阶段、目录期限等，逐条写明哪天、为什么、依据、哪家、谁负责。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        wanted = Wanted(within, township, department, enterprise, of, undated)
        day, at = day_asked(as_of), known_asked(session, code, known)
        return calendar(session, code, wanted, day, at, caller.actor).as_dict()


@router.get("/due/reminders", summary="到期提醒", response_model=RemindersAnswer)
def list_reminders(
    caller: Annotated[Caller, Depends(Allowed("due.remind"))],
    county: County = None,
    township: Township = None,
    department: Department = None,
    within: Within = 60,
    of: Of = None,
    undated: Undated = False,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """各乡镇一份，可以直接发送；不写电话。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        wanted = Wanted(within, township, department, None, of, undated)
        day, at = day_asked(as_of), known_asked(session, code, known)
        found = calendar(session, code, wanted, day, at, caller.actor)
    told = [one.as_dict() for one in found.reminders]
    return {"county": code, "as_of": day, "known": at, "within": within, "reminders": told}


@router.get("/holidays", summary="节假日表", response_model=HolidaysAnswer)
def list_holidays(
    caller: Annotated[Caller, Depends(Allowed("holidays.list"))],
    county: County = None,
    year: Annotated[int | None, Query(description="哪一年，默认今年", ge=2000, le=2100)] = None,
    known: Known = None,
) -> dict[str, Any]:
    """国务院办公厅的安排和本县另记的日子，连同原文；没有安排的年份不作推断。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        return holidays.listed(session, code, year or day_asked(None).year, at, caller.actor)


@router.get("/holidays/count", summary="数工作日", response_model=CountAnswer)
def count_days(
    caller: Annotated[Caller, Depends(Allowed("holidays.count"))],
    since: Annotated[str, Query(alias="from", description="从哪一天数（这一天不算），如 2025-09-30", max_length=10)],
    county: County = None,
    days: Annotated[int | None, Query(description="数几个工作日；负数往前数", ge=-2500, le=2500)] = None,
    to: Annotated[str | None, Query(description="数到哪一天（算这一天）", max_length=10)] = None,
    known: Known = None,
) -> dict[str, Any]:
    """第几个工作日是哪天，或到哪天有几个工作日；节假日表够不到的，答不能确定（null）。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        last = day_told(to) if to is not None else None
        return holidays.counted(session, code, at, day_told(since), days=days, to=last)


@router.post("/holidays", summary="改节假日表", responses={409: RESPONSES[422]})
async def post_holidays(
    request: Request, said: Telling, caller: Annotated[Caller, Depends(Allowed("holidays.tell"))]
) -> JSONResponse:
    """记某几天放假、上班、照常，或写明某一年的都记全了；盖过随程序带的，可以撤回。"""
    since = day_told(said.day)
    until = day_told(said.until) if said.until else since
    told = holidays.NewDays(said.kind, since, until, said.source, said.name)

    def act() -> dict[str, Any]:
        return holidays.tell(caller.engine, said.county, told, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/holidays/{holiday}/withdraw", summary="撤回节假日记录", responses={409: RESPONSES[422]})
async def post_holiday_withdrawal(
    request: Request,
    holiday: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("holidays.withdraw"))],
) -> JSONResponse:
    """撤回本县记的；随程序带的照旧。"""

    def act() -> dict[str, Any]:
        return holidays.take_back(caller.engine, said.county, holiday, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))
