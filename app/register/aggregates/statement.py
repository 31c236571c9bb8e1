"""The one statement that counts a county: written once for the clauses that decide, asked for any day and knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, func, union_all
from sqlalchemy.orm import Session

from app.register.aggregates.counted_papers_sql import acts, plan_firms, plans
from app.register.aggregates.in_force_sql import MEASURES, InForce
from app.register.aggregates.lines_sql import line
from app.register.aggregates.machines_sql import Machines
from app.register.aggregates.permits_sql import PermitsHeld
from app.register.aggregates.standing_sql import SOON, SORTED_BY, FirmsThere, number
from app.register.scope import Actor
from app.register.verdicts.verdict_asking import Clauses, Same, Written, written_for
from app.register.verdicts.verdict_queries import COUNTY, DAY, KNOWN, Pin
from app.store.bare import teach

#: A permit that ends within so many days ends soon.
ENDS_SOON = 60


#: One line of the answer: part, township, code, three words, eight numbers.
Told = Sequence[Any]


def told(session: Session, clauses: Clauses, pin: Pin, day: date, actor: Actor, *, apart: bool) -> Sequence[Told]:
    """The lines of a county; `apart`: without the machines of firms that a succession names."""
    connection = session.connection()
    teach(connection)
    written = _written(Same(clauses), actor.anybody, connection.dialect, apart)
    days: dict[str, Any] = {DAY: day, SOON: day + timedelta(days=ENDS_SOON)}
    if connection.dialect.name == "sqlite":
        days = {name: one.isoformat() for name, one in days.items()}
    given = written.given | {COUNTY: pin[0], KNOWN: pin[1]} | days
    result = connection.exec_driver_sql(written.sql, given)
    rows: Any = result.cursor  # as the driver gives them: there are many short ones
    lines: Sequence[Told] = rows.fetchall()
    result.close()
    return lines


@lru_cache(maxsize=64)
def _written(asked: Same, actor: Actor, dialect: Dialect, apart: bool) -> Written:
    """It takes longer to write than to answer for a small county."""
    asked_for = {COUNTY: "", KNOWN: 0, DAY: date.min, SOON: date.min}
    return written_for(counted(asked.clauses, actor, apart=apart), asked_for, dialect)


def counted(clauses: Clauses, actor: Actor, *, apart: bool) -> Any:
    """All parts, over one reading of the firms."""
    firms = FirmsThere(clauses, actor)
    machines = Machines(firms, clauses, apart=apart)
    permits, in_force = PermitsHeld(firms), InForce(firms)
    words = [firms.c[one] for one in SORTED_BY]
    enterprises = line("enterprises", firms.c, words, (func.count(),)).where(firms.c.stands == number(1))
    return union_all(
        enterprises.group_by(firms.c.township, firms.c.code, *words),
        machines.by_kind("kinds"),
        machines.by_firm("firms"),
        plans(firms),
        plan_firms(firms),
        permits.by_standing("permits"),
        permits.by_ending("ending"),
        acts(firms),
        *(in_force.lines(one) for one in MEASURES),
    )
