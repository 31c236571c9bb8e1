"""Who still holds obsolete equipment, as of a day and as known at a change, under which clause, by which cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.errors import UnknownSource
from app.register.places import township_in
from app.register.scope import Actor, visible
from app.register.successions.judging import places, touched
from app.register.verdicts.holding import Holding
from app.register.verdicts.judged import judged
from app.register.verdicts.verdict_asking import ask, clauses_of
from app.register.verdicts.verdict_queries import held
from app.store import changes
from app.store.models import Statement as StatementRow
from app.store.sealed import sealed_as


def obsolete(
    session: Session,
    *,
    county: str,
    township: str | None = None,
    clauses: Sequence[str] = (),
    source: str | None = None,
    as_of: date,
    known: int,
    actor: Actor,
) -> Holding:
    """The firms of a county (or of one township) that hold what a clause says must go, or of which it cannot be told.

    The database finds them; only they are then judged again over all that was said of them, and explained.

    Raises:
        UnknownClause, UnknownTownship, UnknownSource: when something named is not there.
    """
    ((asked, pins),) = clauses_of(session, [(county, known)], clauses, as_of, actor).items()
    code = township_in(session, county, township, as_of)[0] if township is not None else None
    if source is not None:
        _require_source(session, county, source, actor)
    at = changes.at_of(session, county, known) if known else None
    answer = Holding(county, as_of, known, at)
    if not asked:
        return replace(answer, why="no_clause")
    moment, apart = AsOf(as_of, known), touched(session, pins).get(county, frozenset())
    firms = {row.firm for row in ask(session, held, asked, pins, as_of, actor, township=code)} - apart
    rows = judged(session, county, moment, firms | apart, asked, actor, source=source)
    if apart and code is not None:
        standing = places(session, county, apart, moment)
        rows = tuple(row for row in rows if row.enterprise.id in firms or standing.get(row.enterprise.id) == code)
    return replace(answer, rows=rows)


def _require_source(session: Session, county: str, source: str, actor: Actor) -> None:
    """A source that never said anything is a slip of the pen, not a view."""
    spoken = select(StatementRow.id).where(
        StatementRow.county == county,
        or_(*(column == sealed_as(column, county, source) for column in (StatementRow.source, StatementRow.file))),
    )
    if session.scalar(visible(spoken, actor).limit(1)) is None:
        raise UnknownSource(f"没有名为“{source}”的来源")
