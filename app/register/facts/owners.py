"""Whose machines are as of a day, as known at a change: enrolment, and the successions laid over it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.facts.identity import Same
from app.register.queries import NOW
from app.register.scope import REGISTER, Actor
from app.register.successions import queries
from app.register.successions.whose import Owners, Passing


def owners_on(session: Session, county: str, as_of: AsOf, same: Same, actor: Actor = REGISTER) -> Owners:
    """Whose each machine is at the end of the day; firms by the record that stands for them.

    Whose it is does not depend on who asks; who may see it does.
    """
    told = (
        Passing(act, kind, same.of(out_of), same.of(into), same.of(machine) if machine else None, *days)
        for act, kind, out_of, into, machine, *days in session.execute(queries.passings(county, as_of.known, actor))
    )
    return Owners(as_of.day, tuple(sorted(told, key=Passing.order)))


def with_predecessors(session: Session, county: str, firms: Iterable[str], same: Same) -> list[str]:
    """Firms, and those for which their machines may have been enrolled, as known now."""
    standing = list(dict.fromkeys(same.of(firm) for firm in firms))
    owners = owners_on(session, county, NOW, same)
    return standing + sorted(owners.held_by(standing) - set(standing))
