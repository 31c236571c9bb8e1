"""`/api/v1/tokens`: tokens by which programs ask in a person's name, made, listed and revoked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from app.api.masking import OWN
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Day
from app.register.people import token_acts
from app.register.people.accounts import account_of
from app.register.people.tokens import LISTED
from app.store.engine import reading, unit

router = APIRouter(tags=["令牌"], responses=RESPONSES)

Function = Annotated[str, Field(max_length=64)]
Division = Annotated[str, Field(max_length=9)]


class Token(BaseModel):
    """A token as it is listed: what it may at most, where, and to what day."""

    id: str
    account: str
    name: str
    functions: list[str]
    divisions: list[str]
    made_at: str
    until: date
    state: str


class TokenWithSecret(Token):
    """With the token itself, which is told once."""

    token: str


class Making(BaseModel):
    """What a token is for; `divisions` left out: wherever its holder has rights now."""

    name: Annotated[str, Field(max_length=80, description="给什么程序用")]
    functions: Annotated[list[Function], Field(max_length=LISTED, description="能做什么，如 enterprises.*")]
    divisions: Annotated[list[Division], Field(max_length=LISTED, description="能用于哪里：行政区划代码，或 all")] = []
    until: Annotated[Day, Field(description="最后一天，最多 366 天")]


@router.get("/tokens", summary="列出令牌", response_model=list[Token])
def list_tokens(
    caller: Annotated[Caller, Depends(Allowed("tokens.list", scope="none"))],
    account: Annotated[str | None, Query(max_length=64, description="只看这个账号的")] = None,
) -> list[dict[str, Any]]:
    """自己的令牌；管理员还看得到归其管的人的。令牌本身不再显示。"""
    with reading(caller.engine) as session:
        return token_acts.listed(session, caller.actor, account)


@router.post("/tokens", summary="发令牌", response_model=TokenWithSecret)
def make_token(
    told: Making, response: Response, caller: Annotated[Caller, Depends(Allowed("tokens.make", scope="none"))]
) -> dict[str, Any]:
    """给程序用，放在 Authorization: Bearer 里。只显示这一次；不能超过自己的权限，自己的权限没了它也就没了。"""
    with unit(caller.engine) as session:
        made = token_acts.make_own(session, caller.actor, told.name, told.functions, told.divisions, told.until)
        row = token_acts.token_row(made.token, account_of(session, made.token.account_id))
    response.headers.update(OWN)
    return row | {"token": made.secret}


@router.post("/tokens/{token}/revoke", summary="停用令牌", response_model=Token)
def revoke_token(
    token: str, caller: Annotated[Caller, Depends(Allowed("tokens.revoke", scope="none"))]
) -> dict[str, Any]:
    """立即不能再用。自己的，或归其管的人的。"""
    with unit(caller.engine) as session:
        return token_acts.revoke(session, caller.actor, token)
