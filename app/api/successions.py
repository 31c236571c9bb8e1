"""`/api/v1/successions`: firms merged, split, renamed or moved, machines handed over; and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason, Withdrawing
from app.api.limits import days_told
from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Day
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.desk.who import firm_called
from app.register.successions import acts
from app.register.successions.recording import UNKNOWN, Grounds
from app.register.successions.shown import listed, of_firm
from app.store.engine import reading

router = APIRouter(tags=["企业的前后"], responses=RESPONSES)

Words = Annotated[str, Field(min_length=1, max_length=200)]
Paper = Annotated[str | None, Field(max_length=200)]


class Dated(BaseModel):
    """Since when (a day, days as written, or 不明), by which paper, in which place of it, and why."""

    county: CountyCode
    day: Annotated[str, Field(min_length=1, max_length=100)]
    document: Paper = None
    evidence: Paper = None
    reason: Reason


class Merging(Dated):
    """A firm that was merged into another one; firms by id, code or name."""

    firm: Words
    into: Words


class Splitting(Dated):
    """A firm that was split. `machines`: by 炉号 or id the firm that each goes to; those not told are asked about."""

    firm: Words
    into: Annotated[list[Words], Field(min_length=1, max_length=50)]
    machines: Annotated[dict[str, Words], Field(max_length=500)] = {}


class Transferring(Dated):
    """A machine of a firm, by 炉号 or id, that went over to another firm."""

    firm: Words
    equipment: Words
    into: Words


class Naming(BaseModel):
    """Whose a machine of a split firm is."""

    county: CountyCode
    equipment: Words
    into: Words
    reason: Reason


class Renaming(BaseModel):
    """A firm's new name from a day on."""

    county: CountyCode
    firm: Words
    name: Words
    day: Day
    reason: Reason


class Moving(BaseModel):
    """A firm's new township from a day on."""

    county: CountyCode
    firm: Words
    township: Words
    day: Day
    reason: Reason


class Successions(BaseModel):
    """The acts that stand; `asks`: the machines of a split firm of which nobody said whose they are."""

    county: str
    as_of: date
    known: int
    successions: list[dict[str, Any]]


class FirmAnswer(BaseModel):
    """A firm with who came before and after it; `owners` are several where it cannot be told whose a machine is."""

    county: str
    as_of: date
    known: int
    enterprise: dict[str, Any]
    successors: list[dict[str, Any]]
    predecessors: list[dict[str, Any]]
    machines: list[dict[str, Any]]


@router.get("/successions", summary="有效的整合、分立、转让", response_model=Successions)
def list_successions(
    caller: Annotated[Caller, Depends(Allowed("successions.list"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """谁并入谁、分成谁，哪台设备转给谁；撤回了的不列。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        rows = listed(session, code, moment, caller.actor)
    return {"county": code, "as_of": moment.day, "known": moment.known, "successions": rows}


@router.get("/enterprises/{enterprise}/successions", summary="一家企业的前后", response_model=FirmAnswer)
def get_successions(
    enterprise: str,
    caller: Annotated[Caller, Depends(Allowed("enterprises.successions"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """它的前身、后身，和它的设备那一天是谁的；说不清的写明归属不明。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        firm = firm_called(session, code, enterprise, caller.actor)
        return of_firm(session, code, firm, moment, caller.actor)


@router.post("/successions/merged", summary="记一家被整合入另一家", responses={409: RESPONSES[422], **PROPOSED})
async def post_merger(
    request: Request, said: Merging, caller: Annotated[Caller, Depends(Allowed("successions.merge"))]
) -> JSONResponse:
    """那天起设备归后一家，前一家状态为被整合；日子不明的，写 不明。"""
    told = (said.county, said.firm, said.into, _grounds(said))
    return await _in_turn(request, lambda: acts.merged(caller.engine, *told, actor=caller.actor))


@router.post("/successions/split", summary="记一家分成几家", responses={409: RESPONSES[422]})
async def post_split(
    request: Request, said: Splitting, caller: Annotated[Caller, Depends(Allowed("successions.split"))]
) -> JSONResponse:
    """逐台写明设备归谁；没有写的在 asks 里，等人补。"""
    told = (said.county, said.firm, said.into, said.machines, _grounds(said))
    return await _in_turn(request, lambda: acts.split(caller.engine, *told, actor=caller.actor))


@router.post("/successions/{succession}/named", summary="补写分立后设备归谁", responses={409: RESPONSES[422]})
async def post_named(
    request: Request,
    succession: str,
    said: Naming,
    caller: Annotated[Caller, Depends(Allowed("successions.name"))],
) -> JSONResponse:
    """只能归原企业或分出来的企业。"""
    told = (said.county, succession, said.equipment, said.into)
    return await _in_turn(request, lambda: acts.named(caller.engine, *told, reason=said.reason, actor=caller.actor))


@router.post("/successions/transferred", summary="记一台设备转给另一家", responses={409: RESPONSES[422]})
async def post_transfer(
    request: Request, said: Transferring, caller: Annotated[Caller, Depends(Allowed("successions.transfer"))]
) -> JSONResponse:
    """设备还是同一台，编号不变。"""
    told = (said.county, said.firm, said.equipment, said.into, _grounds(said))
    return await _in_turn(request, lambda: acts.transferred(caller.engine, *told, actor=caller.actor))


@router.post("/successions/renamed", summary="记企业改名", responses={409: RESPONSES[422]})
async def post_new_name(
    request: Request, said: Renaming, caller: Annotated[Caller, Depends(Allowed("successions.rename"))]
) -> JSONResponse:
    """旧名称记为曾用名，仍找得到；是一个批次，可以撤回。"""
    told = (said.county, said.firm, said.name, said.day)
    return await _in_turn(request, lambda: acts.renamed(caller.engine, *told, reason=said.reason, actor=caller.actor))


@router.post("/successions/moved", summary="记企业搬到另一个乡镇", responses={409: RESPONSES[422]})
async def post_move(
    request: Request, said: Moving, caller: Annotated[Caller, Depends(Allowed("successions.move"))]
) -> JSONResponse:
    """是一个批次，可以撤回。"""
    told = (said.county, said.firm, said.township, said.day)
    return await _in_turn(request, lambda: acts.moved(caller.engine, *told, reason=said.reason, actor=caller.actor))


@router.post("/successions/{succession}/withdraw", summary="撤回一次整合、分立或转让", responses={409: RESPONSES[422]})
async def post_succession_withdrawal(
    request: Request,
    succession: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("successions.withdraw"))],
) -> JSONResponse:
    """整个撤回，连同随它写入的企业状态。"""
    told = (said.county, succession)
    return await _in_turn(request, lambda: acts.take_back(caller.engine, *told, reason=said.reason, actor=caller.actor))


def grounds_told(day: str, reason: str, document: str | None, evidence: str | None) -> Grounds:
    """Since when and why; the day as papers write it, or 不明.

    Raises:
        BadInput: when the day cannot be understood.
    """
    on = None if day.strip() == UNKNOWN else days_told(day)
    return Grounds(on, reason, document, evidence)


def _grounds(said: Dated) -> Grounds:
    return grounds_told(said.day, said.reason, said.document, said.evidence)


async def _in_turn(request: Request, act: Callable[[], dict[str, Any]]) -> JSONResponse:
    return JSONResponse(await request.app.state.turnstile.through(act))
