"""`/api/v1/sign-in/ways`, `/sign-in/oidc…`: signing in by the county's identity platform, where one is configured."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app.api import cookies
from app.api.callers import origin_of
from app.api.oidc_pages import asking_code, going_on, not_done
from app.api.problems import RESPONSES, status_of
from app.api.scope import Allowed, Caller
from app.errors import BadInput, LuzhangError, NotSignedIn, OidcFailed
from app.register.people.oidc.configured import Platform, configured

if TYPE_CHECKING:
    from app.register.people.oidc.kept import Known as Named
    from app.register.people.oidc.provider import Known

router = APIRouter(tags=["登录"], responses=RESPONSES)

BEGIN, BACK = "/api/v1/sign-in/oidc", "/api/v1/sign-in/oidc/back"

#: What a browser keeps while it is under way.
COOKIE = "luzhang_oidc"

_LONGEST = 512


class ByPlatform(BaseModel):
    """The identity platform: what its button says, and where a browser goes."""

    name: str
    address: str


class Ways(BaseModel):
    """How one signs in here."""

    password: bool = True
    oidc: ByPlatform | None = None


@router.get("/sign-in/ways", summary="可以怎样登录", response_model=Ways)
def read_ways(_: Annotated[Caller, Depends(Allowed("sign_in.ways", scope="none"))]) -> Ways:
    """账号和口令总是可以；配置了统一身份认证的，oidc 里有它的名称和地址。"""
    platform = configured()
    return Ways(oidc=None if platform is None else ByPlatform(name=platform.name, address=BEGIN))


@router.get("/sign-in/oidc", include_in_schema=False)
def begin(request: Request, _: Annotated[Caller, Depends(Allowed("oidc.begin", scope="none"))]) -> Response:
    """Send the browser to the platform; `next` is where it goes on afterwards, on this server."""

    def act(platform: Platform) -> Response:
        from app.register.people.oidc.signing_in import leave

        onward = own_path(request.query_params.get("next", "/"))
        address, kept = leave(platform, _known(request), _back(request), onward)
        answer = Response(status_code=303, headers={"Location": address})
        _keep(request, answer, kept)
        return answer

    return _answered(act)


@router.get("/sign-in/oidc/back", include_in_schema=False)
def back(request: Request, caller: Annotated[Caller, Depends(Allowed("oidc.back", scope="none"))]) -> Response:
    """Where the platform sends the browser back to."""

    def act(platform: Platform) -> Response:
        from app.register.people.oidc import kept, signing_in

        leaving = kept.unsealed(request.cookies.get(COOKIE), kept.Leaving)
        if leaving is None:
            raise OidcFailed
        told = signing_in.named(platform, _known(request), leaving, _brought(request))
        return _let_in(request, kept.Known(told.digest, leaving.onward), told.factor, None)

    return _forgetting(request, _answered(act))


@router.post("/sign-in/oidc/code", include_in_schema=False)
def tell_code(
    request: Request,
    _: Annotated[Caller, Depends(Allowed("oidc.code", scope="none"))],
    code: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """The second factor of whom the platform has named."""

    def act(platform: Platform) -> Response:
        from app.register.people.oidc import kept

        known = kept.unsealed(request.cookies.get(COOKIE), kept.Known)
        if known is None:
            raise OidcFailed
        return _let_in(request, known, False, code)

    return _forgetting(request, _answered(act))


def own_path(text: str) -> str:
    """A page of this server, as an address that leads nowhere else.

    Raises:
        BadInput: when it may lead elsewhere, or to no page.
    """
    strange = any(character < " " or character in "\\\x7f" for character in text)
    if strange or not text.startswith("/") or text.startswith(("//", "/api/")) or len(text) > _LONGEST:
        raise BadInput("登录以后去的地址不是这里的", fix="请写以 / 开头的本站地址", code="oidc.next")
    return quote(text, safe="/?&=%#:,;+@~!$()*-._", errors="replace")


def sign_out_address(request: Request) -> str | None:
    """Where one signs out of the platform as well, if it says so."""
    platform = configured()
    if platform is None:
        return None
    try:
        end = _known(request).provider(platform).end_session
    except LuzhangError:
        return None
    if end is None:
        return None
    asked = (
        f"client_id={quote(platform.client_id, safe='')}&post_logout_redirect_uri={quote(_here(request), safe='')}%2F"
    )
    return f"{end}{'&' if '?' in end else '?'}{asked}"


def _known(request: Request) -> Known:
    """What the platform said of itself; what asks it is loaded where there is one."""
    from app.register.people.oidc.provider import Known

    state = request.app.state
    if not hasattr(state, "identity_platform"):
        state.identity_platform = Known()
    found: Known = state.identity_platform
    return found


def _answered(act: Callable[[Platform], Response]) -> Response:
    """On a page: who comes here is a browser. Where no platform is configured there is nothing here at all."""
    platform = configured()
    if platform is None:
        raise HTTPException(404)
    try:
        return act(platform)
    except LuzhangError as error:
        return not_done(error.message, error.fix, status_of(type(error)))


def _let_in(request: Request, known: Named, factor: bool, code: str | None) -> Response:
    from app.register.people.oidc import id_token, kept, signing_in

    told = id_token.Told(known.digest, factor)
    try:
        begun = signing_in.let_in(
            request.app.state.engine, told, origin_of(request), code or None, cookies.given(request)
        )
    except NotSignedIn as error:
        if error.code not in ("sign_in.code_needed", "sign_in.refused"):
            raise
        page = asking_code("" if code is None else "动态口令不对，或者没有写")
        _keep(request, page, kept.sealed(known))
        return page
    page = going_on(known.onward)
    cookies.give(request, page, begun.token)
    return page


def _brought(request: Request) -> dict[str, str]:
    """What stands in the address once; what stands there twice is nobody's."""
    asked = request.query_params
    return {name: asked[name] for name in ("state", "code", "iss") if len(asked.getlist(name)) == 1}


def _here(request: Request) -> str:
    # By which name it is reached has been looked at by the guard.
    return f"{'https' if request.app.state.secure else 'http'}://{request.headers['host']}"


def _back(request: Request) -> str:
    return _here(request) + BACK


def _keep(request: Request, answer: Response, text: str) -> None:
    """Have the browser bring it back from the platform: `lax` lets it, on this way and no other."""
    secure = bool(request.app.state.secure)
    answer.set_cookie(COOKIE, text, max_age=600, path=BEGIN, secure=secure, httponly=True, samesite="lax")


def _forgetting(request: Request, answer: Response) -> Response:
    """What was kept is good for one return, whatever comes of it."""
    if not any(value.startswith(f"{COOKIE}=") for value in answer.headers.getlist("set-cookie")):
        secure = bool(request.app.state.secure)
        answer.delete_cookie(COOKIE, path=BEGIN, secure=secure, httponly=True, samesite="lax")
    return answer
