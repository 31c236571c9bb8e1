"""Machines that are gone: since when, until when they were there, and which clauses said of them that they must go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.domain.statement import Value
from app.register.facts.identity import same_as
from app.register.facts.owners import owners_on
from app.register.facts.settle import PRESENT
from app.register.history.things import rows_of
from app.register.history.tracks import Kept, entries, field_track
from app.register.scope import Actor
from app.register.verdicts.judged import judged
from app.register.verdicts.verdict_asking import Clauses, clauses_of
from app.rules.clause import Clause
from app.rules.verdict import verdict


@dataclass(frozen=True, slots=True)
class Removal:
    """A machine certainly gone from `gone` on; last known to be there on `last` (None: never stated to be)."""

    firm: str
    machine: str
    gone: date
    last: date | None
    clauses: tuple[Clause, ...] = ()

    def families(self) -> frozenset[str]:
        """What it was listed as, whatever the edition."""
        return frozenset(map(family, self.clauses))


def family(clause: Clause) -> str:
    """A clause together with its other editions, restatements and steps."""
    return clause.same_clause or clause.id


def removals(
    session: Session, county: str, moment: AsOf, machines: Mapping[str, str], actor: Actor
) -> dict[str, Removal]:
    """Those of the machines (each with its firm) that were gone on some day up to the moment, with their clauses."""
    rows = rows_of(session, "equipment", county, machines, moment.known, actor)
    found = {
        id: removal
        for id, firm in machines.items()
        if (removal := _removal(id, firm, rows.get(id, ()), moment)) is not None
    }
    by_day: defaultdict[date, list[Removal]] = defaultdict(list)
    for removal in found.values():
        by_day[removal.last or removal.gone].append(removal)
    for day, some in by_day.items():
        clauses = next(iter(clauses_of(session, [(county, moment.known)], (), day, actor)))
        listed = _listed(session, county, AsOf(day, moment.known), some, clauses, rows, actor)
        for one in some:
            found[one.machine] = replace(one, clauses=listed.get(one.machine, ()))
    return found


def there_since(rows: Sequence[Kept], moment: AsOf) -> date | None:
    """The first day of the run of days on which a machine is certainly there; None where it is not."""
    track = field_track(rows, PRESENT)
    return track.begins(moment.day, moment.known) if track.state(moment.day, moment.known)[0] is True else None


def _removal(id: str, firm: str, rows: Sequence[Kept], moment: AsOf) -> Removal | None:
    told = [one for one in entries(rows, PRESENT, moment.known) if one.superseded_by is None]
    gone = next((one.since for one in told if one.state[0] is False and one.since <= moment.day), None)
    if gone is None:
        return None
    ends = [one.until - timedelta(days=1) for one in told if one.state[0] is True and one.until <= gone]
    return Removal(firm, id, gone, max(ends, default=None))


def _listed(
    session: Session,
    county: str,
    moment: AsOf,
    some: Iterable[Removal],
    clauses: Clauses,
    rows: Mapping[str, Sequence[Kept]],
    actor: Actor,
) -> dict[str, tuple[Clause, ...]]:
    """By machine, the clauses that held of it on the last day on which it was there."""
    if not clauses:
        return {}
    # On that day it may have been another's, which handed it over since.
    owners = owners_on(session, county, moment, same_as(session, county, moment.known))
    there = owners.held_by(one.firm for one in some if one.last is not None)
    found = {
        line.machine.id: tuple(answer.clause for answer in line.answers if answer.holds)
        for row in judged(session, county, moment, there, clauses, actor)
        for line in row.lines
    }
    for one in some:
        if one.last is None:
            facts = _facts(rows[one.machine], moment)
            found[one.machine] = tuple(clause for clause in clauses if verdict(clause, facts).holds is True)
    return found


def _facts(rows: Sequence[Kept], moment: AsOf) -> dict[str, Value]:
    """What is known of a machine that was never stated to be there: its plate, on the day of its removal."""
    found: dict[str, Value] = {}
    for row in rows:
        if row.since <= moment.day < row.until and row.known_at(moment.known):
            found |= {name: value for name, value in row.facts.items() if name != PRESENT}
    return found
