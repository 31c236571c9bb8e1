"""Who asks is found before anything is read of what they send: of nobody, or without the right, not a byte is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.audited import is_heard
from app.api.problems import Refused
from app.api.scope import Allowed
from app.errors import LuzhangError

#: What each endpoint declares; made when it is first asked for, when all rooms are there.
Declared = Callable[[], Mapping[Any, Any]]

_READS = ("GET", "HEAD", "OPTIONS")


class AskedFirst:
    """Asks for whoever sends a body when the framework first wants it, which is before it asks what a route declares.

    The route asks once more: a sign-in may end while a large file is still coming.
    """

    def __init__(self, app: ASGIApp, declared: Declared) -> None:
        self.app = app
        self.declared = declared
        self._of: Mapping[Any, Any] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; its body once it is known whose it is."""
        if scope["type"] != "http" or scope["method"] in _READS:
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        asked = False

        async def receiving() -> Message:
            nonlocal asked
            allowed = self._allowed(scope)
            if not asked and allowed is not None and not is_heard(scope):
                asked = True
                await _ask(allowed, scope)
            return await receive()

        await self.app(scope, receiving, send)

    def _allowed(self, scope: Scope) -> Allowed | None:
        """What the route declares that the request has come to; nothing where it asks for no account."""
        if self._of is None:
            self._of = self.declared()
        found = self._of.get(scope.get("endpoint"))
        return found if isinstance(found, Allowed) else None


async def _ask(allowed: Allowed, scope: Scope) -> None:
    try:
        await run_in_threadpool(allowed.ask, Request(scope))
    except LuzhangError as error:
        # The framework lets nothing else through while it reads a body.
        raise Refused(error) from error
