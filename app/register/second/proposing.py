"""Doing an act, or keeping it as a proposal where the county wants two people for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import Decided, Proposed, SecondNeeded
from app.register.scope import Actor
from app.register.second import queries
from app.register.second.gate import confirmed
from app.register.second.listed import has_expired
from app.register.second.shown import whole
from app.register.second.told import canonical, digest_of
from app.store import ids
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import Change, Proposal

Answer = TypeVar("Answer")


def done_or_proposed(
    engine: Engine, door: str, told: Any, act: Callable[[Engine], Answer], *, reason: str | None, actor: Actor
) -> Answer:
    """Carry an act out; where it wants two people it is checked whole, rolled back, and kept as a proposal.

    `door`: the function by which it is asked for; `told`: its arguments, from which it can be done again.

    Raises:
        Proposed: when it is kept.
        Decided: when just this is proposed already.
        SecondNeeded: when it would carry out acts of several kinds.
    """
    try:
        return act(engine)
    except SecondNeeded as needed:
        if len(needed.acts) != 1 or confirmed(engine) is not None:
            raise
        wanted = needed
    raise Proposed(_kept(engine, door, told, wanted, reason, actor))


def _kept(
    engine: Engine, door: str, told: Any, needed: SecondNeeded, reason: str | None, actor: Actor
) -> dict[str, object]:
    proposal = {
        "act": needed.acts[0],
        "door": door,
        "arguments": canonical(told),
        "effects": canonical(needed.effects),
        "digest": digest_of(needed.effects),
        "known": needed.known,
        "reason": reason,
        "proposed_by": actor.name,
        "account": actor.account,
    }

    def once() -> dict[str, object]:
        with unit(engine) as session:
            change = open_change(session, needed.county, "propose", actor=actor.name, reason=reason)
            _refuse_twice(session, change, proposal, actor)
            id = ids.new()
            session.add(Proposal(county=change.county, id=id, recorded_by=change.number, **proposal))
            session.flush()
            return whole(session, change.county, id, actor)

    return retrying(once)


def _refuse_twice(session: Session, change: Change, proposal: dict[str, Any], actor: Actor) -> None:
    rows = session.execute(queries.same_open(change.county, proposal["digest"], actor))
    for id, act, door, at in rows:
        if (act, door) == (proposal["act"], proposal["door"]) and not has_expired(at):
            raise Decided(
                f"同样的事已经提出过（编号 {id}），等另一人确认", fix="不必再提", code="second.proposed_already"
            )
