"""The rules on steps as lists show them: what each step requires and who may order it, with sentence and source."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.dates import FOREVER
from app.rules.procedures.loader import shipped_procedures
from app.rules.procedures.procedure import STEPS, InForce, Order, Requirement


def rules_in_force(county: str | None, day: date, kind: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """The requirements and orders in force on a day, of a county (None: of all), of one kind of step."""
    known = shipped_procedures()

    def asked(kinds: tuple[str, ...], where: InForce) -> bool:
        there = where.at(county or where.jurisdiction, day)
        return there and (kind is None or kind in kinds)

    return {
        "requirements": [_requirement(one) for one in known.requirements.values() if asked(one.of, one.where)],
        "orders": [_order(one) for one in known.orders.values() if asked(one.kinds, one.where)],
    }


def _requirement(one: Requirement) -> dict[str, Any]:
    return {
        "id": one.id,
        "steps": list(one.of),
        "labels": [STEPS[kind] for kind in one.of],
        "sentence": one.text,
        "source": one.cited,
        "evidence": one.level,
        "decides": one.decides,
        "force": one.force,
        "basis": list(one.basis),
        "note": one.note,
        **_where(one.where),
    }


def _order(one: Order) -> dict[str, Any]:
    return {
        "id": one.id,
        "steps": list(one.kinds),
        "labels": [STEPS[kind] for kind in one.kinds],
        "authority": one.authority,
        "sentence": one.text,
        "source": one.cited,
        "evidence": one.level,
        "decides": one.decides,
        "needs": one.needs,
        "note": one.note,
        **_where(one.where),
    }


def _where(where: InForce) -> dict[str, Any]:
    return {
        "jurisdiction": where.jurisdiction or None,
        "effective_from": None if where.since == date.min else where.since.isoformat(),
        "effective_to": None if where.until == FOREVER else where.until.isoformat(),
    }
