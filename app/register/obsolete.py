"""Who still holds obsolete equipment, as of a day and as known at a change, under which clause, by which cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.errors import UnknownSource
from app.register.adoption import adopted, in_question
from app.register.grounds import grounds
from app.register.holding import Holding
from app.register.judging import candidates, holders
from app.register.places import township_in
from app.register.scope import Actor, visible
from app.register.views import snapshot
from app.rules.catalogue_loader import shipped
from app.store import changes
from app.store.models import Statement as StatementRow


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

    Raises:
        UnknownClause, UnknownTownship, UnknownSource: when something named is not there.
    """
    asked = in_question(shipped(), clauses, as_of, county, adopted(session, county, known, actor))
    if township is not None:
        township_in(session, county, township, as_of)
    if source is not None:
        _require_source(session, county, source, actor)
    at = changes.at_of(session, county, known) if known else None
    answer = Holding(county, as_of, known, at)
    if not asked:
        return replace(answer, why="no_clause")
    register = candidates(snapshot(session, county, AsOf(as_of, known), actor, township=township), asked)
    return replace(answer, rows=holders(register, grounds(session, register, actor), asked, source))


def _require_source(session: Session, county: str, source: str, actor: Actor) -> None:
    """A source that never said anything is a slip of the pen, not a view."""
    spoken = select(StatementRow.id).where(
        StatementRow.county == county, or_(StatementRow.source == source, StatementRow.file == source)
    )
    if session.scalar(visible(spoken, actor).limit(1)) is None:
        raise UnknownSource(f"没有名为“{source}”的来源")
