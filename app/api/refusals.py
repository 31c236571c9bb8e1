"""What is refused is recorded as the answer leaves, whoever refused it: who, from where, what was wanted, the code."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import clock
from app.api.audited import UNASKED, refused_to
from app.api.callers import NOBODY
from app.api.problems import CODE, REFUSALS
from app.domain.actor import Actor
from app.errors import LuzhangError

log = logging.getLogger(__name__)

_READS = ("GET", "HEAD", "OPTIONS")

#: Refused also where it would only have read: nobody has signed in, not theirs, from another site, at another name.
ALWAYS = (401, 403, 421)

#: Addresses that are told apart in an hour; those that come later count together.
ORIGINS = 50
ELSEWHERE = "（其他地址）"


class Strangers:
    """How often in this hour each address was refused of which nobody knows who it is.

    The first, tenth, hundredth … are recorded, so that nobody who has no account can fill the disk.
    """

    def __init__(self) -> None:
        self._lock, self._times = Lock(), Counter[str]()
        self._hour: datetime | None = None

    def count(self, origin: str) -> tuple[str, int] | None:
        """Under which address this one is to be recorded, and the how manieth it is; None where it is not."""
        hour = clock.now().replace(minute=0, second=0, microsecond=0)
        with self._lock:
            if hour != self._hour:
                self._hour, self._times = hour, Counter()
            if origin not in self._times and len(self._times) >= ORIGINS:
                origin = ELSEWHERE
            self._times[origin] += 1
            times = self._times[origin]
        return (origin, times) if str(times).strip("0") == "1" else None


class Refusals:
    """Records what is refused: each time to somebody who is known, now and then to whoever is not.

    Upload links have a door of their own (app/api/link_door.py), and a secret in their address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.strangers = Strangers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a refusal is answered even where it cannot be recorded."""
        if scope["type"] != "http" or scope["path"].startswith("/u/"):
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_refusal(scope, message["status"]):
                refused = REFUSALS.get(message["status"])
                code = scope["state"].get(CODE) or (refused[0] if refused else "request.refused")
                await run_in_threadpool(self._record, scope, "refused", code)
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            if scope["method"] not in _READS:
                await run_in_threadpool(self._record, scope, "failed", "internal")
            raise

    def _record(self, scope: Scope, result: str, code: str) -> None:
        heard, times = refused_to(scope, _nobody(scope.get("client"))), 1
        if heard.actor.account is None and heard.actor.name in (NOBODY.name, UNASKED):
            told = self.strangers.count(heard.actor.origin)
            if told is None:
                return
            origin, times = told
            heard = replace(heard, actor=replace(heard.actor, origin=origin))
        what = f"{scope['method']} {scope['path']}"
        try:
            heard.record(scope, what, result, code, after={"times": times} if times > 1 else None)
        except LuzhangError:
            log.error("%s %s of %s was not recorded", result, code, heard.function)


def _is_refusal(scope: Scope, status: int) -> bool:
    return status in ALWAYS or (400 <= status < 500 and scope["method"] not in _READS)


def _nobody(client: Any) -> Actor:
    return replace(NOBODY, origin=client[0] if client else "")
