"""`GET /api/v1/divisions`: the division dictionary, with former names and other spellings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.api.paging import Limit, Next, cursor, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register import records
from app.store.engine import reading

router = APIRouter(tags=["行政区划"], responses=RESPONSES)

Level = Literal["province", "city", "county", "township"]


class Alias(BaseModel):
    """Another name, on the days from `valid_from` until the day before `valid_to` (null: still)."""

    alias: str
    valid_from: date
    valid_to: date | None


class DivisionItem(BaseModel):
    """A province, city, county or township."""

    code: str
    name: str
    parent: str | None
    level: Level
    aliases: list[Alias]


class Divisions(BaseModel):
    """One page of them."""

    total: int
    items: list[DivisionItem]
    next: str | None


@router.get("/divisions", summary="行政区划字典", response_model=Divisions)
def list_divisions(
    caller: Annotated[Caller, Depends(Allowed("divisions.list", scope="none"))],
    parent: Annotated[str | None, Query(description="上级代码，如 431127 列出各乡镇")] = None,
    level: Annotated[Level | None, Query(description="级别")] = None,
    q: Annotated[str | None, Query(description="名称或别名里的字")] = None,
    limit: Limit = 100,
    next: Next = None,
) -> Divisions:
    """省、市、县、乡镇的代码和名称，连同曾用名和别的写法。"""
    start = places(next, 1)
    with reading(caller.engine) as session:
        page = records.divisions(
            session, parent=parent, level=level, words=q, after=start[0] if start else None, limit=limit
        )
    items = [DivisionItem.model_validate(row) for row in page.rows]
    return Divisions(total=page.total, items=items, next=cursor(page.after) if page.after else None)
