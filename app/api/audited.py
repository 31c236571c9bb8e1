"""Who asks for what, kept with the request; what files are handed out is recorded on its way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem, status_of
from app.domain.masking import masked_field
from app.errors import LuzhangError
from app.register.audit import record_alone
from app.register.audit.whose import chain_for
from app.store.engine import acting, reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.domain.actor import Actor

#: Under these names a request knows who asks, and for what function.
_HEARD, _FUNCTION = "heard", "function"
#: Whoever finds a caller who lacks the right leaves under this name who it is.
ASKER = "asker"
#: What is asked for, and by whom, where a request was refused before anybody was asked who they are.
NOTHING, UNASKED = "request", "不明"


@dataclass(frozen=True, slots=True)
class Heard:
    """Who asked for what."""

    function: str
    actor: Actor
    engine: Engine

    def record(
        self, scope: Scope, what: str, result: str, code: str | None, *, after: Mapping[str, Any] | None = None
    ) -> None:
        """Record it in the chain of the county that the address names."""
        asked = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        with reading(self.engine) as session:
            chain = chain_for(session, self.actor, asked.get("county") or asked.get("division"))
        told: dict[str, Any] = {"act": self.function, "what": what, "county": chain, "after": after}
        record_alone(self.engine, **told, result=result, code=code)


def asking(request: Request, function: str) -> Heard:
    """Who asks for a function; what was asked for, and by whom, stays with the request for what is recorded of it.

    Raises:
        NotSignedIn: when nobody is known to ask.
        NoRight: when the function is not theirs.
    """
    setattr(request.state, _FUNCTION, function)
    actor = request.app.state.actor_of(request, function)
    found = Heard(function, actor, acting(request.app.state.engine, actor))
    setattr(request.state, _HEARD, found)
    return found


def is_heard(scope: Scope) -> bool:
    """Whether it is known who asks."""
    return _HEARD in scope.get("state", {})


def refused_to(scope: Scope, nobody: Actor) -> Heard:
    """Who asked for what that was refused: whoever was heard, or else found to lack the right, or else nobody."""
    state = scope["state"]
    if _HEARD in state:
        return cast("Heard", state[_HEARD])
    actor = state.get(ASKER) or (nobody if _FUNCTION in state else replace(nobody, name=UNASKED))
    return Heard(state.get(_FUNCTION, NOTHING), actor, acting(scope["app"].state.engine, actor))


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
