"""`/api/v1/views`: what is asked of lists, kept under names of the county and shared by address."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from app.api.obsolete import County, Known
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.errors import BadInput
from app.register.asking import county_asked, known_asked
from app.register.lists.asked import read_address
from app.register.lists.saved import drop_view, save_view, view_called, views
from app.store.engine import reading

router = APIRouter(tags=["名册"], responses=RESPONSES)

Name = Annotated[str, Path(description="查询的名称")]


class Saving(BaseModel):
    """The address of a list with its filters (`equipment?kind=cupola`), and why it is kept."""

    address: Annotated[str, Field(min_length=1, max_length=8000)]
    reason: Annotated[str, Field(max_length=500)] = ""


class View(BaseModel):
    """A list and its filters under a name: `address` is where it is asked."""

    name: str
    county: str
    noun: str
    address: str
    reason: str
    change: int
    by: str
    at: datetime


class Views(BaseModel):
    """The views of the county, by name."""

    county: str
    known: int
    views: list[View]


class Dropped(BaseModel):
    """The view that was dropped, and the change that did it."""

    name: str
    taken_back: str
    change: int


@router.get("/views", summary="已存的查询", response_model=Views)
def list_views(
    caller: Annotated[Caller, Depends(Allowed("views.list"))], county: County = None, known: Known = None
) -> dict[str, Any]:
    """存下来的查询，各有名称和地址。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        found = [one.as_dict() for one in views(session, code, at, caller.actor)]
    return {"county": code, "known": at, "views": found}


@router.get("/views/{name}", summary="一个已存的查询", response_model=View)
def show_view(
    name: Name, caller: Annotated[Caller, Depends(Allowed("views.show"))], county: County = None, known: Known = None
) -> dict[str, Any]:
    """按名称找到查询的地址，打开地址就是结果。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return view_called(session, code, name, known_asked(session, code, known), caller.actor).as_dict()


@router.put("/views/{name}", summary="把一个查询存下来", response_model=View)
def keep_view(
    name: Name, told: Saving, caller: Annotated[Caller, Depends(Allowed("views.save"))], county: County = None
) -> dict[str, Any]:
    """同名的由新的代替；与已存的一样就不再记。"""
    noun, pairs = read_address(told.address)
    of_address = dict(pairs).get("county")
    if county and of_address and county != of_address:
        raise BadInput(
            f"地址是 {of_address} 的，要存到 {county}", fix="请只写一个县，或改写地址里的 county", code="address.bad"
        )
    named = county if county is not None else of_address
    with reading(caller.engine) as session:
        code = county_asked(session, named, caller.actor)
    reason = told.reason.strip() or f"存为“{name.strip()}”"
    return save_view(caller.engine, code, name, noun, pairs, reason=reason, actor=caller.actor).as_dict()


@router.delete("/views/{name}", summary="不再保留一个查询", response_model=Dropped)
def remove_view(
    name: Name,
    caller: Annotated[Caller, Depends(Allowed("views.drop"))],
    county: County = None,
    reason: Annotated[str | None, Query(max_length=500, description="为什么不再保留")] = None,
) -> dict[str, Any]:
    """以前知道的仍可按当时所知查到。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
    why = (reason or "").strip() or f"不再保留“{name.strip()}”"
    return drop_view(caller.engine, code, name, reason=why, actor=caller.actor)
