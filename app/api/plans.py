"""`/api/v1/plans/…`: plans advanced stage by stage, their measures, what is missing, overdue, and how far they are."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Named, Reason, Withdrawing
from app.api.limits import days_told
from app.api.obsolete import AsOf, County, Known, Township
from app.api.permits import Firm
from app.api.problems import RESPONSES
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Yes
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.plans import measures, recording, standing
from app.register.plans.progress import progress
from app.store.engine import reading

router = APIRouter(tags=["一企一策"], responses=RESPONSES)

Days = Annotated[str, Field(min_length=1, max_length=100)]
FirmName = Annotated[str, Field(min_length=1, max_length=200)]


class Advancing(BaseModel):
    """That plans of these firms reached a stage: all of them, or none. `document`: a paper's id or number.

    `unit`: whose part it was. `plan`: which of one firm's several. `with_gap`: although something it needs is missing.
    """

    county: CountyCode
    enterprises: Annotated[list[FirmName], Field(min_length=1, max_length=1000)]
    stage: Annotated[str, Field(min_length=1, max_length=50)]
    on: Days
    document: Named = None
    unit: Named = None
    plan: Named = None
    with_gap: Yes = False
    reason: Reason


class Promising(BaseModel):
    """A measure of a firm's plan: what, by whom, by when."""

    county: CountyCode
    enterprise: FirmName
    measure: Annotated[str, Field(min_length=1, max_length=1000)]
    responsible_unit: Named = None
    due: Annotated[str | None, Field(max_length=100)] = None
    document: Named = None
    plan: Named = None
    reason: Reason


class CarryingOut(BaseModel):
    """That a measure was carried out."""

    county: CountyCode
    on: Days
    document: Named = None
    reason: Reason


class Extending(BaseModel):
    """That the day of a measure was put off: to which, and why."""

    county: CountyCode
    due: Days
    document: Named = None
    reason: Reason


class StandingsAnswer(BaseModel):
    """The plans of a day with steps, papers, measures and gaps; `stages`: the rules by which gaps are told."""

    county: str
    as_of: date
    known: int
    total: int
    plans: list[dict[str, Any]]
    stages: list[dict[str, Any]]


class OverdueAnswer(BaseModel):
    """Measures past their day, or that cannot be told, or due soon; plans past the day that a paper gives them."""

    county: str
    as_of: date
    known: int
    within: int
    totals: dict[str, int]
    measures: list[dict[str, Any]]
    plans: list[dict[str, Any]]


class ProgressAnswer(BaseModel):
    """By township and in all; `stated`: what papers state as numbers, beside."""

    county: str
    as_of: date
    known: int
    total: dict[str, Any]
    townships: list[dict[str, Any]]
    stated: list[dict[str, Any]]


class StagesAnswer(BaseModel):
    """The rules of stages in force that day in the county."""

    county: str
    as_of: date
    stages: list[dict[str, Any]]


@router.get("/plans/standing", summary="一企一策办到哪一步、缺什么", response_model=StandingsAnswer)
def ask_standing(
    caller: Annotated[Caller, Depends(Allowed("plans.standing"))],
    county: County = None,
    township: Township = None,
    enterprise: Firm = None,
    stage: Annotated[str | None, Query(description="只列这一阶段的：代码或中文")] = None,
    gaps: Annotated[bool, Query(description="只列有缺口的")] = False,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """各步哪天、凭哪份文书；缺的步骤、文书每次现算，连原文；补来的写明晚于哪一步。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        wanted = standing.Wanted(enterprise, township, stage, gaps)
        found = standing.standings(session, code, wanted, moment, caller.actor)
        return standing.with_cells(session, found, caller.actor).as_dict()


@router.get("/plans/overdue", summary="逾期的措施和方案", response_model=OverdueAnswer)
def ask_overdue(
    caller: Annotated[Caller, Depends(Allowed("plans.overdue"))],
    county: County = None,
    township: Township = None,
    unit: Annotated[str | None, Query(description="只列这个责任单位的措施")] = None,
    within: Annotated[int, Query(description="多少天以内到期的也列", ge=0, le=36500)] = 0,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """已逾期、不能确定（期限只知道大概）、将到期。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        asked = {"within": within, "township": township, "unit": unit}
        return measures.overdue(session, code, moment, caller.actor, **asked).as_dict()  # type: ignore[arg-type]


@router.get("/plans/progress", summary="各乡镇一企一策的进度", response_model=ProgressAnswer)
def ask_progress(
    caller: Annotated[Caller, Depends(Allowed("plans.progress"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """企业多少家、方案多少份、各在哪一阶段、逾期的、缺口的；文件写的家数另列，不摊到企业。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        return progress(session, code, moment, caller.actor).as_dict()


@router.get("/plans/stages", summary="各阶段要在什么之后、凭什么文书", response_model=StagesAnswer)
def list_stages(
    caller: Annotated[Caller, Depends(Allowed("plans.stages"))], county: County = None, as_of: AsOf = None
) -> dict[str, Any]:
    """那一天在本县有效的规则，连原文、出处；草稿不拒绝，只列缺口。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
    return {"county": code, "as_of": day, "stages": [one.as_dict() for one in standing.rules_of(code, day)]}


@router.post("/plans/steps", summary="推进一企一策", responses={409: RESPONSES[422], **PROPOSED})
async def post_step(
    request: Request, said: Advancing, caller: Annotated[Caller, Depends(Allowed("plans.advance"))]
) -> JSONResponse:
    """一家或多家到了某一阶段，全记或全不记；缺前一步或文书的拒绝并说明原文，with_gap 才记入并一直列出。"""
    told = (tuple(said.enterprises), said.stage, days_told(said.on), said.document, said.unit, said.plan, said.with_gap)

    def act() -> dict[str, Any]:
        new = recording.Advance(*told)
        return recording.advance(caller.engine, said.county, new, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/plans/measures", summary="记方案里的一条措施", responses={409: RESPONSES[422]})
async def post_measure(
    request: Request, said: Promising, caller: Annotated[Caller, Depends(Allowed("plans.promise"))]
) -> JSONResponse:
    """做什么、谁负责、什么时候完成。"""
    due = days_told(said.due) if said.due else None
    told = (said.enterprise, said.measure, said.responsible_unit, due, said.document, said.plan)

    def act() -> dict[str, Any]:
        new = measures.NewMeasure(*told)
        return measures.add_measure(caller.engine, said.county, new, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/plans/measures/{measure}/done", summary="一条措施完成了", responses={409: RESPONSES[422]})
async def post_done(
    request: Request,
    measure: str,
    said: CarryingOut,
    caller: Annotated[Caller, Depends(Allowed("plans.carry_out"))],
) -> JSONResponse:
    """哪天完成、凭什么。"""
    on = days_told(said.on)

    def act() -> dict[str, Any]:
        own = {"document": said.document, "reason": said.reason}
        return measures.carry_out(caller.engine, said.county, measure, on, actor=caller.actor, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/plans/measures/{measure}/extend", summary="延长一条措施的期限", responses={409: RESPONSES[422]})
async def post_extension(
    request: Request,
    measure: str,
    said: Extending,
    caller: Annotated[Caller, Depends(Allowed("plans.extend"))],
) -> JSONResponse:
    """延到哪一天、为什么；原期限留着，一并列出。"""
    due = days_told(said.due)

    def act() -> dict[str, Any]:
        own = {"document": said.document, "reason": said.reason}
        return measures.extend(caller.engine, said.county, measure, due, actor=caller.actor, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post(
    "/plans/records/{record}/withdraw",
    summary="撤回一步、一条措施、一次延期或一次完成",
    responses={409: RESPONSES[422]},
)
async def post_plan_withdrawal(
    request: Request,
    record: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("plans.withdraw"))],
) -> JSONResponse:
    """连同它写入的阶段一起撤回；以前问过的仍按当时所知。"""

    def act() -> dict[str, Any]:
        return measures.take_back(caller.engine, said.county, record, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))
