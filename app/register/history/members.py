"""Which firms and machines are there at a moment, in a county or one township of it, and how sums go over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.facts.identity import Same, same_as
from app.register.facts.owners import owners_on
from app.register.history import queries
from app.register.scope import Actor
from app.register.successions.whose import Owners


@dataclass(frozen=True, slots=True)
class There:
    """A machine (group) that is there or perhaps there: whose it is, how many bodies, and of which record of a firm."""

    firm: str
    bodies: int
    record: str


@dataclass(frozen=True, slots=True)
class Members:
    """The firms that are called something, and their machines; `same`: who stands for whom."""

    firms: frozenset[str]
    machines: Mapping[str, There]
    same: Same


@dataclass(frozen=True, slots=True)
class Flow:
    """A sum at one moment and at another: opening + entered - left + changed = closing."""

    opening: int
    entered: int
    left: int
    changed: int
    closing: int

    @classmethod
    def of(cls, before: Mapping[str, int], after: Mapping[str, int]) -> Flow:
        """Over what each weighs."""
        return cls(
            sum(before.values()),
            sum(weight for id, weight in after.items() if id not in before),
            sum(weight for id, weight in before.items() if id not in after),
            sum(weight - before[id] for id, weight in after.items() if id in before),
            sum(after.values()),
        )

    def as_dict(self) -> dict[str, int]:
        """For commands and the API."""
        own = {"opening": self.opening, "entered": self.entered, "left": self.left}
        return {**own, "changed": self.changed, "closing": self.closing}


def certain_owner(owners: Owners, same: Same, machine: str, record: str) -> str | None:
    """The firm whose a machine is, by enrolment and successions; None where it cannot be told."""
    possible = owners.of(machine, same.of(record))
    return possible[0] if len(possible) == 1 else None


def members(session: Session, county: str, moment: AsOf, township: str | None, actor: Actor) -> Members:
    """Those of a moment; `township`: the code of the one in which they stand."""
    firms = set(session.scalars(queries.called_by_name(county, moment, actor)))
    firms |= set(session.scalars(queries.called_by_code(county, moment, actor)))
    there = frozenset(firms)
    if township is not None:
        firms &= set(session.scalars(queries.standing_in(county, township, moment, actor)))
    same = same_as(session, county, moment.known)
    owners = owners_on(session, county, moment, same)
    machines = {}
    for id, record, bodies in session.execute(queries.machines_there(county, moment, actor)):
        # Where it cannot be told whose it is, it is counted once, with the first possible owner that is there.
        possible = owners.of(id, same.of(record))
        firm = next((one for one in possible if one in there), possible[0])
        if firm in firms:
            machines[id] = There(firm, bodies, record)
    return Members(frozenset(firms), machines, same)
