"""What is refused to whoever asks, and what files are handed out, is recorded on its way out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem, status_of
from app.domain.masking import masked_field
from app.errors import DatabaseUnavailable, LuzhangError, NewerDatabase, NoRight, NotSignedIn, Proposed
from app.register.audit import record_alone
from app.register.audit.whose import chain_for
from app.store.engine import acting, reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.domain.actor import Actor

log = logging.getLogger(__name__)

#: Under this name a request knows who asks, and for what function.
_HEARD = "heard"
#: Whoever finds a caller who lacks the right leaves under this name who it is.
ASKER = "asker"
_READS = ("GET", "HEAD", "OPTIONS")
#: Not refused to somebody: kept for another person, or nothing could be written at all, this record as little.
_NO_REFUSAL = (Proposed, DatabaseUnavailable, NewerDatabase)


@dataclass(frozen=True, slots=True)
class Heard:
    """Who asked for what."""

    function: str
    actor: Actor
    engine: Engine

    def record(self, scope: Scope, what: str, result: str, code: str | None) -> None:
        """Record it in the chain of the county that the address names."""
        asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        with reading(self.engine) as session:
            chain = chain_for(session, self.actor, asked.get("county") or asked.get("division"))
        record_alone(self.engine, act=self.function, what=what, county=chain, result=result, code=code)


@contextmanager
def audited(request: Request, function: str) -> Iterator[Callable[[Actor], None]]:
    """Around one request; it is told who asks as soon as that is known. A refusal passes through, recorded.

    Whoever has not signed in is nobody: such a refusal is not recorded, or anybody could fill the disk.
    """
    engine = request.app.state.engine
    heard: Heard | None = None

    def known(actor: Actor) -> None:
        nonlocal heard
        heard = Heard(function, actor, acting(engine, actor))
        setattr(request.state, _HEARD, heard)

    try:
        yield known
    except (NotSignedIn, *_NO_REFUSAL):
        raise
    except LuzhangError as error:
        asker: Actor | None = getattr(request.state, ASKER, None)
        if heard is None and asker is not None:
            known(asker)
        if heard is not None and (isinstance(error, NoRight) or request.method not in _READS):
            _refused(heard, request, error)
        raise


def _refused(heard: Heard, request: Request, error: LuzhangError) -> None:
    """Record a refusal; where that cannot be, the answer is still the refusal."""
    try:
        heard.record(request.scope, f"{request.method} {request.url.path}", "refused", error.code)
    except DatabaseUnavailable:
        log.error("refusal %s of %s was not recorded", error.code, heard.function)


class HandedOut:
    """Records each file that is handed out before its first byte leaves: which list, its filter, how many rows."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a file that cannot be recorded is not handed out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        kept = False

        async def sending(message: Message) -> None:
            nonlocal kept
            if message["type"] == "http.response.start" and _is_file(message):
                try:
                    await run_in_threadpool(_handed_out, scope, Headers(raw=message["headers"]))
                except LuzhangError as error:
                    kept = True
                    answer = problem(status_of(type(error)), error.code, error.message, error.fix)
                    await answer(scope, receive, send)
            if not kept:
                await send(message)

        await self.app(scope, receive, sending)


def _is_file(start: Message) -> bool:
    disposition = Headers(raw=start["headers"]).get("content-disposition", "")
    return start["status"] < 300 and disposition.startswith("attachment")


def _handed_out(scope: Scope, headers: Headers) -> None:
    heard: Heard | None = scope["state"].get(_HEARD)
    if heard is None:
        return  # handed out to nobody that is known: whoever does so records it
    rows = headers.get("x-total-count")
    heard.record(scope, f"{scope['path']}{asked_for(scope)}{f' 共{rows}行' if rows else ''}", "done", None)


def asked_for(scope: Scope) -> str:
    """The filters of an address, readable, with what may be a person's masked."""
    pairs: list[Any] = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    told = "&".join(f"{key}={masked_field(key.partition('.')[0], value)}" for key, value in pairs)
    return f"?{told}" if told else ""
