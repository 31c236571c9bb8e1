"""What knowledge a ledger rests on: the last change that altered facts, and the rosters applied by then."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.register.ledgers import ledger_queries
from app.register.scope import Actor
from app.store.models import (
    Acceptance,
    Base,
    Change,
    ClauseAdoption,
    Document,
    Holiday,
    ImportBatch,
    PlanStep,
    StatedFigure,
    Step,
    Stretch,
    Succession,
)

#: Beside facts: what says whose machines are, and what gaps, ends and days of the procedure are reckoned by.
_BESIDE = (StatedFigure, ClauseAdoption, Succession, Document, Step, PlanStep, Acceptance, Holiday)


def _altering() -> list[type]:
    """The tables an alteration of which may alter a ledger."""
    stretches = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Stretch)]
    return [*stretches, *_BESIDE]


def last_alteration(session: Session, county: str, actor: Actor) -> int:
    """The county's last change that altered facts; a mere record of reading is none. 0 where there is none."""
    last = 0
    for table in _altering():
        written = session.scalar(ledger_queries.last_written(table, county, actor))
        ended = session.scalar(ledger_queries.last_ended(table, county, actor))
        last = max(last, written or 0, ended or 0)
    return last


def change_at(session: Session, county: str, number: int, actor: Actor) -> Change | None:
    """The change of that number, None for 0."""
    return session.scalar(ledger_queries.change_numbered(county, number, actor))


def audited_at(session: Session, county: str, change: int, actor: Actor) -> tuple[int, str] | None:
    """Where the chain of who did what stood with a change: number and digest; None of one made before there was any."""
    row = session.execute(ledger_queries.record_of(county, change, actor)).first()
    return (row.number, row.digest) if row else None


def sources(session: Session, county: str, known: int, actor: Actor) -> list[ImportBatch]:
    """The rosters applied up to a change and not undone by then, in the order of their changes."""
    return list(session.scalars(ledger_queries.rosters_known(county, known, actor)))
