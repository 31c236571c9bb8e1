"""`/api/v1/enterprises/{enterprise}/history`, `/api/v1/differences`, `/api/v1/alarms`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from app.api.obsolete import AsOf, County, Known, Township
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, day_told, known_asked
from app.register.history.alarms import alarms
from app.register.history.asked import whole_difference
from app.register.history.timeline import history
from app.store.engine import reading

router = APIRouter(tags=["来历和变化"], responses=RESPONSES)

_MOMENT = "时点：2024-01-15，或按当时所知 2024-01-15@8（变更编号）"


class HistoryAnswer(BaseModel):
    """Facts in order of days, each known from a change; what was decided, in order of changes."""

    county: str
    enterprise: dict[str, Any]
    as_of: date | None
    known: int
    facts: list[dict[str, Any]]
    decided: list[dict[str, Any]]


class MomentItem(BaseModel):
    """A day, and the change as which it was known."""

    as_of: date
    known: int


class DifferenceAnswer(BaseModel):
    """Sums that go over (opening + entered - left + changed = closing), and a page of the firms that differ.

    Of `enterprises`, `changed` counts firms and is no part of the sum.
    """

    county: str
    township: str | None
    from_: Annotated[MomentItem, Field(alias="from")]
    to: MomentItem
    enterprises: dict[str, int]
    furnaces: dict[str, int]
    verdicts: dict[str, Any]
    clauses: dict[str, list[str]]
    reasons: dict[str, int]
    total: int
    firms: list[dict[str, Any]]
    next: str | None


class AlarmsAnswer(BaseModel):
    """What is to be looked into; `answer` is `cannot_tell` where it is not certain, and `why` says so."""

    county: str
    as_of: date
    known: int
    totals: dict[str, int]
    alarms: list[dict[str, Any]]


@router.get("/enterprises/{enterprise}/history", summary="一家企业的来历", response_model=HistoryAnswer)
def get_history(
    enterprise: str,
    caller: Annotated[Caller, Depends(Allowed("enterprises.history"))],
    county: County = None,
    as_of: Annotated[str | None, Query(description="只看到这一天为止，默认全部")] = None,
    known: Known = None,
    section: Annotated[str | None, Query(description="只看一类：enterprise、equipment、permit、plan、action")] = None,
) -> dict[str, Any]:
    """每项内容从哪天到哪天、出自哪个文件哪一格、由哪次变更记下、又由哪次变更为什么取代。企业写编号、代码或名称。"""
    day = day_told(as_of) if as_of is not None else None
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        found = history(session, code, enterprise, as_of=day, known=at, section=section, actor=caller.actor)
    return found.as_dict()


@router.get("/differences", summary="两个时点之间变了什么", response_model=DifferenceAnswer)
def get_differences(
    caller: Annotated[Caller, Depends(Allowed("differences.read"))],
    from_: Annotated[str, Query(alias="from", description=_MOMENT)],
    to: Annotated[str, Query(description=_MOMENT)],
    county: County = None,
    township: Township = None,
    limit: Limit = 100,
    next: Next = None,
) -> dict[str, Any]:
    """企业、台数、结论的增减都加得起来；每处写明原因：新情况、补报、更正、认定、撤回、合并、拆开、迁址、拆除、条款变化。"""
    start = places(next, 3)
    first, *pins = [number(word) for word in start] if start else [0]
    if pins:
        # Later pages are of the same knowledge as the first, whatever has been recorded since.
        from_, to = (f"{moment.partition('@')[0]}@{pin}" for moment, pin in zip((from_, to), pins, strict=True))
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        asked: dict[str, Any] = {"township": township, "first": first, "limit": limit, "actor": caller.actor}
        found = whole_difference(session, code, from_, to, **asked)
    told, total = found.as_dict(), len(found.firms)
    more = cursor(first + limit, found.one.known, found.other.known) if first + limit < total else None
    return {**told, "total": total, "next": more}


@router.get("/alarms", summary="反弹和一台两报", response_model=AlarmsAnswer)
def get_alarms(
    caller: Annotated[Caller, Depends(Allowed("alarms.read"))],
    county: County = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """拆除以后又有的；制造厂和出厂编号都相同而两家都填报的；已拆除的淘汰设备到了别家的。没有写明的不作判断。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        return alarms(session, code, moment, township=township, actor=caller.actor).as_dict()
