"""The door of the upload links: who comes by a secret instead of an account, how many at once, how many wrong tries."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, sleep, to_thread
from fastapi import Request

from app import clock
from app.domain.actor import Actor
from app.errors import Busy, NoLink
from app.register.audit import record_alone
from app.register.scope import REGISTER
from app.store.engine import acting

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.api.imports import Turnstile

Answer = TypeVar("Answer")

#: Of one link two are read at a time; this many may be under way, those still being sent among them.
AT_ONCE, UNDER_WAY = 2, 8

#: From one address so many wrong secrets in that time cost nothing; then each waits; at the last, all of it is refused.
TIME = timedelta(minutes=10)
FREE, MOST = 10, 100
WAIT = 1.0

#: Addresses remembered; the longest unseen is forgotten first.
ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who comes with a secret: from where, to which register. What is theirs is found by the secret alone."""

    engine: Engine
    origin: str


@dataclass(frozen=True)
class ByLink:
    """A route's declaration that it asks for a secret in its address instead of an account."""

    function: str
    scope: str = "link"

    def __call__(self, request: Request) -> Bearer:
        """Whoever asks; the secret is looked for by the route, behind the door."""
        origin = request.client.host if request.client else ""
        return Bearer(acting(request.app.state.engine, REGISTER), origin)


class Door:
    """Counts what comes by links, in memory: a start anew forgets it, and nothing depends on it but patience."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._under_way: dict[str, int] = {}
        self._limiters: dict[str, CapacityLimiter] = {}

    async def admit(self, origin: str) -> None:
        """Let an address in, late after too many wrong secrets, and not at all after very many.

        Raises:
            Busy: when it is not let in.
        """
        wrong = len(self._of_late(origin))
        if wrong >= MOST:
            raise Busy(fix="请十分钟后再试")
        if wrong >= FREE:
            await sleep(WAIT)

    async def wrong(self, engine: Engine, origin: str) -> None:
        """Count a wrong secret; that there were too many is recorded once, and once that there were very many."""
        tries = self._of_late(origin)
        tries.append(clock.now())
        self._wrong[origin] = tries
        self._wrong.move_to_end(origin)
        while len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)
        if len(tries) in (FREE, MOST):
            what = f"十分钟内 {len(tries)} 次用了不能用的链接"
            await refused(engine, "links.open", what, NoLink.code, Actor("链接", origin=origin))

    @asynccontextmanager
    async def under_way(self, link: str) -> AsyncIterator[None]:
        """Count what a link has under way.

        Raises:
            Busy: when that is too much.
        """
        if self._under_way.get(link, 0) >= UNDER_WAY:
            raise Busy(fix="这个链接正在收别的文件，请过一会儿再交")
        self._under_way[link] = self._under_way.get(link, 0) + 1
        try:
            yield
        finally:
            self._under_way[link] -= 1
            if not self._under_way[link]:
                del self._under_way[link]
                self._limiters.pop(link, None)

    async def through(self, link: str, turnstile: Turnstile, act: Callable[[], Answer]) -> Answer:
        """Run in a worker when it is the turn of this link, and of all."""
        limiter = self._limiters.setdefault(link, CapacityLimiter(AT_ONCE))
        async with limiter:
            return await turnstile.through(act)

    def _of_late(self, origin: str) -> deque[datetime]:
        tries = self._wrong.get(origin) or deque(maxlen=MOST)
        while tries and tries[0] <= clock.now() - TIME:
            tries.popleft()
        return tries


def door_of(request: Request) -> Door:
    """The door of this application."""
    door: Door = request.app.state.door
    return door


async def refused(engine: Engine, act: str, what: str, code: str, actor: Actor, county: str | None = None) -> None:
    """Record what was refused to somebody without an account."""

    def write() -> None:
        record_alone(engine, act=act, what=what, county=county, result="refused", code=code, actor=actor)

    await to_thread.run_sync(write)
