"""Reads from the register everything that a quarter's ledger prints."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.clock import CHINA
from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register import ledgers
from app.register.aggregates.asking import aggregates
from app.register.clauses.adoption import deciding
from app.register.facts.views import snapshot
from app.register.movements.between import movements
from app.register.places import county_of, townships_of
from app.register.scope import Actor
from app.register.verdicts.holding import Holding
from app.register.verdicts.obsolete import obsolete
from reports.ledger.gathered.beside import beside
from reports.ledger.gathered.content import Content, Issued, Revision, SourceFile
from reports.ledger.gathered.open_questions import open_questions
from reports.ledger.gathered.past import past


def content(
    session: Session,
    quarter: Quarter,
    county: str,
    known: int,
    revisions: tuple[Revision, ...],
    actor: Actor,
    *,
    issued: Issued | None = None,
) -> Content:
    """The county as of the quarter's last day, as known at a change; `issued`: its number and who answers for it."""
    _, county_name = county_of(session, county)
    change = ledgers.change_at(session, county, known, actor)
    holding = told_with_ids(obsolete(session, county=county, as_of=quarter.last, known=known, actor=actor))
    files = tuple(
        SourceFile(batch.file, batch.source, batch.valid_day.isoformat(), batch.recorded_by, batch.sha256)
        for batch in ledgers.sources(session, county, known, actor)
    )
    whole = snapshot(session, county, AsOf(quarter.last, known), actor=actor)
    told = beside(session, whole, actor)
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
        beside=told,
        questions=open_questions(session, whole, told, actor),
        past=past(session, county, quarter, known, actor),
        issued=issued,
        movements=movements(session, county, quarter, known, actor),
        audited=ledgers.audited_at(session, county, known, actor),
        again=aggregates(session, [(county, known)], quarter.last, actor).by_name(county),
    )


def told_with_ids(holding: Holding) -> dict[str, Any]:
    """The answer as it is printed, with the ids of the firms and machines that it speaks of."""
    told = holding.as_dict()
    for row, printed in zip(holding.rows, told["rows"], strict=True):
        printed["enterprise"]["id"] = row.enterprise.id
        for line, furnace in zip(row.lines, printed["furnaces"], strict=True):
            furnace["machine"] = line.machine.id
    return told


def _township_names(session: Session, county: str) -> tuple[str, ...]:
    """Official names in the order of their codes."""
    return tuple(name for _, name in sorted(set(townships_of(session, county).values())))
