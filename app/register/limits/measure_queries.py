"""The queries on measurements and service lives in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from sqlalchemy import select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Change, Measurement, ServiceLife


def measurements(county: str, known: int, actor: Actor) -> Chosen:
    """What was measured, as known at a change, with who recorded it and when; in the order of its recording."""
    chosen = (
        select(Measurement, Change.actor, Change.at)
        .join(Change, (Change.county == Measurement.county) & (Change.number == Measurement.recorded_by))
        .where(Measurement.county == county, Measurement.recorded_by <= known, Measurement.superseded_by > known)
        .order_by(Measurement.recorded_by, Measurement.id)
    )
    return visible(chosen, actor)


def measurements_of(county: str, firm: str, actor: Actor) -> Chosen:
    """What was measured of a firm and stands."""
    own = (Measurement.county == county, Measurement.enterprise_id == firm, Measurement.superseded_by > NOW.known)
    return visible(select(Measurement).where(*own), actor)


def measurement(county: str, id: str, actor: Actor) -> Chosen:
    """One measurement that stands."""
    own = (Measurement.county == county, Measurement.id == id, Measurement.superseded_by > NOW.known)
    return visible(select(Measurement.id).where(*own), actor)


def service_lives(county: str, known: int, actor: Actor) -> Chosen:
    """For how many years the county lets kinds of machines serve, as known at a change."""
    chosen = select(ServiceLife).where(
        ServiceLife.county == county, ServiceLife.recorded_by <= known, ServiceLife.superseded_by > known
    )
    return visible(chosen.order_by(ServiceLife.kind), actor)
