"""The queries on steps in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Action, Change, EnterpriseStatus, Plan, PlanFact, Statement, Step


def steps(county: str, known: int, actor: Actor) -> Chosen:
    """The steps, as known at a change, with who recorded each and when."""
    chosen = (
        select(Step, Change.actor, Change.at)
        .join(Change, (Change.county == Step.county) & (Change.number == Step.recorded_by))
        .where(Step.county == county, Step.recorded_by <= known, Step.superseded_by > known)
        .order_by(Step.recorded_by, Step.id)
    )
    return visible(chosen, actor)


def step(county: str, id: str, actor: Actor) -> Chosen:
    """One step that stands."""
    return visible(select(Step).where(Step.county == county, Step.id == id, Step.superseded_by > NOW.known), actor)


def entered(county: str, batch: str, actor: Actor) -> Chosen:
    """The steps that stand and stated with this entry what they state."""
    own = (Step.county == county, Step.entry_id == batch, Step.superseded_by > NOW.known)
    return visible(select(Step).where(*own), actor)


def taken_down(county: str, known: int, actor: Actor) -> Chosen:
    """The dismantlings that name a machine and how many of its bodies, as known at a change."""
    told = select(Action.id).where(
        Action.county == Step.county, Action.id == Step.action_id, Action.kind == "dismantled"
    )
    numbered = (Step.equipment_id.is_not(None), Step.quantity.is_not(None), exists(told))
    return steps(county, known, actor).where(*numbered)


def ever(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every step against one of the firms up to a change, taken back or not, with its kind."""
    chosen = (
        select(Step, Action.kind)
        .join(Action, (Action.county == Step.county) & (Action.id == Step.action_id))
        .where(Step.county == county, Step.recorded_by <= known, Step.enterprise_id.in_(firms))
    )
    return visible(chosen.order_by(Step.recorded_by, Step.id), actor)


def naming_machines(county: str, known: int, actor: Actor) -> Chosen:
    """The actions whose step names the machine that it is about, as known at a change."""
    own = (Step.county == county, Step.recorded_by <= known, Step.superseded_by > known)
    return visible(select(Step.action_id).where(*own, Step.equipment_id.is_not(None)), actor)


def statuses(county: str, known: int, actor: Actor) -> Chosen:
    """What firms' 生产状态 was on which days, as known at a change."""
    of = EnterpriseStatus
    chosen = select(of.enterprise_id, of.valid_from, of.valid_to, of.status).where(
        of.county == county, of.recorded_by <= known, of.superseded_by > known, of.status.is_not(None)
    )
    return visible(chosen.order_by(of.enterprise_id, of.valid_from), actor)


def stages(county: str, known: int, actor: Actor) -> Chosen:
    """To which stage firms' plans had come on which days, as known at a change."""
    of = PlanFact
    chosen = (
        select(Plan.enterprise_id, of.valid_from, of.valid_to, of.stage)
        .join(Plan, (Plan.county == of.county) & (Plan.id == of.plan_id))
        .where(of.county == county, of.recorded_by <= known, of.superseded_by > known, of.stage.is_not(None))
    )
    return visible(chosen.order_by(Plan.enterprise_id, of.valid_from), actor)


def told_statuses(county: str, known: int, actor: Actor) -> Chosen:
    """The days for which sources stated firms' 生产状态, as known at a change, the latest last."""
    of = Statement
    chosen = select(of.subject_id, of.day).where(
        of.county == county,
        of.section == "enterprise",
        of.field == "status",
        of.recorded_by <= known,
        of.superseded_by > known,
    )
    return visible(chosen.order_by(of.day), actor)


def stated_by(county: str, batch: str, actor: Actor) -> Chosen:
    """What an entry states: ids of statements, their sections, subjects and fields."""
    of = Statement
    chosen = select(of.id, of.section, of.subject_id, of.field).where(of.county == county, of.batch_id == batch)
    return visible(chosen.order_by(of.id), actor)
