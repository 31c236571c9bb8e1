"""Whole acts as the edge asks for them, each one unit of work: taking an import back, adopting a clause."""

from __future__ import annotations

from sqlalchemy import Engine

from app.register import adoption, undo
from app.register.places import county_of
from app.register.scope import Actor
from app.rules.clause import Clause
from app.store.changes import head, open_change
from app.store.engine import retrying, unit


def take_back(engine: Engine, batch: str, *, actor: Actor) -> undo.Undone:
    """Take one import back, in a change of its county.

    Raises:
        NotFound: when there is no such import.
        AlreadyUndone: when it was taken back before.
    """

    def act() -> undo.Undone:
        with unit(engine) as session:
            county = undo.county_of_batch(session, batch, actor)
            change = open_change(session, county, "undo", actor=actor.name, batch=batch)
            return undo.undo(session, change, batch)

    return retrying(act)


def adopt(engine: Engine, county: str, clause: Clause, *, reason: str | None, actor: Actor) -> int | None:
    """Adopt a clause in one change and give its number; None, and no change, where it is adopted already.

    Raises:
        UnknownCounty: when the dictionary lacks the county.
        NotAdoptable: when the clause cannot decide there.
    """

    def act() -> int | None:
        with unit(engine) as session:
            county_of(session, county)
            own = adoption.adopted(session, county, head(session, county), actor)
            if clause.shipped_for(county) or clause.id in own:
                return None
            change = open_change(session, county, "adopt", actor=actor.name, reason=reason)
            adoption.adopt(session, change, clause)
            return change.number

    return retrying(act)
