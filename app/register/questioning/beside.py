"""The questions of the register beside a roster: of the firms that it lists, to the township that sent it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.register import queries
from app.register.facts.identity import same_as
from app.register.questioning.asked import Asked
from app.register.questioning.questions import questions_for
from app.register.scope import Actor
from app.store.changes import head


def questions_beside(
    session: Session, county: str, batch: str, actor: Actor, known: int | None = None
) -> tuple[int, tuple[Asked, ...]]:
    """The change that is known, and what is then asked as of the roster's day of its township and of firms it lists.

    A roster of no one township is asked nothing: its sender is not who can tell. `known`: by default the latest.
    """
    at = head(session, county) if known is None else known
    of = session.scalars(queries.batch(county, batch, actor)).one()
    if of.township is None:
        return at, ()
    same = same_as(session, county, at)
    listed = {same.of(firm) for firm in session.scalars(queries.listed(county, batch, actor))}
    asked = questions_for(session, county, of.township, of.valid_day, at, actor)
    return at, tuple(one for one in asked if one.firm in listed)
