"""How many bodies of a machine stood the day before a step that takes some of them down, or seals them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.register import AsOf, Equipment
from app.register.facts.identity import Same
from app.register.facts.views import snapshot
from app.register.scope import REGISTER
from app.store.models import Step

_DAY = timedelta(days=1)


def machines_of(session: Session, county: str, firms: Iterable[str], as_of: AsOf) -> list[Equipment]:
    """The machines of firms, those too that may be another's."""
    whole = snapshot(session, county, as_of, REGISTER, firms=sorted(set(firms)))
    return [machine for one in whole.enterprises for machine in (*one.equipment, *one.perhaps)]


def standing(machine: Equipment) -> int | None:
    """How many of its bodies are there; None where nobody can tell."""
    bodies = {True: machine.bodies, False: 0, None: None}[machine.present]
    return None if "quantity" in machine.disputed else bodies


def before(session: Session, county: str, known: int, steps: Iterable[Step], same: Same) -> Mapping[str, int | None]:
    """By the id of each step that names a machine and a number: how many stood the day before, as known at a change.

    A machine that was told of only on the very day is counted as of that day.
    """
    by_day: defaultdict[date, list[Step]] = defaultdict(list)
    for one in steps:
        day = one.effective_on_to or one.effective_on_from
        if one.equipment_id is not None and one.quantity is not None and day is not None:
            by_day[day].append(one)
    found: dict[str, int | None] = {}
    for day, rows in by_day.items():
        firms = [same.of(one.enterprise_id) for one in rows]
        there = {one.id: one for one in machines_of(session, county, firms, AsOf(day, known))}
        there |= {one.id: one for one in machines_of(session, county, firms, AsOf(day - _DAY, known))}
        for one in rows:
            machine = there.get(same.of(str(one.equipment_id)))
            found[one.id] = standing(machine) if machine else 0
    return found
