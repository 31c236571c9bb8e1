"""`/api/v1/sign-in`, `/sign-out`, `/me`, `/first-administrator`, `/rescue`: signing in and what is one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from app.api import cookies, oidc
from app.api.callers import origin_of
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.errors import Busy, DatabaseUnavailable, NoRight
from app.register.people import one_time_tokens, own_password, sessions, sign_in
from app.register.people.own import own
from app.register.people.passwords import LONGEST
from app.store.engine import hurried, in_the_way, unit

router = APIRouter(tags=["登录"], responses=RESPONSES)

#: Passwords compared at a time: each costs 64 MB for a moment.
AT_ONCE = 4

Name = Annotated[str, Field(max_length=64, description="账号")]
Password = Annotated[str, Field(max_length=LONGEST, description="口令")]


class Gate:
    """Lets a few passwords be compared at a time; whoever comes then is asked to come again."""

    def __init__(self) -> None:
        self._free = BoundedSemaphore(AT_ONCE)

    @contextmanager
    def through(self) -> Iterator[None]:
        """Go through when there is room.

        Raises:
            Busy: when there is none.
        """
        if not self._free.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._free.release()


@contextmanager
def in_turn() -> Iterator[None]:
    """Tell whoever signs in that something large is being written, where it is; they are not kept waiting for it.

    Raises:
        Busy: when it is.
    """
    try:
        yield
    except DatabaseUnavailable as error:
        if not in_the_way(error):
            raise
        raise Busy("正在写入数据（例如一次导入），暂时不能登录", fix="请过半分钟再登录一次") from error


class SigningIn(BaseModel):
    """Name and password; `code` where the account has a second factor."""

    name: Name
    password: Password
    code: Annotated[str | None, Field(max_length=64, description="动态口令或恢复码")] = None


class SignedInAnswer(BaseModel):
    """Whoever is signed in now; `must_change`: nothing but a new password is taken first."""

    account: str
    name: str
    shown_name: str
    must_change: bool


class SignedOutAnswer(BaseModel):
    """Whether there was a sign-in; `elsewhere`: where one signs out of the identity platform as well."""

    signed_out: bool
    elsewhere: str | None = None


class Changing(BaseModel):
    """The old password and the new one."""

    old: Password
    new: Password


class First(BaseModel):
    """The first administrator, with the token that the start of the server printed."""

    token: Annotated[str, Field(max_length=128, description="一次性令牌")]
    name: Name
    shown_name: Annotated[str, Field(max_length=40, description="姓名")]
    password: Password


class Rescuing(BaseModel):
    """A new password, with the token that `luzhang user rescue` printed; `code` where there is a second factor."""

    token: Annotated[str, Field(max_length=128, description="一次性令牌")]
    password: Password
    code: Annotated[str | None, Field(max_length=64, description="动态口令或恢复码")] = None


class Own(BaseModel):
    """Whoever asks: what they may, and where."""

    account: str | None
    name: str
    shown_name: str
    department: str | None
    must_change: bool
    rights: list[dict[str, str]]
    functions: list[str]


@router.post("/sign-in", summary="登录", response_model=SignedInAnswer)
def post_sign_in(
    request: Request,
    response: Response,
    told: SigningIn,
    _: Annotated[Caller, Depends(Allowed("sign_in.make", scope="none"))],
) -> SignedInAnswer:
    """账号、口令对了就登录；不对，无论为什么，答复都一样。"""
    with request.app.state.gate.through(), in_turn():
        engine = hurried(request.app.state.engine)
        before = cookies.given(request)
        begun = sign_in.sign_in(engine, told.name, told.password, told.code, origin_of(request), before)
    return _signed_in(request, response, begun)


@router.post("/sign-out", summary="退出登录", response_model=SignedOutAnswer, response_model_exclude_none=True)
def post_sign_out(
    request: Request, response: Response, caller: Annotated[Caller, Depends(Allowed("sign_in.end", scope="none"))]
) -> SignedOutAnswer:
    """这次登录立即作废；由统一身份认证登录的，elsewhere 是在那边也退出的地址。"""
    token, by_platform = cookies.given(request), False
    if token is not None:
        with unit(caller.engine) as session:
            by_platform = sessions.came_by_identity(session, token)
            sign_in.sign_out(session, token)
    cookies.take_back(request, response)
    return SignedOutAnswer(
        signed_out=token is not None, elsewhere=oidc.sign_out_address(request) if by_platform else None
    )


@router.get("/me", summary="我是谁、能做什么", response_model=Own)
def read_me(request: Request, caller: Annotated[Caller, Depends(Allowed("me.read", scope="none"))]) -> dict[str, Any]:
    """自己的账号、部门、权限。"""
    told = own(caller.engine, caller.actor)
    # Whoever the identity platform let in has told no password that would have to be changed.
    return told | {"must_change": told["must_change"] and not getattr(request.state, "by_identity", False)}


@router.post("/me/password", summary="改自己的口令", response_model=SignedInAnswer)
def post_password(
    request: Request,
    response: Response,
    told: Changing,
    caller: Annotated[Caller, Depends(Allowed("me.password", scope="none"))],
) -> SignedInAnswer:
    """要写原口令；改了以后，其他地方的登录都作废。"""
    if getattr(request.state, "by_token", False):
        raise NoRight("不能用访问令牌改口令", fix="请登录后再改", code="password.by_token")
    with request.app.state.gate.through():
        begun = own_password.change(caller.engine, caller.actor, told.old, told.new)
    return _signed_in(request, response, begun)


@router.post("/first-administrator", summary="设第一位管理员", response_model=SignedInAnswer)
def post_first(
    request: Request,
    response: Response,
    told: First,
    _: Annotated[Caller, Depends(Allowed("people.first", scope="none"))],
) -> SignedInAnswer:
    """用第一次开启服务时打印的一次性令牌；从此人人都要登录。"""
    with request.app.state.gate.through():
        begun = one_time_tokens.make_first(
            request.app.state.engine, told.token, told.name, told.shown_name, told.password, origin_of(request)
        )
    return _signed_in(request, response, begun)


@router.post("/rescue", summary="用一次性令牌设新口令", response_model=SignedInAnswer)
def post_rescue(
    request: Request,
    response: Response,
    told: Rescuing,
    _: Annotated[Caller, Depends(Allowed("people.rescue", scope="none"))],
) -> SignedInAnswer:
    """管理员丢了口令时，在登记库所在的电脑上取令牌：luzhang user rescue 账号。"""
    with request.app.state.gate.through():
        begun = one_time_tokens.rescue(
            request.app.state.engine, told.token, told.password, origin_of(request), told.code
        )
    return _signed_in(request, response, begun)


def _signed_in(request: Request, response: Response, begun: sign_in.Begun) -> SignedInAnswer:
    cookies.give(request, response, begun.token)
    return SignedInAnswer(
        account=begun.account, name=begun.name, shown_name=begun.shown_name, must_change=begun.must_change
    )
