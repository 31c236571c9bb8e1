"""The acts as the edge asks for them: each in one change of the county."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.register.limits.measuring import in_change
from app.register.scope import Actor
from app.register.second import done_or_proposed
from app.register.steps.recording import NewStep, record_step, withdraw_step
from app.store.models import Change

Told = dict[str, Any]


def recorded(engine: Engine, county: str, said: NewStep, *, reason: str, actor: Actor) -> Told:
    """Record a step in one change, or nothing of it.

    Raises:
        UnknownCounty, NotFound, BadInput, Refused, Decided: as `record_step`.
        Proposed: when it restores power, and the county wants two people for that.
    """

    def verb(session: Session, change: Change) -> Told:
        return record_step(session, change, said, reason, actor).as_dict()

    def act(engine: Engine) -> Told:
        return in_change(engine, county, "step", verb, reason, actor)

    return done_or_proposed(engine, "steps.record", said, act, reason=reason, actor=actor)


def withdrawn(engine: Engine, county: str, step: str, *, reason: str, actor: Actor) -> Told:
    """Take a step back.

    Raises:
        NotFound: when no such step stands.
    """

    def verb(session: Session, change: Change) -> Told:
        return withdraw_step(session, change, step, actor)

    return in_change(engine, county, "withdraw", verb, reason, actor)
