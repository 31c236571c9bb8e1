"""How the ledgers of a county stand, quarter by quarter: drafts, checks, issues, and what came to be known since."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register.ledgers.issuing import STATES, Checked, Issued, checks, issues
from app.register.ledgers.knowledge import last_alteration
from app.register.scope import Actor


def standings(session: Session, county: str, quarter: Quarter | None, actor: Actor) -> dict[str, Any]:
    """Every quarter that was checked or issued, the last first; a quarter that is told, also where it was neither."""
    issued, checked = issues(session, county, quarter, actor), checks(session, county, quarter, actor)
    known = last_alteration(session, county, actor)
    quarters = {one.quarter for one in issued} | {one.quarter for one in checked} | ({quarter} if quarter else set())
    told = [
        _standing(
            of, [one for one in issued if one.quarter == of], [one for one in checked if one.quarter == of], known
        )
        for of in sorted(quarters, reverse=True)
    ]
    return {"county": county, "known": known, "quarters": told}


def state_of(issued: list[Issued], checked: list[Checked], known: int) -> str:
    """draft → checked → issued → revised."""
    if issued:
        return issued[-1].state
    return "checked" if checked and checked[-1].passed and checked[-1].known == known else "draft"


def _standing(quarter: Quarter, issued: list[Issued], checked: list[Checked], known: int) -> dict[str, Any]:
    state = state_of(issued, checked, known)
    return {
        "quarter": str(quarter),
        "as_of": quarter.last.isoformat(),
        "state": state,
        "label": STATES[state],
        "known_since": bool(issued) and known > issued[-1].known,
        "issues": [one.as_dict() for one in issued],
        "checks": [one.as_dict() for one in checked],
    }
