"""Which acts want two people in a county: shown, and switched by a recorded change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.errors import Decided
from app.register.ledgers.whose import whose
from app.register.policy_files import told_reason
from app.register.scope import REGISTER, Actor
from app.register.second import queries
from app.register.second.words import ACTS, act_told
from app.store import ids
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import OPEN, TwoEyes
from app.store.superseding import supersede

Told = dict[str, Any]


def switches(session: Session, county: str, actor: Actor) -> list[Told]:
    """Each kind of act, whether it wants two, since when and by whom."""
    standing = {row.act: (row, by, at) for row, by, at in session.execute(queries.switches(county, actor))}
    return [_told(act, standing.get(act)) for act in ACTS]


def switch(engine: Engine, county: str, act: str, *, on: bool, reason: str, actor: Actor) -> Told:
    """Switch two people on or off for an act, in one change; proposals that wait stay as they are.

    Raises:
        UnknownCounty: when there is no such county (or city: of its own ledgers).
        BadInput: when it is no such act, or no reason is given.
        Decided: when it is so already.
    """
    kind, why = act_told(act), told_reason(reason)

    def once() -> Told:
        with unit(engine) as session:
            code = whose(session, county, actor)
            change = open_change(session, code, "two_eyes", actor=actor.name, reason=why)
            rows = session.execute(queries.switches(code, REGISTER)).all()
            before = next((row for row, _, _ in rows if row.act == kind), None)
            if on == (before is not None and before.switched_on):
                state = "已经要两人办" if on else "本来就由一人办"
                raise Decided(f"“{ACTS[kind]}”{state}", fix="不必再改", code="second.switched_already")
            if before is not None:
                supersede(session, change, TwoEyes, [before.id])
            key = {"county": code, "id": ids.new(), "recorded_by": change.number, "superseded_by": OPEN}
            session.add(TwoEyes(act=kind, switched_on=on, reason=why, **key))
            session.flush()
            return {"county": code, "act": kind, "label": ACTS[kind], "on": on, "change": change.number}

    return retrying(once)


def _told(act: str, standing: tuple[TwoEyes, str, Any] | None) -> Told:
    row, by, at = standing or (None, None, None)
    return {
        "act": act,
        "label": ACTS[act],
        "on": bool(row and row.switched_on),
        "reason": row.reason if row else None,
        "change": row.recorded_by if row else None,
        "by": by,
        "at": at.astimezone(clock.CHINA).isoformat(timespec="seconds") if at else None,
    }
