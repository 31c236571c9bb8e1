"""Taking recorded rows out of force: they stay, and say by which change."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.store.base import OPEN, Base
from app.store.change import Change

_AT_ONCE = 5000


def supersede(session: Session, change: Change, model: type[Base], withdrawn: Sequence[str]) -> None:
    """Take those of a model's rows out of force that still are."""
    of = Base.metadata.tables[str(model.__tablename__)]
    for first in range(0, len(withdrawn), _AT_ONCE):
        some = withdrawn[first : first + _AT_ONCE]
        own = (of.c.county == change.county, of.c.id.in_(some), of.c.superseded_by == OPEN)
        session.execute(update(of).where(*own).values(superseded_by=change.number))
    session.expire_all()
