"""Groups that a person's answer let be divided: what follows of it is decided, so that no body is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.proposal import Entry
from app.register.desk import desk_queries
from app.register.scope import REGISTER
from app.store import ids
from app.store.models import OPEN, Change, ValueDecision
from app.store.superseding import supersede

#: Why a count is decided for, where rows were answered to divide a group.
REASON = "按待定行的答复：这一组是拆开写的，其余各台另记"


def decide(session: Session, change: Change, entries: Iterable[Entry], enrolled: Mapping[str, str]) -> None:
    """Decide for those of the statements just recorded that follow from a person's answer."""
    wanted = {
        (enrolled.get(said.subject, said.subject), said.field, said.day)
        for entry in entries
        for said in entry.statements
        if said.decides
    }
    if not wanted:
        return
    county = change.county
    common = {"county": county, "recorded_by": change.number, "superseded_by": OPEN, "reason": REASON}
    for id, subject, field, day in session.execute(
        desk_queries.stated(county, change.number, "equipment", REGISTER)
    ).all():
        if (subject, field, day) not in wanted:
            continue
        before = session.scalar(desk_queries.value_decision(county, subject, field, day, REGISTER))
        if before is not None:
            supersede(session, change, ValueDecision, [before.id])
        row = {"statement_id": id, "subject_id": subject, "field": field, "day": day}
        session.execute(insert(ValueDecision).values(id=ids.new(), **common, **row))
