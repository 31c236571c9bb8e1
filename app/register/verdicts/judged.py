"""Firms judged in Python over all that was said of them: what the database's answer is refined and explained with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.scope import Actor
from app.register.verdicts.holding import Row
from app.register.verdicts.judging import candidates, holders
from app.rules.clause import Clause


def judged(
    session: Session,
    county: str,
    as_of: AsOf,
    firms: Collection[str],
    clauses: Sequence[Clause],
    actor: Actor,
    *,
    source: str | None = None,
) -> tuple[Row, ...]:
    """Those of the firms that hold what a clause names, or of which it cannot be told, with their grounds."""
    if not firms:
        return ()
    register = candidates(snapshot(session, county, as_of, actor, firms=firms), clauses)
    return holders(register, grounds(session, register, actor), clauses, source)
