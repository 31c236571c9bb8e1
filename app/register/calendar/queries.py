"""The queries on the county's own holidays. Each is limited to what its actor may see."""

from __future__ import annotations

from sqlalchemy import select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Change, Holiday


def holidays(county: str, known: int, actor: Actor) -> Chosen:
    """The county's own days, as known at a change, with who recorded each and when."""
    chosen = (
        select(Holiday, Change.actor, Change.at)
        .join(Change, (Change.county == Holiday.county) & (Change.number == Holiday.recorded_by))
        .where(Holiday.county == county, Holiday.recorded_by <= known, Holiday.superseded_by > known)
        .order_by(Holiday.day, Holiday.id)
    )
    return visible(chosen, actor)


def holiday(county: str, id: str, actor: Actor) -> Chosen:
    """One of them that stands."""
    own = select(Holiday).where(Holiday.county == county, Holiday.id == id, Holiday.superseded_by > NOW.known)
    return visible(own, actor)
