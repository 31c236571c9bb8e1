"""Quarterly ledgers as the register keeps them: what knowledge they rest on, their sources, and their issues."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register.scope import Actor, visible
from app.store import ids
from app.store.models import (
    OPEN,
    Acceptance,
    Base,
    Change,
    ClauseAdoption,
    Document,
    Holiday,
    ImportBatch,
    LedgerIssue,
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
        written = visible(select(func.max(table.recorded_by)).where(table.county == county), actor)  # type: ignore[attr-defined]
        ended = visible(
            select(func.max(table.superseded_by)).where(table.county == county, table.superseded_by < OPEN),  # type: ignore[attr-defined]
            actor,
        )
        last = max(last, session.scalar(written) or 0, session.scalar(ended) or 0)
    return last


def change_at(session: Session, county: str, number: int, actor: Actor) -> Change | None:
    """The change of that number, None for 0."""
    told = select(Change).where(Change.county == county, Change.number == number)
    return session.scalar(visible(told, actor))


def sources(session: Session, county: str, known: int, actor: Actor) -> list[ImportBatch]:
    """The rosters applied up to a change and not undone by then, in the order of their changes."""
    told = (
        select(ImportBatch)
        .where(ImportBatch.county == county, ImportBatch.recorded_by <= known, ImportBatch.superseded_by > known)
        .order_by(ImportBatch.recorded_by, ImportBatch.id)
    )
    return list(session.scalars(visible(told, actor)))


def issues(session: Session, county: str, quarter: Quarter, actor: Actor) -> list[LedgerIssue]:
    """The quarter's issued revisions, first to last."""
    told = (
        select(LedgerIssue)
        .where(LedgerIssue.county == county, LedgerIssue.quarter == str(quarter))
        .order_by(LedgerIssue.revision)
    )
    return list(session.scalars(visible(told, actor)))


def issue(
    session: Session,
    change: Change,
    quarter: Quarter,
    *,
    revision: int,
    known: int,
    reason: str | None,
    workbook: bytes,
) -> LedgerIssue:
    """Freeze a ledger: number it, hash it, keep its bytes."""
    issued = LedgerIssue(
        county=change.county,
        id=ids.new(),
        recorded_by=change.number,
        quarter=str(quarter),
        revision=revision,
        known=known,
        reason=reason,
        sha256=hashlib.sha256(workbook).hexdigest(),
        workbook=workbook,
    )
    session.add(issued)
    session.flush()
    return issued
