"""How the ledgers of a county stand, quarter by quarter: drafts, checks, issues, and what came to be known since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register.ledgers.issuing import STATES, Checked, Issued, checks, issues
from app.register.ledgers.knowledge import last_alteration
from app.register.ledgers.whose import division_of, pins_of
from app.register.scope import Actor


def standings(session: Session, county: str, quarter: Quarter | None, actor: Actor) -> dict[str, Any]:
    """Every quarter that was checked or issued, the last first; a quarter that is told, also where it was neither.

    `heads`: of a city the last alteration of each of its counties; then `known` is 0.
    """
    issued, checked = issues(session, county, quarter, actor), checks(session, county, quarter, actor)
    division = division_of(session, county)
    known = 0 if division else last_alteration(session, county, actor)
    now = pins_of(session, division[0], actor) if division else {county: known}
    quarters = {one.quarter for one in issued} | {one.quarter for one in checked} | ({quarter} if quarter else set())
    told = [
        _standing(
            of, [one for one in issued if one.quarter == of], [one for one in checked if one.quarter == of], known, now
        )
        for of in sorted(quarters, reverse=True)
    ]
    return {"county": county, "known": known, "heads": now if division else None, "quarters": told}


def state_of(issued: list[Issued], checked: list[Checked], known: int, now: Mapping[str, int]) -> str:
    """draft → checked → issued → revised."""
    if issued:
        return issued[-1].state
    last = checked[-1] if checked else None
    current = last is not None and last.passed and (last.heads == now if last.heads else last.known == known)
    return "checked" if current else "draft"


def _standing(
    quarter: Quarter, issued: list[Issued], checked: list[Checked], known: int, now: Mapping[str, int]
) -> dict[str, Any]:
    state = state_of(issued, checked, known, now)
    return {
        "quarter": str(quarter),
        "as_of": quarter.last.isoformat(),
        "state": state,
        "label": STATES[state],
        "known_since": bool(issued) and now != issued[-1].knows,
        "issues": [one.as_dict() for one in issued],
        "checks": [one.as_dict() for one in checked],
    }
