"""`/api/v1/clauses`: the clauses of a county, what a file would change, and which are added, adopted and dropped."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason
from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES, Fault, problem
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Day, Yes
from app.errors import CatalogueFault
from app.register.asking import county_asked, day_asked, known_asked
from app.register.clauses import acts as clause_acts
from app.register.clauses.listed import clauses_of, listed
from app.register.clauses.trying import trial
from app.store.engine import reading

router = APIRouter(prefix="/clauses", tags=["条款"], responses=RESPONSES)

Status = Annotated[
    Literal["confirmed", "draft", "historical", "qualitative", "not_found"] | None, Query(description="只列这种状态的")
]
FileName = Annotated[str, Field(min_length=1, max_length=200, description="文件名")]
FileText = Annotated[str, Field(min_length=1, max_length=1_000_000, description="条款文件的全文（YAML）")]


class Trying(BaseModel):
    """A file of clauses, to see what it would change."""

    county: CountyCode
    name: FileName
    text: FileText
    as_of: Day | None = None


class Adding(BaseModel):
    """A file of clauses to be the county's own; `adopt`: those that can decide are adopted at once."""

    county: CountyCode
    name: FileName
    text: FileText
    reason: Reason
    adopt: Yes = False


class Acting(BaseModel):
    """Why a clause is adopted or dropped."""

    county: CountyCode
    reason: Reason


class Clauses(BaseModel):
    """The clauses of a county, a line each, as of a day."""

    county: str
    as_of: date
    clauses: list[dict[str, Any]]


class Done(BaseModel):
    """The change that recorded it; null where nothing was to record."""

    county: str
    clause: str
    change: int | None


@router.get("", summary="有哪些条款", response_model=Clauses)
def list_clauses(
    caller: Annotated[Caller, Depends(Allowed("clauses.list"))],
    county: County = None,
    status: Status = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """随程序的和本县自己加入的；写了 as_of 就只列那天有效的。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        standing = clauses_of(session, code, known_asked(session, code, known), caller.actor)
    return {"county": code, "as_of": day, "clauses": listed(standing, day, status=status, in_force=as_of is not None)}


@router.post("", summary="加入本县的条款文件", responses={409: RESPONSES[422], **PROPOSED})
async def post_clauses(
    request: Request, said: Adding, caller: Annotated[Caller, Depends(Allowed("clauses.add"))]
) -> JSONResponse:
    """记为一次变更；有错处的逐处列在 errors 里，什么也不写入。"""

    def act() -> JSONResponse:
        about = (caller.engine, said.county, said.name, said.text)
        added = clause_acts.add(*about, reason=said.reason, adopting=said.adopt, actor=caller.actor)
        return JSONResponse(added.as_dict())

    try:
        answer: JSONResponse = await request.app.state.turnstile.through(act)
    except CatalogueFault as error:
        return _faulty(error)
    return answer


@router.post("/try", summary="试一个条款文件", responses={409: RESPONSES[422]})
async def try_clauses(
    request: Request, said: Trying, caller: Annotated[Caller, Depends(Allowed("clauses.try"))]
) -> JSONResponse:
    """会改变哪些企业、哪些设备的结论，由哪个条款；什么也不写入。"""

    def act() -> JSONResponse:
        with reading(caller.engine) as session:
            code = county_asked(session, said.county, caller.actor)
            known, day = known_asked(session, code, None), said.as_of or day_asked(None)
            found = trial(session, code, said.name, said.text, day=day, known=known, actor=caller.actor)
        return JSONResponse(found.as_dict())

    try:
        answer: JSONResponse = await request.app.state.turnstile.through(act)
    except CatalogueFault as error:
        return _faulty(error)
    return answer


@router.get("/{clause}", summary="一个条款的全文和现状")
def get_clause(
    clause: str,
    caller: Annotated[Caller, Depends(Allowed("clauses.read"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """原文、出处、条件、例子，缺什么，采用没有。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        standing = clauses_of(session, code, known_asked(session, code, known), caller.actor)
    return {
        "county": code,
        "as_of": day.isoformat(),
        **standing.whole(standing.catalogue.clause(clause), day),
    }


@router.post(
    "/{clause}/adopt", summary="采用一个条款", response_model=Done, responses={409: RESPONSES[422], **PROPOSED}
)
def adopt_clause(
    clause: str, said: Acting, caller: Annotated[Caller, Depends(Allowed("clauses.adopt"))]
) -> dict[str, Any]:
    """按它最新的文字；已经采用的不再记。"""
    change = clause_acts.adopt(caller.engine, said.county, clause, reason=said.reason, actor=caller.actor)
    return {"county": said.county, "clause": clause, "change": change}


@router.post(
    "/{clause}/drop", summary="停用一个条款，或撤下本县的条款文件", response_model=Done, responses={409: RESPONSES[422]}
)
def drop_clause(
    clause: str, said: Acting, caller: Annotated[Caller, Depends(Allowed("clauses.drop"))]
) -> dict[str, Any]:
    """只限本县自己采用的；随程序生效的不能停用。"""
    dropped, change = clause_acts.drop(caller.engine, said.county, clause, reason=said.reason, actor=caller.actor)
    return {"county": said.county, "clause": dropped, "change": change}


def _faulty(error: CatalogueFault) -> JSONResponse:
    """The faults of a file, each with its line."""
    faults = tuple(Fault(pointer="/text", detail=fault) for fault in error.faults)
    return problem(422, error.code, "条款文件有误，没有载入", error.fix, faults)
