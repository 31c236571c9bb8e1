"""For whom an engine and its sessions read and write."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import NoRight

#: Under this name an engine and its sessions know for whom they read and write.
ACTOR = "actor"


def acting(engine: Engine, actor: Actor) -> Engine:
    """The same engine, all of whose units of work and readings are this actor's."""
    return engine.execution_options(**{ACTOR: actor})


def actor_of(session: Session) -> Actor:
    """For whom a session reads or writes; without more, whoever sits at this machine."""
    found: Actor = session.get_bind().get_execution_options().get(ACTOR, LOCAL_OPERATOR)
    return found


def refuse_unwritten(session: Session, county: str) -> None:
    """Refuse a change in a county that whoever acts may only read.

    Raises:
        NoRight: when it is such a one.
    """
    writes = actor_of(session).writes
    if writes is not None and county not in writes:
        raise NoRight("这是县里的事，市级只能看", fix="请由这个县的经办办理；市的台账写市的代码，如 431100")
