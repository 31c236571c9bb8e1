"""The cookie of a sign-in."""

from __future__ import annotations

from fastapi import Request, Response

COOKIE = "luzhang"


def given(request: Request) -> str | None:
    """The token that a request brings."""
    return request.cookies.get(COOKIE)


def give(request: Request, response: Response, token: str) -> None:
    """Hand a token to the browser: out of reach of scripts and of other sites, gone when it is closed."""
    secure = bool(request.app.state.secure)
    response.set_cookie(COOKIE, token, path="/", secure=secure, httponly=True, samesite="strict")


def take_back(request: Request, response: Response) -> None:
    """Have the browser forget its token."""
    secure = bool(request.app.state.secure)
    response.delete_cookie(COOKIE, path="/", secure=secure, httponly=True, samesite="strict")
