"""Which clauses a county decides by: those that ship as adopted, and those that it adopts by a recorded act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotAdoptable
from app.register.scope import Actor, visible
from app.rules.catalogue_loader import Catalogue, shipped
from app.rules.clause import STATUSES, Clause
from app.store import ids
from app.store.models import OPEN, Change, ClauseAdoption


def adopted(session: Session, county: str, known: int, actor: Actor) -> frozenset[str]:
    """The clauses that the county had adopted by its own act, as known at a change."""
    rows = select(ClauseAdoption.clause).where(
        ClauseAdoption.county == county, ClauseAdoption.recorded_by <= known, ClauseAdoption.superseded_by > known
    )
    return frozenset(session.scalars(visible(rows, actor)))


def adopt(session: Session, change: Change, clause: Clause) -> bool:
    """Record that the county decides by the clause from this change on; False where it does already.

    Raises:
        NotAdoptable: when the clause cannot decide here.
    """
    refused = obstacle(clause, change.county)
    if refused:
        raise NotAdoptable(f"条款 {clause.id} 不能采用：{refused}")
    already = select(ClauseAdoption.id).where(
        ClauseAdoption.county == change.county, ClauseAdoption.clause == clause.id, ClauseAdoption.superseded_by == OPEN
    )
    if clause.shipped_for(change.county) or session.scalar(already) is not None:
        return False
    session.add(ClauseAdoption(county=change.county, id=ids.new(), recorded_by=change.number, clause=clause.id))
    session.flush()
    return True


def obstacle(clause: Clause, county: str) -> str | None:
    """Why a clause cannot be adopted in a county; None where it can."""
    if clause.status != "confirmed":
        return f"它是{STATUSES[clause.status]}，须由人核对原文后才能生效"
    if clause.dormant:
        return f"它要用到登记库没有的内容（{'、'.join(clause.wanting)}）"
    if not county.startswith(clause.jurisdiction):
        return f"它只适用于行政区划代码 {clause.jurisdiction} 开头的地区"
    return None


def in_question(
    catalogue: Catalogue, asked: Sequence[str], day: date, county: str, own: frozenset[str]
) -> tuple[Clause, ...]:
    """The clauses that answer on that day in that county, in the order in which they decide.

    Without a name, those that say what must go and that the county has adopted. A clause asked by name answers whether
    or not the county has adopted it (who names it wants to see what it would say), but never a draft, a dormant or a
    historical one, nor one that is not in force there on that day.

    Raises:
        UnknownClause: when a name is none.
    """
    named = [catalogue.clause(name) for name in asked]
    fit = {one for one in named or catalogue.clauses.values() if one.decides and one.in_force(day, county)}
    if not named:
        fit = {one for one in fit if one.removes and (one.shipped_for(county) or one.id in own)}
    return tuple(sorted(fit, key=Clause.rank))


def deciding(session: Session, county: str, day: date, known: int, actor: Actor) -> tuple[Clause, ...]:
    """The clauses that decide in the county on a day, as adopted by a change."""
    return in_question(shipped(), (), day, county, adopted(session, county, known, actor))
