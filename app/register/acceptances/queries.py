"""The queries on acceptances and on items to be mended. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.register.queries import NOW, Chosen
from app.register.scope import Actor, visible
from app.store.models import Acceptance, Change, ReturnedItem, ReturnedItemDone

#: What is recorded, by the word under which it is taken back.
RECORDS: dict[str, type[Acceptance | ReturnedItem | ReturnedItemDone]] = {
    "acceptance": Acceptance,
    "item": ReturnedItem,
    "done": ReturnedItemDone,
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


def ever(record: str, county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """All of one kind of record on firms that was known by a change, taken back since or not."""
    of = RECORDS[record]
    chosen = select(of).where(of.county == county, of.enterprise_id.in_(firms), of.recorded_by <= known)
    return visible(chosen.order_by(of.recorded_by, of.id), actor)
