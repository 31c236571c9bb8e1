"""The queries on successions in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.domain.register import AsOf
from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Change, EnterpriseName, EnterprisePlace, Equipment, Succession
from app.store.temporal import at


def passings(county: str, known: int, actor: Actor) -> Chosen:
    """What passed from whom to whom, as known at a change."""
    of = Succession
    chosen = select(
        of.act_id,
        of.kind,
        of.enterprise_id,
        of.into_id,
        of.equipment_id,
        of.moved_on_from,
        of.moved_on_to,
        of.recorded_by,
    ).where(of.county == county, of.recorded_by <= known, of.superseded_by > known)
    return visible(chosen, actor)


def counties(among: Sequence[str], actor: Actor) -> Chosen:
    """Those of the counties that ever recorded a succession."""
    return visible(select(Succession.county).where(Succession.county.in_(among)).distinct(), actor)


def successions(county: str, known: int, actor: Actor) -> Chosen:
    """The successions, as known at a change, with who recorded each and when; in the order of their recording."""
    chosen = (
        select(Succession, Change.actor, Change.at)
        .join(Change, (Change.county == Succession.county) & (Change.number == Succession.recorded_by))
        .where(Succession.county == county, Succession.recorded_by <= known, Succession.superseded_by > known)
        .order_by(Succession.recorded_by, Succession.id)
    )
    return visible(chosen, actor)


def of_act(county: str, act: str, actor: Actor) -> Chosen:
    """The rows of an act that stand."""
    own = (Succession.county == county, Succession.act_id == act, Succession.superseded_by > NOW.known)
    return visible(select(Succession).where(*own).order_by(Succession.id), actor)


def entered(county: str, batch: str, actor: Actor) -> Chosen:
    """The rows of acts that stand and stated with this entry what they state."""
    own = (Succession.county == county, Succession.entry_id == batch, Succession.superseded_by > NOW.known)
    return visible(select(Succession).where(*own), actor)


def enrolled_for(county: str, machines: Sequence[str], actor: Actor) -> Chosen:
    """The firms for which machines were enrolled."""
    chosen = select(Equipment.id, Equipment.enterprise_id).where(Equipment.county == county, Equipment.id.in_(machines))
    return visible(chosen, actor)


def named(county: str, firms: Sequence[str], as_of: AsOf, actor: Actor) -> Chosen:
    """What firms are called as of a moment."""
    of = EnterpriseName
    chosen = select(of.enterprise_id, of.name, of.short_name).where(
        of.county == county, of.enterprise_id.in_(firms), at(of, as_of.day, as_of.known)
    )
    return visible(chosen, actor)


def standing_in(county: str, firms: Sequence[str], as_of: AsOf, actor: Actor) -> Chosen:
    """The codes of the townships in which firms stand as of a moment."""
    of = EnterprisePlace
    chosen = select(of.enterprise_id, of.township_code).where(
        of.county == county, of.enterprise_id.in_(firms), at(of, as_of.day, as_of.known)
    )
    return visible(chosen, actor)
