"""Verdicts reckoned up: firms and furnace bodies that hold, cannot be told or do not, by township and by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.register import AsOf, Snapshot
from app.errors import BadInput
from app.register.places import township_in
from app.register.scope import Actor
from app.register.successions.judging import judged_apart, places, touched
from app.register.verdicts.doubtful import Answered, answered
from app.register.verdicts.holding import Line
from app.register.verdicts.verdict_asking import Clauses, ask, clauses_of
from app.register.verdicts.verdict_queries import Pin, firms_there, tally
from app.store.models import Division


@dataclass(slots=True)
class Count:
    """Firms (家) and furnace bodies (台)."""

    enterprises: int = 0
    furnaces: int = 0

    def add(self, enterprises: int, furnaces: int) -> None:
        """Count some more."""
        self.enterprises += enterprises
        self.furnaces += furnaces

    def as_dict(self) -> dict[str, int]:
        """For commands and the API."""
        return {"enterprises": self.enterprises, "furnaces": self.furnaces}


@dataclass(slots=True)
class Tally:
    """A firm counts once, under its strongest answer; furnaces under their own. The rest of all does not hold.

    `owner_unknown` (归属不明): furnaces of which it cannot be told whose they are (they are counted under their answers
    too), and the firms that have an answer by such alone, which count under none.
    """

    holds: Count = field(default_factory=Count)
    cannot_tell: Count = field(default_factory=Count)
    all: Count = field(default_factory=Count)
    owner_unknown: Count = field(default_factory=Count)

    @property
    def does_not(self) -> Count:
        """What is there and neither holds nor is in doubt; firms without a furnace among them."""
        told = (self.holds, self.cannot_tell, self.owner_unknown)
        firms = self.all.enterprises - sum(one.enterprises for one in told)
        return Count(firms, self.all.furnaces - self.holds.furnaces - self.cannot_tell.furnaces)

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For commands and the API."""
        counts = {"holds": self.holds, "cannot_tell": self.cannot_tell, "does_not": self.does_not}
        if self.owner_unknown.furnaces:
            counts["owner_unknown"] = self.owner_unknown
        return {answer: count.as_dict() for answer, count in counts.items()}


@dataclass(slots=True)
class Reckoning:
    """The counties asked, each as it was known; `townships` by county and code (None: not known which)."""

    day: date
    pins: tuple[Pin, ...]
    totals: Tally = field(default_factory=Tally)
    townships: dict[tuple[str, str | None], Tally] = field(default_factory=lambda: defaultdict(Tally))
    clauses: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    unasked: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As `obsolete --summary --json` prints it; counties where no clause answers are named, not counted."""
        places = sorted(self.townships.items(), key=lambda one: (one[0][0], one[0][1] or "~"))
        return {
            "as_of": self.day.isoformat(),
            "counties": [{"county": county, "known": known} for county, known in self.pins],
            "totals": self.totals.as_dict(),
            "townships": [
                {"county": county, "township": code, "name": self.names.get(code or "")} | found.as_dict()
                for (county, code), found in places
            ],
            "clauses": [{"clause": clause} | found.as_dict() for clause, found in sorted(self.clauses.items())],
            "no_clause": self.unasked,
        }


def reckon(
    session: Session,
    pins: Sequence[Pin],
    *,
    as_of: date,
    actor: Actor,
    clauses: Sequence[str] = (),
    township: str | None = None,
) -> Reckoning:
    """How many firms and furnaces of the counties hold what must go, cannot be told, do not.

    By township and in all a machine counts under the answer that decides it; by clause under that clause's own. What a
    count is of, `who_holds` lists. `township`: the code of a township of the only county.

    Raises:
        UnknownClause: when a named clause is none.
    """
    found = Reckoning(as_of, tuple(pins))
    for asked, some in clauses_of(session, pins, clauses, as_of, actor).items():
        if asked:
            _reckon(session, found, asked, some, actor, township)
        else:
            found.unasked += [county for county, _ in some]
    codes = sorted({code for _, code in found.townships if code})
    found.names = dict(session.execute(select(Division.code, Division.name).where(Division.code.in_(codes))).all())
    return found


def reckoned(
    session: Session,
    pins: Sequence[Pin],
    *,
    as_of: date,
    actor: Actor,
    clauses: Sequence[str] = (),
    township: str | None = None,
) -> Reckoning:
    """The same, the township named as people name it.

    Raises:
        UnknownClause, UnknownTownship: when something named is not there.
        BadInput: when a township is named of several counties.
    """
    if township is None:
        return reckon(session, pins, as_of=as_of, actor=actor, clauses=clauses)
    if len(pins) != 1:
        raise BadInput("指明乡镇时只能问一个县", fix="请用 --county 指明县的6位代码，不要写 --division")
    code = township_in(session, pins[0][0], township, as_of)[0]
    return reckon(session, pins, as_of=as_of, actor=actor, clauses=clauses, township=code)


def _reckon(
    session: Session, found: Reckoning, asked: Clauses, pins: Sequence[Pin], actor: Actor, township: str | None
) -> None:
    """Add the counties that go by the same clauses."""
    doubtful: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    apart = touched(session, pins)
    for county, known in (pin for pin in pins if pin[0] in apart):
        _add_apart(session, found, asked, (county, known), apart[county], actor, township)
    for row in ask(session, tally, asked, pins, found.day, actor, township=township, apart=bool(apart)):
        where, bodies = found.townships[(row.county, row.township_code)], int(row.bodies)
        tallies = (found.totals, where, *(found.clauses[clause.id] for clause in asked))
        for one in tallies:
            one.all.add(0, bodies)
        if row.doubtful:
            doubtful[row.county][row.doubtful] = row.township_code
            continue
        own = row._mapping
        for end, kept in _by_clause(found, where, asked):
            for one in kept:
                one.holds.add(int(own[f"sure_firms{end}"]), int(own[f"sure_bodies{end}"]))
                one.cannot_tell.add(int(own[f"maybe_firms{end}"]), int(own[f"maybe_bodies{end}"]))
    for county, code, firms in ask(session, firms_there_of, asked, pins, found.day, actor, township=township):
        for one in (found.totals, found.townships[(county, code)], *(found.clauses[clause.id] for clause in asked)):
            one.all.add(firms, 0)
    by_firm: defaultdict[tuple[str, str], list[Answered]] = defaultdict(list)
    for machine in answered(session, asked, pins, found.day, actor, doubtful) if doubtful else ():
        by_firm[(machine.county, machine.firm)].append(machine)
    for (county, firm), machines in by_firm.items():
        _add_judged(found, asked, machines, found.townships[(county, doubtful[county][firm])])


def _add_apart(
    session: Session,
    found: Reckoning,
    asked: Clauses,
    pin: Pin,
    firms: Collection[str],
    actor: Actor,
    township: str | None,
) -> None:
    """Add the firms that a succession names, each machine where it belongs as of the day."""
    county, moment = pin[0], AsOf(found.day, pin[1])
    whole, rows = judged_apart(session, county, moment, firms, asked, actor)
    codes = places(session, county, [firm.id for firm in whole.enterprises], moment)
    shared = {id: codes_of.pop() if len(codes_of) == 1 else None for id, codes_of in _owned(whole, codes).items()}
    once: dict[str, tuple[str | None, Line]] = {}

    def tallies(code: str | None) -> tuple[Tally, ...]:
        return (found.totals, found.townships[(county, code)])

    for firm in whole.enterprises:
        for machine in firm.equipment:
            code = shared[machine.id] if machine.owners else codes.get(firm.id)
            if machine.present is not False and township in (None, code):
                for one in (*tallies(code), *(found.clauses[clause.id] for clause in asked)):
                    one.all.add(0, machine.bodies)
    for row in rows:
        code = codes.get(row.enterprise.id)
        if township in (None, code):
            _add_row(found, asked, row.lines, tallies(code))
        once |= {line.machine.id: (shared[line.machine.id], line) for line in row.lines if line.machine.owners}
    for code, line in once.values():
        if township in (None, code):
            _add_ownerless(found, line, tallies(code))


def _owned(whole: Snapshot, codes: Mapping[str, str | None]) -> dict[str, set[str | None]]:
    """The townships of the firms that each machine without a certain owner may belong to."""
    machines = (one for firm in whole.enterprises for one in (*firm.equipment, *firm.perhaps) if one.owners)
    return {one.id: {codes.get(firm) for firm in one.owners} for one in machines}


def _add_row(found: Reckoning, asked: Clauses, lines: Sequence[Line], tallies: Sequence[Tally]) -> None:
    """Add a firm under what is surely its own; with nothing else, it stands under 归属不明."""
    own = [line for line in lines if not line.machine.owners]
    for one in tallies:
        _add(one, [(line.machine.bodies, line.decides.holds) for line in own])
        one.owner_unknown.add(not own, 0)
    for clause in asked:
        of_clause = [(line, answer.holds) for line in lines for answer in line.answers if answer.clause.id == clause.id]
        sure = [(line.machine.bodies, holds) for line, holds in of_clause if not line.machine.owners]
        _add(found.clauses[clause.id], sure)
        found.clauses[clause.id].owner_unknown.add(bool(of_clause) and not sure, 0)


def _add_ownerless(found: Reckoning, line: Line, tallies: Sequence[Tally]) -> None:
    """Add a machine of which it cannot be told whose it is: once, under its answer."""
    told = [(one, line.decides.holds) for one in tallies]
    told += [(found.clauses[answer.clause.id], answer.holds) for answer in line.answers]
    for one, holds in told:
        (one.holds if holds else one.cannot_tell).add(0, line.machine.bodies)
        one.owner_unknown.add(0, line.machine.bodies)


def firms_there_of(_clauses: Clauses, scope: Any, actor: Actor) -> Any:
    """Firms by township, whatever is asked of them."""
    return firms_there(scope, actor)


def _by_clause(found: Reckoning, where: Tally, asked: Clauses) -> list[tuple[str, tuple[Tally, ...]]]:
    """The ends of the columns' names, each with the tallies that they are added to."""
    each = [(f"_{place}", (found.clauses[clause.id],)) for place, clause in enumerate(asked, 1)]
    return [("", (found.totals, where)), *each]


def _add_judged(found: Reckoning, asked: Clauses, machines: Sequence[Answered], where: Tally) -> None:
    """Add a firm that was judged over each value claimed of what is in dispute."""
    places = [(one, one.deciding) for one in machines]
    deciding = [(one.bodies, one.answers[place] is True) for one, place in places if place is not None]
    _add(where, deciding)
    _add(found.totals, deciding)
    for place, clause in enumerate(asked):
        own = [(one.bodies, one.answers[place] is True) for one in machines if one.answers[place] is not False]
        _add(found.clauses[clause.id], own)


def _add(tallied: Tally, answers: Sequence[tuple[int, bool]]) -> None:
    """One firm's furnaces, each with whether the clause holds of it or cannot be told."""
    if answers:
        holds = any(sure for _, sure in answers)
        tallied.holds.add(holds, sum(bodies for bodies, sure in answers if sure))
        tallied.cannot_tell.add(not holds, sum(bodies for bodies, sure in answers if not sure))
