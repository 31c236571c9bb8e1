"""Who asks, and what a route lets them do: every route declares its function and its scope here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from app.api.audited import audited
from app.register.scope import Actor
from app.store.engine import acting

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, of which register. Every query that a route makes is made for this actor."""

    actor: Actor
    engine: Engine


@dataclass(frozen=True)
class Allowed:
    """A route's declaration: the function that it needs, and what its rows are scoped by (county, or none at all).

    It is the only door to the register: a route that declares nothing has no caller, so no engine.
    """

    function: str
    scope: str = "county"

    def __call__(self, request: Request) -> Iterator[Caller]:
        """Whoever asks, if the function is theirs; what is refused to them is recorded.

        Raises:
            NotSignedIn: when nobody is known to ask.
            NoRight: when the function is not theirs.
        """
        with audited(request, self.function) as known:
            actor = request.app.state.actor_of(request, self.function)
            known(actor)
            yield Caller(actor, acting(request.app.state.engine, actor))


@dataclass(frozen=True)
class Public:
    """A route that touches no register: pages, health, the API's own description."""

    function: str
    scope: str = "none"

    def __call__(self) -> None:
        """Nothing is asked."""
