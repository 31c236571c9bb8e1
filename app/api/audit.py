"""`/api/v1/audit`: who did what, when, from where, with which result; as a list, and as files."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from app.api.downloads import streaming
from app.api.exports import FORMS
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.audit.asked import Asked
from app.register.audit.listing import All, chain_asked, everything, one, page
from app.store.engine import reading

router = APIRouter(tags=["审计"], responses=RESPONSES)

_PART = Query(max_length=100)
Chain = Annotated[str | None, Query(description="县（市、区）的6位代码；000000 是账号与登录；只有一个县时可以不写")]


class Filters(BaseModel):
    """All that is told holds together."""

    actor: Annotated[str | None, Query(max_length=100, description="谁，写一部分也可")] = None
    account: Annotated[str | None, Query(max_length=100, description="账号的编号")] = None
    act: Annotated[str | None, Query(max_length=100, description="什么事，如 import、people 或 people.disable")] = None
    firm: Annotated[str | None, Query(max_length=100, description="企业全称、曾用名、18位代码或编号")] = None
    what: Annotated[str | None, Query(max_length=100, description="对象里的字，写一部分也可")] = None
    since: Annotated[date | None, Query(description="从哪一天起，如 2026-01-15")] = None
    until: Annotated[date | None, Query(description="到哪一天止，含当天")] = None
    result: Annotated[str | None, Query(description="done 已办、refused 未准、failed 未成")] = None
    code: Annotated[str | None, Query(max_length=100, description="没有办成的原因代码，如 right.missing")] = None
    origin: Annotated[str | None, Query(max_length=100, description="从哪里来的地址，写一部分也可")] = None

    def asked(self, chain: str, *, people: bool = False) -> Asked:
        """As the register is asked."""
        return Asked(chain, **self.model_dump(), people=people)


Told = Annotated[Filters, Query()]


class AuditItem(BaseModel):
    """One thing that somebody did, or tried. `change`: its number, where it changed the register."""

    county: str
    number: int
    at: str
    actor: str
    account: str | None
    origin: str
    act: str
    kind: str
    subject: str | None
    before: Any
    after: Any
    result: str
    label: str
    code: str | None
    change: int | None
    reason: str | None
    file: str | None
    digest: str


class Wrote(BaseModel):
    """How many rows a change recorded in a table, and how many it took out of force."""

    table: str
    recorded: int
    superseded: int


class AuditOne(AuditItem):
    """With what its change wrote."""

    wrote: list[Wrote] = []


class AuditPage(BaseModel):
    """One page of them, the latest first."""

    county: str
    total: int
    items: list[AuditItem]
    next: str | None


@router.get("/audit", summary="审计记录")
def list_audit(
    caller: Annotated[Caller, Depends(Allowed("audit.list"))],
    told: Told,
    county: Chain = None,
    limit: Limit = 100,
    next: Next = None,
) -> AuditPage:
    """谁、什么时候、从哪里、做了什么、对什么、改前改后、结果；没有准许的和没有办成的也在内。"""
    return _page(caller, told, county, limit, next, people=False)


@router.get("/audit/people", summary="人员、令牌、链接的审计记录")
def list_people_audit(
    caller: Annotated[Caller, Depends(Allowed("audit.people"))],
    told: Told,
    county: Chain = None,
    limit: Limit = 100,
    next: Next = None,
) -> AuditPage:
    """同上，只有账号、登录、令牌、链接的事；给管理员看。"""
    return _page(caller, told, county, limit, next, people=True)


@router.get("/audit/{number}", summary="一条审计记录")
def read_audit(
    number: Annotated[int, Path(ge=1, le=2**53, description="编号")],
    caller: Annotated[Caller, Depends(Allowed("audit.read"))],
    county: Chain = None,
) -> AuditOne:
    """一条记录；改动了登记的，另写它在各表里记了多少行、作废了多少行。"""
    with reading(caller.engine) as session:
        return AuditOne.model_validate(one(session, chain_asked(session, county, caller.actor), number, caller.actor))


@router.get("/audit.csv", summary="审计记录（CSV）", response_class=StreamingResponse)
def export_audit_csv(
    caller: Annotated[Caller, Depends(Allowed("audit.export_csv"))], told: Told, county: Chain = None
) -> StreamingResponse:
    """与列表同样的筛选，全部写成文件，从早到晚。"""
    return _file(caller, told, county, "csv")


@router.get("/audit.xlsx", summary="审计记录（Excel）", response_class=StreamingResponse)
def export_audit(
    caller: Annotated[Caller, Depends(Allowed("audit.export"))], told: Told, county: Chain = None
) -> StreamingResponse:
    """与列表同样的筛选，全部写成文件，从早到晚。"""
    return _file(caller, told, county, "xlsx")


def _page(
    caller: Caller, told: Filters, county: str | None, limit: int, next: str | None, *, people: bool
) -> AuditPage:
    start = places(next, 1)
    with reading(caller.engine) as session:
        chain = chain_asked(session, county, caller.actor)
        asked = told.asked(chain, people=people)
        found = page(session, asked, caller.actor, before=number(start[0]) if start else None, limit=limit)
    items = [AuditItem.model_validate(row) for row in found.rows]
    return AuditPage(county=chain, total=found.total, items=items, next=cursor(found.after) if found.after else None)


def _file(caller: Caller, told: Filters, county: str | None, form: str) -> StreamingResponse:
    from reports.exports.audit_file import audit_pieces

    with reading(caller.engine) as session:
        chain = chain_asked(session, county, caller.actor)
    found: All = everything(caller.engine, told.asked(chain), caller.actor)
    head = {"X-Total-Count": str(found.total)}
    return streaming(audit_pieces(found, form), FORMS[form][0], f"{chain}-审计记录.{form}", head)
