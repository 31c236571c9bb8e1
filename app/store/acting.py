"""For whom an engine and its sessions read and write."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.actor import LOCAL_OPERATOR, Actor

#: Under this name an engine and its sessions know for whom they read and write.
ACTOR = "actor"


def acting(engine: Engine, actor: Actor) -> Engine:
    """The same engine, all of whose units of work and readings are this actor's."""
    return engine.execution_options(**{ACTOR: actor})


def actor_of(session: Session) -> Actor:
    """For whom a session reads or writes; without more, whoever sits at this machine."""
    found: Actor = session.get_bind().get_execution_options().get(ACTOR, LOCAL_OPERATOR)
    return found
