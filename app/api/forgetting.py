"""`POST /api/v1/personal/forget`: a person's contact data made unreadable everywhere, with reason."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.asking import county_asked
from app.register.personal.forgetting import FUNCTION, Asked, foretold, forget
from app.store.engine import reading
from importers.redaction import redacted

router = APIRouter(tags=["个人信息"], responses=RESPONSES)

Number = Annotated[str, Field(max_length=40)]
Paper = Annotated[str, Field(max_length=64)]


class Forgetting(BaseModel):
    """Whom: a firm's contacts, or numbers; `papers`: whose files go whole. Without `confirm` it is only counted."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]
    county: Annotated[str | None, Field(pattern=r"^[0-9]{6}$")] = None
    enterprise: Annotated[str | None, Field(max_length=200)] = None
    numbers: Annotated[list[Number], Field(max_length=20)] = []
    papers: Annotated[list[Paper], Field(max_length=100)] = []
    confirm: bool = False


class Forgotten(BaseModel):
    """What would go, or the change by which it went; numbers alone."""

    county: str
    done: bool
    change: int | None = None
    keys: int
    files: int
    papers: int
    numbers: int | None = None
    names: int | None = None
    rows: int | None = None
    other_firms: int | None = None
    files_emptied: int | None = None


@router.post("/personal/forget", summary="按规定删除一个人的联系方式", response_model=Forgotten)
def forget_person(told: Forgetting, caller: Annotated[Caller, Depends(Allowed(FUNCTION))]) -> dict[str, Any]:
    """先不写 confirm，看会删除多少；confirm 为 true 才删除。删除以后谁也读不出来，也不能恢复。"""
    with reading(caller.engine) as session:
        code = county_asked(session, told.county, caller.actor)
    asked = Asked((told.enterprise or "").strip() or None, told.numbers, told.papers)
    if not told.confirm:
        return {"done": False, **foretold(caller.engine, code, asked, caller.actor)}
    done = forget(caller.engine, code, asked, reason=told.reason, redact=redacted, actor=caller.actor)
    return {"done": True, **done}
