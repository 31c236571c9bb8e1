"""Verdicts on the firms that a succession names: reckoned in Python, because whose a machine is changes by the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sqlalchemy import Dialect, Text, bindparam
from sqlalchemy.orm import Session

from app.domain.register import AsOf, Snapshot
from app.register.facts.grounds import grounds
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.views import snapshot
from app.register.queries import NOW, in_parts
from app.register.scope import REGISTER, Actor
from app.register.successions import queries
from app.register.verdicts.holding import Row
from app.register.verdicts.judging import candidates, holders
from app.register.verdicts.verdict_asking import Written, written_for
from app.register.verdicts.verdict_queries import COUNTY, Pin
from app.rules.clause import Clause


def touched(session: Session, pins: Sequence[Pin]) -> dict[str, frozenset[str]]:
    """By county the firms, as they stand, that a succession names; counties without any are left out."""
    known = dict(pins)
    found = {}
    for county in _having(session, list(known)):
        moment = AsOf(NOW.day, known[county])
        firms = owners_on(session, county, moment, same_as(session, county, known[county])).firms
        if firms:
            found[county] = firms
    return found


def _having(session: Session, counties: Sequence[str]) -> Sequence[str]:
    """Those of the counties that ever recorded a succession."""
    if len(counties) != 1:
        return session.scalars(queries.counties(counties, REGISTER)).all()
    connection = session.connection()
    written = _of_one(connection.dialect)
    return connection.exec_driver_sql(written.sql, written.given | {COUNTY: counties[0]}).scalars().all()


@lru_cache(maxsize=8)
def _of_one(dialect: Dialect) -> Written:
    """The statement for one county, written once: to write it takes longer than to answer it."""
    county = bindparam(COUNTY, type_=Text())
    return written_for(queries.counties([county], REGISTER), {COUNTY: ""}, dialect)  # type: ignore[list-item]


def judged_apart(
    session: Session, county: str, as_of: AsOf, firms: Collection[str], clauses: Sequence[Clause], actor: Actor
) -> tuple[Snapshot, tuple[Row, ...]]:
    """The firms with all that is theirs or may be as of the day, and the lines of those that a clause speaks of."""
    whole = snapshot(session, county, as_of, actor, firms=firms)
    register = candidates(whole, clauses)
    return whole, holders(register, grounds(session, register, actor), clauses)


def places(session: Session, county: str, firms: Iterable[str], as_of: AsOf) -> dict[str, str | None]:
    """The codes of the townships in which firms stand."""
    found: dict[str, str | None] = {}
    for some in in_parts(sorted(firms)):
        found |= dict(session.execute(queries.standing_in(county, some, as_of, REGISTER)).all())
    return found
