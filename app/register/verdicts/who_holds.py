"""Who still holds what must go, over one county or many: each machine with its verdict, and the reckoning of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.register.scope import Actor
from app.register.successions.judging import judged_apart, places, touched
from app.register.verdicts.doubtful import Answered, answered
from app.register.verdicts.verdict_asking import Clauses, ask_plain, clauses_of
from app.register.verdicts.verdict_queries import Pin, held


class Held(NamedTuple):
    """A machine (or machine group) that must go or may have to, under the clause that decides."""

    county: str
    firm: str
    name: str
    uscc: str | None
    township: str | None
    township_code: str | None
    machine: str
    code: str | None
    bodies: int
    holds: bool
    clause: str
    owner_known: bool = True


def who_holds(
    session: Session,
    pins: Sequence[Pin],
    *,
    as_of: date,
    actor: Actor,
    clauses: Sequence[str] = (),
    township: str | None = None,
) -> list[Held]:
    """Every machine, there or perhaps there, that must go or may have to, in order of county and enrolment.

    One of which it cannot be told whose it is stands there with each of the firms, `owner_known` False.

    `pins`: counties, each with the change that it is known at; `township`: the code of a township of the only county.

    Raises:
        UnknownClause: when a named clause is none.
    """
    groups = [(asked, some) for asked, some in clauses_of(session, pins, clauses, as_of, actor).items() if asked]
    found = [_held(session, asked, some, as_of, actor, township) for asked, some in groups]
    if len(found) == 1:
        return found[0]
    return sorted((one for some in found for one in some), key=lambda one: (one.county, one.machine))


def _held(
    session: Session, asked: Clauses, pins: Sequence[Pin], day: date, actor: Actor, township: str | None
) -> list[Held]:
    """The machines of counties that go by the same clauses."""
    ids = [clause.id for clause in asked]
    found: list[Held] = []
    apart = touched(session, pins)
    doubtful: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask_plain(session, held, asked, pins, day, actor, township=township):
        *told, holds, may, disputed = row
        one = Held._make((*told, holds is not None, ids[(holds or may) - 1], True))
        if apart and one.firm in apart.get(one.county, ()):
            continue
        if disputed:
            doubtful[one.county].add(one.firm)
        found.append(one)
    if doubtful:
        settled = {one.machine: one for one in answered(session, asked, pins, day, actor, doubtful)}
        found = [refined for one in found if (refined := _refined(one, settled.get(one.machine), ids)) is not None]
    if apart:
        found += [one for pin in pins for one in _apart(session, asked, pin, day, actor, apart, township)]
        found.sort(key=lambda one: (one.county, one.machine))
    return found


def _apart(
    session: Session,
    asked: Clauses,
    pin: Pin,
    day: date,
    actor: Actor,
    apart: Mapping[str, Collection[str]],
    township: str | None,
) -> Iterator[Held]:
    """The machines of the firms that a succession names."""
    county, moment = pin[0], AsOf(day, pin[1])
    whole, rows = judged_apart(session, county, moment, apart.get(county, ()), asked, actor)
    codes = places(session, county, [firm.id for firm in whole.enterprises], moment)
    for row in rows:
        firm, facts = row.enterprise, row.enterprise.facts
        if township is None or codes.get(firm.id) == township:
            name = facts.get("name") or facts.get("short_name") or facts.get("uscc")
            who = (county, firm.id, name, facts.get("uscc"), facts.get("township"), codes.get(firm.id))
            for line in row.lines:
                machine, decides = line.machine, line.decides
                what = (machine.id, machine.facts.get("code"), machine.bodies, decides.holds, decides.clause.id)
                yield Held(*who, *what, not machine.owners)  # type: ignore[arg-type]


def _refined(one: Held, settled: Answered | None, ids: Sequence[str]) -> Held | None:
    """A machine under the answer over every claimed value; None where all of them say no."""
    if settled is None:
        return one
    place = settled.deciding
    return None if place is None else one._replace(holds=settled.answers[place] is True, clause=ids[place])
