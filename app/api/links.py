"""`/api/v1/links`: upload links of the county's townships, made, listed and revoked; and what came by them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from app.api.masking import OWN
from app.api.obsolete import County
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.quarter import Quarter
from app.errors import BadInput
from app.register.asking import county_asked, day_told
from app.register.links import links
from app.register.links.receiving import uploads
from app.store.engine import reading

router = APIRouter(tags=["上传链接"], responses=RESPONSES)

State = Literal["open", "expired", "revoked", "used_up"]


class Making(BaseModel):
    """For which townships (codes or names; none: every one of the county), which quarter, until which day."""

    county: str | None = None
    townships: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=200)] = []
    quarter: Annotated[str, Field(max_length=20)]
    until: Annotated[str | None, Field(max_length=10)] = None
    note: Annotated[str | None, Field(max_length=500)] = None


class MadeLink(BaseModel):
    """A link just made: `path` (below this server's address) is told this once."""

    link: str
    county: str
    township: str
    township_name: str
    quarter: str
    until: str
    path: str


class MadeLinks(BaseModel):
    """One link a township."""

    links: list[MadeLink]


class LinkItem(BaseModel):
    """A link, and how much came by it; its address is not known any more."""

    link: str
    township: str
    township_name: str
    quarter: str
    until: str
    state: State
    files: int
    bytes: int
    by: str
    at: datetime
    note: str | None


class Links(BaseModel):
    """The county's links, the latest first."""

    county: str
    links: list[LinkItem]


class UploadItem(BaseModel):
    """A file that came by a link; `batch`: as which it waits, and is applied."""

    upload: str
    link: str
    township: str
    township_name: str
    quarter: str
    at: datetime
    origin: str
    file: str
    sha256: str
    bytes: int
    result: Literal["kept", "again"]
    batch: str
    standing: Literal["waiting", "applied", "withdrawn"]


class Uploads(BaseModel):
    """What came by a link, the latest first."""

    county: str
    uploads: list[UploadItem]


class Revoking(BaseModel):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Revoked(BaseModel):
    """The link, and the change that revoked it."""

    link: str
    change: int


@router.post("/links", summary="开上传链接", response_model=MadeLinks)
def make_links(
    said: Making, response: Response, caller: Annotated[Caller, Depends(Allowed("links.make"))]
) -> dict[str, Any]:
    """每个乡镇一条，不写乡镇就给全县每个乡镇各开一条；地址只在这里给一次，登记库里只存它的摘要。"""
    quarter = Quarter.parse(said.quarter)
    until = day_told(said.until) if said.until else None
    if any(not one.strip() for one in said.townships):
        raise BadInput("乡镇是空的", fix="请写乡镇的名称或9位代码；全县都要的不写", code="township.empty")
    with reading(caller.engine) as session:
        code = county_asked(session, said.county, caller.actor)
    of = (caller.engine, code, said.townships, quarter)
    made = links.make(*of, until=until, note=said.note, actor=caller.actor)
    response.headers.update(OWN)  # a digit masked would spoil an address
    return {"links": [one.as_dict() for one in made]}


@router.get("/links", summary="上传链接", response_model=Links)
def list_links(caller: Annotated[Caller, Depends(Allowed("links.list"))], county: County = None) -> dict[str, Any]:
    """哪个乡镇、哪个季度、用到哪天、现在能不能用、收了几个文件；最近的在前。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return {"county": code, "links": links.listed(session, code, caller.actor)}


@router.get("/links/{link}/uploads", summary="一条链接收到的文件", response_model=Uploads)
def list_uploads(link: str, caller: Annotated[Caller, Depends(Allowed("links.uploads"))]) -> dict[str, Any]:
    """什么时候、从哪里、什么文件、现在怎样；写入用 POST /imports/{batch}/apply。"""
    with reading(caller.engine) as session:
        code = links.link_told(session, link, caller.actor).county
        return {"county": code, "uploads": uploads(session, code, caller.actor, link)}


@router.post("/links/{link}/revoke", summary="停用一条链接", response_model=Revoked, responses={409: RESPONSES[422]})
def revoke_link(
    link: str, said: Revoking, caller: Annotated[Caller, Depends(Allowed("links.revoke"))]
) -> dict[str, Any]:
    """从此打不开；已经收到的文件仍留存。"""
    return links.revoke(caller.engine, link, reason=said.reason, actor=caller.actor)
