"""Who asks, and what a route lets them do: every route declares its function and its scope here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import Request

from app.api.audited import asking
from app.register.scope import Actor

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

    def __call__(self, request: Request) -> Caller:
        """Whoever asks, if the function is theirs.

        Raises:
            NotSignedIn: when nobody is known to ask.
            NoRight: when the function is not theirs.
        """
        heard = asking(request, self.function)
        return Caller(heard.actor, heard.engine)

    def ask(self, request: Request) -> None:
        """Only whether whoever asks may; before a body is read.

        Raises:
            NotSignedIn: when nobody is known to ask.
            NoRight: when the function is not theirs.
        """
        asking(request, self.function)


@dataclass(frozen=True)
class Public:
    """A route that touches no register: pages, health, the API's own description."""

    function: str
    scope: str = "none"

    def __call__(self) -> None:
        """Nothing is asked."""
