"""`/api/v1/steps`, `/api/v1/gaps`, `/api/v1/states`: steps against firms, whether they may be taken, what lacks."""

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
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Count, Yes
from app.domain.dates import DateInterval
from app.register.asking import county_asked, day_asked, known_asked
from app.register.desk.who import firm_called
from app.register.steps import acts
from app.register.steps.asked import Asking, asked, kind_of
from app.register.steps.gaps import gaps
from app.register.steps.recording import NewStep
from app.register.steps.rules_listed import rules_in_force
from app.register.steps.shown import listed
from app.register.steps.standing import standings, totals
from app.store.engine import reading

router = APIRouter(tags=["处置"], responses=RESPONSES)

Words = Annotated[str, Field(min_length=1, max_length=200)]
Told = Annotated[str | None, Field(max_length=200)]
Days = Annotated[str | None, Field(max_length=100)]
Enterprise = Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号", max_length=200)]


class Recording(BaseModel):
    """A step. Days as written (2025-12-10, 2025年11月下旬); papers by id; `with_gap`: though it lacks some."""

    county: CountyCode
    enterprise: Words
    kind: Words
    effective_on: Days = None
    decided_on: Days = None
    served_on: Days = None
    effective_time: Annotated[str | None, Field(max_length=10)] = None
    authority: Told = None
    document_no: Told = None
    basis: Told = None
    document: Told = None
    request_document: Told = None
    equipment: Told = None
    quantity: Annotated[Count | None, Field(ge=1, le=10000)] = None
    note: Annotated[str | None, Field(max_length=1000)] = None
    with_gap: Yes = False
    reason: Reason


class StepsAnswer(BaseModel):
    """The steps taken by the end of the day, those of rosters among them."""

    county: str
    as_of: date
    known: int
    steps: list[dict[str, Any]]


class GapsAnswer(BaseModel):
    """What is missing of steps; `open`: how many still lack something or cannot be told."""

    county: str
    as_of: date
    known: int
    open: int
    gaps: list[dict[str, Any]]


class StatesAnswer(BaseModel):
    """How firms stand: power cut, production stopped, closed, each yes, no or cannot tell."""

    county: str
    as_of: date
    known: int
    totals: dict[str, dict[str, int]]
    states: list[dict[str, Any]]


class MayAnswer(BaseModel):
    """Whether a step may be taken: `answer` null where it cannot be told; `mind`: what is to be kept besides."""

    county: str
    as_of: date
    known: int
    enterprise: dict[str, Any]
    kind: str
    label: str
    answer: bool | None
    answer_label: str
    conditions: list[dict[str, Any]]
    mind: list[dict[str, Any]]
    orders: list[dict[str, Any]]


class RulesAnswer(BaseModel):
    """The rules on steps in force that day."""

    county: str | None
    as_of: date
    requirements: list[dict[str, Any]]
    orders: list[dict[str, Any]]


@router.get("/steps", summary="处置记录", response_model=StepsAnswer)
def list_steps(
    caller: Annotated[Caller, Depends(Allowed("steps.list"))],
    county: County = None,
    township: Township = None,
    enterprise: Enterprise = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """停产、停电、复电、关停等各步：哪天、谁、文号、依据、文书，谁记的；名册里写的也列。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        firm = firm_called(session, code, enterprise, caller.actor) if enterprise else None
        day, at = day_asked(as_of), known_asked(session, code, known)
        rows = listed(session, code, day, at, caller.actor, firm=firm, township=township)
        return {"county": code, "as_of": day, "known": at, "steps": rows}


@router.get("/steps/rules", summary="处置的依据和条件", response_model=RulesAnswer)
def list_rules(
    caller: Annotated[Caller, Depends(Allowed("steps.rules", scope="none"))],
    county: Annotated[str | None, Query(description="县（市、区）的6位代码；不写则列全部")] = None,
    step: Annotated[str | None, Query(description="只看这一步：cut 或 停电", max_length=50)] = None,
    as_of: AsOf = None,
) -> dict[str, Any]:
    """每一步要有什么文书、先有哪一步、谁可以作出，都带原文和出处；没读到原文的只列出，不作判断。"""
    day = day_asked(as_of)
    return {"county": county, "as_of": day, **rules_in_force(county, day, kind_of(step) if step else None)}


@router.post("/steps", summary="记一步处置", responses={409: RESPONSES[422], **PROPOSED})
async def post_step(
    request: Request, said: Recording, caller: Annotated[Caller, Depends(Allowed("steps.record"))]
) -> JSONResponse:
    """记为一次变更，可以撤回。缺文书或先后不对的不记，并说出是哪一句不许；确已发生的写 with_gap，缺口照列。"""
    told = NewStep(
        said.enterprise,
        said.kind,
        _days(said.effective_on),
        _days(said.decided_on),
        _days(said.served_on),
        said.effective_time,
        said.authority,
        said.document_no,
        said.basis,
        said.document,
        said.request_document,
        said.equipment,
        said.quantity,
        said.note,
        said.with_gap,
    )

    def act() -> dict[str, Any]:
        return acts.recorded(caller.engine, said.county, told, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/steps/{step}/withdraw", summary="撤回一步处置", responses={409: RESPONSES[422]})
async def post_step_withdrawal(
    request: Request, step: str, said: Withdrawing, caller: Annotated[Caller, Depends(Allowed("steps.withdraw"))]
) -> JSONResponse:
    """撤回以后，以前问过的仍按当时所知。"""

    def act() -> dict[str, Any]:
        return acts.withdrawn(caller.engine, said.county, step, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.get("/enterprises/{enterprise}/may", summary="这一步可不可以", response_model=MayAnswer)
def ask_may(
    enterprise: str,
    caller: Annotated[Caller, Depends(Allowed("steps.may"))],
    step: Annotated[str, Query(description="cut、restore、halt、resume、close …，或 停电、复电 …", max_length=50)],
    county: County = None,
    authority: Annotated[str | None, Query(description="准备由谁作出", max_length=200)] = None,
    basis: Annotated[str | None, Query(description="依据的编号，见 steps/rules", max_length=100)] = None,
    document: Annotated[str | None, Query(description="文书的编号", max_length=100)] = None,
    request_document: Annotated[str | None, Query(description="来函的编号", max_length=100)] = None,
    time: Annotated[str | None, Query(description="几点，如 09:30", max_length=10)] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """可以、不可以或不能确定，每个条件都带原文、出处、凭什么、缺什么。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        day, at = day_asked(as_of), known_asked(session, code, known)
        asking = Asking(enterprise, step, authority, basis, document, request_document, time)
        return asked(session, code, asking, day, at, caller.actor).as_dict()


@router.get("/gaps", summary="处置的缺口", response_model=GapsAnswer)
def list_gaps(
    caller: Annotated[Caller, Depends(Allowed("gaps.list"))],
    county: County = None,
    township: Township = None,
    enterprise: Enterprise = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """哪一步缺哪份文书、哪一步在前，逐条列出；后来补上的也列，写明是后补的。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        firm = firm_called(session, code, enterprise, caller.actor) if enterprise else None
        day, at = day_asked(as_of), known_asked(session, code, known)
        found = gaps(session, code, day, at, caller.actor, firm=firm, township=township)
    return {
        "county": code,
        "as_of": day,
        "known": at,
        "open": sum(one.open for one in found),
        "gaps": [one.as_dict() for one in found],
    }


@router.get("/states", summary="停电、停产、关停", response_model=StatesAnswer)
def list_states(
    caller: Annotated[Caller, Depends(Allowed("states.list"))],
    county: County = None,
    township: Township = None,
    enterprise: Enterprise = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """三个问题各答各的：停没停电、停没停产、关没关停；是、否、不能确定，没有记录的另计。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        firm = firm_called(session, code, enterprise, caller.actor) if enterprise else None
        day, at = day_asked(as_of), known_asked(session, code, known)
        found = standings(session, code, day, at, caller.actor, firm=firm, township=township)
    rows = [one.as_dict() for one in found]
    return {"county": code, "as_of": day, "known": at, "totals": totals(found), "states": rows}


def _days(text: str | None) -> DateInterval | None:
    return days_told(text) if text and text.strip() else None
