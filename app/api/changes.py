"""`GET /api/v1/changes`: the recorded acts of a county, the latest first."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.api.obsolete import County
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.clock import CHINA
from app.register import records
from app.register.ledgers import whose
from app.store.engine import reading

router = APIRouter(tags=["变更"], responses=RESPONSES)


class ChangeItem(BaseModel):
    """One recorded act, and its link in the county's chain."""

    number: int
    act: str
    actor: str
    at: datetime
    reason: str | None
    batch: str | None
    digest: str | None


class Changes(BaseModel):
    """One page of them."""

    total: int
    items: list[ChangeItem]
    next: str | None


@router.get("/changes", summary="变更记录", response_model=Changes)
def list_changes(
    caller: Annotated[Caller, Depends(Allowed("changes.list"))],
    county: County = None,
    limit: Limit = 100,
    next: Next = None,
) -> Changes:
    """谁在什么时候做了什么；编号按县连续，摘要逐条相连。"""
    start = places(next, 1)
    with reading(caller.engine) as session:
        code = whose(session, county, caller.actor)
        page = records.changes(session, code, caller.actor, before=number(start[0]) if start else None, limit=limit)
    items = [ChangeItem.model_validate({**row, "at": row["at"].astimezone(CHINA)}) for row in page.rows]
    return Changes(total=page.total, items=items, next=cursor(page.after) if page.after else None)
