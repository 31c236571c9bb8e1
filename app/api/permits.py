"""`/api/v1/permits/…`: what firms must hold against what they hold, what ends when, doubtful numbers, versions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Named, Reason
from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Day
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.permits import expiring, findings, matrix, recording, versions
from app.store.engine import reading

router = APIRouter(tags=["手续"], responses=RESPONSES)

Firm = Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号")]
Kind = Annotated[str | None, Query(description="只问这一项手续：代码或中文")]
Words = Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=20)]


class Recording(BaseModel):
    """What is so of a firm's procedure since a day, by field as cells would be written (有效期止: 2029-03-31).

    `permit`: which of several of the kind, by id, or `new`. `source`: the authority or paper that says so.
    """

    county: CountyCode
    enterprise: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Annotated[str, Field(min_length=1, max_length=50)]
    facts: Words
    day: Day
    permit: Named = None
    source: Named = None
    reason: Reason


class MatrixAnswer(BaseModel):
    """One answer a firm and procedure: held, lacking, applying, expired, cannot_tell, not_required; each with why."""

    county: str
    as_of: date
    known: int
    kinds: list[dict[str, str]]
    totals: dict[str, dict[str, int]]
    rows: list[dict[str, Any]]
    duties: list[dict[str, Any]]
    not_deciding: list[dict[str, Any]]


class ExpiringAnswer(BaseModel):
    """Permits past their end, near it, or of which it cannot be told, with the last day for asking for renewal."""

    county: str
    as_of: date
    known: int
    within: int
    totals: dict[str, int]
    lines: list[dict[str, Any]]


class FindingsAnswer(BaseModel):
    """What is doubtful in permits' numbers and terms."""

    county: str
    as_of: date
    known: int
    totals: dict[str, int]
    findings: list[dict[str, Any]]


class VersionsAnswer(BaseModel):
    """A firm's papers, each with all that it was."""

    county: str
    known: int
    enterprise: str
    papers: list[dict[str, Any]]


class DutiesAnswer(BaseModel):
    """The demands in force that day in the county; drafts and what cannot be required among them, said so."""

    county: str
    as_of: date
    duties: list[dict[str, Any]]


@router.get("/permits/matrix", summary="手续对照：该有什么、有什么", response_model=MatrixAnswer)
def ask_matrix(
    caller: Annotated[Caller, Depends(Allowed("permits.matrix"))],
    county: County = None,
    township: Township = None,
    enterprise: Firm = None,
    kind: Kind = None,
    state: Annotated[str | None, Query(description="只列这种结论：代码或中文")] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """每家每项：已有、没有、在办、已过期、不能确定、无需办理；凭哪份文件哪句话要求。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        wanted = matrix.Wanted(enterprise, township, kind, state)
        found = matrix.check(session, code, wanted, moment, caller.actor)
        return matrix.with_cells(session, found, caller.actor).as_dict()


@router.get("/permits/expiring", summary="快到期的、已过期的手续", response_model=ExpiringAnswer)
def ask_expiring(
    caller: Annotated[Caller, Depends(Allowed("permits.expiring"))],
    county: County = None,
    township: Township = None,
    enterprise: Firm = None,
    kind: Kind = None,
    within: Annotated[int, Query(description="多少天以内到期", ge=0, le=expiring.LONGEST)] = 60,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """还有几天、最迟哪天申请延续；到期日只知道大概的列为不能确定。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        wanted = expiring.Wanted(within, kind, enterprise, township)
        return expiring.expiring(session, code, wanted, moment, caller.actor).as_dict()


@router.get("/permits/findings", summary="手续里的疑点", response_model=FindingsAnswer)
def ask_findings(
    caller: Annotated[Caller, Depends(Allowed("permits.findings"))],
    county: County = None,
    township: Township = None,
    enterprise: Firm = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """证号不以本企业代码开头、写法不对、几家同号，有效期颠倒，写着已办而已过期。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        asked = {"firm": enterprise, "township": township}
        return findings.findings(session, code, moment, caller.actor, **asked).as_dict()


@router.get("/permits/versions", summary="一家企业手续的各个版本", response_model=VersionsAnswer)
def ask_versions(
    caller: Annotated[Caller, Depends(Allowed("permits.versions"))],
    enterprise: Annotated[str, Query(description="全称、18位代码或编号")],
    county: County = None,
    known: Known = None,
) -> dict[str, Any]:
    """每件手续从哪天起是什么样；证号同属一个场所的归在一起。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return versions.versions(session, code, enterprise, known_asked(session, code, known), caller.actor)


@router.get("/permits/duties", summary="哪份文件要哪些手续", response_model=DutiesAnswer)
def list_duties(
    caller: Annotated[Caller, Depends(Allowed("permits.duties"))], county: County = None, as_of: AsOf = None
) -> dict[str, Any]:
    """那一天在本县有效的要求，连原文、出处、对谁、期限；草稿和定不了的也列，写明不作判断。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
    return {"county": code, "as_of": day, "duties": [one.as_dict() for one in matrix.in_force(code, day)]}


@router.post("/permits", summary="记一项手续", responses={409: RESPONSES[422]})
async def post_permit(
    request: Request, said: Recording, caller: Annotated[Caller, Depends(Allowed("permits.record"))]
) -> JSONResponse:
    """新办的、换证的、过期的；是一个批次，可以像名册一样撤回。证号有疑点的照记，并告知。"""
    from importers.values.by_hand import facts_told

    facts = facts_told("permit", [f"{name}={text}" for name, text in said.facts.items()])

    def act() -> dict[str, Any]:
        own = {"permit": said.permit, "source": said.source, "reason": said.reason}
        told = (said.county, said.enterprise, said.kind, facts, said.day)
        return recording.record_permit(caller.engine, *told, actor=caller.actor, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))
