"""How the papers of the firms that are there are reached, and whether anything is said of one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, join, or_, select, true
from sqlalchemy.orm import aliased

from app.register.aggregates.standing_sql import FirmsThere, asked_county, joined_then, nothing, number, same_then
from app.store.models import SameSubject, Statement


def held(firms: FirmsThere, model: Any, facts: Any) -> tuple[Any, Any, Any]:
    """What firms that are there hold of a kind of record, with its facts; the rest falls out by `_of_firm`.

    Joined from the left, for SQLite to go record by record: most firms hold none.
    """
    of: Any = aliased(model, name=f"{model.__tablename__}_of")
    fact, holds = joined_then(facts, of.id, firms, f"{model.__tablename__}_facts")
    whose = and_(firms.c.record == of.enterprise_id, of.recorded_by <= firms.c.known)
    return of, fact, join(of, firms.cte, whose, isouter=True).outerjoin(fact, holds)


def of_firm(of: Any, firms: FirmsThere) -> ColumnElement[bool]:
    return and_(of.county == asked_county(), func.coalesce(firms.c.firm, nothing()).is_not(None))


def spoken_of(of: Any, fact: Any, firms: FirmsThere, *, ever: bool = False) -> ColumnElement[bool]:
    """That something is known of it then, be it only its kind, in a statement on it or on a record set aside for it.

    `ever`: whatever the day of the statement.
    """
    same, aside = same_then(of.id, firms.c.known, "same_paper")
    into: Any = aliased(SameSubject, name="set_aside")
    voices = select(into.subject_id).where(
        into.county == asked_county(),
        into.into_id == of.id,
        not_by(into.recorded_by) <= firms.c.known,
        into.superseded_by > firms.c.known,
    )
    voices = voices.correlate_except(into)
    said: Any = aliased(Statement)
    of_kind = select(said.id).where(
        said.county == asked_county(),
        said.section.in_(("permit", "action")),
        said.field == "kind",
        not_by(said.recorded_by) <= firms.c.known,
        said.superseded_by > firms.c.known,
    )
    if not ever:
        of_kind = of_kind.where(said.day <= firms.c.day)
    own, others = (exists(of_kind.where(one)) for one in (said.subject_id == of.id, said.subject_id.in_(voices)))
    stands = ~exists(select(same.id).where(aside))
    return case((fact.id.is_not(None), true()), else_=and_(stands, or_(own, others)))


def not_by(recorded_by: Any) -> ColumnElement[int]:
    """The same number, by which SQLite will not look rows up: without statistics it takes that for the shortest way."""
    found: ColumnElement[int] = recorded_by + number(0)
    return found
