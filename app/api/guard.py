"""What every request and answer passes: asked of this machine, from its own pages, with a body not over the limit."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.headers import HEADERS
from app.api.problems import refusal

#: By another name this machine is reached only by a page that plays tricks with names.
OWN_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Refuses what comes from another site or is over the limit, and adds the headers to whatever is answered."""

    def __init__(self, app: ASGIApp, largest_body: int) -> None:
        self.app = app
        self.largest_body = largest_body

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
            await refusal(refused)(scope, receive, sending)
        else:
            await self.app(scope, receiving, sending)

    def _refused(self, scope: Scope) -> int | None:
        """The status of a request that goes no further; a body that says its length is refused before it is read."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name(f"//{host}") not in OWN_NAMES:
            return 421
        origin = headers.get("origin")
        if scope["method"] not in ("GET", "HEAD") and origin is not None and urlsplit(origin).netloc != host:
            return 403
        length = headers.get("content-length", "")
        return 413 if length.isascii() and length.isdigit() and int(length) > self.largest_body else None


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
