"""Which clauses a county decides by: those that ship as adopted, and those that it adopts by a recorded act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotAdoptable
from app.register.clauses.county_clauses import adoptions, catalogue_of, newest
from app.register.scope import REGISTER, Actor, visible
from app.register.second import gate
from app.rules.catalogue_loader import Catalogue
from app.rules.clause import STATUSES, Clause
from app.store import ids
from app.store.models import OPEN, Change, ClauseAdoption
from app.store.superseding import supersede

_NOW = OPEN - 1


def adopted(session: Session, county: str, known: int, actor: Actor) -> frozenset[str]:
    """The clauses that the county had adopted by its own act, as known at a change."""
    return frozenset(adoptions(session, county, known, actor))


def standing(session: Session, county: str, clause: Clause) -> bool:
    """Whether the county decides by this very text of the clause already."""
    now = catalogue_of(session, county, _NOW, REGISTER).clause(clause.id)
    return now == clause and (now.shipped_for(county) or clause.id in adoptions(session, county, _NOW, REGISTER))


def adopt(session: Session, change: Change, clause: Clause) -> bool:
    """Record that the county decides by the clause from this change on; False where it does already.

    Raises:
        NotAdoptable: when the clause cannot decide here.
    """
    refused = obstacle(clause, change.county)
    if refused:
        raise NotAdoptable(f"条款 {clause.id} 不能采用：{refused}")
    if standing(session, change.county, clause):
        return False
    supersede(session, change, ClauseAdoption, _open(session, change.county, clause.id))
    session.add(ClauseAdoption(county=change.county, id=ids.new(), recorded_by=change.number, clause=clause.id))
    session.flush()
    gate(session, change, "adopt", {"clause": clause.id, "text": sha256(repr(clause).encode()).hexdigest()})
    return True


def drop(session: Session, change: Change, clause_id: str) -> None:
    """Record that the county no longer decides by a clause that it had adopted.

    Raises:
        UnknownClause: when there is none.
        NotAdoptable: when the county did not adopt it by an act of its own.
    """
    clause = newest(session, change.county, clause_id, REGISTER)
    found = _open(session, change.county, clause.id)
    if not found:
        raise not_adopted(clause, change.county)
    supersede(session, change, ClauseAdoption, found)


def not_adopted(clause: Clause, county: str) -> NotAdoptable:
    """That a clause cannot be dropped, and why."""
    if clause.shipped_for(county):
        return NotAdoptable(
            f"条款 {clause.id} 随程序生效，不能由县里停用",
            fix="如文字有变，请加入新的条款文件再采用",
            code="clause.shipped",
        )
    return NotAdoptable(f"{county} 没有采用条款 {clause.id}", fix="不必停用", code="clause.not_adopted")


def _open(session: Session, county: str, clause_id: str) -> list[str]:
    rows = select(ClauseAdoption.id).where(
        ClauseAdoption.county == county, ClauseAdoption.clause == clause_id, ClauseAdoption.superseded_by == OPEN
    )
    return list(session.scalars(visible(rows, REGISTER)))


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
    catalogue = catalogue_of(session, county, known, actor)
    return in_question(catalogue, (), day, county, adopted(session, county, known, actor))
