"""Whole acts as the edge asks for them, each one unit of work: taking an import back."""

from __future__ import annotations

from sqlalchemy import Engine

from app.register.imports import undo
from app.register.scope import Actor
from app.store.changes import open_change
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
