"""The queries on how plans advanced. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Change, Plan, PlanFact, PlanMeasure, PlanMeasureDone, PlanMeasureExtension, PlanStep

#: What is recorded beside plans, by the word under which it is taken back.
RECORDS: dict[str, type[PlanStep | PlanMeasure | PlanMeasureExtension | PlanMeasureDone]] = {
    "step": PlanStep,
    "measure": PlanMeasure,
    "extension": PlanMeasureExtension,
    "done": PlanMeasureDone,
}


def recorded(record: str, county: str, known: int, actor: Actor) -> Chosen:
    """All of one kind of record, as known at a change, with who recorded each and when; in the order of recording."""
    of = RECORDS[record]
    chosen = (
        select(of, Change.actor, Change.at)
        .join(Change, (Change.county == of.county) & (Change.number == of.recorded_by))
        .where(of.county == county, of.recorded_by <= known, of.superseded_by > known)
        .order_by(of.recorded_by, of.id)
    )
    return visible(chosen, actor)


def one(record: str, county: str, id: str, actor: Actor) -> Chosen:
    """One record that stands."""
    of = RECORDS[record]
    return visible(select(of).where(of.county == county, of.id == id, of.superseded_by > NOW.known), actor)


def entered(county: str, batch: str, actor: Actor) -> Chosen:
    """The steps that stand and stated with this entry what they state."""
    of = PlanStep
    return visible(select(of).where(of.county == county, of.entry_id == batch, of.superseded_by > NOW.known), actor)


def ever(record: str, county: str, plans: Sequence[str], known: int, actor: Actor) -> Chosen:
    """All of one kind of record on plans that was known by a change, taken back since or not."""
    of = RECORDS[record]
    return visible(select(of).where(of.county == county, of.plan_id.in_(plans), of.recorded_by <= known), actor)


def owners(county: str, plans: Sequence[str], actor: Actor) -> Chosen:
    """Plans with the firms for which they were enrolled."""
    return visible(select(Plan.id, Plan.enterprise_id).where(Plan.county == county, Plan.id.in_(plans)), actor)


def stages(county: str, day: date, known: int, actor: Actor) -> Chosen:
    """What plans were on the days up to a day, as known at a change, in the order of the days."""
    of = PlanFact
    chosen = select(of).where(
        of.county == county, of.valid_from <= day, of.recorded_by <= known, of.superseded_by > known
    )
    return visible(chosen.order_by(of.plan_id, of.valid_from), actor)
