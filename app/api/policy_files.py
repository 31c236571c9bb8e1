"""`/api/v1/limits`, `/api/v1/programmes`: a county's own files of them, checked, added, adopted and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason
from app.api.problems import RESPONSES, Fault, problem
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Yes
from app.errors import CatalogueFault
from app.register.limits import county_limits, limit_acts
from app.register.programmes import county_programmes

router = APIRouter(tags=["限值和测量", "方案"], responses=RESPONSES)

_CONFLICT: dict[int | str, dict[str, Any]] = {409: RESPONSES[422]}

FileName = Annotated[str, Field(min_length=1, max_length=200, description="文件名")]
FileText = Annotated[str, Field(min_length=1, max_length=1_000_000, description="文件的全文（YAML）")]


class Checking(BaseModel):
    """A file, to see its faults; with a county, whether it may be that county's."""

    county: CountyCode | None = None
    name: FileName
    text: FileText


class AddingLimits(BaseModel):
    """A file of limits to be the county's own; `adopt`: those that can decide are adopted at once."""

    county: CountyCode
    name: FileName
    text: FileText
    reason: Reason
    adopt: Yes = False


class AddingProgrammes(BaseModel):
    """A file of programmes to be the county's own."""

    county: CountyCode
    name: FileName
    text: FileText
    reason: Reason


class AdoptingLimit(BaseModel):
    """Why a limit is adopted; `source`: of a draft, the paper in which its words were read."""

    county: CountyCode
    reason: Reason
    source: Annotated[str | None, Field(max_length=200)] = None


class Dropping(BaseModel):
    """Why a limit, or a file, is dropped."""

    county: CountyCode
    reason: Reason


class LimitDone(BaseModel):
    """The change that recorded it; null where nothing was to record."""

    county: str
    limit: str
    change: int | None


class Dropped(BaseModel):
    """What was dropped, and the change that recorded it."""

    county: str
    dropped: str
    change: int


@router.post("/limits/check", summary="检查一个限值文件")
def check_limits(said: Checking, caller: Annotated[Caller, Depends(Allowed("limits.check", scope="none"))]) -> Any:
    """不读也不写登记库；错处逐条列在 errors 里，带行号。"""
    return _told(lambda: {"limits": list(county_limits.read_own(said.name, said.text, said.county or "").limits)})


@router.post("/limits", summary="加入本县的限值文件", responses=_CONFLICT | PROPOSED)
async def post_limits(
    request: Request, said: AddingLimits, caller: Annotated[Caller, Depends(Allowed("limits.add"))]
) -> Any:
    """记为一次变更；有错处的逐处列在 errors 里，什么也不写入。不采用就不作判断。"""

    def act() -> dict[str, Any]:
        about = (caller.engine, said.county, said.name, said.text)
        return limit_acts.add(*about, reason=said.reason, adopting=said.adopt, actor=caller.actor).as_dict()

    return await request.app.state.turnstile.through(lambda: _told(act))


@router.post("/limits/{limit}/adopt", summary="采用一条限值", response_model=LimitDone, responses=_CONFLICT | PROPOSED)
def adopt_limit(
    limit: str, said: AdoptingLimit, caller: Annotated[Caller, Depends(Allowed("limits.adopt"))]
) -> dict[str, Any]:
    """按它最新的文字；草稿要写明读过的原文（source），写明了就确认。"""
    about = (caller.engine, said.county, limit)
    change = limit_acts.adopt(*about, source=said.source, reason=said.reason, actor=caller.actor)
    return {"county": said.county, "limit": limit, "change": change}


@router.post(
    "/limits/{limit}/drop", summary="停用一条限值，或撤下本县的限值文件", response_model=Dropped, responses=_CONFLICT
)
def drop_limit(
    limit: str, said: Dropping, caller: Annotated[Caller, Depends(Allowed("limits.drop"))]
) -> dict[str, Any]:
    """只限本县自己采用的；随程序生效的不能停用。写文件编号就是撤下那个文件。"""
    dropped, change = limit_acts.drop(caller.engine, said.county, limit, reason=said.reason, actor=caller.actor)
    return {"county": said.county, "dropped": dropped, "change": change}


@router.post("/programmes/check", summary="检查一个方案文件")
def check_programmes(
    said: Checking, caller: Annotated[Caller, Depends(Allowed("programmes.check", scope="none"))]
) -> Any:
    """不读也不写登记库；错处逐条列在 errors 里，带行号。"""
    return _told(
        lambda: {"programmes": list(county_programmes.read_own(said.name, said.text, said.county or "").programmes)}
    )


@router.post("/programmes", summary="加入本县的方案文件", responses=_CONFLICT | PROPOSED)
async def post_programmes(
    request: Request, said: AddingProgrammes, caller: Annotated[Caller, Depends(Allowed("programmes.add"))]
) -> Any:
    """记为一次变更，按文件写的日期起作用；有错处的逐处列在 errors 里，什么也不写入。"""

    def act() -> dict[str, Any]:
        about = (caller.engine, said.county, said.name, said.text)
        return county_programmes.add(*about, reason=said.reason, actor=caller.actor).as_dict()

    return await request.app.state.turnstile.through(lambda: _told(act))


@router.post("/programmes/files/{file}/drop", summary="撤下本县的方案文件", response_model=Dropped, responses=_CONFLICT)
def drop_programmes(
    file: str, said: Dropping, caller: Annotated[Caller, Depends(Allowed("programmes.drop"))]
) -> dict[str, Any]:
    """写文件的编号或文件名；以前问过的仍按当时所知。"""
    dropped, change = county_programmes.drop(caller.engine, said.county, file, reason=said.reason, actor=caller.actor)
    return {"county": said.county, "dropped": dropped, "change": change}


def _told(act: Callable[[], dict[str, Any]]) -> JSONResponse:
    """What an act answers; the faults of a file, each with its line."""
    try:
        return JSONResponse(act())
    except CatalogueFault as error:
        faults = tuple(Fault(pointer="/text", detail=fault) for fault in error.faults)
        return problem(422, error.code, "文件有错处，没有载入", error.fix, faults)
