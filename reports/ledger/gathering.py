"""Reads from the register everything that a quarter's ledger prints."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.clock import CHINA
from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register import ledgers
from app.register.clauses.adoption import deciding
from app.register.facts.views import snapshot
from app.register.places import county_of, townships_of
from app.register.scope import Actor
from app.register.verdicts.obsolete import obsolete
from reports.ledger.beside import beside
from reports.ledger.content import Content, Revision, SourceFile


def content(
    session: Session, quarter: Quarter, county: str, known: int, revisions: tuple[Revision, ...], actor: Actor
) -> Content:
    """The county as of the quarter's last day, as known at a change."""
    _, county_name = county_of(session, county)
    change = ledgers.change_at(session, county, known, actor)
    holding = obsolete(session, county=county, as_of=quarter.last, known=known, actor=actor).as_dict()
    files = tuple(
        SourceFile(batch.file, batch.source, batch.valid_day.isoformat(), batch.recorded_by, batch.sha256)
        for batch in ledgers.sources(session, county, known, actor)
    )
    whole = snapshot(session, county, AsOf(quarter.last, known), actor=actor)
    return Content(
        county_name=county_name,
        quarter=quarter,
        snapshot=whole,
        holding=holding,
        known_at=change.at.astimezone(CHINA).isoformat(timespec="seconds") if change else "",
        digest=(change.digest or "") if change else "",
        townships=_township_names(session, county),
        clauses=tuple((clause.id, clause.text) for clause in deciding(session, county, quarter.last, known, actor)),
        sources=files,
        revisions=revisions,
        beside=beside(session, whole, actor),
    )


def _township_names(session: Session, county: str) -> tuple[str, ...]:
    """Official names in the order of their codes."""
    return tuple(name for _, name in sorted(set(townships_of(session, county).values())))
