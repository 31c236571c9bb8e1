"""The queries on permits that other rooms do not ask. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.models import PermitFact, Statement


def codes_stated(county: str, known: int, actor: Actor) -> Chosen:
    """Every credit code that was stated of a firm, as known at a change."""
    of = Statement
    chosen = select(of.subject_id, of.value).where(
        of.county == county,
        of.section == "enterprise",
        of.field == "uscc",
        of.recorded_by <= known,
        of.superseded_by > known,
    )
    return visible(chosen.distinct(), actor)


def terms(county: str, permits: Sequence[str], known: int, actor: Actor) -> Chosen:
    """All that permits were on whatever days, as known at a change, in the order of the days."""
    of = PermitFact
    chosen = select(of).where(
        of.county == county, of.permit_id.in_(permits), of.recorded_by <= known, of.superseded_by > known
    )
    return visible(chosen.order_by(of.permit_id, of.valid_from), actor)
