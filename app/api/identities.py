"""`/api/v1/people/{account}/identities`: for whom of the identity platform an account is opened."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.people.oidc import identities
from app.store.engine import reading, unit

router = APIRouter(tags=["人员"], responses=RESPONSES)


class Identity(BaseModel):
    """Somebody of the platform, by the digest of what its tokens call them."""

    id: str
    digest: str
    made_at: str


class Linking(BaseModel):
    """What the platform's tokens call the person, or the digest of it that the record of a refused sign-in has."""

    subject: Annotated[str | None, Field(max_length=512, description="平台令牌里的标识")] = None
    digest: Annotated[str | None, Field(max_length=64, description="审计记录里的身份摘要")] = None


@router.get("/people/{account}/identities", summary="账号关联的身份", response_model=list[Identity])
def list_identities(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.identities", scope="none"))]
) -> list[dict[str, Any]]:
    """统一身份认证平台的哪些身份可以用这个账号登录；只有摘要，不存身份本身。"""
    with reading(caller.engine) as session:
        return [identities.identity_row(one) for one in identities.identities(session, caller.actor, account)]


@router.post("/people/{account}/identities", summary="关联身份", response_model=Identity)
def link_identity(
    account: str, told: Linking, caller: Annotated[Caller, Depends(Allowed("people.identity_link", scope="none"))]
) -> dict[str, Any]:
    """subject、digest 写其中一个；一个身份只能用一个账号。"""
    with unit(caller.engine) as session:
        made = identities.link(session, caller.actor, account, told.subject, told.digest)
        return identities.identity_row(made)


@router.post("/people/{account}/identities/{identity}/end", summary="解除关联的身份", response_model=Identity)
def end_identity(
    account: str, identity: str, caller: Annotated[Caller, Depends(Allowed("people.identity_end", scope="none"))]
) -> dict[str, Any]:
    """立即不能再用它登录，已登录的也退出。"""
    with unit(caller.engine) as session:
        return identities.identity_row(identities.end(session, caller.actor, account, identity))
