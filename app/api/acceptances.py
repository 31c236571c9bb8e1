"""`/api/v1/acceptances`: acceptance on three levels, what was sent back, what notices set, and that it was mended."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason, Withdrawing
from app.api.limits import days_told
from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Yes
from app.domain.register import AsOf as Moment
from app.register.acceptances import recording
from app.register.acceptances.shown import standings
from app.register.asking import county_asked, day_asked, known_asked
from app.store.engine import reading

router = APIRouter(tags=["验收"], responses=RESPONSES)

Words = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Days = Annotated[str, Field(min_length=1, max_length=100)]
Enterprise = Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号", max_length=200)]


class ItemTold(BaseModel):
    """One thing to be mended: what, by whom, by when."""

    text: Text
    responsible_unit: Annotated[str | None, Field(max_length=200)] = None
    due: Annotated[str | None, Field(max_length=100)] = None


class Accepting(BaseModel):
    """The result of an acceptance. `document`: the opinion's id or number; `with_gap`: though something is missing."""

    county: CountyCode
    enterprise: Words
    level: Words
    result: Words
    on: Days
    units: Annotated[list[Words], Field(max_length=50)] = []
    people: Annotated[list[Words], Field(max_length=100)] = []
    document: Annotated[str | None, Field(max_length=200)] = None
    items: Annotated[list[ItemTold], Field(max_length=200)] = []
    note: Annotated[str | None, Field(max_length=1000)] = None
    with_gap: Yes = False
    reason: Reason


class Noticing(BaseModel):
    """What a notice (an action, by its id) says is to be mended."""

    county: CountyCode
    action: Words
    items: Annotated[list[ItemTold], Field(min_length=1, max_length=200)]
    reason: Reason


class Mending(BaseModel):
    """When an item was mended, and by which paper."""

    county: CountyCode
    on: Days
    document: Annotated[str | None, Field(max_length=200)] = None
    reason: Reason


class AcceptancesAnswer(BaseModel):
    """How far firms are accepted: each level's answer, the acceptances, what lacks, what comes next."""

    county: str
    as_of: date
    known: int
    totals: dict[str, Any]
    firms: list[dict[str, Any]]


@router.get("/acceptances", summary="三级验收", response_model=AcceptancesAnswer)
def list_acceptances(
    caller: Annotated[Caller, Depends(Allowed("acceptances.list"))],
    county: County = None,
    township: Township = None,
    enterprise: Enterprise = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """镇街自验、区县复验、市级抽验各自的结果、人员、意见，退回的事项，缺什么，下一步做什么。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        return standings(session, code, moment, caller.actor, firm=enterprise, township=township).as_dict()


@router.post("/acceptances", summary="记一次验收", responses={409: RESPONSES[422]})
async def post_acceptance(
    request: Request, said: Accepting, caller: Annotated[Caller, Depends(Allowed("acceptances.record"))]
) -> JSONResponse:
    """下一级没有通过的不能记；确已验收的写 with_gap，缺的照列。退回的事项列入到期事项。"""
    told = recording.NewAcceptance(
        said.enterprise,
        said.level,
        said.result,
        days_told(said.on),
        tuple(said.units),
        tuple(said.people),
        said.document,
        _items(said.items),
        said.note,
        said.with_gap,
    )

    def act() -> dict[str, Any]:
        return recording.record(caller.engine, said.county, told, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/acceptances/items", summary="记整改通知写的事项", responses={409: RESPONSES[422]})
async def post_items(
    request: Request, said: Noticing, caller: Annotated[Caller, Depends(Allowed("acceptances.items"))]
) -> JSONResponse:
    """一份限期整改通知要改什么、哪天以前、谁负责；列入到期事项。"""
    told = _items(said.items)

    def act() -> dict[str, Any]:
        own = {"reason": said.reason, "actor": caller.actor}
        return recording.set_items(caller.engine, said.county, said.action, told, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/acceptances/items/{item}/done", summary="一条事项整改完了", responses={409: RESPONSES[422]})
async def post_mended(
    request: Request, item: str, said: Mending, caller: Annotated[Caller, Depends(Allowed("acceptances.done"))]
) -> JSONResponse:
    """哪天改完、凭什么。"""
    on = days_told(said.on)

    def act() -> dict[str, Any]:
        own = {"document": said.document, "reason": said.reason, "actor": caller.actor}
        return recording.carry_out(caller.engine, said.county, item, on, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post(
    "/acceptances/{record}/withdraw", summary="撤回一次验收、一条事项或一次完成", responses={409: RESPONSES[422]}
)
async def post_acceptance_withdrawal(
    request: Request,
    record: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("acceptances.withdraw"))],
) -> JSONResponse:
    """验收连同它退回的事项一起撤回；以前问过的仍按当时所知。"""

    def act() -> dict[str, Any]:
        return recording.take_back(caller.engine, said.county, record, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


def _items(told: list[ItemTold]) -> tuple[recording.NewItem, ...]:
    return tuple(
        recording.NewItem(one.text, one.responsible_unit, days_told(one.due) if one.due else None) for one in told
    )
