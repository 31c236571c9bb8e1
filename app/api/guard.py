"""What every request and answer passes: asked of this machine, from its own pages, with a body not over the limit."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.cookies import COOKIE
from app.api.headers import HEADERS
from app.api.link_pages import refused_page
from app.api.problems import refusal

#: By another name this machine is reached only by a page that plays tricks with names.
OWN_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Refuses what comes from another site or is over the limit, and adds the headers to whatever is answered."""

    def __init__(self, app: ASGIApp, largest_body: int, names: Collection[str] = (), *, beyond: bool = False) -> None:
        """`names`: names and addresses by which it is reached beside its own; `beyond`: from other machines as well."""
        self.app = app
        self.largest_body = largest_body
        self.names = {*OWN_NAMES, *(name.lower() for name in names)}
        self.beyond = beyond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the headers back."""
        taken = 0

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest_body:
                raise HTTPException(413)
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope) if scope["type"] == "http" else None
        if refused is not None:
            # Under /u/ there are pages for people, and nobody who reads JSON.
            answer = refused_page if scope["path"].startswith("/u/") else refusal
            await answer(refused)(scope, receive, sending)
        else:
            await self.app(scope, receiving, sending)

    def _refused(self, scope: Scope) -> int | None:
        """The status of a request that goes no further; a body that says its length is refused before it is read."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(_name(f"//{host}"), scope):
            return 421
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not _from_here(headers, host):
            return 403
        length = headers.get("content-length", "")
        return 413 if length.isascii() and length.isdigit() and int(length) > self.largest_body else None

    def _is_ours(self, name: str | None, scope: Scope) -> bool:
        """Whether a name or address is one of this server's: by an address, the one that the request came in at.

        An address cannot be made to point elsewhere, as a name can.
        """
        if name is None or name in self.names:
            return name is not None
        server = scope.get("server")
        return self.beyond and server is not None and name == server[0] and _is_address(name)


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a request that writes comes from our own pages, or from no browser.

    A browser says where a request comes from. With a sign-in's cookie it has to be said: a token in a header cannot be
    made use of by another site's page, a cookie could.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and (origin != "null" or site is None):
        return _netloc(origin) == host
    if site is not None:
        return site == "same-origin"
    return not any(part.strip().startswith(f"{COOKIE}=") for part in headers.get("cookie", "").split(";"))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _netloc(address: str) -> str | None:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
