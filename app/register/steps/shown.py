"""The steps that stand, as lists show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.domain.day_order import come
from app.domain.register import AsOf
from app.register.facts.cells import Cells, where_written
from app.register.scope import Actor
from app.register.steps.gathered import LAST, Gathered, gathered
from app.rules.procedures.case import Facts, taken
from app.rules.procedures.procedure import STEPS


def listed(
    session: Session,
    county: str,
    as_of: date,
    known: int,
    actor: Actor,
    *,
    firm: str | None = None,
    township: str | None = None,
) -> list[dict[str, Any]]:
    """The steps taken by the end of a day, as known at a change, those of rosters among them.

    Raises:
        UnknownTownship: when the county has none such.
    """
    of = gathered(session, county, known, actor, firm=firm, township=township)
    own = [
        (one, action)
        for one in of.firms
        if firm in (None, one)
        for action in of.actions.get(one, ())
        if come(taken(action), as_of) is not False
    ]
    written = where_written(session, county, [str(action["id"]) for _, action in own], AsOf(LAST, known), actor)
    return [_shown(of, one, action, written) for one, action in own]


def _shown(of: Gathered, firm: str, action: Facts, written: Cells) -> dict[str, Any]:
    recorded = of.recorded.get(str(action["id"]))
    row = recorded.row if recorded else None
    days = {name: action.get(name) for name in ("decided_on", "served_on")} | {"effective_on": taken(action)}
    return {
        "enterprise": {"id": firm, "name": of.firms[firm].name, "township": of.township(firm)},
        "action": action["id"],
        "step": row.id if row else None,
        "kind": action["kind"],
        "label": STEPS[str(action["kind"])],
        **{name: on.as_dict() if on else None for name, on in days.items()},  # type: ignore[union-attr]
        "effective_time": action.get("effective_time"),
        "authority": action.get("authority"),
        "document_no": action.get("document_no"),
        "basis": action.get("basis"),
        "document": action.get("document"),
        "request_document": action.get("request_document"),
        "equipment": row.equipment_id if row else None,
        "quantity": row.quantity if row else None,
        "with_gap": row.with_gap if row else False,
        "note": row.note if row else None,
        "reason": row.reason if row else None,
        "change": row.recorded_by if row else None,
        "by": recorded.by if recorded else None,
        "at": recorded.at.astimezone(clock.CHINA).isoformat() if recorded else None,
        "sources": [dict(one) for one in written.get(str(action["id"]), ())],
    }
