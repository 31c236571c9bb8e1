"""`/api/v1/me/factor`, `/people/{account}/factor/remove`, `/factor-roles`: the second factor at a sign-in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from app.api import cookies
from app.api.masking import OWN
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Yes
from app.register.people import factor_acts, required_factors
from app.register.people.passwords import LONGEST
from app.store.engine import reading, unit

router = APIRouter(tags=["登录"], responses=RESPONSES)


class Factor(BaseModel):
    """Whether one has a second factor, and must have one."""

    set_up: bool
    required: bool
    recovery_codes_left: int


class Beginning(BaseModel):
    """The password, told again."""

    password: Annotated[str, Field(max_length=LONGEST, description="口令")]


class Secret(BaseModel):
    """What goes into the telephone, told once: the secret, and the address that a QR code holds."""

    secret: str
    address: str


class Confirming(BaseModel):
    """The code that the telephone shows now."""

    code: Annotated[str, Field(max_length=64, description="6 位动态口令")]


class Codes(BaseModel):
    """Recovery codes, told once: each stands in for the telephone once."""

    recovery_codes: list[str]


class Removed(BaseModel):
    """Whose was taken away."""

    account: str


class Requiring(BaseModel):
    """Whether a role's holders must have one."""

    role: Annotated[str, Field(max_length=64, description="角色")]
    required: Yes = True


class RequiredRoles(BaseModel):
    """The roles that must have one."""

    roles: list[str]


@router.get("/me/factor", summary="自己的动态口令设了没有", response_model=Factor)
def read_factor(caller: Annotated[Caller, Depends(Allowed("me.factor", scope="none"))]) -> dict[str, Any]:
    """设了没有，角色规定要不要，还剩几个恢复码。"""
    return factor_acts.state(caller.engine, caller.actor)


@router.post("/me/factor", summary="取动态口令的密钥", response_model=Secret)
def begin_factor(
    request: Request,
    response: Response,
    told: Beginning,
    caller: Annotated[Caller, Depends(Allowed("me.factor_begin", scope="none"))],
) -> Secret:
    """要再写一次口令。密钥只显示这一次；放进手机后用 /me/factor/confirm 确认，才开始要。"""
    with request.app.state.gate.through():
        begun = factor_acts.begin(caller.engine, caller.actor, told.password)
    response.headers.update(OWN)
    return Secret(secret=begun.secret, address=begun.address)


@router.post("/me/factor/confirm", summary="启用动态口令", response_model=Codes)
def confirm_factor(
    request: Request,
    response: Response,
    told: Confirming,
    caller: Annotated[Caller, Depends(Allowed("me.factor_confirm", scope="none"))],
) -> Codes:
    """从此登录要动态口令；答复里的 10 个恢复码只显示这一次，手机丢了各能用一次。"""
    codes, begun = factor_acts.confirm(caller.engine, caller.actor, told.code)
    cookies.give(request, response, begun.token)
    response.headers.update(OWN)
    return Codes(recovery_codes=codes)


@router.post("/people/{account}/factor/remove", summary="撤销别人的动态口令", response_model=Removed)
def remove_factor(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.factor_remove", scope="none"))]
) -> Removed:
    """手机和恢复码都丢了的，撤销后本人登录再设；记在审计里。"""
    with unit(caller.engine) as session:
        return Removed(account=factor_acts.remove(session, caller.actor, account).name)


@router.get("/factor-roles", summary="规定要用动态口令的角色", response_model=RequiredRoles)
def list_required(
    caller: Annotated[Caller, Depends(Allowed("people.factor_roles", scope="none"))],
) -> RequiredRoles:
    """这些角色的人不设动态口令，什么都办不了。"""
    with reading(caller.engine) as session:
        return RequiredRoles(roles=sorted(required_factors.required_roles(session)))


@router.post("/factor-roles", summary="规定一个角色要用动态口令", response_model=RequiredRoles)
def require_factor(
    told: Requiring, caller: Annotated[Caller, Depends(Allowed("people.factor_require", scope="none"))]
) -> RequiredRoles:
    """required 写 false 就不再要。只有管全部的管理员能定。"""
    with unit(caller.engine) as session:
        required_factors.require(session, caller.actor, told.role, told.required)
        return RequiredRoles(roles=sorted(required_factors.required_roles(session)))
